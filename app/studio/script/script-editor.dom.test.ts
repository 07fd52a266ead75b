import { currentCompletions, startCompletion } from "@codemirror/autocomplete";
import { EditorView } from "@codemirror/view";
import { afterEach, expect, test, vi } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { screenplayOf } from "#domain/film/document.ts";
import type { FilmSession } from "#app/studio/session/session-contract.ts";
import { openScriptEditor, type CaretNews, type ScriptEditor } from "./script-editor.ts";

interface Writer {
  doc: Y.Doc;
  view: EditorView;
  editor: ScriptEditor;
  undo: Y.UndoManager;
  /** Lines that were asked for, and names of shots that were pressed in the margin. */
  lines: number[];
  shots: string[];
  /** Sentences about what was not taken in. */
  refused: string[];
  caret: () => CaretNews | undefined;
  text(): string;
}

const open: Writer[] = [];
afterEach(() => {
  for (const { editor } of open.splice(0)) editor.destroy();
  document.body.replaceChildren();
});

/** Somebody at their own document with the script open; `|` is where the caret stands. */
function aWriter(script = "|", { mayEdit = true, doc = new Y.Doc(), captureTimeout = 0 } = {}): Writer {
  const at = script.indexOf("|");
  if (at !== -1) screenplayOf(doc).insert(0, script.replace("|", ""));
  const origin = {};
  const undo = new Y.UndoManager(screenplayOf(doc), { trackedOrigins: new Set([origin]), captureTimeout });
  const session = {
    doc,
    mayEdit,
    mayComment: mayEdit,
    undo,
    awareness: new Awareness(doc),
    edit: { origin },
  } as unknown as FilmSession;
  const parent = document.body.appendChild(document.createElement("div"));
  const news: CaretNews[] = [];
  const lines: number[] = [];
  const shots: string[] = [];
  const refused: string[] = [];
  const editor = openScriptEditor({
    parent,
    session,
    onCaret: (said) => news.push(said),
    margin: { onLine: (line) => lines.push(line), onShots: ({ label }) => shots.push(label) },
    onRefused: (sentence) => refused.push(sentence),
  });
  const view = EditorView.findFromDOM(parent)!;
  if (at > 0) view.dispatch({ selection: { anchor: at } });
  const writer = {
    doc,
    view,
    editor,
    undo,
    lines,
    shots,
    refused,
    caret: () => news.at(-1),
    text: () => screenplayOf(doc).toString(),
  };
  open.push(writer);
  return writer;
}

/** What the writer sees: the text with the caret in it. */
function page({ view }: Writer): string {
  const { doc, selection } = view.state;
  expect(view.state.selection.main.empty).toBe(true);
  return `${doc.sliceString(0, selection.main.head)}|${doc.sliceString(selection.main.head)}`;
}

function press({ view }: Writer, key: string, more: KeyboardEventInit = {}): void {
  const code = /^\d$/.test(key) ? key.charCodeAt(0) : ({ Enter: 13, Tab: 9, Backspace: 8, Escape: 27 }[key] ?? 0);
  view.contentDOM.dispatchEvent(
    new KeyboardEvent("keydown", { key, keyCode: code, bubbles: true, cancelable: true, ...more } as KeyboardEventInit),
  );
}

/** Types letters as a keyboard does: every input handler is asked first. */
function type(writer: Writer, text: string): void {
  const { view } = writer;
  for (const letter of text) {
    if (letter === "\n") {
      press(writer, "Enter");
      continue;
    }
    const { from, to } = view.state.selection.main;
    const insert = () =>
      view.state.update({
        changes: { from, to, insert: letter },
        selection: { anchor: from + letter.length },
        userEvent: "input.type",
      });
    const handled = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, letter, insert));
    if (!handled) view.dispatch(insert());
  }
}

function join(a: Writer, b: Writer): void {
  Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc));
  Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(b.doc));
}

test("a scene is written with letters, Enter and Tab alone", () => {
  const ana = aWriter();
  press(ana, "1", { ctrlKey: true });
  type(ana, "int. ferry");
  press(ana, "Tab");
  type(ana, "night\nRain.");
  press(ana, "Tab");
  type(ana, "maya");
  press(ana, "Tab");
  type(ana, "low\nHale!\nShe runs.");
  expect(ana.text()).toBe("INT. FERRY - NIGHT\n\nRain.\n\nMAYA\n(low)\nHale!\n\nShe runs.");
});

