import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExportRequest } from "#domain/jobs/messages/render-request.ts";
import { exportedFile } from "#domain/jobs/export-formats.ts";
import { createExportEngine } from "./export-engine.ts";

const ffmpeg = process.env["FFMPEG_PATH"] ?? "ffmpeg";
const engine = createExportEngine({ ffmpegPath: ffmpeg, ffprobePath: "ffprobe" });
let folder: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "backlot-export-"));
  // Of different sizes, rates and shapes; each one colour, so that a frame tells where it comes from.
  film("red", "320x180", "24", 48);
  film("green", "160x240", "30", 60);
  film("blue", "640x360", "24000/1001", 12);
  execFileSync(ffmpeg, [
    "-v",
    "error",
    "-y",
    "-f",
    "lavfi",
    "-i",
    "sine=frequency=440:sample_rate=44100:duration=2",
    path.join(folder, "tone.wav"),
  ]);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function film(color: string, size: string, rate: string, frames: number) {
  const source = `color=c=${color}:s=${size}:r=${rate}`;
  const args = [
    "-v",
    "error",
    "-y",
    "-f",
    "lavfi",
    "-i",
    source,
    "-frames:v",
    String(frames),
    "-pix_fmt",
    "yuv420p",
    path.join(folder, `${color}.mp4`),
  ];
  execFileSync(ffmpeg, args);
}

function aRequest(over: Partial<ExportRequest>): ExportRequest {
  return {
    role: "export",
    format: "mp4",
    width: 320,
    height: 180,
    fps: { num: 24, den: 1 },
    frames: 72,
    title: "Three colours",
    engines: ["previz"],
    picture: [],
    sound: [],
    ...over,
  };
}

async function run(request: ExportRequest, signal = new AbortController().signal) {
  const scratch = fs.mkdtempSync(path.join(folder, "scratch-"));
  const fractions: number[] = [];
  const files = await engine.run(request, {
    signal,
    jobId: "j",
    attempt: 1,
    scratch,
    assetPath: (id) => Promise.resolve(path.join(folder, id)),
    progress: (progress) => fractions.push(progress.fraction),
    preview: () => undefined,
  });
  return { files, fractions, film: exportedFile(files)!.path };
}

function probe(file: string) {
  const out = execFileSync(
    "ffprobe",
    ["-v", "error", "-count_frames", "-show_streams", "-show_format", "-of", "json", file],
    { encoding: "utf8" },
  );
  return JSON.parse(out) as {
    streams: {
      codec_type: string;
      codec_name: string;
      nb_read_frames: string;
      duration: string;
      r_frame_rate: string;
      pix_fmt: string;
      sample_rate: string;
      width: number;
      height: number;
      channels: number;
    }[];
    format: { duration: string; format_name: string; tags: Record<string, string> };
  };
}

/** The colour in the middle of one frame. */
function middleOf(file: string, frame: number): string {
  const filter = `select=eq(n\\,${frame}),crop=2:2,scale=1:1,format=rgb24`;
  const rgb = execFileSync(ffmpeg, ["-v", "error", "-i", file, "-vf", filter, "-frames:v", "1", "-f", "rawvideo", "-"]);
  const [r = 0, g = 0, b = 0] = rgb;
  if (Math.max(r, g, b) < 40) return "black";
  return r > g && r > b ? "red" : g > b ? "green" : "blue";
}

test("three clips of different sizes and rates with gaps become exactly the frames of the timeline", async () => {
  const { film: file, fractions } = await run(
    aRequest({
      picture: [
        { assetId: "red.mp4", start: 0, duration: 24, in: 3 },
        { assetId: "green.mp4", start: 30, duration: 20, in: 10 },
        { assetId: "blue.mp4", start: 50, duration: 17, in: 0 },
      ],
      sound: [{ assetId: "tone.wav", start: 12, duration: 36, in: 0, gain: 0.5 }],
    }),
  );
  const { streams, format } = probe(file);
  const video = streams.find((stream) => stream.codec_type === "video")!;
  const audio = streams.find((stream) => stream.codec_type === "audio")!;
  expect(video).toMatchObject({ codec_name: "h264", nb_read_frames: "72", r_frame_rate: "24/1", pix_fmt: "yuv420p" });
  expect(audio).toMatchObject({ codec_name: "aac", sample_rate: "48000" });
  expect(Number(video.duration)).toBeCloseTo(3, 3);
  expect(Number(audio.duration)).toBeCloseTo(3, 1);
  expect(format.tags).toMatchObject({ title: "Three colours" });
  expect(format.tags["comment"]).toContain("previz");
  expect([0, 23, 24, 29, 30, 49, 50, 66, 67, 71].map((frame) => middleOf(file, frame))).toEqual([
    ...["red", "red", "black", "black", "green", "green", "blue", "blue", "black", "black"],
  ]);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(fractions.at(-1)).toBe(1);
});

test("a sound begins on its frame, and a film without sound has a silent track", async () => {
  const { film: file } = await run(
    aRequest({ frames: 48, sound: [{ assetId: "tone.wav", start: 24, duration: 24, in: 0, gain: 1 }] }),
  );
  const pcm = execFileSync(ffmpeg, ["-v", "error", "-i", file, "-ac", "1", "-f", "s16le", "-"], { maxBuffer: 1 << 28 });
  const samples = new Int16Array(pcm.buffer, pcm.byteOffset, pcm.length >> 1);
  const first = samples.findIndex((sample) => Math.abs(sample) > 1500);
  expect(Math.abs(first - 48_000)).toBeLessThan(300);
  const silent = probe((await run(aRequest({ frames: 24 }))).film);
  expect(silent.streams.map((stream) => stream.codec_type).sort()).toEqual(["audio", "video"]);
});

