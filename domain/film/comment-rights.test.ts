import { expect, test } from "vitest";
import { roles, type Role } from "#domain/collab/access.ts";
import { mayChangeComment, mayRemoveComment } from "./comment-rights.ts";

const tom = { id: "tom", name: "Tom", role: "commenter" as const };
const theirs = { by: "maya", name: "Maya", text: "Slower?", at: "2026-01-01", resolved: false };
const own = { ...theirs, by: "tom", name: "Tom" };

test("one's own remark goes, others' only at the hand of who may edit", () => {
  const who = (role: Role) => [
    mayRemoveComment(own, { id: "tom", role }),
    mayRemoveComment(theirs, { id: "tom", role }),
  ];
  expect(Object.fromEntries(roles.map((role) => [role, who(role)]))).toEqual({
    owner: [true, true],
    editor: [true, true],
    commenter: [true, false],
    viewer: [false, false],
  });
});

test.each<[string, boolean, unknown, unknown]>([
  ["writes a remark", true, undefined, own],
  ["writes under somebody else's id", false, undefined, theirs],
  ["writes under a name that is not the own", false, undefined, { ...own, name: "Maya" }],
  ["writes what is no remark", false, undefined, "a remark"],
  ["writes the own anew", true, own, { ...own, text: "Quicker?" }],
  ["keeps the name of then", true, { ...own, name: "Thomas" }, { ...own, name: "Thomas", text: "Quicker?" }],
  ["gives the own to somebody else", false, own, { ...own, by: "maya" }],
  ["takes another name for it", false, own, { ...own, name: "Maya" }],
  ["takes the own away", true, own, undefined],
  ["resolves somebody else's", true, theirs, { ...theirs, resolved: true }],
  ["opens somebody else's again", true, { ...theirs, resolved: true }, theirs],
  ["puts something else in its place", false, theirs, { ...theirs, resolved: "never" }],
  ["rewrites somebody else's", false, theirs, { ...theirs, text: "Perfect." }],
  ["rewrites it while resolving", false, theirs, { ...theirs, text: "Perfect.", resolved: true }],
  ["takes somebody else's over", false, theirs, { ...theirs, by: "tom", name: "Tom" }],
  ["adds a field to it", false, theirs, { ...theirs, replyTo: "c1" }],
  ["takes somebody else's away", false, theirs, undefined],
  ["takes away what nobody wrote", false, { text: "?" }, undefined],
])("a commenter %s: %s", (_what, allowed, before, after) => {
  expect(mayChangeComment(before, after, tom)).toBe(allowed);
});
