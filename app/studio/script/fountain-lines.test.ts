import { EditorState } from "@codemirror/state";
import fc from "fast-check";
import { expect, test } from "vitest";
import { lexScript } from "#domain/screenplay/fountain/relex.ts";
import { readScript } from "./fountain-lines.ts";

const open = (doc: string) => EditorState.create({ doc, extensions: [EditorState.lineSeparator.of("\n"), readScript] });

test("after any transactions, of several changes each, the editor reads what stands in it", () => {
  const text = fc
    .array(fc.constantFrom("\n", "\n\n", "INT. A - DAY", "MAYA", "Go.", "/*", "*/", "[[", "]]", "Title: x", " ", "\r"))
    .map((pieces) => pieces.join(""));
  const change = fc.record({ at: fc.nat(), length: fc.nat(8), insert: text });
  fc.assert(
    fc.property(text, fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 4 }), (doc, transactions) => {
      let state = open(doc);
      for (const transaction of transactions) {
        const changes = transaction.map(({ at, length, insert }) => {
          const from = at % (state.doc.length + 1);
          return { from, to: Math.min(state.doc.length, from + length), insert };
        });
        state = state.update(...changes.map((one) => ({ changes: one }))).state;
        const fresh = lexScript(state.doc.toString()).lines;
        expect(state.field(readScript).script.lines).toEqual(fresh);
        const headings = fresh.flatMap((line, index) => (line.kind === "scene-heading" ? [index] : []));
        expect([...state.field(readScript).sceneNumbers.keys()]).toEqual(headings);
      }
    }),
  );
});