test("who writes plain Fountain gets what they type, though Enter makes the empty lines", () => {
  const fountain = "EXT. PIER - DAWN\n\nThe pier, empty.\n\nMAYA\nGo.\n\nCUT TO:\n\nINT. BAR - DAY\n\nDark.";
  const ana = aWriter();
  type(ana, fountain);
  expect(ana.text()).toBe(fountain);
});

test("Ctrl+1…6 turn the caret's line into each kind, and the caret stays at its letter", () => {
  const ana = aWriter("Rain.\n\nkit|chen\n");
  press(ana, "1", { ctrlKey: true });
  expect(page(ana)).toBe("Rain.\n\n.KIT|CHEN\n");
  expect(ana.caret()?.kind).toBe("scene-heading");
  press(ana, "3", { ctrlKey: true });
  expect(page(ana)).toBe("Rain.\n\n@KIT|CHEN\n");
  press(ana, "6", { ctrlKey: true });
  expect(page(ana)).toBe("Rain.\n\n> KIT|CHEN\n");
  press(ana, "2", { ctrlKey: true });
  expect(page(ana)).toBe("Rain.\n\nKIT|CHEN\n");
});

test("several selected lines are turned together", () => {
  const ana = aWriter("MAYA\n\n|Go.\n\nRun.");
  ana.view.dispatch({ selection: { anchor: 6, head: ana.view.state.doc.length } });
  press(ana, "4", { ctrlKey: true });
  expect(ana.text()).toBe("MAYA\nGo.\nRun.");
});

test("an empty line that is meant as a name looks like one, takes capitals, and is forgotten when the caret leaves", () => {
  const ana = aWriter("Rain.\n\n|");
  press(ana, "Tab");
  expect(ana.caret()?.kind).toBe("character");
  type(ana, "maya");
  expect(page(ana)).toBe("Rain.\n\nMAYA|");
  expect(ana.view.dom.querySelectorAll(".line-character")).toHaveLength(1);
  ana.view.dispatch({ selection: { anchor: 0 } });
  ana.view.dispatch({ selection: { anchor: ana.view.state.doc.length } });
  expect(ana.caret()?.kind).toBe("action");
});

test("Backspace takes back the paragraph that Enter made", () => {
  const ana = aWriter("Rain.|");
  press(ana, "Enter");
  expect(page(ana)).toBe("Rain.\n\n|");
  press(ana, "Backspace");
  expect(page(ana)).toBe("Rain.|");
});

test("the names of the script are offered, and Enter takes one and goes on to what it says", async () => {
  const ana = aWriter("INT. A - DAY\n\nCAPTAIN HALE\nWait.\n\nMAYA\nHale!\n\nRain.\n\n|");
  type(ana, "CA");
  startCompletion(ana.view);
  await vi.waitFor(() => expect(currentCompletions(ana.view.state)[0]?.label).toBe("CAPTAIN HALE"));
  expect(currentCompletions(ana.view.state)[1]?.label).toBe("CAPTAIN HALE (V.O.)");
  await new Promise((resolve) => setTimeout(resolve, 90));
  press(ana, "Enter");
  expect(page(ana)).toMatch(/\n\nCAPTAIN HALE\n\|$/);
  expect(ana.caret()?.kind).toBe("dialogue");
});

test("two people write in the same scene; each undoes their own, and nobody's line loses what it is meant to be", () => {
  const ana = aWriter("Rain.\n\n|");
  const ben = aWriter("", { doc: new Y.Doc() });
  join(ana, ben);
  press(ana, "Tab");
  type(ana, "ma");
  ben.view.dispatch({ selection: { anchor: 0 } });
  type(ben, "Hard ");
  join(ana, ben);
  expect(ana.caret()?.kind).toBe("character");
  type(ana, "ya");
  join(ana, ben);
  expect(ana.text()).toBe("Hard Rain.\n\nMAYA");
  expect(ben.view.state.doc.toString()).toBe("Hard Rain.\n\nMAYA");
  while (ana.undo.undoStack.length > 0) ana.undo.undo();
  join(ana, ben);
  expect(ben.view.state.doc.toString()).toBe("Hard Rain.\n\n");
  while (ben.undo.undoStack.length > 0) ben.undo.undo();
  join(ana, ben);
  expect(ana.view.state.doc.toString()).toBe("Rain.\n\n");
});

test("one who only reads can't turn a line, and keeps Tab for moving on", () => {
  const kim = aWriter("Rain.|", { mayEdit: false });
  press(kim, "1", { ctrlKey: true });
  press(kim, "Enter");
  expect(kim.editor.setKind("scene-heading")).toBe(false);
  expect(kim.text()).toBe("Rain.");
});

