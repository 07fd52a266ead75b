/** The margin of the page: shots where they begin, and where the playhead is. */
import { StateEffect, StateField, type EditorState, type Extension, type Range } from "@codemirror/state";
import { Decoration, EditorView, keymap, WidgetType, type DecorationSet } from "@codemirror/view";
import type { ScriptLines } from "#domain/screenplay/breakdown.ts";
import type { ShotMark } from "./shot-marks.ts";

export const setMarks = StateEffect.define<readonly ShotMark[]>();
export const setPlaying = StateEffect.define<ScriptLines | null>();

export interface MarginListener {
  /** A line was clicked, or asked for by key; from 0. */
  onLine(line: number): void;
  onShots(mark: ShotMark): void;
}

const shown = (draw: (state: EditorState, transaction: readonly StateEffect<unknown>[]) => DecorationSet | null) =>
  StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update: (value, transaction) =>
      draw(transaction.state, transaction.effects) ?? (transaction.docChanged ? value.map(transaction.changes) : value),
    provide: (field) => EditorView.decorations.from(field),
  });

const playing = shown((state, effects) => {
  const said = effects.find((effect) => effect.is(setPlaying));
  if (!said) return null;
  return Decoration.set(said.value === null ? [] : linesOf(state, said.value, playingLine));
});
const playingLine = Decoration.line({ class: "line-playing" });

/** What is read may be a moment older than what is written: lines that are gone meanwhile get nothing. */
function linesOf(state: EditorState, { from, to }: ScriptLines, decoration: Decoration): Range<Decoration>[] {
  const ranges: Range<Decoration>[] = [];
  for (let line = from; line < Math.min(to, state.doc.lines); line += 1) {
    const { from: start, length } = state.doc.line(line + 1);
    if (length > 0) ranges.push(decoration.range(start));
  }
  return ranges;
}

class ShotChip extends WidgetType {
  readonly #mark: ShotMark;
  readonly #onShots: (mark: ShotMark) => void;
  constructor(mark: ShotMark, onShots: (mark: ShotMark) => void) {
    super();
    this.#mark = mark;
    this.#onShots = onShots;
  }
  override eq(other: ShotChip): boolean {
    const mine = this.#mark;
    const mark = other.#mark;
    return mark.label === mine.label && mark.isChosen === mine.isChosen && mark.shotIds.join() === mine.shotIds.join();
  }
  toDOM(): HTMLElement {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "shot-chip num";
    chip.tabIndex = -1;
    chip.textContent = this.#mark.label;
    chip.title = `Shot ${this.#mark.label}: select it and go to it on the timeline (Alt+Enter)`;
    chip.setAttribute("aria-label", `Shot ${this.#mark.label}`);
    chip.setAttribute("aria-pressed", String(this.#mark.isChosen));
    chip.addEventListener("mousedown", (event) => {
      // The caret stays where it is.
      event.preventDefault();
      event.stopPropagation();
    });
    chip.addEventListener("click", () => this.#onShots(this.#mark));
    return chip;
  }
  override ignoreEvent(): boolean {
    return true;
  }
}

export function margin({ onLine, onShots }: MarginListener): Extension {
  const marks = shown((state, effects) => {
    const said = effects.find((effect) => effect.is(setMarks));
    if (!said) return null;
    const chips = said.value
      .filter(({ line }) => line < state.doc.lines)
      .map((mark) => {
        const widget = new ShotChip(mark, onShots);
        return Decoration.widget({ widget, side: -1 }).range(state.doc.line(mark.line + 1).from);
      });
    return Decoration.set(chips, true);
  });
  const lineAt = (state: EditorState) => state.doc.lineAt(state.selection.main.head).number - 1;
  return [
    marks,
    playing,
    EditorView.updateListener.of(({ transactions, state }) => {
      const clicked = transactions.some((transaction) => transaction.isUserEvent("select.pointer"));
      if (clicked && state.selection.main.empty) onLine(lineAt(state));
    }),
    keymap.of([
      {
        key: "Alt-Enter",
        run: ({ state }) => {
          onLine(lineAt(state));
          return true;
        },
      },
    ]),
  ];
}
