/** The document of the bench: shots with a few fields each and an order, as a film has them. */
import * as Y from "yjs";

const fields = [
  "start",
  "title",
  "gain",
  "length",
  "prompt",
  "fade",
  "track",
  "model",
  "zoom",
  "seed",
  "status",
  "speed",
];

export function makeFilm(shots: number): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    const map = doc.getMap("shots");
    const ids = Array.from({ length: shots }, (_, i) => `s${i}`);
    for (const [i, id] of ids.entries()) {
      const shot = new Y.Map<unknown>();
      for (const [f, field] of fields.entries()) shot.set(field, valueOf(i, f, field));
      map.set(id, shot);
    }
    doc.getArray("order").push(ids);
  });
  return doc;
}

/** A third of the fields are numbers of frames, a third words, a third fractions. */
function valueOf(shot: number, field: number, name: string): unknown {
  if (field % 3 === 0) return shot * 24 + field;
  return field % 3 === 1 ? `shot ${shot} ${name}` : (shot + field) / 7;
}

export function shotOf(doc: Y.Doc, shot: number): Y.Map<unknown> {
  const found = doc.getMap<Y.Map<unknown>>("shots").get(`s${shot}`);
  if (found === undefined) throw new Error(`the film has no shot ${shot}`);
  return found;
}

export function docOf(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}

/** A film's content as text, the same for the same content however it came about. */
export function contentOf(doc: Y.Doc): string {
  return JSON.stringify({ shots: inOrder(doc.getMap("shots").toJSON()), order: doc.getArray("order").toJSON() });
}

/** A map's keys come in the order in which they were integrated, which differs from copy to copy. */
function inOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, inOrder(inner)] as const);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Whether every update that belongs before others has come. */
export function isWhole(doc: Y.Doc): boolean {
  return doc.store.pendingStructs === null && doc.store.pendingDs === null;
}

/** One person's own copy of the film, which turns "drag this clip" into a real update. */
export class Editor {
  readonly doc = new Y.Doc();
  readonly #shot: Y.Map<unknown>;
  #last: Uint8Array = new Uint8Array();

  constructor(seed: Uint8Array, shot: number) {
    Y.applyUpdate(this.doc, seed);
    this.#shot = shotOf(this.doc, shot);
    this.doc.on("update", (update: Uint8Array) => (this.#last = update));
  }

  drag(value: string): Uint8Array {
    this.#shot.set("start", value);
    return this.#last;
  }
}
