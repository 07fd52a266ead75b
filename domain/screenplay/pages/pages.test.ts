import fc from "fast-check";
import { expect, test } from "vitest";
import { cpuTimeOf } from "#testing/cpu-time.ts";
import type { PageRow } from "./page-flow.ts";
import { isPrinted, printedRuns, rowsIn, textOf, textWidth } from "./page-text.ts";
import { layOutPages, rowsOnPage, type Page } from "./pages.ts";
import { lexScript, relexScript } from "#domain/screenplay/fountain/relex.ts";

const letter = { paper: "letter" } as const;
const pagesOf = (text: string) => layOutPages(lexScript(text).lines, letter);

/** A row as it looks. */
function seen(row: PageRow | null): string {
  if (!row) return "";
  const left = " ".repeat(row.column) + textOf(row.runs);
  return row.right ? left.trimEnd().padEnd(row.right.column) + seen({ ...row.right, column: 0 }) : left;
}
const seenOn = (page: Page | undefined) => (page?.rows ?? []).map(seen);
const paragraphs = (count: number) => "He waits.\n\n".repeat(count);
const sentence = "The boat strains at its ropes, and the rain hisses on it. "; // one row
const said = "One more row that somebody says. "; // one row of a speech

test("every element stands in its columns", () => {
  const page = `INT. HARBOUR - DAY #4A#

Rain falls on black water and on the timber pier, where a fishing boat strains.

@McAvoy (V.O.)
(he does not turn round at all)
Twelve years, and not one letter that I could read from here.
~Willy Wonka

> THE END <

CUT TO:`;
  expect(seenOn(pagesOf(page)[0])).toEqual([
    "INT. HARBOUR - DAY",
    "",
    "Rain falls on black water and on the timber pier, where a",
    "fishing boat strains.",
    "",
    "                      McAvoy (V.O.)",
    "                (he does not turn round",
    "                 at all)",
    "          Twelve years, and not one letter",
    "          that I could read from here.",
    "          Willy Wonka",
    "",
    "                          THE END",
    "",
    "                                                     CUT TO:",
  ]);
  const [heading] = pagesOf(page)[0]?.rows ?? [];
  expect(heading).toMatchObject({ line: 0, kind: "scene-heading", number: "4A" });
});

test("two empty rows stand above a heading, and only the writer's own ones above action", () => {
  expect(seenOn(pagesOf("INT. A - DAY\nOne.\n\n\n\nTwo.\n\nINT. B - DAY\n\nThree.")[0])).toEqual([
    "INT. A - DAY", "", "One.", "", "", "", "Two.", "", "", "INT. B - DAY", "", "Three.",
  ]); // prettier-ignore
});

test("what is the writer's own is not on paper, and leaves no hole", () => {
  const text = "Title: X\n\n# Act\n\n= They meet.\n\nOne.\n\n[[a note]]\n\n/* cut */\n\nTwo.";
  expect(seenOn(pagesOf(text)[0])).toEqual(["One.", "", "Two."]);
});

test("two who speak at once stand side by side", () => {
  expect(
    seenOn(pagesOf("BRICK\nScrew retirement.\n\nSTEEL ^\nScrew retirement, and then some more of it.")[0]),
  ).toEqual([
    "         BRICK                           STEEL",
    "Screw retirement.               Screw retirement, and then",
    "                                some more of it.",
  ]);
});

test("a note inside a sentence leaves no hole in it", () => {
  expect(seenOn(pagesOf("She waits [[how long?]] there [[by the door]].  Then goes.")[0])).toEqual([
    "She waits there. Then goes.",
  ]);
  expect(seenOn(pagesOf("She waits.  Then  goes.")[0])).toEqual(["She waits.  Then  goes."]);
});

test("a page break begins a page, and none is empty", () => {
  expect(pagesOf("One.\n\n===\n\n===\n\nTwo.\n\n===").map(seenOn)).toEqual([["One."], ["Two."]]);
  expect(pagesOf("")).toEqual([{ number: 1, rows: [] }]);
});

