import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cueSheetFor } from "#domain/screenplay/cue-sheet.ts";
import { EngineError } from "../engine.ts";
import type { Engine, RunContext } from "../engine.ts";
import { buildPage } from "./build-page.ts";
import { aShotPlan } from "./cli-shots.ts";
import { createPrevizEngine } from "./previz-engine.ts";

const run = promisify(execFile);
const ffmpegPath = process.env["FFMPEG_PATH"] ?? "ffmpeg";
const ffprobePath = ffmpegPath.replace(/ffmpeg$/, "ffprobe");
const plan = aShotPlan({
  heading: "EXT. HARBOUR - DUSK",
  action: "Rain. MAYA, yellow raincoat, runs down the pier.",
  type: "wide",
  frames: 12,
});
const request = {
  role: "video",
  plan,
  prompt: "",
  seed: 7,
  width: 320,
  height: 180,
  frames: 12,
  fps: { num: 24000, den: 1001 },
} as const;

let folder: string;
let engine: Engine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "previz-test-"));
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

async function aRun(more: Partial<RunContext> = {}): Promise<RunContext & { fractions: number[] }> {
  const scratch = await mkdtemp(join(folder, "run-"));
  const fractions: number[] = [];
  return {
    signal: new AbortController().signal,
    jobId: "j1",
    attempt: 1,
    scratch,
    assetPath: () => Promise.reject(new Error("none")),
    progress: (p) => fractions.push(p.fraction),
    preview: () => undefined,
    fractions,
    ...more,
  };
}

const hashes = async (path: string) =>
  (await run(ffmpegPath, ["-v", "error", "-i", path, "-f", "framemd5", "-"])).stdout
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n");

test("a shot has exactly the frames, rate and size asked for, says previz, and the same seed gives the same pictures", async () => {
  const first = await aRun();
  const previews: number[] = [];
  const files = await engine.run(request, { ...first, preview: (jpeg) => previews.push(jpeg.byteLength) });
  const video = files.find((file) => file.role === "video");
  if (video === undefined) throw new Error("no video");
  const { stdout } = await run(ffprobePath, [
    "-v",
    "error",
    "-count_frames",
    "-show_entries",
    "stream=codec_name,pix_fmt,width,height,r_frame_rate,nb_read_frames:format_tags",
    "-of",
    "json",
    video.path,
  ]);
  const probe = JSON.parse(stdout) as { streams: object[]; format: { tags: Record<string, string> } };
  expect(probe.streams[0]).toMatchObject({
    codec_name: "h264",
    pix_fmt: "yuv420p",
    width: 320,
    height: 180,
    r_frame_rate: "24000/1001",
    nb_read_frames: "12",
  });
  expect(probe.format.tags["comment"]).toBe("previz");
  expect(files.map((file) => file.role)).toEqual(["video", "poster"]);
  expect(first.fractions.at(-1)).toBe(1);
  expect(first.fractions).toEqual([...first.fractions].sort((a, b) => a - b));
  expect(previews.length).toBeGreaterThan(0);
  expect(Math.max(...previews)).toBeLessThanOrEqual(24 * 1024);

  const again = await engine.run(request, await aRun());
  expect(await hashes(again[0]?.path ?? "")).toBe(await hashes(video.path));
}, 60_000);

test("a cancelled render ends within a second, leaves no file, and the next one works", async () => {
  const stop = new AbortController();
  const context = await aRun({ signal: stop.signal });
  let abortedAt = 0;
  const progress: RunContext["progress"] = (p) => {
    if ((p.step ?? 0) < 2 || abortedAt > 0) return;
    abortedAt = Date.now();
    stop.abort();
  };
  const failure: unknown = await engine
    .run({ ...request, frames: 400 }, { ...context, progress })
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(EngineError);
  expect((failure as EngineError).kind).toBe("cancelled");
  expect(Date.now() - abortedAt).toBeLessThan(1000);
  expect(await readdir(context.scratch)).toEqual([]);
  const still = await engine.run(
    { role: "image", plan, prompt: "", seed: 7, width: 160, height: 90, atFraction: 0.5 },
    await aRun(),
  );
  expect(still[0]?.contentType).toBe("image/jpeg");
}, 60_000);

test("an odd size is refused for good, with a sentence", async () => {
  await mkdir(folder, { recursive: true });
  const failure: unknown = await engine.run({ ...request, width: 321 }, await aRun()).catch((error: unknown) => error);
  expect(failure).toMatchObject({ kind: "permanent" });
});

test("a score is as long as asked, audible, and never clips", async () => {
  const cues = cueSheetFor(
    [
      { plan, startSeconds: 0, seconds: 2 },
      { plan: { ...plan, mood: "calm", place: "ferry-lounge" }, startSeconds: 2, seconds: 2 },
    ],
    3,
  );
  const files = await engine.run({ role: "audio.music", cues, seconds: 4, seed: 3 }, await aRun());
  const path = files[0]?.path ?? "";
  const { stdout } = await run(ffprobePath, [
    "-v",
    "error",
    "-show_entries",
    "stream=codec_name,sample_rate,channels:format=duration",
    "-of",
    "json",
    path,
  ]);
  expect(JSON.parse(stdout)).toMatchObject({
    streams: [{ codec_name: "pcm_s16le", sample_rate: "48000", channels: 2 }],
    format: { duration: "4.000000" },
  });
  const { stderr } = await run(ffmpegPath, ["-hide_banner", "-i", path, "-af", "volumedetect", "-f", "null", "-"]);
  const loudest = Number(/max_volume: (-?[\d.]+) dB/.exec(stderr)?.[1]);
  const mean = Number(/mean_volume: (-?[\d.]+) dB/.exec(stderr)?.[1]);
  expect(loudest).toBeLessThan(-0.9);
  expect(mean).toBeGreaterThan(-30);
}, 60_000);
