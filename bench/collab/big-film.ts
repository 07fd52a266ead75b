import * as Y from "yjs";
import { makeFilm, shotOf } from "./film.ts";
import { bufferOn, findMarks, markOf } from "./marks.ts";

/** A long film and all the single edits that made it what it is. */
export interface BigFilm {
  base: Uint8Array;
  updates: Uint8Array[];
  /** As one update. */
  bytes: number;
  historyBytes: number;
}

const people = 20;
const lastSender = 1260;
const lastNumber = 7;
const made = new Map<string, BigFilm>();

/** Twenty people, each a client of its own, edit one after another. Takes seconds, so each size is made once. */
export function makeBigFilm(shots: number, edits: number): BigFilm {
  const key = `${shots} ${edits}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const base = Y.encodeStateAsUpdate(makeFilm(shots));
  const updates: Uint8Array[] = [];
  let state = base;
  for (let person = 0; person < people; person += 1) {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, state);
    doc.on("update", (update: Uint8Array) => void updates.push(update));
    for (let edit = 0; edit < edits / people; edit += 1) editOnce(doc, shots, person, edit);
    // Its mark tells a reader that all has come.
    if (person === people - 1) shotOf(doc, 0).set("status", markOf(lastSender, lastNumber));
    state = Y.encodeStateAsUpdate(doc);
    doc.destroy();
  }
  const historyBytes = updates.reduce((sum, update) => sum + update.length, base.length);
  const film = { base, updates, bytes: state.length, historyBytes };
  made.set(key, film);
  return film;
}

function editOnce(doc: Y.Doc, shots: number, person: number, edit: number): void {
  const field = ["start", "title", "gain", "length"][edit % 4] ?? "start";
  shotOf(doc, (edit * 7919 + person * 13) % shots).set(field, edit % 4 === 1 ? `take ${edit}` : edit * 3);
}

/** Whether the last edit of the history is in these bytes. */
export function hasLastEdit(bytes: Uint8Array): boolean {
  let found = false;
  findMarks(bufferOn(bytes), (sender, number) => (found ||= sender === lastSender && number === lastNumber));
  return found;
}
