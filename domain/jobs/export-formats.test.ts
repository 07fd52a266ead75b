import { expect, test } from "vitest";
import { extensionFor, mayMake } from "#domain/assets/content-types.ts";
import { exportedFile, exportFormatNames, exportFormats, whyNot } from "./export-formats.ts";

test("an agent may bring every format that is offered, and its file has the ending people know", () => {
  for (const format of exportFormatNames) {
    const { role, contentType } = exportFormats[format];
    expect(mayMake(role, contentType), format).toBe(true);
    expect(extensionFor(contentType)).toBe(format);
  }
});

test("a film is refused what it cannot be, with what would do instead", () => {
  const film = { frames: 48, seconds: 2, sounds: 1, frame: 47 };
  for (const format of exportFormatNames) {
    expect(whyNot(format, film), format).toBeNull();
    expect(whyNot(format, { ...film, frames: 0 }), format).toContain("Assemble");
  }
  for (const format of ["wav", "mp3"] as const) expect(whyNot(format, { ...film, sounds: 0 })).toContain("score");
  expect(whyNot("mp4", { ...film, sounds: 0 })).toBeNull();
  expect(whyNot("gif", { ...film, seconds: 61 })).toContain("WebM");
  expect(whyNot("webm", { ...film, seconds: 4000 })).toBeNull();
  expect(whyNot("png", { ...film, frame: 48 })).toContain("no frame 48");
});

test("of what an export made the file that was asked for is found, not its poster", () => {
  const poster = { role: "poster", contentType: "image/jpeg" };
  for (const format of exportFormatNames) {
    const { role, contentType } = exportFormats[format];
    expect(exportedFile([poster, { role, contentType }])).toEqual({ role, contentType });
  }
  expect(exportedFile([poster])).toBeUndefined();
});
