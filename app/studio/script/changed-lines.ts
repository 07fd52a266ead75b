/** Bars beside lines that the board does not have as they are. */
import { RangeSetBuilder, StateEffect, StateField, type Extension, type Text } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, type DecorationSet } from "@codemirror/view";
import type { ChangedLines } from "#domain/screenplay/reparse/places.ts";
import "./changed-lines.css";

const marked = StateEffect.define<readonly ChangedLines[]>();

const names: Record<ChangedLines["kind"], string> = {
  new: "New: not on the board yet",
  changed: "Changed since the board was made",
  moved: "Moved since the board was made",
};

/** Before and behind a line stand its scene's number and others' carets: the bar is an element of its own. */
class Bar extends WidgetType {
  readonly #kind: ChangedLines["kind"];
  constructor(kind: ChangedLines["kind"]) {
    super();
    this.#kind = kind;
  }
  override eq(other: Bar): boolean {
    return other.#kind === this.#kind;
  }
  toDOM(): HTMLElement {
    const bar = document.createElement("span");
    bar.className = "line-differs";
    bar.dataset["kind"] = this.#kind;
    bar.title = names[this.#kind];
    return bar;
  }
}

const barOf = (kind: ChangedLines["kind"]) => Decoration.widget({ widget: new Bar(kind), side: -1 });
const bars = { new: barOf("new"), changed: barOf("changed"), moved: barOf("moved") };

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    let next = set.map(transaction.changes);
    for (const effect of transaction.effects)
      if (effect.is(marked)) next = barsFor(transaction.state.doc, effect.value);
    return next;
  },
  provide: (from) => EditorView.decorations.from(from),
});

export const changedLines: Extension = field;

/** Shows these, and no others; they move with the text until the next time. */
export function markChangedLines(view: EditorView, lines: readonly ChangedLines[]): void {
  view.dispatch({ effects: marked.of(lines) });
}

function barsFor(doc: Text, lines: readonly ChangedLines[]): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  let next = 0;
  for (const { from, to, kind } of lines) {
    for (let line = Math.max(next, from); line < Math.min(to, doc.lines); line += 1) {
      const { from: at, length } = doc.line(line + 1);
      if (length > 0) builder.add(at, at, bars[kind]);
    }
    next = Math.max(next, to);
  }
  return builder.finish();
}
