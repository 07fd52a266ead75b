import { expect, test } from "vitest";
import { StudioError } from "#domain/errors.ts";
import { checkSound } from "./upload.ts";

const wav = new TextEncoder().encode("RIFF\0\0\0\0WAVEfmt ");
const mp4 = new Uint8Array([0, 0, 0, 24, ...new TextEncoder().encode("ftypisom")]);
const text = new TextEncoder().encode("INT. LOUNGE - NIGHT, and so on");

const codeOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return error instanceof StudioError ? error.code : "other";
  }
  return "none";
};

test("a sound is taken for what its bytes say, whatever a browser calls it", () => {
  expect(checkSound({ name: "rain.wav", type: "audio/x-wav", size: 100 }, wav)).toBe("audio/wav");
  expect(checkSound({ name: "rain", type: "", size: 100 }, wav)).toBe("audio/wav");
  expect(checkSound({ name: "rain.m4a", type: "audio/x-m4a", size: 100 }, mp4)).toBe("audio/mp4");
});

test("a file that is no sound is refused by kind", () => {
  expect(codeOf(() => checkSound({ name: "page.pdf", type: "application/pdf", size: 10 }, text))).toBe(
    "asset/type-not-allowed",
  );
});

test("a file that lies about its type is refused", () => {
  expect(codeOf(() => checkSound({ name: "rain.wav", type: "audio/wav", size: 10 }, text))).toBe("asset/type-mismatch");
  expect(codeOf(() => checkSound({ name: "rain.mp3", type: "audio/mpeg", size: 10 }, wav))).toBe("asset/type-mismatch");
});

test("an empty and an enormous file are refused with a sentence", () => {
  expect(codeOf(() => checkSound({ name: "rain.wav", type: "audio/wav", size: 0 }, wav))).toBe("asset/incomplete");
  expect(() => checkSound({ name: "rain.wav", type: "audio/wav", size: 600_000_000 }, wav)).toThrow(
    "larger than the 500 MB",
  );
});
