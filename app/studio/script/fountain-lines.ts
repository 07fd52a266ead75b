/** Fountain in CodeMirror: each line knows what it is, and looks like it on the page. */
import { RangeSetBuilder, StateField, type EditorState, type Text } from "@codemirror/state";
import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from "@codemirror/view";
import { lexFountain, type FountainKind, type FountainLine } from "#domain/screenplay/fountain.ts";

export interface ReadScript {
  lines: FountainLine[];
  /** Scene number by index of its heading's line. */
  sceneNumbers: Map<number, number>;
}

/** The script as read now. Offsets equal CodeMirror's, because only `\n` ends a line in this editor. */
export const readScript = StateField.define<ReadScript>({
  create: (state) => read(state.doc),
  update: (value, transaction) => (transaction.docChanged ? read(transaction.newDoc) : value),
});

function read(doc: Text): ReadScript {
  const lines = lexFountain(doc.toString());
  const sceneNumbers = new Map<number, number>();
  let scenes = 0;
  lines.forEach((line, index) => {
    if (line.kind === "scene-heading") sceneNumbers.set(index, (scenes += 1));
  });
  return { lines, sceneNumbers };
}

export function kindAt(state: EditorState, position: number): FountainKind {
  const { lines } = state.field(readScript);
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
  const { lines, sceneNumbers } = view.state.field(readScript);
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
