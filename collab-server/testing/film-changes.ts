/** What people do to a film, thrown with dice: each call is one transaction, and so one update. */
import * as Y from "yjs";
import { collectionOf, metaOf, screenplayOf, type CollectionName, type RecordMap } from "#domain/film/document.ts";
import type { Dice } from "./dice.ts";

/** The first line of every film. Nobody who may change it does; somebody who may not tries. */
export const slate = "FADE IN:\n";

export type FilmChange = "type" | "paste" | "delete" | "set" | "create" | "remove" | "rename";
const usual = { type: 12, paste: 0.4, delete: 4, set: 4, create: 2, remove: 1, rename: 0.5 };

/** Changes the screenplay, a shot, or the film's title, as an editor does. */
export function changeFilm(doc: Y.Doc, dice: Dice, what: FilmChange = dice.weighted(usual)): void {
  doc.transact(() => {
    switch (what) {
      case "type":
        return type(doc, dice, dice.word(dice.between(1, 8)));
      case "paste":
        return type(doc, dice, dice.word(dice.between(500, 5000)));
      case "delete":
        return cut(doc, dice);
      case "set":
        return setField(doc, dice, "shots");
      case "create":
        return createRecord(doc, dice, "shots");
      case "remove":
        return removeRecord(doc, dice, "shots");
      case "rename":
        return void metaOf(doc).set("title", dice.word(6));
    }
  });
}

/** Changes nothing but comments, and of others' only whether they are resolved. */
export function comment(doc: Y.Doc, dice: Dice, who: { userId: string; name: string }): void {
  const comments = collectionOf(doc, "comments");
  const own = [...comments.keys()].filter((id) => comments.get(id)?.get("by") === who.userId);
  const what = dice.weighted({ create: 4, set: 2, resolve: 1, remove: 1 });
  doc.transact(() => {
    if (what === "resolve" && comments.size > 0)
      return void comments.get(dice.pick([...comments.keys()]))?.set("resolved", dice.chance(0.5));
    if (what === "remove" && own.length > 0) return comments.delete(dice.pick(own));
    if (what === "set" && own.length > 0) return void comments.get(dice.pick(own))?.set("text", dice.word(4));
    const record: RecordMap = new Y.Map(Object.entries({ by: who.userId, name: who.name, text: dice.word(10) }));
    comments.set(`comment ${dice.below(8)} by ${who.userId}`, record);
  });
}

/** Tries what a viewer or a commenter may not. @returns whether it is a delete of the slate, which leaves no struct */
export function trespass(doc: Y.Doc, dice: Dice): boolean {
  const text = screenplayOf(doc);
  const at = text.toString().indexOf(slate);
  if (at >= 0 && dice.chance(0.4)) {
    text.delete(at, slate.length);
    return true;
  }
  changeFilm(doc, dice, dice.pick(["type", "create"]));
  return false;
}

function type(doc: Y.Doc, dice: Dice, words: string): void {
  const text = screenplayOf(doc);
  const at = dice.below(text.length + 1);
  const slateAt = text.toString().indexOf(slate);
  const isInSlate = slateAt >= 0 && at >= slateAt && at < slateAt + slate.length;
  text.insert(isInSlate ? slateAt + slate.length : at, words);
}

function cut(doc: Y.Doc, dice: Dice): void {
  const text = screenplayOf(doc);
  if (text.length === 0) return;
  const at = dice.below(text.length);
  const length = Math.min(dice.between(1, 12), text.length - at);
  const slateAt = text.toString().indexOf(slate);
  const touchesSlate = slateAt >= 0 && at < slateAt + slate.length && at + length > slateAt;
  if (!touchesSlate) text.delete(at, length);
}

function setField(doc: Y.Doc, dice: Dice, name: CollectionName): void {
  const records = collectionOf(doc, name);
  const ids = [...records.keys()];
  if (ids.length === 0) return createRecord(doc, dice, name);
  records.get(dice.pick(ids))?.set(dice.pick(["action", "type", "frames"]), dice.word(4));
}

function createRecord(doc: Y.Doc, dice: Dice, name: CollectionName): void {
  const record: RecordMap = new Y.Map();
  // Few ids, so that two people sometimes make the same one.
  const id = `${name}-${dice.below(40)}`;
  collectionOf(doc, name).set(id, record);
  record.set("id", id);
  record.set("action", dice.word(10));
}

function removeRecord(doc: Y.Doc, dice: Dice, name: CollectionName): void {
  const ids = [...collectionOf(doc, name).keys()];
  if (ids.length > 0) collectionOf(doc, name).delete(dice.pick(ids));
}
