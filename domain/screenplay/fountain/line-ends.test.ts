import fc from "fast-check";
import { expect, test } from "vitest";
import { fileMarks, readLineEnds, writeLineEnds } from "./line-ends.ts";

test("a file whose lines all end alike comes out as it came in, mark and all", () => {
  const line = fc.string().map((text) => text.replaceAll(/[\r\n\uFEFF]/g, " "));
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom("\n", "\r\n"), fc.boolean(), (lines, eol, bom) => {
      const written = (bom ? "\uFEFF" : "") + lines.join(eol);
      const read = readLineEnds(written);
      expect(read.text).toBe(lines.join("\n"));
      expect(read.mixed).toBe(false);
      expect(writeLineEnds(read.text, fileMarks(read))).toBe(written);
    }),
  );
});

test("mixed and old line ends become plain ones, and it says so", () => {
  for (const written of ["a\r\nb\n", "a\rb", "a\r\r\nb\r\n"])
    expect(readLineEnds(written)).toMatchObject({ eol: "\n", mixed: true });
  expect(readLineEnds("a\r\nb\rc\n").text).toBe("a\nb\nc\n");
});
