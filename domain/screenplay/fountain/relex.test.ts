import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lexFountain } from "#domain/screenplay/fountain.ts";
import { lexScript, relexScript, type LexedLine, type LexedScript } from "./relex.ts";

const pieces = [
  "", "", "", " ", "  ", "INT. HARBOUR - DAY", "ext. beach - night", ".THE ROCK #12A#", "MAYA", "HALE ^", "@McAvoy", "(low)",
  "Wait!", "He goes.", "BANG", "CUT TO:", "> THE END <", "~la la", "# Act", "= They meet.", "===", "Title: x", "Film: y",
  "   Indented", "/*", "*/", "[[", "]]", "[[a]] b", "a [[b", "c]] d", "/* x */ y", "x /* y", "y */ z", "/*/", "]] [[", "*/ /*",
  "[[ /* ]] */", "#1 dad", ".45 calibre", "!FORCED",
]; // prettier-ignore
const line = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string() });
const linesOfText = (max: number) =>
  fc.array(line, { minLength: 1, maxLength: max }).map((lines) => lines.join("\n").replaceAll("\r", ""));

/** Everything that a reading says, and nothing of how it came to it. */
const said = (lines: readonly LexedLine[]) =>
  lines.map(({ kind, text, content, contentFrom, number, depth }) => ({
    kind,
    text,
    content,
    contentFrom,
    number,
    depth,
  }));

const textOf = (script: LexedScript) => script.lines.map((line) => line.text).join("\n");

test("a script reads line by line as the whole text does", () => {
  fc.assert(
    fc.property(linesOfText(30), (text) => {
      const whole = lexFountain(text);
      const script = lexScript(text);
      expect(said(script.lines.slice(0, whole.length))).toEqual(said(whole));
      expect(said(script.lines.slice(whole.length))).toEqual(
        text === "" || text.endsWith("\n") ? [expect.objectContaining({ kind: "blank", text: "" })] : [],
      );
    }),
    { numRuns: 150 },
  );
});

test("after any edits a script reads as if it had been read from scratch, and untouched lines are the same ones", () => {
  const edit = fc.record({ at: fc.nat(), length: fc.nat(6), text: linesOfText(5) });
  fc.assert(
    fc.property(linesOfText(30), fc.array(edit, { minLength: 1, maxLength: 8 }), (text, edits) => {
      let script = lexScript(text);
      for (const { at, length, text: added } of edits) {
        const from = at % (script.lines.length + 1);
        // A script always has a line: all of it is replaced by at least one.
        const to = Math.min(script.lines.length, from + length);
        const before = script;
        const read = relexScript(before, { from, to, text: added });
        script = read.script;
        const expected = before.lines.map((known) => known.text);
        expected.splice(from, to - from, ...added.split("\n"));
        expect(textOf(script)).toBe(expected.join("\n"));
        const fresh = lexScript(textOf(script));
        expect(said(script.lines)).toEqual(said(fresh.lines));
        expect([...script.memory.states]).toEqual([...fresh.memory.states]);
        expect(script.memory.unclosedFrom).toBeLessThanOrEqual(fresh.memory.unclosedFrom);
        const { changed } = read;
        expect(script.lines.slice(0, changed.from)).toSatisfy((same: LexedLine[]) =>
          same.every((known, index) => known === before.lines[index]),
        );
        expect(script.lines.slice(changed.toAfter)).toSatisfy((same: LexedLine[]) =>
          same.every((known, index) => known === before.lines[changed.toBefore + index]),
        );
        expect(new Set(script.lines).size).toBe(script.lines.length);
      }
    }),
    { numRuns: 150 },
  );
});

describe("an edit reads again", () => {
  const scene = "INT. HARBOUR - DAY\n\nRain.\n\nMAYA\nWait!\n\nShe goes.\n\n";
  const linesOfScene = scene.split("\n").length - 1;
  const long = scene.repeat(500);
  /** A line of the scene in the middle. */
  const mid = (line: number) => 250 * linesOfScene + line;
  const changedBy = (text: string, from: number, to: number, added: string) =>
    relexScript(lexScript(text), { from, to, text: added }).changed;

  test("one line, when one word changes", () => {
    expect(changedBy(long, mid(2), mid(3), "Hail.")).toEqual({ from: mid(2), toBefore: mid(3), toAfter: mid(3) });
  });
  test("nothing, when a line is replaced by itself", () => {
    const script = lexScript(long);
    expect(relexScript(script, { from: mid(2), to: mid(3), text: "Rain." }).script).toBe(script);
  });
  test("a speech, when its cue becomes a plain word", () => {
    expect(changedBy(long, mid(4), mid(5), "Maya")).toEqual({ from: mid(4), toBefore: mid(6), toAfter: mid(6) });
  });
  test("the cue above, when the speech's first line is emptied", () => {
    expect(changedBy(long, mid(5), mid(6), "")).toEqual({ from: mid(4), toBefore: mid(6), toAfter: mid(6) });
  });
  test("everything between, when a mark closes an open boneyard far above", () => {
    const text = long.replace("Rain.", "/* Rain.");
    expect(changedBy(text, mid(2), mid(3), "Rain. */")).toEqual({ from: 2, toBefore: mid(3), toAfter: mid(3) });
    expect(changedBy(text, mid(2), mid(3), "Hail.")).toEqual({ from: mid(2), toBefore: mid(3), toAfter: mid(3) });
  });
  test("the first lines, when they become a title page", () => {
    expect(changedBy(`Ttle: X\nFilm: y\n\n${long}`, 0, 1, "Title: X")).toEqual({ from: 0, toBefore: 2, toAfter: 2 });
  });
  test("the lines below a title page too, when what parted them goes and others come", () => {
    const { script } = relexScript(lexScript("Title: X\n\n==="), { from: 1, to: 2, text: "a\n" });
    expect(script.lines.map((read) => read.kind)).toEqual(["title-page", "title-page", "blank", "page-break"]);
    const joined = relexScript(lexScript("Title: X\na\n\n==="), { from: 1, to: 3, text: "b" }).script;
    expect(joined.lines.map((read) => read.kind)).toEqual(["title-page", "title-page", "title-page"]);
  });
});
