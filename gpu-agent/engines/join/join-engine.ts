import { writeFile } from "node:fs/promises";
import path from "node:path";
import { fileOf } from "#domain/jobs/inputs.ts";
import type { JobInput } from "#domain/jobs/messages/job-message.ts";
import type { JoinRequest } from "#domain/jobs/messages/render-request.ts";
import { framesToSeconds } from "#domain/time.ts";
import { type Engine, EngineError, type RenderedFile, type RunContext } from "../engine.ts";
import { ffmpegVersion, runFfmpeg } from "../export/ffmpeg.ts";
import { encodeJpeg, encodeVideo, isQuickAt } from "../previz/encode.ts";
import { joinSound, type SoundPart } from "./join-sound.ts";
import { joinPasses, passesIn } from "./join-passes.ts";
import { readFrames } from "./read-frames.ts";

export type JoinOptions = { ffmpegPath: string; ffprobePath: string };

/**
 * Makes one film of a long shot's chunks, as long as was asked for to the frame, and one of each of its passes. The
 * chunks have lost nothing, so the pictures are encoded once, here, as those of a single render are.
 */
export function createJoinEngine(options: JoinOptions): Engine {
  return {
    id: "join",
    probe: async (signal) => {
      try {
        const version = await ffmpegVersion(options.ffmpegPath, signal);
        return { roles: ["join"], ready: true, version, device: "ffmpeg", warning: null };
      } catch (error) {
        return { roles: [], ready: false, version: "none", device: "none", warning: (error as Error).message };
      }
    },
    run: async (request, context) => {
      if (request.role !== "join") throw new EngineError("permanent", `join does not do "${request.role}"`);
      try {
        return await joinFilm(request, context, options);
      } catch (error) {
        if (context.signal.aborted) throw new EngineError("cancelled", "the join was cancelled", { cause: error });
        if (error instanceof EngineError) throw error;
        throw new EngineError("retryable", "The parts of the shot could not be put together.", {
          cause: error,
          detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
      }
    },
    dispose: () => Promise.resolve(),
  };
}

async function joinFilm(request: JoinRequest, context: RunContext, options: JoinOptions): Promise<RenderedFile[]> {
  const { width, height, fps, frames } = request;
  const { signal, scratch } = context;
  const kept = request.parts.reduce((sum, part) => sum + part.frames, 0);
  if (kept !== frames) throw new EngineError("permanent", `The parts hold ${kept} frames of a shot of ${frames}.`);
  const inputs = request.parts.map((part) => inputOf(context, part.name));
  const parts: SoundPart[] = [];
  for (const [index, { trimHead, frames: length }] of request.parts.entries()) {
    parts.push({ file: await context.assetPath(inputs[index]!.assetId), trimHead, frames: length });
    context.progress({
      stage: "load",
      step: index + 1,
      total: inputs.length,
      fraction: (0.2 * (index + 1)) / inputs.length,
    });
  }
  const soundPath = path.join(scratch, "joined.f32");
  const isSounding = await joinSound(parts, fps, soundPath, { ...options, signal });
  const film = path.join(scratch, "joined.mp4");
  const made = labelOf(inputs);
  const isQuick = made.meta["engine"] === "previz" && isQuickAt(height);
  const encoder = encodeVideo({
    ffmpegPath: options.ffmpegPath,
    path: film,
    width,
    height,
    fps,
    pictures: "yuv420p",
    isQuick,
    label: made.label,
    ...(isSounding ? { soundPath } : {}),
  });
  const posterAt = Math.min(frames - 1, Math.floor(frames * 0.4));
  let poster: Buffer | null = null;
  let written = 0;
  const total = frames * (1 + passesIn(context.inputs ?? []).length);
  const onFrame = () => {
    written += 1;
    context.progress({ stage: "join", step: written, total, fraction: 0.2 + (0.75 * written) / total });
  };
  const stop = () => void encoder.kill();
  signal.addEventListener("abort", stop, { once: true });
  try {
    for (const part of parts) {
      const want = { skip: part.trimHead, frames: part.frames, size: { width, height } };
      for await (const frame of readFrames(part.file, want, { ffmpegPath: options.ffmpegPath, signal })) {
        if (written === posterAt) poster = frame;
        await encoder.write(frame);
        onFrame();
      }
    }
    await encoder.end();
  } catch (error) {
    await encoder.kill();
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
  }
  signal.throwIfAborted();
  const counted = await countFrames(options.ffprobePath, film, signal);
  if (counted !== frames)
    throw new EngineError("retryable", `The film has ${counted} frames; ${frames} were asked for.`);
  if (poster === null) throw new EngineError("retryable", "There is no picture for the poster.");
  const posterPath = path.join(scratch, "poster.jpg");
  const { ffmpegPath } = options;
  await writeFile(posterPath, await encodeJpeg({ ffmpegPath, pixels: poster, width, height, quality: 3, signal }));
  const size = { width, height, ...made.meta };
  const meta = { ...size, frames, fps: `${fps.num}/${fps.den}`, seconds: framesToSeconds(frames, fps) };
  const passes = await joinPasses(request, context, { ffmpegPath, label: made.label, isQuick, meta, onFrame });
  context.progress({ stage: "done", fraction: 1 });
  return [
    {
      role: "video",
      path: film,
      contentType: "video/mp4",
      meta: { ...meta, seed: request.seed, chunks: parts.length },
    },
    { role: "poster", path: posterPath, contentType: "image/jpeg", meta: size },
    ...passes,
  ];
}

/** @throws EngineError when the chunk's file is not there */
function inputOf(context: RunContext, name: string): JobInput & { assetId: string } {
  const input = fileOf(context.inputs ?? [], name, "video");
  if (input === undefined)
    throw new EngineError("permanent", `The film of ${name} is not among what the join was given.`);
  return input;
}

/** Whoever made the pictures is named on the film, not whoever put them together. */
function labelOf(inputs: readonly JobInput[]): { label: Record<string, string>; meta: Record<string, string> } {
  const said = (key: string) => {
    const words = new Set(inputs.flatMap(({ meta }) => (typeof meta?.[key] === "string" ? [meta[key]] : [])));
    return [...words].join(", ");
  };
  const engine = said("engine");
  const plan = said("plan");
  const parts = inputs.length === 1 ? "one part" : `${inputs.length} parts`;
  return {
    label: {
      title: engine === "" ? "Backlot" : `Backlot ${engine}`,
      comment: engine === "" ? "unknown engine" : engine,
      description: `${plan} Made in ${parts}.`.trim(),
      encoder: engine === "" ? "Backlot" : `Backlot ${engine}`,
    },
    meta: { ...(engine === "" ? {} : { engine }), ...(plan === "" ? {} : { plan }) },
  };
}

async function countFrames(ffprobe: string, file: string, signal: AbortSignal): Promise<number> {
  const entries = ["-select_streams", "v:0", "-count_packets", "-show_entries", "stream=nb_read_packets"];
  return Number.parseInt(await runFfmpeg(ffprobe, ["-v", "error", ...entries, "-of", "csv=p=0", file], signal), 10);
}
