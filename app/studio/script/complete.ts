/** Offers names, places, times and transitions of this script while one writes; `script-words.ts` decides which. */
import {
  autocompletion,
  closeCompletion,
  moveCompletionSelection,
  startCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { Prec, type Extension } from "@codemirror/state";
import { keymap, tooltips } from "@codemirror/view";
import type { LineKind } from "#domain/screenplay/fountain/line-kinds.ts";
import { suggestAt, type Suggestion } from "#domain/screenplay/script-words.ts";
import { readScript } from "./fountain-lines.ts";
import { meanLine, meantAt } from "./meant-kinds.ts";
import "./script-words.css";

function offer(context: CompletionContext): CompletionResult | null {
  const { state, pos } = context;
  const line = state.doc.lineAt(pos);
  if (line.text.slice(pos - line.from).trim() !== "") return null;
  const text = line.text.slice(0, pos - line.from);
  const { lines } = state.field(readScript).script;
  const found = suggestAt(lines, line.number - 1, text, meantAt(state, pos));
  return found && { from: line.from + found.from, filter: false, options: found.options.map(optionOf) };
}

function optionOf(suggestion: Suggestion): Completion {
  return {
    label: suggestion.label,
    type: suggestion.kind,
    apply: (view, _, from, to) => {
      view.dispatch({
        changes: { from, to, insert: suggestion.text },
        selection: { anchor: from + suggestion.text.length },
        effects: meanLine.of({ at: from, kind: means[suggestion.kind] }),
        scrollIntoView: true,
        userEvent: "input.complete",
      });
      // Behind INT. comes a place.
      if (suggestion.kind === "setting") startCompletion(view);
    },
  };
}

/** What a line is that holds such words. */
const means: Record<Suggestion["kind"], LineKind> = {
  character: "character",
  "new-character": "character",
  voice: "character",
  setting: "scene-heading",
  place: "scene-heading",
  time: "scene-heading",
  transition: "transition",
};

/** The paths of the icons, 24 px drawings of which only the line is shown. */
const icons: Record<Suggestion["kind"], string> = {
  character: "M19 21v-2a4 4 0 0 0-4-4H9a4 4 0 0 0-4 4v2M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z",
  "new-character": "M5 12h14M12 5v14",
  voice: "M2 10v3M6 6v11M10 3v18M14 8v7M18 5v13M22 10v3",
  setting: "M3 21h18M5 21V5l7-2v18M12 8l7 2v11",
  place: "M20 10c0 5-8 12-8 12s-8-7-8-12a8 8 0 0 1 16 0ZM12 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  time: "M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20ZM12 6v6l4 2",
  transition: "M5 12h14M12 5l7 7-7 7",
};

function drawIcon({ type }: Completion): Node {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", icons[type as Suggestion["kind"]]);
  svg.append(path);
  return svg;
}

/** A name and what is said of it is taken with Enter as well, the others with Tab. */
export const isNameOption = ({ type }: Completion) =>
  type === "character" || type === "new-character" || type === "voice";

function drawHint(option: Completion): Node {
  const hint = document.createElement("span");
  hint.className = "hint";
  hint.textContent = isNameOption(option) ? "Enter" : "Tab";
  return hint;
}

export const completeWords: Extension = [
  autocompletion({
    override: [offer],
    icons: false,
    defaultKeymap: false,
    tooltipClass: () => "script-words",
    addToOptions: [
      { render: drawIcon, position: 20 },
      { render: drawHint, position: 80 },
    ],
  }),
  // The page's own edges would cut the list off.
  tooltips({ position: "fixed", parent: document.body }),
  Prec.highest(
    keymap.of([
      { key: "ArrowDown", run: moveCompletionSelection(true) },
      { key: "ArrowUp", run: moveCompletionSelection(false) },
      { key: "Escape", run: closeCompletion },
      { key: "Ctrl-Space", run: startCompletion },
    ]),
  ),
];