test("a heading is not left at a page's foot", () => {
  // 26 paragraphs with rows between them are 51 rows; the heading would be the last of 54.
  const [first, second] = pagesOf(`${paragraphs(26)}INT. B - DAY\n\nThere.`);
  expect(first?.rows).toHaveLength(51);
  expect(seenOn(second)).toEqual(["INT. B - DAY", "", "There."]);
  const [, together] = pagesOf(`${paragraphs(25)}INT. B - DAY\n\n.LATER\n\nThere.`);
  expect(seenOn(together)).toEqual(["INT. B - DAY", "", "", "LATER", "", "There."]);
});

test("a paragraph is cut behind a sentence, with two rows on either page", () => {
  const heights = (text: string) => pagesOf(text).map((page) => page.rows.length);
  // 25 paragraphs with rows between them leave four rows, 26 leave two.
  expect(heights(`${paragraphs(25)}${sentence.repeat(4)}`)).toEqual([54]);
  expect(heights(`${paragraphs(25)}${sentence.repeat(6)}`)).toEqual([54, 2]);
  expect(heights(`${paragraphs(25)}${sentence.repeat(5)}`)).toEqual([53, 2]);
  expect(heights(`${paragraphs(26)}${sentence.repeat(3)}`)).toEqual([51, 3]);
});

test("a speech over a page's end says that there is more, and whose it is", () => {
  const [first, second] = pagesOf(`${paragraphs(24)}MAYA (V.O.)\n${said.repeat(8)}`);
  const row = "          One more row that somebody says.";
  expect(seenOn(first).slice(-6)).toEqual([
    "                      MAYA (V.O.)",
    ...Array<string>(4).fill(row),
    "                      (MORE)",
  ]);
  expect(first?.rows).toHaveLength(54);
  expect(seenOn(second)).toEqual(["                      MAYA (V.O.) (CONT'D)", ...Array<string>(4).fill(row)]);
  expect(second?.rows[0]).toMatchObject({ kind: "contd" });
});

test("a name that already goes on is not continued twice", () => {
  for (const mark of ["(CONT'D)", "(cont’d)", "(CONT.)", "(continuing)"]) {
    const [, second] = pagesOf(`${paragraphs(24)}MAYA ${mark}\n${said.repeat(8)}`);
    expect(seenOn(second)[0]).toBe(`                      MAYA ${mark}`);
  }
});

test("a transition goes to the next page together with the end of what it follows", () => {
  const pages = pagesOf(`${paragraphs(26)}${sentence.repeat(3)}\n\nCUT TO:\n\nINT. B - DAY\n\nHe goes.`);
  expect(seenOn(pages[1]).slice(0, 5)).toEqual([
    ...Array<string>(3).fill(sentence.trim()),
    "",
    `${" ".repeat(53)}CUT TO:`,
  ]);
});

test("a line without a sentence longer than a page is cut where the page ends", () => {
  const pages = pagesOf(`MAYA\n${"and on ".repeat(1000)}`);
  expect(pages.length).toBeGreaterThan(3);
  for (const page of pages.slice(0, -1)) expect(page.rows).toHaveLength(54);
});

test("Chinese is broken between its signs, which are two columns wide, and long words are cut", () => {
  expect(rowsIn("他走了他回来了", 6)).toEqual([[0, 3], [3, 6], [6, 7]]); // prettier-ignore
  expect(rowsIn("abcdefgh ij", 5)).toEqual([[0, 5], [5, 8], [9, 11]]); // prettier-ignore
  expect(rowsIn("他走了。他", 6)).toEqual([[0, 2], [2, 5]]); // prettier-ignore
  expect(rowsIn("at 10\u00a0km there", 6)).toEqual([[0, 2], [3, 8], [9, 14]]); // prettier-ignore
  expect(rowsIn("well-known -5", 6)).toEqual([[0, 5], [5, 10], [11, 13]]); // prettier-ignore
});

