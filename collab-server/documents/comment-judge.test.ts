import { beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import { addComment, removeComment, replyTo, resolveComment } from "#domain/film/comments.ts";
import { collectionOf } from "#domain/film/document.ts";
import { CommentJudge } from "./comment-judge.ts";

const tom = { id: "tom", name: "Tom", role: "commenter" as const };
const maya = { id: "maya", name: "Maya", role: "editor" as const };
let count = 0;
const context = { newId: () => `c${(count += 1)}` };
const at = new Date(0);

let film: Y.Doc;
let theirs: string;
let own: string;
beforeEach(() => {
  film = new Y.Doc();
  theirs = addComment(film, { text: "Slower?", at }, maya, context)!;
  own = addComment(film, { text: "Closer?", at }, tom, context)!;
});

function verdictOn(...changes: ((doc: Y.Doc) => unknown)[]) {
  const parts = [Y.encodeStateAsUpdate(film)];
  const doc = new Y.Doc();
  for (const part of parts) Y.applyUpdate(doc, part);
  const before = Y.encodeStateVector(doc);
  for (const change of changes) change(doc);
  return new CommentJudge().look("film", true, parts, Y.encodeStateAsUpdate(doc, before), tom);
}
const record = (doc: Y.Doc, id: string) => collectionOf(doc, "comments").get(id)!;

test("what the studio lets a commenter do is let in", () => {
  expect(verdictOn((doc) => addComment(doc, { text: "Hm", at }, tom, context))).toBe("comments-only");
  expect(verdictOn((doc) => replyTo(doc, theirs, { text: "Why?", at }, tom, context))).toBe("comments-only");
  expect(verdictOn((doc) => resolveComment(doc, theirs, true, context))).toBe("comments-only");
  expect(verdictOn((doc) => removeComment(doc, own, tom, context))).toBe("comments-only");
  const both = (doc: Y.Doc) => removeComment(doc, addComment(doc, { text: "Oh", at }, tom, context)!, tom, context);
  expect(verdictOn(both, both)).toBe("comments-only");
});

test("somebody's remark with answers of others goes alone: the answers are theirs", () => {
  replyTo(film, own, { text: "No.", at }, maya, context);
  expect(verdictOn((doc) => removeComment(doc, own, tom, context))).toBe("comments-only");
});

test.each<[string, (doc: Y.Doc) => unknown]>([
  ["deletes somebody's remark", (doc) => collectionOf(doc, "comments").delete(theirs)],
  ["rewrites it", (doc) => record(doc, theirs).set("text", "Perfect.")],
  ["puts an equal one in its place", (doc) => collectionOf(doc, "comments").set(theirs, record(doc, theirs).clone())],
  ["puts the own in its place", (doc) => collectionOf(doc, "comments").set(theirs, record(doc, own).clone())],
  ["gives it a field that every object has", (doc) => record(doc, theirs).set("__proto__", { replyTo: "c9" })],
  ["writes as somebody else", (doc) => addComment(doc, { text: "Yes!", at }, maya, context)],
  ["writes under somebody's name", (doc) => addComment(doc, { text: "Yes!", at }, { ...tom, name: "Maya" }, context)],
  [
    "writes as nobody, with an author for all objects",
    (doc) => collectionOf(doc, "comments").set("c9", new Y.Map([["__proto__", { by: "tom", name: "Tom" }]])),
  ],
])("a commenter who %s is refused", (_what, change) => {
  expect(verdictOn(change)).toBe("touches-others");
});

test("a list that is called like the comments is none", () => {
  expect(verdictOn((doc) => doc.getArray("comments").insert(0, ["x"]))).toBe("touches-more");
});
