/** The screenplay in CodeMirror, bound to the document's text. One per open Script view; knows nothing of React. */
import { defaultKeymap } from "@codemirror/commands";
import { highlightSelectionMatches, openSearchPanel, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension, type Transaction } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap } from "@codemirror/view";
import { yCollab, yUndoManagerKeymap } from "y-codemirror.next";
import { screenplayOf } from "#domain/film/document.ts";
import type { FountainKind } from "#domain/screenplay/fountain.ts";
import type { ChangedLines } from "#domain/screenplay/reparse/places.ts";
import { scriptComments } from "#app/studio/comments/script-comments.ts";
import { gesture } from "#app/studio/session/gesture.ts";
import type { FilmSession } from "#app/studio/session/session-contract.ts";
import type { ScriptLines } from "#domain/screenplay/breakdown.ts";
import type { LineKind } from "#domain/screenplay/fountain/line-kinds.ts";
import { caretLine } from "./caret-line.ts";
import { changedLines, markChangedLines } from "./changed-lines.ts";
import { completeWords } from "./complete.ts";
import { dressing } from "./dressing.ts";
import { findAndReplace } from "./find-panel.ts";
import { kindAt, readScript } from "./fountain-lines.ts";
import { laidOutOf } from "./laid-out.ts";
import { margin, setMarks, setPlaying, type MarginListener } from "./margin.ts";
import { pageView } from "./page-view.ts";
import type { ShotMark } from "./shot-marks.ts";
import { limitSize } from "./limit-size.ts";
import { withPlainLineEnds } from "./script-size.ts";
import { setLineKind, writingKeys } from "./writing-keys.ts";

export interface CaretNews {
  kind: FountainKind;
  /** Line of the caret, from 1. */
  line: number;
}

export interface ScriptEditor {
  focus(): void;
  /** Opens find and replace, or goes to it. */
  find(): void;
  /** As a click on the caret's line: tells the margin's listener. */
  pickLine(): void;
  /** @param line from 0 */
  showLine(line: number): void;
  /** The caret's line becomes this kind; @returns false when it can't be that where it stands */
  setKind(kind: LineKind): boolean;
  setMarks(marks: readonly ShotMark[]): void;
  /** Marks the lines of what is on screen; while it plays they are kept in sight. */
  setPlaying(lines: ScriptLines | null, isPlaying: boolean): void;
  /** Bars beside lines that the board does not have as they are. */
  markChanged(lines: readonly ChangedLines[]): void;
  destroy(): void;
}

export interface ScriptEditorOptions {
  parent: HTMLElement;
  session: FilmSession;
  onCaret(news: CaretNews): void;
  margin: MarginListener;
  /** Something was not taken in; the sentence says why. */
  onRefused(sentence: string): void;
}

export function openScriptEditor({
  parent,
  session,
  onCaret,
  margin: listener,
  onRefused,
}: ScriptEditorOptions): ScriptEditor {
  const text = screenplayOf(session.doc);
  const access = new Compartment();
  const view = new EditorView({
    parent,
    dispatchTransactions(transactions, editor) {
      const write = () => editor.update(transactions);
      if (transactions.some(isOwnStep)) gesture(session.undo, write);
      else write();
    },
    state: EditorState.create({
      doc: text.toString(),
      extensions: [
        // The document may hold \r from elsewhere; as an ordinary character it keeps both ends counting alike.
        EditorState.lineSeparator.of("\n"),
        EditorView.lineWrapping,
        drawSelection(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        findAndReplace,
        readScript,
        dressing,
        completeWords,
        writingKeys,
        keymap.of([...yUndoManagerKeymap, ...searchKeymap, ...defaultKeymap]),
        EditorView.contentAttributes.of({
          "aria-label": "Screenplay",
          spellcheck: "true",
          autocapitalize: "sentences",
          "data-surface": "script",
        }),
        access.of(accessOf(session.mayEdit)),
        pageView(laidOutOf(session.doc)),
        margin(listener),
        scriptComments(session),
        EditorView.clipboardInputFilter.of(withPlainLineEnds),
        limitSize(onRefused),
        tellCaret(onCaret),
        changedLines,
        yCollab(text, session.awareness, { undoManager: session.undo }),
      ],
    }),
  });
  const show = (at: number) =>
    view.dispatch({ effects: EditorView.scrollIntoView(at, { y: "start", yMargin: 24 }), selection: { anchor: at } });
  return {
    focus: () => view.focus(),
    find: () => void openSearchPanel(view),
    pickLine: () => listener.onLine(view.state.doc.lineAt(view.state.selection.main.head).number - 1),
    showLine(line) {
      if (line < view.state.doc.lines) show(view.state.doc.line(line + 1).from);
    },
    setKind(kind) {
      const done = setLineKind(view, kind);
      view.focus();
      return done;
    },
    markChanged: (lines) => markChangedLines(view, lines),
    setMarks: (marks) => view.dispatch({ effects: setMarks.of(marks) }),
    setPlaying(lines, isPlaying) {
      const at =
        lines && isPlaying && lines.from < view.state.doc.lines ? view.state.doc.line(lines.from + 1).from : null;
      const follow = at === null ? [] : [EditorView.scrollIntoView(at, { y: "nearest", yMargin: 120 })];
      view.dispatch({ effects: [setPlaying.of(lines), ...follow] });
    },
    destroy() {
      view.destroy();
      caretLine.set(null);
      // Nobody stands in a page that is closed.
      session.awareness.setLocalStateField("cursor", null);
    },
  };
}

/** Keystrokes join to one step of undo; what is no typing is a step by itself. */
function isOwnStep(transaction: Transaction): boolean {
  const acts = ["input.replace", "input.paste", "input.drop", "move.drop", "delete.cut"];
  return acts.some((act) => transaction.isUserEvent(act));
}

/** Where the caret is and what its line is, when that is something else than before. */
function tellCaret(tell: (news: CaretNews) => void): Extension {
  let told: CaretNews | null = null;
  return EditorView.updateListener.of(({ state }) => {
    const { head } = state.selection.main;
    const news = { kind: kindAt(state, head), line: state.doc.lineAt(head).number };
    if (news.kind === told?.kind && news.line === told.line) return;
    told = news;
    caretLine.set(news.line - 1);
    tell(news);
  });
}

function accessOf(mayEdit: boolean): Extension {
  return mayEdit
    ? []
    : [
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.contentAttributes.of({ tabindex: "0", "aria-readonly": "true" }),
      ];
}
