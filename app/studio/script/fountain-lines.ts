/** Fountain in CodeMirror: each line knows what it is. */
import { StateField, type EditorState, type Text, type Transaction } from "@codemirror/state";
import type { FountainKind } from "#domain/screenplay/fountain.ts";
import { isOpen } from "#domain/screenplay/fountain/line-cycle.ts";
import { lexScript, relexScript, type LexedScript } from "#domain/screenplay/fountain/relex.ts";
import { meantAt } from "./meant-kinds.ts";

export interface ReadScript {
  /** Line n is the editor's line n + 1. */
  script: LexedScript;
  /** Scene number by index of its heading's line. */
  sceneNumbers: ReadonlyMap<number, number>;
}

/** The script as read now; a change reads the lines again that it touches. */
export const readScript = StateField.define<ReadScript>({
  create: (state) => numbered(lexScript(state.doc.toString())),
  update: (value, transaction) => (transaction.docChanged ? readAgain(value, transaction) : value),
});

function readAgain(value: ReadScript, transaction: Transaction): ReadScript {
  let { script } = value;
  let renumbers = false;
  // From the last to the first: then the lines above keep their numbers.
  for (const { from, to, text } of changedLines(transaction).toReversed()) {
    const read = relexScript(script, { from, to, text });
    const { changed } = read;
    renumbers ||=
      changed.toAfter !== changed.toBefore ||
      read.script.lines.slice(changed.from, changed.toAfter).some(isHeading) ||
      script.lines.slice(changed.from, changed.toBefore).some(isHeading);
    script = read.script;
  }
  return renumbers ? numbered(script) : { script, sceneNumbers: value.sceneNumbers };
}

/** The lines that a transaction replaces, and what by; changes within one line come as one. */
function changedLines({ changes, startState, newDoc }: Transaction): { from: number; to: number; text: string }[] {
  const spans: { from: number; to: number; fromAfter: number; toAfter: number }[] = [];
  changes.iterChangedRanges((fromA, toA, fromB, toB) => {
    const span = {
      from: lineAt(startState.doc, fromA),
      to: lineAt(startState.doc, toA) + 1,
      fromAfter: lineAt(newDoc, fromB),
      toAfter: lineAt(newDoc, toB) + 1,
    };
    const last = spans.at(-1);
    if (last && (span.from < last.to || span.fromAfter < last.toAfter))
      Object.assign(last, { to: span.to, toAfter: span.toAfter });
    else spans.push(span);
  }, true);
  return spans.map(({ from, to, fromAfter, toAfter }) => ({
    from,
    to,
    text: newDoc.sliceString(newDoc.line(fromAfter + 1).from, newDoc.line(toAfter).to),
  }));
}

const lineAt = (doc: Text, position: number) => doc.lineAt(position).number - 1;
const isHeading = (line: { kind: FountainKind }) => line.kind === "scene-heading";

function numbered(script: LexedScript): ReadScript {
  const sceneNumbers = new Map<number, number>();
  let scenes = 0;
  script.lines.forEach((line, index) => {
    if (isHeading(line)) sceneNumbers.set(index, (scenes += 1));
  });
  return { script, sceneNumbers };
}

/** What the line reads as, or is meant to be as long as it reads as nothing special. */
export function kindAt(state: EditorState, position: number): FountainKind {
  const { lines } = state.field(readScript).script;
  const kind = lines[state.doc.lineAt(position).number - 1]?.kind ?? "blank";
  return isOpen(kind) ? (meantAt(state, position) ?? kind) : kind;
}
