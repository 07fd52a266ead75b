import { expect, test } from "vitest";
import { bytesOf, noRoomFor, tooLarge, withPlainLineEnds } from "./script-size.ts";

test("bytes are those of UTF-8", () => {
  for (const text of ["", "INT. FERRY", "Fähre – 渡し船", "🎬 cut"])
    expect(bytesOf(text)).toBe(new TextEncoder().encode(text).length);
});

test("a script over 2 MB is refused in a sentence that names both sizes", () => {
  expect(tooLarge(2_000_000, "The text")).toBeNull();
  expect(tooLarge(2_400_000, "The text")).toMatch(/2\.4 MB.*at most 2 MB/);
});

test("pasted text comes with plain line ends and without a byte order mark", () => {
  expect(withPlainLineEnds("\uFEFFINT. A - DAY\r\n\r\nRain.\r")).toBe("INT. A - DAY\n\nRain.\n");
});

test("a few bytes past the limit are said without two sizes that read the same", () => {
  expect(noRoomFor(2_000_000)).toBeNull();
  expect(noRoomFor(2_000_001)).toMatch(/full.*at most 2 MB/);
  expect(noRoomFor(2_100_000)).toMatch(/2\.1 MB.*at most 2 MB/);
});
