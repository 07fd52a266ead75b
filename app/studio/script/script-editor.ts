/** The screenplay in CodeMirror, bound to the document's text. One per open Script view; knows nothing of React. */
import { defaultKeymap } from "@codemirror/commands";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap } from "@codemirror/view";
import { yCollab, yUndoManagerKeymap } from "y-codemirror.next";
import { screenplayOf } from "#domain/film/document.ts";
import type { FountainKind } from "#domain/screenplay/fountain.ts";
import type { FilmSession } from "#app/studio/session/session-contract.ts";
import { fountainLines, headingOf, kindAt } from "./fountain-lines.ts";
import { bytesOf, tooLarge, withPlainLineEnds } from "./script-size.ts";

export interface CaretNews {
  kind: FountainKind;
  /** Line of the caret, from 1. */
  line: number;
}

export interface ScriptEditor {
  focus(): void;
  showScene(sceneNumber: number): void;
  destroy(): void;
}

export interface ScriptEditorOptions {
  parent: HTMLElement;
  session: FilmSession;
  onCaret(news: CaretNews): void;
  /** Something was not taken in; the sentence says why. */
  onRefused(sentence: string): void;
}

export function openScriptEditor({ parent, session, onCaret, onRefused }: ScriptEditorOptions): ScriptEditor {
  const text = screenplayOf(session.doc);
  const access = new Compartment();
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text.toString(),
      extensions: [
        // The document may hold \r from elsewhere; as an ordinary character it keeps both ends counting alike.
        EditorState.lineSeparator.of("\n"),
        EditorView.lineWrapping,
        drawSelection(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        search({ top: true }),
        keymap.of([...yUndoManagerKeymap, ...searchKeymap, ...defaultKeymap]),
        EditorView.contentAttributes.of({
          "aria-label": "Screenplay",
          spellcheck: "true",
          autocapitalize: "sentences",
          "data-surface": "script",
        }),
        access.of(accessOf(session.mayEdit)),
        fountainLines,
        limitSize(onRefused),
        EditorView.updateListener.of((update) => {
          if (!update.selectionSet && !update.docChanged) return;
          const { head } = update.state.selection.main;
          onCaret({ kind: kindAt(update.state, head), line: update.state.doc.lineAt(head).number });
        }),
        yCollab(text, session.awareness, { undoManager: session.undo }),
      ],
    }),
  });
  return {
    focus: () => view.focus(),
    showScene(sceneNumber) {
      const at = headingOf(view.state, sceneNumber);
      if (at === null) return;
      view.dispatch({ effects: EditorView.scrollIntoView(at, { y: "start", yMargin: 24 }), selection: { anchor: at } });
    },
    destroy() {
      view.destroy();
      // Nobody stands in a page that is closed.
      session.awareness.setLocalStateField("cursor", null);
    },
  };
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

/** Pasting and dropping past the limit is refused whole, rather than cut somewhere. */
function limitSize(onRefused: (sentence: string) => void): Extension {
  const refuse = (event: Event, view: EditorView, added: string | undefined): boolean => {
    if (!added || added.length < 100_000) return false;
    const sentence = tooLarge(bytesOf(added) + view.state.doc.length, "The script with what you are adding");
    if (!sentence) return false;
    event.preventDefault();
    onRefused(sentence);
    return true;
  };
  return [
    EditorView.clipboardInputFilter.of(withPlainLineEnds),
    EditorView.domEventHandlers({
      paste: (event, view) => refuse(event, view, event.clipboardData?.getData("text/plain")),
      drop: (event, view) => refuse(event, view, event.dataTransfer?.getData("text/plain")),
    }),
  ];
}
