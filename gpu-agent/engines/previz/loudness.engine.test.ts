import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { planByRules } from "#domain/generation/plan-by-rules.ts";
import type { CueSection, CueSheet } from "#domain/screenplay/plan/cue-sheet.ts";
import type { Engine } from "../engine.ts";
import { buildPage } from "./build-page.ts";
import { createPrevizEngine } from "./previz-engine.ts";

const run = promisify(execFile);
const rate = 48_000;
const ffmpegPath = process.env["FFMPEG_PATH"] ?? "ffmpeg";

let folder: string;
let engine: Engine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "loudness-"));
  engine = createPrevizEngine({
    chromiumPath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    ffmpegPath,
    pageScript: await buildPage(join(folder, "page")),
  });
}, 60_000);
afterAll(async () => {
  await engine.dispose();
  await rm(folder, { recursive: true, force: true });
}, 30_000);

/** @returns where the mix lies */
async function wavOf(cues: CueSheet, seconds: number): Promise<string> {
  const scratch = await mkdtemp(join(folder, "run-"));
  const [wav] = await engine.run(
    { role: "audio.music", cues, seconds, seed: 7 },
    {
      ...{ signal: AbortSignal.timeout(60_000), jobId: "j1", attempt: 1, scratch },
      assetPath: () => Promise.reject(new Error("none")),
      progress: () => undefined,
      preview: () => undefined,
    },
  );
  return wav!.path;
}

/** As ffmpeg measures it, which is not how we do. */
async function loudnessOf(path: string): Promise<{ integrated: number; peak: number }> {
  const { stderr } = await run(ffmpegPath, ["-hide_banner", "-i", path, "-af", "ebur128=peak=true", "-f", "null", "-"]);
  const summary = stderr.slice(stderr.lastIndexOf("Summary:"));
  const read = (pattern: RegExp) => Number(pattern.exec(summary)?.[1]);
  return { integrated: read(/I:\s+(-?[\d.]+) LUFS/), peak: read(/Peak:\s+(-?[\d.]+) dBFS/) };
}

test.each([
  ["a rainy neon alley, a detective walking slowly, 80 bpm lo-fi", 4],
  ["a storm on a ship deck, the captain falls", 4],
  ["an empty room at night, no music", 2],
  ["two men fight in a market, 160 bpm techno", 4],
  ["a bell tolls in a field at dawn", 2],
])(
  "“%s” is heard at -16 LUFS, within one",
  async (prompt, seconds) => {
    const { audio } = planByRules({ prompt, seed: 7, seconds, fps: { num: 24, den: 1 } });
    const { integrated, peak } = await loudnessOf(await wavOf(audio, seconds));
    expect(Math.abs(integrated + 16)).toBeLessThan(1);
    expect(peak).toBeLessThan(-0.8);
  },
  90_000,
);

test("music begins on its moment, from where its players sit, and is the same each time, byte by byte", async () => {
  const played = async (instruments: CueSection["instruments"]) => {
    const section: CueSection = {
      ...{ start: 0.5, seconds: 1, mood: "action", energy: 0.8, mode: "minor" },
      ...{ instruments, ambience: [], steps: 0 },
    };
    const cues: CueSheet = { version: 1, seed: 7, tempo: 120, key: 2, seconds: 1.5, cues: [], sections: [section] };
    const bytes = await readFile(await wavOf(cues, 1.5));
    return bytes.subarray(bytes.byteLength - 1.5 * rate * 4);
  };
  const power = (bytes: Buffer, ear: 0 | 1, from: number, to: number) => {
    let sum = 0;
    for (let at = Math.round(from * rate); at < to * rate; at += 1) sum += bytes.readInt16LE(at * 4 + ear * 2) ** 2;
    return sum / ((to - from) * rate);
  };
  const guitar = await played(["pluck"]);
  expect(power(guitar, 1, 0, 0.5)).toBe(0);
  expect(power(guitar, 1, 0.5, 0.51)).toBeGreaterThan(100);
  // It sits to the right.
  expect(power(guitar, 1, 0.5, 1)).toBeGreaterThan(power(guitar, 0, 0.5, 1) * 1.5);
  const many = await played(["strings", "pad", "bass", "pluck", "pulse", "piano"]);
  expect(power(many, 0, 0.5, 1)).toBeGreaterThan(100);
  expect((await played(["strings", "pad", "bass", "pluck", "pulse", "piano"])).equals(many)).toBe(true);
}, 60_000);
