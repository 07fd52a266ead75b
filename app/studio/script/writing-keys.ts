/** Enter, Tab and Ctrl+1…6 in the script: what they mean is decided in `line-cycle.ts`, here it is written. */
import {
  acceptCompletion,
  closeCompletion,
  selectedCompletion,
  selectedCompletionIndex,
  startCompletion,
} from "@codemirror/autocomplete";
import { deleteCharBackward, insertNewline } from "@codemirror/commands";
import {
  EditorSelection,
  type ChangeSet,
  type ChangeSpec,
  type Extension,
  type TransactionSpec,
} from "@codemirror/state";
import { EditorView, keymap, type Command } from "@codemirror/view";
import { isBlank } from "#domain/screenplay/fountain.ts";
import {
  isOpen,
  onEnter,
  onShiftTab,
  onTab,
  type CaretPlace,
  type KeyStep,
} from "#domain/screenplay/fountain/line-cycle.ts";
import { lineKinds, turnInto, type LineKind, type LinesEdit } from "#domain/screenplay/fountain/line-kinds.ts";
import { isNameOption } from "./complete.ts";
import { kindAt, readScript } from "./fountain-lines.ts";
import { meanLine, meantAt, meantKinds } from "./meant-kinds.ts";

/** The caret's line becomes this kind; several selected ones all do. @returns false when none could */
export function setLineKind(view: EditorView, kind: LineKind): boolean {
  if (view.state.readOnly) return false;
  const { doc, selection } = view.state;
  const first = doc.lineAt(selection.main.from).number;
  const last = doc.lineAt(selection.main.to).number;
  if (first === last && isBlank(doc.line(first).text)) return setEmptyKind(view, kind);
  let starts = Array.from({ length: last - first + 1 }, (_, index) => doc.line(first + index).from);
  let turned = false;
  // From above: what is said needs the name over it.
  for (let start = starts.shift(); start !== undefined; start = starts.shift()) {
    const changes = turnLine(view, view.state.doc.lineAt(start).number - 1, kind);
    if (!changes) continue;
    turned = true;
    starts = starts.map((position) => changes.mapPos(position, 1));
  }
  return turned;
}

function setEmptyKind(view: EditorView, kind: LineKind): boolean {
  const { lines, at } = placeOf(view);
  const isBelow = at > 0 && !isBlank(lines[at - 1]?.text ?? "");
  const isSaid = kind === "dialogue" || kind === "parenthetical";
  // Nobody speaks above it.
  if (isSaid && !isBelow) return false;
  if (kind === "parenthetical") {
    const { from, to } = view.state.doc.lineAt(view.state.selection.main.head);
    view.dispatch({
      changes: { from, to, insert: "()" },
      selection: { anchor: from + 1 },
      effects: meanLine.of({ at: from, kind }),
      userEvent: "input",
    });
    return true;
  }
  if (!isSaid && isBelow) apply(view, { does: "write", from: 0, to: 0, text: "\n", caret: 1, next: kind });
  else apply(view, { does: "mean", kind });
  return true;
}

/** @param at line from 0; @returns null when it can't be that */
function turnLine(view: EditorView, at: number, kind: LineKind): ChangeSet | null {
  const edit = turnInto(view.state.field(readScript).script, at, kind);
  if (!edit) return null;
  const transaction = view.state.update({ ...specOf(view, edit), userEvent: "input.kind", scrollIntoView: true });
  view.dispatch(transaction);
  return transaction.changes;
}

/** Replaces what differs and no more, so that comments and other carets in the line stay at their words. */
function specOf(view: EditorView, { from, to, lines, target }: LinesEdit): TransactionSpec {
  const { doc, selection } = view.state;
  const start = doc.line(from + 1).from;
  const old = doc.sliceString(start, doc.line(to).to);
  const text = lines.join("\n");
  const changes = differences(old, text, start);
  const line = doc.line(to);
  const { head } = selection.main;
  if (!selection.main.empty || head < start || head > line.to) return { changes };
  // The caret stays at its letter, and at the end where it stood at the end.
  const targetFrom = lines.slice(0, target).reduce((sum, one) => sum + one.length + 1, start);
  const targetText = lines[target] ?? "";
  const letters = Math.max(0, head - line.from - firstLetter(line.text));
  const column = head === line.to ? Infinity : firstLetter(targetText) + letters;
  return { changes, selection: { anchor: targetFrom + Math.min(targetText.length, column) } };
}

const firstLetter = (text: string) => Math.max(0, text.search(/[\p{L}\p{N}]/u));

