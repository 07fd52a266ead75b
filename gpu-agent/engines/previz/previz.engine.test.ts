import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { passNames } from "#domain/jobs/passes.ts";
import { cueSheetFor } from "#domain/screenplay/plan/cue-sheet.ts";
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

const small = { ...request, width: 160, height: 88, frames: 4 } as const;
const streamsOf = async (path: string) => {
  const entries = "stream=codec_name,pix_fmt,width,height,nb_read_frames";
  const asked = ["-v", "error", "-count_frames", "-show_entries", entries, "-of", "json", path];
  return (JSON.parse((await run(ffprobePath, asked)).stdout) as { streams: Record<string, unknown>[] }).streams;
};
/** Every colour that is there, as #rrggbb. */
const coloursOf = async (path: string) => {
  const asked = ["-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"];
  const { stdout } = await run(ffmpegPath, asked, { encoding: "buffer", maxBuffer: 2 ** 26 });
  const found = new Set<string>();
  for (let at = 0; at < stdout.length; at += 3) found.add(`#${stdout.toString("hex", at, at + 3)}`);
  return found;
};

test("passes are films of the same frames beside the take, and ids keep their colours to the bit", async () => {
  const passes = passNames.filter((pass) => pass !== "beauty");
  const files = await engine.run({ ...small, passes }, await aRun());
  expect(files.map(({ role, name }) => [role, name])).toEqual([
    ["video", undefined],
    ["poster", undefined],
    ...passes.map((pass) => ["pass", pass]),
    ["camera", "camera"],
  ]);
  for (const file of files.filter(({ role }) => role === "video" || role === "pass")) {
    const [stream] = await streamsOf(file.path);
    expect(stream).toMatchObject({ codec_name: "h264", width: 160, height: 88, nb_read_frames: "4" });
    expect(file.contentType).toBe(file.name === "ids" ? "video/x-matroska" : "video/mp4");
  }
  const camera = JSON.parse(await readFile(files.at(-1)?.path ?? "", "utf8")) as {
    width: number;
    samples: { frame: number }[];
    ids: { colour: string; kind: string }[];
  };
  expect(camera.width).toBe(160);
  expect(camera.samples.map(({ frame }) => frame)).toEqual([0, 1, 2, 3]);
  const known = new Set(camera.ids.map(({ colour }) => colour.toLowerCase()));
  const shown = await coloursOf(files.find(({ name }) => name === "ids")?.path ?? "");
  expect([...shown].filter((colour) => !known.has(colour))).toEqual([]);
  expect(shown.size).toBeGreaterThan(1);
}, 90_000);

test("a still has its passes as pictures, and a fine one the size that was asked for", async () => {
  const still = { role: "image", plan, prompt: "", seed: 7, width: 160, height: 88, atFraction: 0.5 } as const;
  const files = await engine.run({ ...still, tier: "fine", passes: ["depth", "ids"] }, await aRun());
  expect(files.map(({ name, contentType }) => [name, contentType])).toEqual([
    [undefined, "image/jpeg"],
    ["depth", "image/png"],
    ["ids", "image/png"],
    ["camera", "application/json"],
  ]);
  for (const { path, role } of files)
    if (role !== "camera") expect((await streamsOf(path))[0]).toMatchObject({ width: 160, height: 88 });
}, 90_000);

test("films show what stills show, however their pictures are packed", async () => {
  const first = async (path: string) => {
    const asked = ["-v", "error", "-i", path, "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"];
    return (await run(ffmpegPath, asked, { encoding: "buffer", maxBuffer: 2 ** 26 })).stdout;
  };
  const short = { ...plan, frames: 2 };
  const still = { role: "image", plan: short, prompt: "", seed: 7, width: 160, height: 88, atFraction: 0 } as const;
  // Fine pictures are packed by a shader here, the others by the processor.
  for (const tier of ["draft", "fine"] as const) {
    const [film] = await engine.run({ ...small, plan: short, frames: 2, fps: plan.fps, tier }, await aRun());
    const [picture] = await engine.run({ ...still, tier }, await aRun());
    const [a, b] = [await first(film?.path ?? ""), await first(picture?.path ?? "")];
    expect(a.length).toBe(160 * 88 * 3);
    const apart = a.reduce((sum, value, index) => sum + Math.abs(value - b[index]!), 0) / a.length;
    expect(apart, tier).toBeLessThan(4);
    expect(Math.max(...b) - Math.min(...b)).toBeGreaterThan(60);
  }
}, 60_000);