test("the margin names shots where they begin and marks what the playhead is on; both stay at their lines as others write", () => {
  const ana = aWriter("INT. A - DAY\n\nRain.\n\nMore rain.|");
  ana.editor.setMarks([{ line: 2, shotIds: ["s1"], label: "1A", isChosen: true }]);
  ana.editor.setPlaying({ from: 2, to: 3 }, false);
  screenplayOf(ana.doc).insert(0, "Title: Rain\n\n");
  const chip = ana.view.dom.querySelector<HTMLElement>(".shot-chip")!;
  expect(chip.closest(".cm-line")?.textContent).toBe("1ARain.");
  expect(chip.closest(".cm-line")?.className).toContain("line-playing");
  chip.click();
  expect(ana.shots).toEqual(["1A"]);
  press(ana, "Enter", { altKey: true });
  expect(ana.lines).toEqual([6]);
});

test("find and replace: hits are counted and replaced, and one undo brings them back", () => {
  const ana = aWriter("MAYA\nMaya is here.\n\nmaya waits.|");
  ana.editor.find();
  const panel = ana.view.dom.querySelector<HTMLElement>(".find-panel")!;
  const write = (name: string, text: string) => {
    const input = panel.querySelector<HTMLInputElement>(`input[aria-label="${name}"]`)!;
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const push = (name: string) => {
    const button = panel.querySelector<HTMLElement>(`button[aria-label="${name}"]`)!;
    button.focus();
    button.click();
  };
  const said = () => panel.querySelector("[role=status]")?.textContent;
  write("Find", "maya");
  expect(said()).toBe("3");
  push("Next match (Enter)");
  expect(said()).toBe("1 of 3");
  push("Match capitals");
  expect(said()).toBe("1");
  push("Match capitals");
  write("Replace with", "Ana");
  push("Replace all matches");
  expect(ana.text()).toBe("Ana\nAna is here.\n\nAna waits.");
  expect(said()).toBe("None");
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Find");
  ana.undo.undo();
  expect(ana.text()).toBe("MAYA\nMaya is here.\n\nmaya waits.");
});

test("what is typed in one go is one step of undo; what is pasted into it is a step by itself", () => {
  const ana = aWriter("|", { captureTimeout: 3_600_000 });
  type(ana, "Ra");
  type(ana, "in. ");
  ana.view.dispatch({ ...ana.view.state.replaceSelection("Pasted. "), userEvent: "input.paste" });
  type(ana, "Sn");
  type(ana, "ow.");
  const steps = [ana.text()];
  while (ana.undo.undoStack.length > 0) {
    ana.undo.undo();
    steps.push(ana.text());
  }
  expect(steps).toEqual(["Rain. Pasted. Snow.", "Rain. Pasted. ", "Rain. ", ""]);
});

test("a script that is full takes no more, whatever it is written in, and says so once; it can be cut", () => {
  const ana = aWriter(`${"é".repeat(999_999)}|`);
  type(ana, "é");
  expect(ana.refused).toEqual([]);
  for (const letter of "abc") type(ana, letter);
  expect(ana.text()).toHaveLength(1_000_000);
  expect(ana.refused).toEqual([expect.stringMatching(/full.*at most 2 MB/)]);
  ana.view.dispatch({ changes: { from: 0, to: 2, insert: "abc" } });
  expect(ana.text().slice(0, 4)).toBe("abcé");
});

test("a paste past the limit is refused whole, and one in the place of as much comes in", () => {
  const ana = aWriter(`${"a".repeat(1_500_000)}|`);
  const paste = (from: number, text: string) =>
    ana.view.dispatch({ changes: { from, to: 1_500_000, insert: text }, userEvent: "input.paste" });
  paste(1_500_000, "b".repeat(600_000));
  expect(ana.refused).toEqual([expect.stringMatching(/2\.1 MB.*at most 2 MB/)]);
  expect(ana.text()).toHaveLength(1_500_000);
  paste(0, "c".repeat(1_900_000));
  expect(ana.text()).toHaveLength(1_900_000);
});

test("what others write comes in past the limit: it is in the film already", () => {
  const ana = aWriter(`${"a".repeat(2_000_000)}|`);
  screenplayOf(ana.doc).insert(0, "More. ");
  expect(ana.view.state.doc.length).toBe(2_000_006);
  expect(ana.refused).toEqual([]);
});
