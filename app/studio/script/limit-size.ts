/** Keeps the script within what may be stored, whichever way words come in. */
import { EditorState, StateField, type ChangeSet, type Extension, type Text } from "@codemirror/state";
import { ySyncAnnotation } from "y-codemirror.next";
import { bytesOf, noRoomFor } from "./script-size.ts";

/** Who goes on typing against the limit is told so again after that. */
const quietMs = 5000;

/** Bytes of the script, counted by what changes: a key in a long script must not read all of it. */
const scriptBytes = StateField.define<number>({
  create: ({ doc }) => bytesIn(doc),
  update: (bytes, { changes, startState }) => (changes.empty ? bytes : bytes + growthBy(changes, startState.doc)),
});

/**
 * What is past the limit is refused whole, rather than cut somewhere. What others write comes in, and what makes the
 * script shorter always may.
 * @param onRefused  hears a sentence that says why
 */
export function limitSize(onRefused: (sentence: string) => void): Extension {
  let saidAt = Number.NEGATIVE_INFINITY;
  const filter = EditorState.changeFilter.of((transaction) => {
    if (transaction.changes.empty || transaction.annotation(ySyncAnnotation) !== undefined) return true;
    const growth = growthBy(transaction.changes, transaction.startState.doc);
    if (growth <= 0) return true;
    const sentence = noRoomFor(transaction.startState.field(scriptBytes) + growth);
    if (sentence === null) return true;
    const now = performance.now();
    if (now - saidAt > quietMs) onRefused(sentence);
    saidAt = now;
    return false;
  });
  return [scriptBytes, filter];
}

function growthBy(changes: ChangeSet, before: Text): number {
  let growth = 0;
  changes.iterChanges((from, to, _from, _to, inserted) => {
    growth += bytesIn(inserted) - bytesIn(before.slice(from, to));
  });
  return growth;
}

function bytesIn(text: Text): number {
  let bytes = 0;
  for (const part of text.iter()) bytes += bytesOf(part);
  return bytes;
}
