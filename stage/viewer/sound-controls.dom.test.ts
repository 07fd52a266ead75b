import { expect, test } from "vitest";
import { readManifestJson } from "#domain/generation/manifest.ts";
import { createFrame } from "./frame.ts";
import { createSoundControls } from "./sound-controls.ts";
import type { Sound } from "./sound.ts";
import type { ViewerSource } from "./source.ts";

const manifest = readManifestJson({
  ...{ version: 1, prompt: "An alley", seed: 7, planner: "rules", engine: "previz" },
  ...{ seconds: 6, frames: 144, fps: { num: 24, den: 1 }, width: 640, height: 360 },
  files: [{ name: "audio.mp3", role: "audio", contentType: "audio/mpeg", bytes: 9, sha256: "ab".repeat(32) }],
});

/** A sound that remembers what it was told, and controls of it on a page. */
function aDesk(read: ViewerSource["read"]) {
  const told: unknown[] = [];
  const sound = {
    setVolume: (to: number) => told.push(["volume", to]),
    setTrack: (name: string, to: number) => told.push([name, to]),
    change: (tracks: { name: string }[]) => Promise.resolve(told.push(tracks.map(({ name }) => name)) > 0),
  } as unknown as Sound;
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  const nothing = () => undefined;
  const frame = createFrame(
    root,
    { title: "An alley", kicker: "", poster: null, seconds: 6, stems: true, splats: false, link: false },
    {
      ...{ start: nothing, toggle: nothing, look: nothing, mute: nothing, volume: nothing, mixer: nothing },
      ...{ splats: nothing, stats: nothing, downloads: nothing, copyLink: nothing, fullScreen: nothing },
    },
    document.createElement("div"),
  );
  const source: ViewerSource = { manifest, read, url: (name) => name, downloads: [] };
  const controls = createSoundControls(
    frame,
    source,
    () => sound,
    () => told.push("again"),
    new AbortController().signal,
  );
  const slider = (index: number) => document.querySelectorAll<HTMLInputElement>(".bv-mixer input")[index]!;
  const turn = (index: number, to: string) => {
    slider(index).value = to;
    slider(index).dispatchEvent(new Event("input"));
  };
  return { told, frame, controls, turn, slider };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

test("the parts of the sound come when one first turns one of them, and are turned from then on", async () => {
  const asked: string[] = [];
  const { told, frame, controls, turn, slider } = aDesk((name) => {
    asked.push(name);
    return Promise.resolve(new ArrayBuffer(4));
  });
  controls.mixer();
  expect([controls.isOpen, asked, frame.mixer.getAttribute("aria-expanded")]).toEqual([true, [], "true"]);
  turn(0, "0");
  turn(2, "0.5");
  await settled();
  const parts = ["music.mp3", "ambience.mp3", "effects.mp3"];
  expect(asked).toEqual(parts);
  expect(told).toEqual([parts, "again", ["music.mp3", 0], ["effects.mp3", 0.5]]);
  slider(0).dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect([controls.isOpen, document.activeElement]).toEqual([false, frame.viewer]);
  // As it was left.
  controls.mixer();
  expect(slider(0).value).toBe("0");
});

test("parts that do not come are said not to, and are asked for again the next time", async () => {
  let times = 0;
  const { controls, turn } = aDesk(() => Promise.reject(new Error(`gone ${(times += 1)}`)));
  controls.mixer();
  turn(0, "0");
  await settled();
  expect(document.querySelector(".bv-note")?.textContent).toContain("could not be loaded");
  const before = times;
  turn(0, "0.2");
  await settled();
  expect(times).toBeGreaterThan(before);
});

test("silence by the slider is mute, and what it was comes back with the sound", () => {
  const { told, controls } = aDesk(() => Promise.reject(new Error("not asked for")));
  controls.setVolume(0.6);
  controls.setVolume(0);
  controls.mute();
  controls.mute();
  expect(told).toEqual([
    ["volume", 0.6],
    ["volume", 0],
    ["volume", 0.6],
    ["volume", 0],
  ]);
  expect(document.querySelector('[data-tool="mute"]')?.getAttribute("aria-pressed")).toBe("true");
});
