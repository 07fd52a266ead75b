/** Makes the lines on screen look as on the page. Only those, so that a long script costs no more than a short one. */
import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import { dualSideOf } from "#domain/screenplay/fountain/dual-side.ts";
import { styledSpansOf } from "#domain/screenplay/fountain/emphasis.ts";
import type { FountainKind } from "#domain/screenplay/fountain.ts";
import { placeOf } from "#domain/screenplay/pages/page-text.ts";
import type { LexedLine } from "#domain/screenplay/fountain/relex.ts";
import { kindAt, readScript } from "./fountain-lines.ts";
import { meantKinds } from "./meant-kinds.ts";

const decorations = new Map<string, Decoration>();

function decorationOf(kind: FountainKind, scene: string | undefined, place: string | null): Decoration {
  const key = `${kind} ${scene ?? ""} ${place ?? ""}`;
  const known = decorations.get(key);
  if (known) return known;
  const made = Decoration.line({
    class: `line-${kind}${place ? ` line-${place}` : ""}`,
    attributes: { dir: "auto", ...(scene ? { "data-scene": scene } : {}) },
  });
  decorations.set(key, made);
  return made;
}

type Emphasis = [from: number, to: number, mark: Decoration];
const emphases = new WeakMap<LexedLine, Emphasis[]>();

/** Bold, italics and underline look so as soon as their marks are closed; the marks step back. */
function emphasisOf(line: LexedLine | undefined): readonly Emphasis[] {
  if (!line || !isRead.has(line.kind)) return [];
  const known = emphases.get(line);
  if (known) return known;
  const { content, contentFrom, text } = line;
  // Where something hidden stands inside, offsets of what is read are none of the text.
  const spans = text.startsWith(content, contentFrom) ? styledSpansOf(content) : [];
  const made = spans.map(({ from, to, style, isMark }): Emphasis => {
    const styles = (["bold", "italic", "underline"] as const).filter((name) => style[name]);
    const names = isMark ? "emphasis-mark" : styles.map((name) => `emphasis-${name}`).join(" ");
    return [contentFrom + from, contentFrom + to, markOf(names)];
  });
  emphases.set(line, made);
  return made;
}

const isRead: ReadonlySet<FountainKind> = new Set<FountainKind>([
  ...(["scene-heading", "action", "character", "dual-character"] as const),
  ...(["parenthetical", "dialogue", "lyric", "transition", "centered"] as const),
]);

const marks = new Map<string, Decoration>();
function markOf(names: string): Decoration {
  const made = marks.get(names) ?? Decoration.mark({ class: names });
  marks.set(names, made);
  return made;
}

const dress = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = dressed(view);
    }
    update(update: ViewUpdate) {
      const meant = update.startState.field(meantKinds) !== update.state.field(meantKinds);
      if (update.docChanged || update.viewportChanged || meant) this.decorations = dressed(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function dressed(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const { script, sceneNumbers } = view.state.field(readScript);
  for (const { from, to } of view.visibleRanges) {
    for (let position = from; position <= to;) {
      const line = view.state.doc.lineAt(position);
      const index = line.number - 1;
      const read = script.lines[index];
      const scene = read?.kind === "scene-heading" ? (read.number ?? String(sceneNumbers.get(index) ?? "")) : undefined;
      const side = dualSideOf(script.lines, index);
      const begins = read?.kind === "transition" && placeOf(read, false).align === "left";
      builder.add(
        line.from,
        line.from,
        decorationOf(kindAt(view.state, line.from), scene, begins ? "begins" : side && `dual-${side}`),
      );
      for (const [start, end, mark] of emphasisOf(read)) builder.add(line.from + start, line.from + end, mark);
      position = line.to + 1;
    }
  }
  return builder.finish();
}

export const dressing = [dress, EditorView.perLineTextDirection.of(true)];
