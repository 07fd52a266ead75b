import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { betweenKeyframes, type Between } from "#domain/jobs/keyframes.ts";
import { tierForHeight } from "#domain/jobs/tiers.ts";
import type { Conditioning, VideoRequest } from "#domain/jobs/messages/render-request.ts";
import { EngineError } from "../engine.ts";
import type { RenderedFile, RunContext } from "../engine.ts";
import { runFfmpeg } from "../export/ffmpeg.ts";
import { readFrames } from "../join/read-frames.ts";
import { lastFrameOf } from "../last-frame.ts";
import { encodeJpeg, encodeVideo, isQuickAt } from "./encode.ts";
import type { Bench } from "./previz-engine.ts";
import { frameKind } from "./protocol.ts";
import { receive } from "./receive.ts";

/** The pictures that a shot goes through; fewer than two are no way from one to another. */
export function keyframesOf({ conditioning = [], chunk }: VideoRequest): Conditioning[] {
  const keyframes = chunk === undefined ? conditioning.filter(({ use }) => use === "keyframe") : [];
  return keyframes.length < 2 ? [] : keyframes;
}

/**
 * Makes a film that goes from each picture to the next: what moves is followed, or, where that cannot be done, one
 * fades into the other. A picture that is gone is drawn from the plan.
 */
export async function renderKeyframes(
  request: VideoRequest,
  bench: Bench,
  context: RunContext,
): Promise<RenderedFile[]> {
  const { width, height, frames, fps } = request;
  const { signal, scratch } = context;
  const { ffmpegPath } = bench;
  const keyframes = keyframesOf(request);
  const { order, stretches } = betweenKeyframes(
    keyframes.map(({ frame }) => frame),
    frames,
  );
  const pictures: string[] = [];
  for (const [place, index] of order.entries()) {
    pictures.push(await pictureOf(keyframes[index]!, place, request, bench, context));
    context.progress({ stage: "load", fraction: (0.1 * (place + 1)) / order.length });
  }
  const path = join(scratch, "previz.mp4");
  const label = {
    title: "Backlot previz",
    comment: "previz",
    description: `${bench.description} Between ${order.length} keyframes.`,
    encoder: "Backlot previz",
  };
  const pixels = { width, height, pictures: "yuv420p" } as const;
  const encoder = encodeVideo({ ffmpegPath, path, ...pixels, fps, label, isQuick: isQuickAt(height) });
  const stop = () => void encoder.kill();
  signal.addEventListener("abort", stop, { once: true });
  const posterAt = Math.min(frames - 1, Math.floor(frames * 0.4));
  let poster: Buffer | null = null;
  let written = 0;
  try {
    for (const [index, stretch] of stretches.entries()) {
      const film = join(scratch, `between-${index}.mkv`);
      await goBetween(pictures, stretch, film, { ffmpegPath, signal });
      for await (const frame of readFrames(
        film,
        { skip: 0, frames: stretch.frames, size: { width, height } },
        { ffmpegPath, signal },
      )) {
        if (written === posterAt) poster = frame;
        await encoder.write(frame);
        written += 1;
        context.progress({ stage: "render", step: written, total: frames, fraction: 0.1 + (0.85 * written) / frames });
      }
    }
    await encoder.end();
  } catch (error) {
    await encoder.kill();
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
  }
  if (poster === null) throw new EngineError("retryable", "no picture for the poster");
  const posterPath = join(scratch, "poster.jpg");
  await writeFile(posterPath, await encodeJpeg({ ffmpegPath, pixels: poster, width, height, quality: 3, signal }));
  const size = { width, height, engine: "previz" };
  const seconds = (frames * fps.den) / fps.num;
  const meta = { ...size, frames, fps: `${fps.num}/${fps.den}`, seconds, seed: request.seed, keyframes: order.length };
  return [
    { role: "video", path, contentType: "video/mp4", meta: { ...meta, plan: bench.description } },
    { role: "poster", path: posterPath, contentType: "image/jpeg", meta: size },
  ];
}

/** @returns the path of a PNG of the film's size */
async function pictureOf(
  { assetId, frame }: Conditioning,
  place: number,
  request: VideoRequest,
  bench: Bench,
  context: RunContext,
): Promise<string> {
  const { width, height } = request;
  const { signal } = context;
  const path = join(context.scratch, `key-${place}.png`);
  const filter = `scale=${width}:${height}:force_original_aspect_ratio=increase:flags=lanczos,crop=${width}:${height},setsar=1`;
  const file = assetId === undefined ? null : await context.assetPath(assetId).catch(() => null);
  signal.throwIfAborted();
  if (file !== null) await lastFrameOf(file, path, { ffmpegPath: bench.ffmpegPath, signal, filter });
  else await writeFile(path, await fromPlan(frame, request, bench, context));
  return path;
}

/** The moment as the plan has it: what stands in for a picture that is gone. */
async function fromPlan(frame: number, request: VideoRequest, bench: Bench, context: RunContext): Promise<Buffer> {
  const { width, height, fps, frames, seed } = request;
  const plan = { ...request.plan, seed, frames, fps };
  const tier = request.tier ?? tierForHeight(height);
  let still: Buffer | null = null;
  await receive(
    bench,
    context.signal,
    { type: "image", run: bench.run, plan, width, height, frame, tier, passes: [] },
    {
      async packet({ kind, data }) {
        if (kind === frameKind.still) still = data;
      },
    },
  );
  if (still === null) throw new EngineError("retryable", "no picture came for a keyframe that is gone");
  return still;
}

type How = { ffmpegPath: string; signal: AbortSignal };

async function goBetween(pictures: readonly string[], stretch: Between, film: string, how: How): Promise<void> {
  const [from, to] = [pictures[stretch.from]!, pictures[stretch.to]!];
  if (stretch.from === stretch.to || stretch.frames === 1) {
    const hold = `loop=loop=${stretch.frames - 1}:size=1:start=0`;
    await write(["-i", from, "-vf", `${hold},${inPlanes}`], stretch, film, how);
    return;
  }
  try {
    await write(moveBetween(from, to, stretch.frames, followed), stretch, film, how);
  } catch (error) {
    if (how.signal.aborted) throw error;
    await write(moveBetween(from, to, stretch.frames, "mi_mode=blend"), stretch, film, how);
  }
}

const inPlanes = "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd,format=yuv420p";
/** Motion is looked for both ways and in blocks that overlap; a cut between the two is no reason to give up. */
const followed = "mi_mode=mci:mc_mode=aobmc:me_mode=bidir:search_param=64:vsbmc=1:scd=none";

/** Each picture stands still for a second before and after, so that only the second between them moves. */
function moveBetween(from: string, to: string, frames: number, how: string): string[] {
  const held = (path: string) => ["-loop", "1", "-framerate", "1", "-t", "2", "-i", path];
  const filter = [
    "[0:v][1:v]concat=n=2:v=1",
    inPlanes,
    `minterpolate=fps=${frames}:${how}`,
    `trim=start_frame=${frames}:end_frame=${2 * frames}`,
    `setpts=N/(${frames}*TB)`,
  ].join(",");
  return [...held(from), ...held(to), "-filter_complex", filter];
}

async function write(input: readonly string[], { frames }: Between, film: string, how: How): Promise<void> {
  const out = ["-frames:v", String(frames), "-fps_mode", "passthrough", "-c:v", "libx264", "-preset", "ultrafast"];
  const words = ["-hide_banner", "-loglevel", "error", "-nostdin", "-y", ...input, ...out, "-qp", "0", film];
  await runFfmpeg(how.ffmpegPath, words, how.signal);
}