const line = fc.oneof(
  { weight: 4, arbitrary: fc.constant("") },
  fc.constantFrom("INT. HARBOUR - DAY", ".LATER", "CUT TO:", "MAYA", "HALE ^", "@McAvoy", "(low)", "  ", "> THE END <", "===", "~la", "# Act", "[[note]]"), // prettier-ignore
  { weight: 4, arbitrary: fc.nat(12).map((count) => sentence.repeat(count + 1).trim()) },
  fc.nat(300).map((count) => "word ".repeat(count + 1).trim()),
);
const script = fc.array(line, { minLength: 20, maxLength: 160 }).map((lines) => lines.join("\n"));

test("any script is on paper whole and in order, on pages that begin and end as they should", () => {
  fc.assert(
    fc.property(script, fc.constantFrom("letter" as const, "a4" as const), (text, paper) => {
      const { lines } = lexScript(text);
      const pages = layOutPages(lines, { paper });
      expect(pages.map((page) => page.number)).toEqual(pages.map((_, index) => index + 1));
      const words = new Map<number, string>();
      pages.forEach((page, at) => {
        const { rows } = page;
        expect(rows.length).toBeLessThanOrEqual(rowsOnPage[paper]);
        expect(rows[0]).not.toBeNull();
        expect(rows.at(-1)).not.toBeNull();
        const next = pages[at + 1]?.rows[0];
        expect(rows.at(-1)?.kind === "more").toBe(next?.kind === "contd");
        const breaks = lines.slice(rows.at(-1)?.line, next?.line).some((known) => known.kind === "page-break");
        if (next && !breaks) {
          expect(rows.at(-1)?.kind).not.toBe("scene-heading");
          // Who speaks, and how, stays with what is said.
          const said = lines[(rows.at(-1)?.line ?? 0) + 1]?.kind === "dialogue";
          if (said) expect(["character", "dual-character", "parenthetical"]).not.toContain(rows.at(-1)?.kind);
          const above = rows.at(-1)?.kind;
          // A heading, or one transition after another, is nothing that could come along.
          if (above === "action" || above === "dialogue") expect(next.kind).not.toBe("transition");
          // What is cut has two rows of its paragraph on either side.
          const over = rows.at(-1)?.kind === "more" ? null : rows.at(-1);
          if (over && over.line === next.line && over.runs.length > 0 && !lines[over.line]?.text.startsWith("word")) {
            expect(rows.at(-2)).toMatchObject({ column: expect.any(Number) });
            expect(pages[at + 1]?.rows[1]).toMatchObject({ column: expect.any(Number) });
          }
        }
        for (const row of rows.flatMap((one) => (one?.right ? [one, one.right] : one ? [one] : []))) {
          expect(row.column).toBeGreaterThanOrEqual(0);
          expect(row.column + textOf(row.runs).length).toBeLessThanOrEqual(textWidth);
          if (row.kind !== "more" && row.kind !== "contd")
            words.set(row.line, `${words.get(row.line) ?? ""} ${textOf(row.runs)}`.trim());
        }
      });
      lines.forEach((known, index) => {
        const expected = isPrinted(known) ? textOf(printedRuns(known)).replace(/\s+/g, " ").trim() : "";
        expect(words.get(index) ?? "").toBe(expected);
      });
    }),
    { numRuns: 60 },
  );
});

test("of a script that changed in one line, the others are not set again", () => {
  const long = `${"INT. A - DAY\n\n" + sentence.repeat(5)}\n\nMAYA\n${said.repeat(3)}\n\n`.repeat(200);
  const before = lexScript(long);
  layOutPages(before.lines, letter);
  const { script: after } = relexScript(before, { from: 902, to: 903, text: "Hail." });
  expect(layOutPages(after.lines, letter)).toEqual(pagesOf(after.lines.map((known) => known.text).join("\n")));
});

test("scripts in one line, of one speech, or of headings alone are set as fast as others", () => {
  for (const text of [
    "word ".repeat(40_000),
    `MAYA\n${"He said no. ".repeat(16_000)}`,
    `MAYA\n${"One.\n".repeat(20_000)}`,
    "INT. A - DAY\n\n".repeat(4000),
  ]) {
    expect(cpuTimeOf(() => pagesOf(text))).toBeLessThan(2000);
  }
});
