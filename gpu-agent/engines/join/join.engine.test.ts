import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { planChain, shotNodes } from "#domain/jobs/chain.ts";
import { inputsOfStep } from "#domain/jobs/inputs.ts";
import type { JobInput } from "#domain/jobs/messages/job-message.ts";
import type { JoinRequest, RenderRequest, VideoRequest } from "#domain/jobs/messages/render-request.ts";
import type { Engine, RenderedFile, RunContext } from "../engine.ts";
import { buildPage } from "../previz/build-page.ts";
import { aShotPlan } from "../previz/cli-shots.ts";
import { createPrevizEngine } from "../previz/previz-engine.ts";
import { createJoinEngine } from "./join-engine.ts";

const run = promisify(execFile);
const ffmpegPath = process.env["FFMPEG_PATH"] ?? "ffmpeg";
const ffprobePath = ffmpegPath.replace(/ffmpeg$/, "ffprobe");
const limit = 12;
const fps = { num: 24000, den: 1001 };
const shot: VideoRequest = {
  role: "video",
  plan: aShotPlan({
    heading: "EXT. HARBOUR - DUSK",
    action: "Rain. MAYA runs down the pier.",
    type: "wide",
    frames: 31,
  }),
  prompt: "Maya runs.",
  seed: 7,
  width: 192,
  height: 108,
  frames: 31,
  fps,
};

let folder: string;
const joiner = createJoinEngine({ ffmpegPath, ffprobePath });
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "join-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Files = Map<string, string>;

async function make(
  engine: Engine,
  request: RenderRequest,
  given: { inputs?: JobInput[]; files?: Files; signal?: AbortSignal; onStep?: (step: number) => void } = {},
): Promise<{ made: RenderedFile[]; scratch: string; fractions: number[] }> {
  const scratch = await mkdtemp(join(folder, "run-"));
  const fractions: number[] = [];
  const context: RunContext = {
    signal: given.signal ?? new AbortController().signal,
    jobId: "j",
    attempt: 1,
    scratch,
    inputs: given.inputs ?? [],
    assetPath: (id) => Promise.resolve(given.files?.get(id) ?? ""),
    progress: (progress) => {
      fractions.push(progress.fraction);
      given.onStep?.(progress.step ?? 0);
    },
    preview: () => undefined,
  };
  return { made: await engine.run(request, context), scratch, fractions };
}

/** A chunk's file as the step after it is handed it. */
function handOver(key: string, made: readonly RenderedFile[], files: Files): JobInput[] {
  const kept = made.map((file) => {
    const assetId = `asset-${key}-${file.name ?? file.role}`;
    files.set(assetId, file.path);
    return {
      name: file.name ?? file.role,
      role: file.role,
      assetId,
      contentType: file.contentType,
      meta: file.meta,
    };
  });
  return inputsOfStep({ jobId: key, stepKey: key, output: null, files: kept });
}