test("a film whose sides do not fall into whole blocks has its size and its frames, too", async () => {
  const files = await engine.run({ ...small, width: 162, height: 90 }, await aRun());
  const [stream] = await streamsOf(files[0]?.path ?? "");
  expect(stream).toMatchObject({ codec_name: "h264", pix_fmt: "yuv420p", width: 162, height: 90, nb_read_frames: "4" });
}, 60_000);

test("a render with passes is called off within a second, and leaves no file", async () => {
  const stop = new AbortController();
  const context = await aRun({ signal: stop.signal });
  let abortedAt = 0;
  const progress: RunContext["progress"] = (p) => {
    if ((p.step ?? 0) < 1 || abortedAt > 0) return;
    abortedAt = Date.now();
    stop.abort();
  };
  const failure: unknown = await engine
    .run({ ...small, frames: 400, passes: [...passNames] }, { ...context, progress })
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ kind: "cancelled" });
  expect(Date.now() - abortedAt).toBeLessThan(1000);
  expect(await readdir(context.scratch)).toEqual([]);
}, 60_000);

test("between two pictures the film goes from one to the other, at its own rate and length; one that is gone is drawn", async () => {
  const context = await aRun({
    async assetPath(assetId) {
      if (assetId === "gone") throw new Error("it is not there");
      const path = join(folder, `${assetId}.png`);
      const box = `color=black:s=320x180,drawbox=x=${assetId === "left" ? 60 : 80}:y=60:w=40:h=40:c=white:t=fill`;
      await run(ffmpegPath, ["-v", "error", "-y", "-f", "lavfi", "-i", box, "-frames:v", "1", path]);
      return path;
    },
  });
  const key = (assetId: string, frame: number) => ({ assetId, frame, strength: 1, use: "keyframe" as const });
  const files = await engine.run(
    { ...small, height: 90, frames: 18, conditioning: [key("right", 10), key("left", 2), key("gone", 17)] },
    context,
  );
  const path = files[0]?.path ?? "";
  const asked = ["-v", "error", "-count_frames", "-show_entries", "stream=r_frame_rate,nb_read_frames,duration"];
  const { stdout } = await run(ffprobePath, [...asked, "-of", "json", path]);
  const [stream] = (JSON.parse(stdout) as { streams: Record<string, string>[] }).streams;
  expect(stream).toMatchObject({ r_frame_rate: "24000/1001", nb_read_frames: "18" });
  expect(Number(stream?.["duration"])).toBeCloseTo((18 * 1001) / 24000, 2);
  const raw = ["-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "gray", "-"];
  const pictures = (await run(ffmpegPath, raw, { encoding: "buffer", maxBuffer: 2 ** 26 })).stdout;
  const lightAt = (frame: number, x: number, y = 40) => pictures[(frame * 90 + y) * 160 + x]!;
  // The box is 20 wide, and 10 further to the right in the second picture.
  for (const [frame, x, isLight] of [
    [0, 33, true],
    [2, 33, true],
    [2, 58, false],
    [6, 33, false],
    [6, 52, true],
    [10, 58, true],
    [10, 33, false],
  ] as const)
    expect([frame, x, lightAt(frame, x) > 128]).toEqual([frame, x, isLight]);
}, 60_000);

test("a browser whose first run is called off is the next one's, and one that holds too much memory is let go after its run", async () => {
  const said: object[] = [];
  const heavy = createPrevizEngine({
    chromiumPath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    ffmpegPath,
    pageScript: join(folder, "page", "page.js"),
    recycleAboveBytes: 1,
    log: { info: (fields) => said.push(fields), warn: () => undefined },
  });
  const still = { role: "image", plan, prompt: "", seed: 7, width: 64, height: 64, atFraction: 0 } as const;
  try {
    const stop = new AbortController();
    const first = heavy.run(still, await aRun({ signal: stop.signal }));
    setTimeout(() => stop.abort(), 5);
    await expect(first).rejects.toMatchObject({ kind: "cancelled" });
    for (const _ of [1, 2]) expect(await heavy.run(still, await aRun())).toHaveLength(1);
  } finally {
    await heavy.dispose();
  }
  expect(said.filter((fields) => "startMs" in fields)).toHaveLength(2);
  expect(said.flatMap((fields) => ("memoryBytes" in fields ? [fields.memoryBytes] : []))[0]).toBeGreaterThan(2 ** 20);
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
