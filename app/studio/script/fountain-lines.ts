/** Fountain in CodeMirror: each line knows what it is, and looks like it on the page. */
import { RangeSetBuilder, StateField, type EditorState, type Text, type Transaction } from "@codemirror/state";
import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from "@codemirror/view";
import type { FountainKind } from "#domain/screenplay/fountain.ts";
import { lexScript, relexScript, type LexedScript } from "#domain/screenplay/relex.ts";

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

export function kindAt(state: EditorState, position: number): FountainKind {
  const { lines } = state.field(readScript).script;
  return lines[state.doc.lineAt(position).number - 1]?.kind ?? "blank";
}

/** @returns offset of the heading of a scene, counted from 1; null when there are fewer */
export function headingOf(state: EditorState, sceneNumber: number): number | null {
  const { sceneNumbers } = state.field(readScript);
  for (const [index, number] of sceneNumbers) {
    if (number === sceneNumber && index < state.doc.lines) return state.doc.line(index + 1).from;
  }
  return null;
}

const decorations = new Map<string, Decoration>();

function decorationOf(kind: FountainKind, scene: number | undefined): Decoration {
  const key = `${kind} ${scene ?? ""}`;
  const known = decorations.get(key);
  if (known) return known;
  const made = Decoration.line({
    class: `line-${kind}`,
    ...(scene ? { attributes: { "data-scene": String(scene) } } : {}),
  });
  decorations.set(key, made);
  return made;
}

/** Dresses the lines on screen only, so that a long script costs no more than a short one. */
const dressing = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = dress(view);
    }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.decorations = dress(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function dress(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const {
    script: { lines },
    sceneNumbers,
  } = view.state.field(readScript);
  for (const { from, to } of view.visibleRanges) {
    for (let position = from; position <= to;) {
      const line = view.state.doc.lineAt(position);
      const kind = lines[line.number - 1]?.kind;
      if (kind && kind !== "blank" && kind !== "action")
        builder.add(line.from, line.from, decorationOf(kind, sceneNumbers.get(line.number - 1)));
      position = line.to + 1;
    }
  }
  return builder.finish();
}

export const fountainLines = [readScript, dressing];