/** One line per picture, with its hash. */
async function pictures(path: string): Promise<string[]> {
  const { stdout } = await run(ffmpegPath, ["-v", "error", "-i", path, "-map", "0:v", "-f", "framemd5", "-"]);
  return stdout.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

test("the joined film of a chain and its passes hold the very pictures of one long render, and say what made them", async () => {
  const passes = ["depth", "ids"] as const;
  const pageScript = await buildPage(join(folder, "page"));
  const chromiumPath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
  const engine = createPrevizEngine({ chromiumPath, ffmpegPath, pageScript, maxFrames: 31 });
  try {
    const { limits } = await engine.probe(AbortSignal.timeout(60_000));
    expect(limits?.maxFrames).toBe(31);
    await expect(make(engine, { ...shot, frames: 32 })).rejects.toMatchObject({ kind: "capacity" });
    const nodes = shotNodes({ ...shot, passes: [...passes] }, { kind: "shot", lane: "batch" }, { maxFrames: limit });
    const [head, ...chunks] = nodes;
    expect(chunks.map(({ request }) => (request as VideoRequest).chunk)).toEqual(
      planChain(31, { limit, overlap: 3 }).map(({ start, length, trimHead }) => ({
        start,
        length,
        overlap: trimHead,
        total: 31,
        lossless: true,
      })),
    );
    const files: Files = new Map();
    const inputs: JobInput[] = [];
    for (const { key, request } of chunks) {
      const { made } = await make(engine, request);
      expect(made.map((file) => [file.name ?? file.role, file.contentType])).toEqual([
        ["video", "video/x-matroska"],
        ["depth", "video/x-matroska"],
        ["ids", "video/x-matroska"],
        ["camera", "application/json"],
      ]);
      expect(await pictures(made[0]!.path)).toHaveLength((request as VideoRequest).chunk!.length);
      inputs.push(...handOver(key!, made, files));
    }
    const joined = await make(joiner, head!.request, { inputs, files });
    const { made: whole } = await make(engine, { ...shot, passes: [...passes] });
    const film = joined.made.find((file) => file.role === "video")!;
    const expected = await pictures(whole[0]!.path);
    expect(expected).toHaveLength(31);
    expect(await pictures(film.path)).toEqual(expected);
    expect(film).toMatchObject({
      contentType: "video/mp4",
      meta: { frames: 31, engine: "previz", chunks: 4, seed: 7 },
    });
    const named = (name: string, made: readonly RenderedFile[]) => made.find((file) => file.name === name)!;
    for (const pass of passes) {
      const [one, other] = [named(pass, joined.made), named(pass, whole)];
      expect(await pictures(one.path), pass).toEqual(await pictures(other.path));
      expect(one).toMatchObject({ role: "pass", contentType: other.contentType, meta: other.meta });
    }
    const [recorded, asWhole] = [named("camera", joined.made), named("camera", whole)];
    expect(JSON.parse(await readFile(recorded.path, "utf8"))).toEqual(JSON.parse(await readFile(asWhole.path, "utf8")));
    expect(recorded).toMatchObject({ role: "camera", contentType: asWhole.contentType, meta: asWhole.meta });
    expect(joined.made.map((file) => file.role)).toEqual(["video", "poster", "pass", "pass", "camera"]);
    expect(joined.fractions).toEqual([...joined.fractions].sort((a, b) => a - b));
    expect(joined.fractions.at(-1)).toBe(1);
    expect(await probe(film.path)).toMatchObject({ rate: "24000/1001", codec: "h264", comment: "previz" });
  } finally {
    await engine.dispose();
  }
});

/** A film of a grey that tells which frame it is, with a sound that is loud in one frame only. */
async function aChunk(name: string, frames: number, loudFrame: number | null): Promise<JobInput & { path: string }> {
  const path = join(folder, `${name}.mkv`);
  const picture = `color=black:s=64x36:r=24,geq=lum='16+N*4':cb=128:cr=128`;
  const loud = loudFrame === null ? null : `between(t\\,${loudFrame}/24\\,${loudFrame + 1}/24)`;
  const sound = `aevalsrc=0.8*sin(2*PI*440*t)*${loud}:s=48000`;
  const inputs = ["-f", "lavfi", "-i", picture, ...(loud === null ? [] : ["-f", "lavfi", "-i", sound])];
  const codecs = ["-c:v", "libx264", "-qp", "0", "-pix_fmt", "yuv420p", "-c:a", "pcm_s16le"];
  await run(ffmpegPath, ["-v", "error", "-y", ...inputs, "-t", String(frames / 24), ...codecs, path]);
  const file = { role: "video" as const, assetId: path, contentType: "video/x-matroska", meta: { engine: "test" } };
  return {
    ...inputsOfStep({ jobId: name, stepKey: name, output: null, files: [{ name: "video", ...file }] })[0]!,
    path,
  };
}

const joinOf = (parts: JoinRequest["parts"], over: Partial<JoinRequest> = {}): JoinRequest => ({
  role: "join",
  parts,
  width: 64,
  height: 36,
  fps: { num: 24, den: 1 },
  frames: parts.reduce((sum, part) => sum + part.frames, 0),
  prompt: "",
  seed: 1,
  ...over,
});

test("picture and sound of each part are cut alike, and what is beyond the end is not in the film", async () => {
  // Heard in the first part's frame 6 and in the last part's frame 4; the one between has no sound.
  const parts = [await aChunk("a", 12, 6), await aChunk("b", 12, null), await aChunk("c", 12, 4)];
  const files: Files = new Map(parts.map(({ path }) => [path, path]));
  const wanted = [
    { name: "a", trimHead: 0, frames: 12 },
    { name: "b", trimHead: 3, frames: 9 },
    { name: "c", trimHead: 3, frames: 5 },
  ];
  const { made } = await make(joiner, joinOf(wanted), { inputs: parts, files });
  const film = made[0]!.path;
  const { stdout } = await run(
    ffmpegPath,
    ["-v", "error", "-i", film, "-vf", "scale=1:1,format=gray", "-f", "rawvideo", "-"],
    {
      encoding: "buffer",
    },
  );
  // Luma 16 is black in the file and 0 here; which frame of its part each one was can be read off.
  const numbers = [...stdout].map((luma) => Math.round(((luma * 219) / 255 - 0) / 4));
  expect(numbers).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 3, 4, 5, 6, 7, 8, 9, 10, 11, 3, 4, 5, 6, 7]);
  const pcm = await run(ffmpegPath, ["-v", "error", "-i", film, "-ac", "1", "-ar", "48000", "-f", "s16le", "-"], {
    encoding: "buffer",
    maxBuffer: 1 << 26,
  });
  const samples = new Int16Array(pcm.stdout.buffer, pcm.stdout.byteOffset, pcm.stdout.length >> 1);
  const loudIn = Array.from({ length: 26 }, (_, frame) =>
    samples.subarray(frame * 2000 + 300, (frame + 1) * 2000 - 300).some((sample) => Math.abs(sample) > 5000),
  );
  expect(loudIn.flatMap((isLoud, frame) => (isLoud ? [frame] : []))).toEqual([6, 22]);
  expect(await probe(film)).toMatchObject({ comment: "test" });
});

