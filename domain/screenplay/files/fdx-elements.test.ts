import fc from "fast-check";
import { expect, test } from "vitest";
import type { FdxParagraph } from "./fdx.ts";
import { fountainOfFdx } from "./fdx-elements.ts";
import { lexFountain } from "#domain/screenplay/fountain.ts";

const run = (text: string, italic = false) => ({ text, bold: false, italic, underline: false });
const paragraph = (type: string, text: string, more: Partial<FdxParagraph> = {}): FdxParagraph => ({
  ...{ type, runs: [run(text)], notes: [] },
  ...more,
});
const headingsOf = (text: string) =>
  lexFountain(text).flatMap((line) => (line.kind === "scene-heading" ? [line.content] : []));

test("what Fountain would take for the beginning of something hidden is broken up, and nothing disappears", () => {
  const text = fountainOfFdx({
    title: [paragraph("General", "Low /* Water", { isCentered: true })],
    blocks: [
      paragraph("Scene Heading", "INT. A - DAY", { summary: "One /* two [[ three" }),
      paragraph("Action", "He types /* and [[[ and leaves."),
      { type: "Action", runs: [run("And/"), run("or", true)], notes: ["see [1]"] },
      paragraph("Character", "MAYA"),
      paragraph("Dialogue", "Wait [[ here.", { notes: ["a ]]] b", "c\r\n\r\nd"] }),
      paragraph("Scene Heading", "EXT. B - DAY", { notes: ["# Act */ [[two"] }),
      paragraph("Action", "*/ It ends. ]]"),
    ],
  });
  expect(headingsOf(text)).toEqual(["INT. A - DAY", "EXT. B - DAY"]);
  const shown = lexFountain(text).map((line) => line.content);
  for (const line of ["He types / * and [ [ [ and leaves.", "And/ *or*", "Wait [ [ here.", "*/ It ends. ]]"])
    expect(shown).toContain(line);
  expect(text).toContain("[[see [1] ]]");
  expect(text).toContain("Wait [ [ here. [[a ] ] ] b]] [[c d]]");
});

test("a script from Final Draft has as many scenes as it had, whatever its words are", () => {
  const words = fc
    .array(
      fc.oneof(
        fc.constantFrom("/*", "*/", "[[", "]]", "[", "]", "/", "*", "_", "\n", "\r", "#", ">", "<", "~", "!", "@", "="),
        fc.constantFrom("a", "INT. B", " ", "CUT TO:", "(", ")", "===", "^", ":", "Title: "),
        fc.string({ maxLength: 4 }),
      ),
      { maxLength: 8 },
    )
    .map((all) => all.join(""));
  const body = fc.record({
    type: fc.constantFrom(
      "Action",
      "Character",
      "Dialogue",
      "Parenthetical",
      "Transition",
      "General",
      "Lyrics",
      "Shot",
    ),
    runs: fc.array(fc.record({ text: words, bold: fc.boolean(), italic: fc.boolean(), underline: fc.boolean() }), {
      maxLength: 3,
    }),
    notes: fc.array(words, { maxLength: 2 }),
  });
  const heading = fc
    .tuple(words, fc.array(words, { maxLength: 1 }), words)
    .map(([text, notes, summary]) => paragraph("Scene Heading", `INT. A ${text}`, { notes, summary }));
  fc.assert(
    fc.property(
      fc.array(fc.oneof(body, heading), { maxLength: 8 }),
      fc.array(words, { maxLength: 2 }),
      (blocks, title) => {
        const scenes = blocks.filter(({ type }) => type === "Scene Heading").length;
        const text = fountainOfFdx({ title: title.map((line) => paragraph("General", line)), blocks });
        const ofHeadings = lexFountain(text).filter(
          (line) => line.kind === "scene-heading" && line.content.startsWith("INT. A"),
        );
        expect(ofHeadings.length).toBe(scenes);
      },
    ),
    { numRuns: 400 },
  );
});
