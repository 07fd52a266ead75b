import { expect, test } from "vitest";
import { EngineError } from "../engine.ts";
import { refuseTakenNames } from "./package-names.ts";

test("files of every name but a package's own come along", () => {
  expect(() => refuseTakenNames(["scene.glb", "background.splat", "character-2.bvh", "index.json"])).not.toThrow();
});

test("a file that is called as something of the package's own is refused by name, for it would take its place", () => {
  const own = ["index.html", "player.js", "splats.js", "readme.txt", "manifest.json", "package.zip", "data"];
  for (const name of own) {
    expect(() => refuseTakenNames(["scene.glb", name])).toThrow(EngineError);
    expect(() => refuseTakenNames(["scene.glb", name])).toThrow(name);
  }
});

test("two files of one name are refused: disks hold one of them", () => {
  expect(() => refuseTakenNames(["scene.glb", "audio.mp3", "scene.glb"])).toThrow(/scene\.glb.*twice/);
});