test("a part that is too short, is missing, or does not add up fails with a sentence instead of a wrong film", async () => {
  const part = await aChunk("short", 6, null);
  const files: Files = new Map([[part.path, part.path]]);
  const given = { inputs: [part], files };
  await expect(make(joiner, joinOf([{ name: "short", trimHead: 3, frames: 4 }]), given)).rejects.toMatchObject({
    kind: "infrastructure",
    message: expect.stringContaining("6 pictures") as string,
  });
  await expect(make(joiner, joinOf([{ name: "gone", trimHead: 0, frames: 4 }]), given)).rejects.toMatchObject({
    kind: "permanent",
  });
  await expect(
    make(joiner, joinOf([{ name: "short", trimHead: 0, frames: 4 }], { frames: 5 }), given),
  ).rejects.toMatchObject({ kind: "permanent" });
});

test("a join that is called off ends at once", async () => {
  const part = await aChunk("long", 600, null);
  const off = new AbortController();
  let calledOffAt = 0;
  const joining = make(joiner, joinOf([{ name: "long", trimHead: 0, frames: 600 }]), {
    inputs: [part],
    files: new Map([[part.path, part.path]]),
    signal: off.signal,
    onStep: (step) => {
      if (step < 5 || calledOffAt > 0) return;
      calledOffAt = Date.now();
      off.abort();
    },
  });
  await expect(joining).rejects.toMatchObject({ kind: "cancelled" });
  expect(Date.now() - calledOffAt).toBeLessThan(1000);
  expect(await readdir(folder)).toContain("long.mkv");
});

async function probe(path: string): Promise<{ rate: string; codec: string; comment: string | undefined }> {
  const entries = ["-select_streams", "v:0", "-show_entries", "stream=codec_name,r_frame_rate:format_tags"];
  const { stdout } = await run(ffprobePath, ["-v", "error", ...entries, "-of", "json", path]);
  const found = JSON.parse(stdout) as {
    streams: { codec_name: string; r_frame_rate: string }[];
    format: { tags: Record<string, string> };
  };
  const [stream] = found.streams;
  return { rate: stream!.r_frame_rate, codec: stream!.codec_name, comment: found.format.tags["comment"] };
}
