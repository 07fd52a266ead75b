import * as Y from "yjs";
import { expect, test } from "vitest";
import { addComment, anchorAt, placeOfAnchor, removeComment, replyTo, resolveComment, threadsOf } from "./comments.ts";
import { screenplayOf } from "./document.ts";
import { readFilm } from "./snapshot.ts";

const maya = { id: "maya", name: "Maya" };
const tom = { id: "tom", name: "Tom" };
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
let count = 0;
const context = { newId: () => `c-${(count += 1)}` };

function aScript(text: string): Y.Doc {
  const doc = new Y.Doc();
  screenplayOf(doc).insert(0, text);
  return doc;
}
const words = (doc: Y.Doc, place: { from: number; to: number } | null) =>
  place && screenplayOf(doc).toString().slice(place.from, place.to);

test("a remark stays at its words while others write before, behind and inside them", () => {
  const doc = aScript("The beam sweeps the waves.");
  const anchor = anchorAt(doc, 4, 8);
  const text = screenplayOf(doc);
  text.insert(0, "Night. ");
  expect(words(doc, placeOfAnchor(doc, anchor))).toBe("beam");
  const now = placeOfAnchor(doc, anchor)!;
  text.insert(now.to, " of light");
  text.insert(now.from, "white ");
  expect(words(doc, placeOfAnchor(doc, anchor))).toBe("beam");
  text.insert(placeOfAnchor(doc, anchor)!.from + 2, "--");
  expect(words(doc, placeOfAnchor(doc, anchor))).toBe("be--am");
});

test("a remark finds its words in another's copy, with what both wrote meanwhile", () => {
  const mine = aScript("The beam sweeps the waves.");
  const theirs = new Y.Doc();
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine));
  addComment(mine, { text: "Slower?", at: at(1), anchor: anchorAt(mine, 9, 15) }, maya, context);
  screenplayOf(theirs).insert(0, "FADE IN:\n\n");
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine));
  const [comment] = readFilm(theirs).comments;
  expect(comment).toMatchObject({ by: "maya", text: "Slower?", resolved: false });
  expect(words(theirs, placeOfAnchor(theirs, comment!.anchor!))).toBe("sweeps");
});

test("when its words are cut the remark keeps the quote and has no place", () => {
  const doc = aScript("The beam sweeps the waves.");
  const anchor = anchorAt(doc, 4, 8);
  screenplayOf(doc).delete(0, 12);
  expect(placeOfAnchor(doc, anchor)).toBeNull();
  expect(anchor).toMatchObject({ quote: "beam" });
});

test("answers stay in the thread, also an answer to an answer; a thread goes whole", () => {
  const doc = aScript("");
  const first = addComment(doc, { text: "One", at: at(1) }, maya, context)!;
  const second = replyTo(doc, first, { text: "Two", at: at(2) }, tom, context)!;
  replyTo(doc, second, { text: "Three", at: at(3) }, maya, context);
  const newer = addComment(doc, { text: "Later", at: at(4), shotId: "s1" }, tom, context)!;
  resolveComment(doc, first, true, context);
  const threads = threadsOf(readFilm(doc).comments);
  expect(
    threads.map((thread) => [thread.first.text, thread.first.resolved, thread.replies.map((r) => r.text)]),
  ).toEqual([
    ["Later", false, []],
    ["One", true, ["Two", "Three"]],
  ]);
  removeComment(doc, first, { id: "maya", role: "editor" }, context);
  expect(readFilm(doc).comments.map((comment) => comment.id)).toEqual([newer]);
  expect(addComment(doc, { text: "  \n", at: at(5) }, maya, context)).toBeNull();
  expect(replyTo(doc, "gone", { text: "Hello?", at: at(6) }, maya, context)).toBeNull();
});

test("who may only comment takes the own words away; the answers of others stay and can be read", () => {
  const doc = aScript("");
  const first = addComment(doc, { text: "One", at: at(1) }, maya, context)!;
  replyTo(doc, first, { text: "Two", at: at(2) }, maya, context);
  replyTo(doc, first, { text: "Three", at: at(3) }, tom, context);
  const texts = () => threadsOf(readFilm(doc).comments).map((thread) => thread.first.text);
  removeComment(doc, first, { id: "tom", role: "commenter" }, context);
  expect(texts()).toEqual(["One"]);
  removeComment(doc, first, { id: "maya", role: "commenter" }, context);
  expect(texts()).toEqual(["Three"]);
});

test("everything that is done with comments touches comments alone", () => {
  const doc = aScript("The beam sweeps the waves.");
  const touched = new Set<unknown>();
  doc.on("afterTransaction", (transaction: Y.Transaction) => {
    for (const type of transaction.changed.keys()) {
      let top = type as unknown as Y.AbstractType<unknown>;
      while (top._item) top = top._item.parent as Y.AbstractType<unknown>;
      touched.add([...doc.share].find(([, one]) => one === top)?.[0]);
    }
  });
  const id = addComment(doc, { text: "Hm", at: at(1), anchor: anchorAt(doc, 0, 3) }, maya, context)!;
  replyTo(doc, id, { text: "?", at: at(2) }, tom, context);
  resolveComment(doc, id, true, context);
  removeComment(doc, id, { id: "maya", role: "commenter" }, context);
  expect([...touched]).toEqual(["comments"]);
});
