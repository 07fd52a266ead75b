import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { VideoRequest } from "#domain/jobs/messages/render-request.ts";
import { EngineError } from "../engine.ts";
import type { RenderedFile, RunContext } from "../engine.ts";
import { encodeJpeg, encodeVideo } from "./encode.ts";
import { receive } from "./receive.ts";
import type { Bench } from "./previz-engine.ts";

/** Pictures that may be on their way between page and encoder; more only cost memory. */
const ahead = 4;
const maxPreviewBytes = 24 * 1024;

/**
 * Renders a shot to an MP4 and a poster, or a chunk of it to one file that loses nothing. The stage draws any moment of
 * the plan without those before it, so a chunk needs nothing of the one before, and its pictures are those of the whole.
 */
export async function renderVideo(request: VideoRequest, bench: Bench, context: RunContext): Promise<RenderedFile[]> {
  const { width, height, fps, chunk } = request;
  const from = chunk?.start ?? 0;
  const frames = chunk?.length ?? request.frames;
  // A chunk's own seed is for engines that dream; the scene is the whole shot's.
  const seed = chunk === undefined ? request.seed : request.plan.seed;
  const path = join(context.scratch, chunk === undefined ? "previz.mp4" : "chunk.mkv");
  const posterPath = join(context.scratch, "poster.jpg");
  const encoder = encodeVideo({
    ffmpegPath: bench.ffmpegPath,
    path,
    width,
    height,
    fps,
    isLossless: chunk !== undefined,
    label: {
      title: "Backlot previz",
      comment: "previz",
      description: `${bench.description} Rendered by Backlot's previz engine, seed ${seed}.`,
      encoder: "Backlot previz",
    },
  });
  const posterAt = Math.min(frames - 1, Math.floor(frames * 0.4));
  let poster: Buffer | null = null;
  let next = 0;
  let shownAt = 0;
  let isShowing = false;
  let showing = Promise.resolve();
  const preview = (pixels: Buffer) => {
    if (isShowing || Date.now() - shownAt < 500) return;
    shownAt = Date.now();
    isShowing = true;
    showing = encodeJpeg({ ffmpegPath: bench.ffmpegPath, pixels, width, height, quality: 7, scaleTo: 320 })
      .then((jpeg) => {
        if (jpeg.byteLength <= maxPreviewBytes && !context.signal.aborted) context.preview(jpeg);
      })
      // A preview that fails costs nobody their render.
      .catch(() => undefined)
      .finally(() => {
        isShowing = false;
      });
  };
  try {
    const plan = { ...request.plan, seed, frames: request.frames, fps };
    await receive(
      bench,
      context.signal,
      { type: "video", run: bench.run, plan, width, height, from, frames, fps, window: ahead },
      {
        async packet({ index, data }) {
          if (index !== next || data.byteLength !== width * height * 4)
            throw new EngineError("retryable", `picture ${index} came instead of ${next}`);
          next += 1;
          if (index === posterAt) poster = data;
          preview(data);
          await encoder.write(data);
          bench.warm.link.send({ type: "more", run: bench.run, upTo: next + ahead });
          context.progress({ stage: "render", step: next, total: frames, fraction: 0.02 + 0.95 * (next / frames) });
        },
      },
    );
    if (next !== frames) throw new EngineError("retryable", `${next} of ${frames} pictures came`);
    context.progress({ stage: "mux", fraction: 0.98 });
    await encoder.end();
    await showing;
  } catch (error) {
    await encoder.kill();
    throw error;
  }
  const seconds = (frames * fps.den) / fps.num;
  const meta = {
    width,
    height,
    frames,
    fps: `${fps.num}/${fps.den}`,
    seconds,
    engine: "previz",
    seed,
    plan: bench.description,
  };
  if (chunk !== undefined) return [{ role: "video", path, contentType: "video/x-matroska", meta }];
  if (poster === null) throw new EngineError("retryable", "no picture for the poster");
  await writeFile(
    posterPath,
    await encodeJpeg({
      ffmpegPath: bench.ffmpegPath,
      pixels: poster,
      width,
      height,
      quality: 3,
      signal: context.signal,
    }),
  );
  return [
    { role: "video", path, contentType: "video/mp4", meta },
    { role: "poster", path: posterPath, contentType: "image/jpeg", meta: { width, height, engine: "previz" } },
  ];
}
