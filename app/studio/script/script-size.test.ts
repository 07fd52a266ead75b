import { expect, test } from "vitest";
import { bytesOf, readScriptFile, tooLarge, withPlainLineEnds } from "./script-size.ts";

test("bytes are those of UTF-8", () => {
  for (const text of ["", "INT. FERRY", "Fähre – 渡し船", "🎬 cut"])
    expect(bytesOf(text)).toBe(new TextEncoder().encode(text).length);
});

test("a script over 2 MB is refused in a sentence that names both sizes", async () => {
  expect(tooLarge(2_000_000, "The text")).toBeNull();
  expect(tooLarge(2_400_000, "The text")).toMatch(/2\.4 MB.*at most 2 MB/);
  const answer = await readScriptFile(new File([new Uint8Array(3_000_000)], "long.fountain"));
  expect(answer).toMatchObject({ status: "refused", sentence: expect.stringMatching(/long\.fountain.*3\.0 MB.*2 MB/) });
});

test("a binary file is refused, whatever it is called", async () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13);
  expect(await readScriptFile(new File([png], "page.fountain"))).toMatchObject({ status: "refused" });
  expect(await readScriptFile(new File([Uint8Array.of(0x41, 0, 0x42)], "a.txt"))).toMatchObject({ status: "refused" });
});

test("text comes with plain line ends and without a byte order mark", async () => {
  expect(await readScriptFile(new File(["\uFEFFINT. A - DAY\r\n\r\nRain.\r"], "a.txt"))).toEqual({
    status: "read",
    text: "INT. A - DAY\n\nRain.\n",
  });
  expect(withPlainLineEnds("a\r\nb\rc")).toBe("a\nb\nc");
});