const scene = {
  picture: [
    { assetId: "red.mp4", start: 0, duration: 24, in: 0 },
    { assetId: "green.mp4", start: 24, duration: 20, in: 0 },
  ],
  sound: [{ assetId: "tone.wav", start: 12, duration: 36, in: 0, gain: 0.5 }],
};

test("a WebM has the very frames of the timeline in VP9, and its sound in Opus", async () => {
  const { files, film: file } = await run(aRequest({ format: "webm", ...scene }));
  expect(files.map(({ role, contentType }) => [role, contentType])).toEqual([
    ["video", "video/webm"],
    ["poster", "image/jpeg"],
  ]);
  const { streams, format } = probe(file);
  const [video, audio] = streams;
  expect(video).toMatchObject({ codec_name: "vp9", nb_read_frames: "72", r_frame_rate: "24/1", pix_fmt: "yuv420p" });
  expect(audio).toMatchObject({ codec_name: "opus", sample_rate: "48000" });
  expect(Number(format.duration)).toBeCloseTo(3, 1);
  expect([0, 23, 24, 43, 44, 71].map((frame) => middleOf(file, frame))).toEqual([
    ...["red", "red", "green", "green", "black", "black"],
  ]);
});

test("a GIF lasts as long as the timeline, at 12.5 pictures a second and at most 480 wide", async () => {
  const { files, film: file } = await run(aRequest({ format: "gif", width: 640, height: 360, ...scene }));
  expect(files).toHaveLength(1);
  const { streams, format } = probe(file);
  expect(streams).toHaveLength(1);
  expect(streams[0]).toMatchObject({ codec_name: "gif", width: 480, height: 270, r_frame_rate: "25/2" });
  expect(Math.abs(Number(streams[0]!.nb_read_frames) - 37.5)).toBeLessThanOrEqual(1);
  expect(Number(format.duration)).toBeCloseTo(3, 0);
  expect([0, 11, 14, 30].map((frame) => middleOf(file, frame))).toEqual(["red", "red", "green", "black"]);
});

test("a still is the picture of one frame of the timeline, in the film's own colours", async () => {
  for (const [atFrame, colour] of [
    [0, "red"],
    [30, "green"],
    [60, "black"],
  ] as const) {
    const { files, film: file } = await run(aRequest({ format: "png", atFrame, ...scene }));
    expect(files).toMatchObject([{ role: "image", contentType: "image/png", meta: { frame: atFrame } }]);
    expect(probe(file).streams).toMatchObject([{ codec_name: "png", width: 320, height: 180 }]);
    expect(middleOf(file, 0)).toBe(colour);
  }
  const { film } = await run(aRequest({ format: "mp4", ...scene }));
  const { film: still } = await run(aRequest({ format: "png", atFrame: 5, ...scene }));
  const rgb = (file: string, frame: number) => {
    const filter = `select=eq(n\\,${frame}),crop=2:2,scale=1:1,format=rgb24`;
    const args = ["-v", "error", "-i", file, "-vf", filter, "-frames:v", "1", "-f", "rawvideo", "-"];
    return [...execFileSync(ffmpeg, args)];
  };
  const [a, b] = [rgb(film, 5), rgb(still, 0)];
  for (const [index, value] of a.entries()) expect(Math.abs(value - b[index]!)).toBeLessThan(12);
});

test("the sound alone is as long as the timeline, to the sample as WAV, and begins on its frame", async () => {
  const { files, film: wav } = await run(aRequest({ format: "wav", ...scene }));
  expect(files).toMatchObject([{ role: "audio", contentType: "audio/wav" }]);
  expect(probe(wav).streams).toMatchObject([{ codec_name: "pcm_s16le", sample_rate: "48000", channels: 2 }]);
  const pcm = execFileSync(ffmpeg, ["-v", "error", "-i", wav, "-ac", "1", "-f", "s16le", "-"], { maxBuffer: 1 << 28 });
  expect(pcm.length / 2).toBe(3 * 48_000);
  const samples = new Int16Array(pcm.buffer, pcm.byteOffset, pcm.length >> 1);
  const first = samples.findIndex((sample) => Math.abs(sample) > 700);
  expect(Math.abs(first - 24_000)).toBeLessThan(300);
  const { film: mp3 } = await run(aRequest({ format: "mp3", ...scene }));
  const { streams, format } = probe(mp3);
  expect(streams).toMatchObject([{ codec_name: "mp3", sample_rate: "48000", channels: 2 }]);
  expect(Number(format.duration)).toBeCloseTo(3, 1);
  expect(format.tags).toMatchObject({ title: "Three colours" });
});

test("an export that is called off ends within a second, with the right reason", async () => {
  const off = new AbortController();
  const running = run(
    aRequest({
      frames: 14_000,
      width: 1280,
      height: 720,
      picture: [{ assetId: "red.mp4", start: 0, duration: 14_000, in: 0 }],
    }),
    off.signal,
  );
  setTimeout(() => off.abort(), 400);
  const begin = performance.now();
  await expect(running).rejects.toMatchObject({ kind: "cancelled" });
  expect(performance.now() - begin).toBeLessThan(1500);
});

test("an input that is no film fails with a sentence, not with a wrong film", async () => {
  fs.writeFileSync(path.join(folder, "text.mp4"), "not a film");
  await expect(
    run(aRequest({ picture: [{ assetId: "text.mp4", start: 0, duration: 5, in: 0 }] })),
  ).rejects.toMatchObject({ kind: "retryable" });
});
