import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExportRequest } from "#domain/jobs/messages/render-request.ts";
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
  return { files, fractions, film: files.find((file) => file.role === "video")!.path };
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
    }[];
    format: { tags: Record<string, string> };
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
