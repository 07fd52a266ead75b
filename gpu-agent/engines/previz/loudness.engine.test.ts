import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { planByRules } from "#domain/generation/plan-by-rules.ts";
import type { Engine } from "../engine.ts";
import { buildPage } from "./build-page.ts";
import { createPrevizEngine } from "./previz-engine.ts";

const run = promisify(execFile);
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

/** As ffmpeg measures it, which is not how we do. */
async function loudnessOf(path: string): Promise<{ integrated: number; peak: number }> {
  const { stderr } = await run(ffmpegPath, ["-hide_banner", "-i", path, "-af", "ebur128=peak=true", "-f", "null", "-"]);
  const summary = stderr.slice(stderr.lastIndexOf("Summary:"));
  const read = (pattern: RegExp) => Number(pattern.exec(summary)?.[1]);
  return { integrated: read(/I:\s+(-?[\d.]+) LUFS/), peak: read(/Peak:\s+(-?[\d.]+) dBFS/) };
}

test.each([
  ["a rainy neon alley, a detective walking slowly, 80 bpm lo-fi", 6],
  ["a storm on a ship deck, the captain falls", 6],
  ["an empty room at night, no music", 4],
  ["two men fight in a market, 160 bpm techno", 6],
  ["a bell tolls in a field at dawn", 2],
])(
  "“%s” is heard at -16 LUFS, within one",
  async (prompt, seconds) => {
    const { audio } = planByRules({ prompt, seed: 7, seconds, fps: { num: 24, den: 1 } });
    const scratch = await mkdtemp(join(folder, "run-"));
    const [wav] = await engine.run(
      { role: "audio.music", cues: audio, seconds, seed: 7 },
      {
        ...{ signal: AbortSignal.timeout(60_000), jobId: "j1", attempt: 1, scratch },
        assetPath: () => Promise.reject(new Error("none")),
        progress: () => undefined,
        preview: () => undefined,
      },
    );
    const { integrated, peak } = await loudnessOf(wav!.path);
    expect(Math.abs(integrated + 16)).toBeLessThan(1);
    expect(peak).toBeLessThan(-0.8);
  },
  90_000,
);