function differences(old: string, text: string, offset: number): ChangeSpec[] {
  let head = 0;
  while (head < old.length && head < text.length && old[head] === text[head]) head += 1;
  let tail = 0;
  const most = Math.min(old.length, text.length) - head;
  while (tail < most && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail += 1;
  if (old.length === head + tail && text.length === head + tail) return [];
  return [{ from: offset + head, to: offset + old.length - tail, insert: text.slice(head, text.length - tail) }];
}

function placeOf(view: EditorView): CaretPlace {
  const { head } = view.state.selection.main;
  const line = view.state.doc.lineAt(head);
  return {
    lines: view.state.field(readScript).script.lines,
    at: line.number - 1,
    column: head - line.from,
    meant: meantAt(view.state, head),
  };
}

function apply(view: EditorView, step: KeyStep): boolean {
  const line = view.state.doc.lineAt(view.state.selection.main.head);
  switch (step.does) {
    case "mean":
      view.dispatch({ effects: meanLine.of({ at: line.from, kind: step.kind }) });
      return true;
    case "turn":
      return step.into.some((kind) => turnLine(view, line.number - 1, kind) !== null);
    case "write": {
      const caret = line.from + step.from + step.caret;
      view.dispatch({
        changes: { from: line.from + step.from, to: line.from + step.to, insert: step.text },
        selection: EditorSelection.cursor(caret),
        effects: [
          ...(step.makes === "character" ? [meanLine.of({ at: line.from, kind: "character" })] : []),
          ...(step.next ? [meanLine.of({ at: caret, kind: step.next })] : []),
        ],
        scrollIntoView: true,
        userEvent: "input",
      });
      return true;
    }
  }
}

/** A line that was meant as a heading or a transition and does not read so gets its mark when one goes on. */
function finishLine(view: EditorView, step: KeyStep | null): boolean {
  if (step?.does !== "write" || !step.makes || step.makes === "character") return false;
  const at = view.state.doc.lineAt(view.state.selection.main.head).number - 1;
  const line = view.state.field(readScript).script.lines[at];
  return line !== undefined && isOpen(line.kind) && turnLine(view, at, step.makes) !== null;
}

type Decide = (place: CaretPlace) => KeyStep | null;

/** @returns whether the key had something to do */
function press(view: EditorView, decide: Decide): boolean {
  const { main, ranges } = view.state.selection;
  if (!main.empty || ranges.length > 1 || view.state.readOnly) return false;
  let step = decide(placeOf(view));
  if (finishLine(view, step)) step = decide(placeOf(view));
  return step !== null && apply(view, step);
}

/**
 * Enter takes a name from the list and goes on to what is said. Of places, times and transitions it takes one only when
 * somebody moved to it: INT. FERRY shall not become INT. FERRY - CAR DECK because the line ended there.
 */
const enter: Command = (view) => {
  if (view.state.readOnly) return false;
  const picked = selectedCompletion(view.state);
  const isMeant = picked !== null && (isNameOption(picked) || (selectedCompletionIndex(view.state) ?? 0) > 0);
  if (isMeant && acceptCompletion(view)) {
    if (isNameOption(picked)) press(view, onEnter);
    return true;
  }
  closeCompletion(view);
  return press(view, onEnter) || insertNewline(view);
};

const plainNewLine: Command = (view) => !view.state.readOnly && insertNewline(view);

/** Tab takes what the list offers while something is written; on an empty line it goes round the kinds. */
const tab: Command = (view) => {
  if (view.state.readOnly) return false;
  const { text } = view.state.doc.lineAt(view.state.selection.main.head);
  if (!isBlank(text) && acceptCompletion(view)) return true;
  press(view, onTab);
  offerWords(view);
  return true;
};

const shiftTab: Command = (view) => {
  if (view.state.readOnly) return false;
  press(view, onShiftTab);
  return true;
};

/** Names, INT. and EXT., times and transitions are offered before the first letter. */
function offerWords(view: EditorView): void {
  const kind = kindAt(view.state, view.state.selection.main.head);
  if (kind === "character" || kind === "scene-heading" || kind === "transition") startCompletion(view);
  else closeCompletion(view);
}

/** An empty line that Enter made goes away whole: with what it was meant to be, and the empty line above it. */
const backOverNewLine: Command = (view) => {
  const { main } = view.state.selection;
  const line = view.state.doc.lineAt(main.head);
  const meant = meantAt(view.state, main.head);
  if (view.state.readOnly) return false;
  if (!main.empty || meant === null || line.length > 0 || line.number < 2) return deleteCharBackward(view);
  const above = view.state.doc.line(line.number - 1);
  const from = above.length === 0 && line.number > 2 ? above.from - 1 : above.to;
  view.dispatch({
    changes: { from, to: line.from },
    selection: { anchor: from },
    scrollIntoView: true,
    userEvent: "delete.backward",
  });
  return true;
};

/** What is typed into a name, a heading or a transition that is being written comes in capitals. */
const capitals = EditorView.inputHandler.of((view, from, to, text) => {
  if (view.composing || view.state.readOnly) return false;
  if (text === "(" && opensBracket(view, from, to)) return true;
  const meant = meantAt(view.state, from);
  if (meant !== "character" && meant !== "scene-heading" && meant !== "transition") return false;
  const upper = text.toLocaleUpperCase();
  if (upper === text) return false;
  view.dispatch({
    changes: { from, to, insert: upper },
    selection: { anchor: from + upper.length },
    scrollIntoView: true,
    userEvent: "input.type",
  });
  return true;
});

/** A bracket on an empty line of a speech is a parenthetical, and is closed at once. */
function opensBracket(view: EditorView, from: number, to: number): boolean {
  const line = view.state.doc.lineAt(from);
  const meant = meantAt(view.state, from);
  if (from !== to || line.length > 0 || meant !== "dialogue") return false;
  view.dispatch({
    changes: { from, insert: "()" },
    selection: { anchor: from + 1 },
    effects: meanLine.of({ at: from, kind: "parenthetical" }),
    userEvent: "input.type",
  });
  return true;
}

export const writingKeys: Extension = [
  meantKinds,
  capitals,
  keymap.of([
    { key: "Enter", run: enter, shift: plainNewLine },
    { key: "Tab", run: tab, shift: shiftTab },
    { key: "Backspace", run: backOverNewLine },
    ...lineKinds.map((kind, index) => ({
      key: `Mod-${index + 1}`,
      run: (view: EditorView) => {
        if (setLineKind(view, kind)) offerWords(view);
        return true;
      },
    })),
  ]),
];
