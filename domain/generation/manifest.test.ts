import { expect, test } from "vitest";
import { GenerationManifest, labelOf, motionFile, readManifestJson, riggedFile } from "./manifest.ts";

const sha256 = "ab".repeat(32);
const file = (name: string) => ({ name, role: "poster", contentType: "image/jpeg", bytes: 9, sha256 });
const old = {
  ...{ version: 1, prompt: "An alley", seed: 7, planner: "rules", engine: "previz" },
  ...{ seconds: 6, frames: 144, fps: { num: 24, den: 1 }, width: 640, height: 360 },
};

test("a manifest of version 1 is read as one of today: with labels, its poster, and what it cost", () => {
  expect(readManifestJson({ ...old, files: [file("poster.jpg"), file("film.mp4")] })).toMatchObject({
    version: 2,
    engineVersion: "1",
    poster: "poster.jpg",
    cost: { amount: 0 },
    files: [{ label: "Poster" }, { label: "Film" }],
  });
  expect(readManifestJson({ ...old, files: [file("film.mp4")] }).poster).toBeNull();
});

test("one of today is read as it is, and what is no manifest is refused", () => {
  const now = readManifestJson({ ...old, files: [file("poster.jpg")] });
  expect(readManifestJson(now)).toEqual(now);
  expect(GenerationManifest.safeParse(now).success).toBe(true);
  for (const wrong of [null, [], "x", { version: 3 }, { ...old, files: null }, { ...old, files: [7] }])
    expect(() => readManifestJson(wrong)).toThrow();
});

test("every person's files say what they are, and an unknown file is called by its name", () => {
  expect([motionFile(0), motionFile(2)].map(labelOf)).toEqual(["Motion capture file", "Motion capture file"]);
  expect([riggedFile(0), riggedFile(2)].map(labelOf)).toEqual(["Animated character, FBX", "Animated character, FBX"]);
  expect(labelOf("notes.txt")).toBe("notes.txt");
});
