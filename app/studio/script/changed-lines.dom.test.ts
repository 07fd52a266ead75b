import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { expect, test } from "vitest";
import { changedLines, markChangedLines } from "./changed-lines.ts";

test("bars stand beside lines that differ, move with the text, and go when nothing differs", () => {
  const doc = "INT. ROOM - DAY\n\nA room.\n\nA lamp.\nAnother.";
  const view = new EditorView({ state: EditorState.create({ doc, extensions: [changedLines] }) });
  const barred = () => [...view.dom.querySelectorAll(".line-differs")].map((bar) => bar.parentElement?.textContent);
  markChangedLines(view, [
    { from: 2, to: 3, kind: "changed" },
    { from: 4, to: 60, kind: "new" },
  ]);
  expect(barred()).toEqual(["A room.", "A lamp.", "Another."]);
  expect(view.dom.querySelectorAll('.line-differs[data-kind="new"]')).toHaveLength(2);
  view.dispatch({ changes: { from: 0, insert: "A title\n\n" } });
  expect(barred()).toEqual(["A room.", "A lamp.", "Another."]);
  markChangedLines(view, []);
  expect(barred()).toEqual([]);
});
