import fc from "fast-check";
import { expect, test } from "vitest";
import { cpuTimeOf } from "#testing/cpu-time.ts";
import { runsOf, styledSpansOf, withoutEmphasis } from "./emphasis.ts";

/** Runs as one reads them aloud: `a |b:bold| c`. */
const read = (content: string) =>
  runsOf(content)
    .map(({ text, bold, italic, underline }) => {
      const styles = [bold ? "b" : "", italic ? "i" : "", underline ? "u" : ""].join("");
      return styles === "" ? text : `<${styles} ${text}>`;
    })
    .join("");

test("reads italics, bold, both and underline", () => {
  expect(read("*italics* **bold** ***both*** _under_")).toBe("<i italics> <b bold> <bi both> <u under>");
});

test("reads one inside the other", () => {
  expect(read("_Steel's face FILLS the *Leupold Mark 4* scope_.")).toBe(
    "<u Steel's face FILLS the ><iu Leupold Mark 4><u  scope>.",
  );
  expect(read("_**BRICK & STEEL**_")).toBe("<bu BRICK & STEEL>");
  expect(read("***both* bold** plain")).toBe("<bi both><b  bold> plain");
});

test("marks with spaces round them, alone, or inside words are characters", () => {
  for (const text of ["He dialed *69 and then *23, and then hung up.", "2 * 3", "snake_case_name", "_", "****", "a__b"])
    expect(read(text), text).toBe(text);
  expect(read("He dialed *69 and then 23*, and then hung up.")).toBe("He dialed <i 69 and then 23>, and then hung up.");
});

test("a backslash takes a mark's meaning away, and goes", () => {
  expect(read("Steel enters the code: **\\*9765\\***")).toBe("Steel enters the code: <b *9765*>");
  expect(read("He dialed \\*69 and then 23*.")).toBe("He dialed *69 and then 23*.");
  expect(read("C:\\temp")).toBe("C:\\temp");
});

test("no character is lost but the marks that found partners", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", " ", "*", "_", "\\", "b c")), (pieces) => {
      const content = pieces.join("");
      const plain = withoutEmphasis(content);
      expect(plain.replaceAll(/[*_\\]/g, "")).toBe(content.replaceAll(/[*_\\]/g, ""));
      for (const run of runsOf(content)) expect(run.text).not.toBe("");
    }),
  );
});

test("a quarter of a megabyte of marks takes no time to speak of", () => {
  for (const text of ["**_".repeat(60_000), "*a ".repeat(60_000), "_a* ".repeat(50_000), "*a*".repeat(60_000)])
    expect(cpuTimeOf(() => runsOf(text))).toBeLessThan(1000);
});

test("the pieces of a line are its runs, with the marks between them", () => {
  const samples = [
    "*a* b",
    "**a *b* c**",
    "_under *both*_ x",
    "plain",
    "\\*not\\* *yes*",
    "He dialed *69 and *23",
    "***all***",
  ];
  for (const text of samples) {
    const spans = styledSpansOf(text);
    const marks = spans.filter((span) => span.isMark);
    const left = [...text].filter((_, index) => !marks.some(({ from, to }) => from <= index && index < to)).join("");
    expect(left).toBe(withoutEmphasis(text));
    const styled = spans
      .filter((span) => !span.isMark)
      .map(({ from, to, style }) => ({ text: text.slice(from, to), ...style }));
    const runs = runsOf(text).filter(({ bold, italic, underline }) => bold || italic || underline);
    expect(styled.map((span) => span.text).join("")).toBe(runs.map((run) => run.text).join(""));
  }
});
