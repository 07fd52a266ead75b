import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { passNames, type PassName } from "#domain/jobs/passes.ts";
import { tierForHeight } from "#domain/jobs/tiers.ts";
import type { VideoRequest } from "#domain/jobs/messages/render-request.ts";
import { EngineError } from "../engine.ts";
import type { RenderedFile, RunContext } from "../engine.ts";
import { openPassFilms } from "./pass-films.ts";
import { frameKind } from "./protocol.ts";
import { receive } from "./receive.ts";
import type { Bench } from "./previz-engine.ts";

/** Pictures that may be on their way between page and encoder; more only cost memory. */
const ahead = 4;
const maxPreviewBytes = 24 * 1024;

/**
 * Renders a shot to an MP4 and a poster, and each pass that was asked for to a film of its own; or a chunk of it,
 * with its part of each pass, to files that lose nothing. The stage draws any moment of the plan without those before it, so a chunk needs nothing of
 * the one before, and its pictures are those of the whole.
 */
export async function renderVideo(request: VideoRequest, bench: Bench, context: RunContext): Promise<RenderedFile[]> {
  const { width, height, fps, chunk } = request;
  const from = chunk?.start ?? 0;
  const frames = chunk?.length ?? request.frames;
  // A chunk's own seed is for engines that dream; the scene is the whole shot's.
  const seed = chunk === undefined ? request.seed : request.plan.seed;
  const passes = passesOf(request.passes);
  const films = openPassFilms({
    ffmpegPath: bench.ffmpegPath,
    folder: context.scratch,
    passes: ["beauty", ...passes],
    width,
    height,
    fps,
    isChunk: chunk !== undefined,
    label: {
      title: "Backlot previz",
      comment: "previz",
      description: `${bench.description} Rendered by Backlot's previz engine, seed ${seed}.`,
      encoder: "Backlot previz",
    },
  });
  let poster: Buffer | null = null;
  let camera: Buffer | null = null;
  try {
    const plan = { ...request.plan, seed, frames: request.frames, fps };
    const tier = request.tier ?? tierForHeight(height);
    await receive(
      bench,
      context.signal,
      { type: "video", run: bench.run, plan, width, height, from, frames, fps, window: ahead, tier, passes },
      {
        async packet({ index, kind, pass, data }) {
          if (kind === frameKind.poster) poster = data;
          if (kind === frameKind.file) camera = data;
          // A preview that is too large costs nobody their render.
          if (kind === frameKind.preview && data.byteLength <= maxPreviewBytes) context.preview(data);
          if (kind !== frameKind.picture || !(await films.take({ index, pass, data }))) return;
          const next = films.frames;
          bench.warm.link.send({ type: "more", run: bench.run, upTo: next + ahead });
          context.progress({ stage: "render", step: next, total: frames, fraction: 0.02 + 0.95 * (next / frames) });
        },
      },
    );
    if (films.frames !== frames) throw new EngineError("retryable", `${films.frames} of ${frames} pictures came`);
    context.progress({ stage: "mux", fraction: 0.98 });
    await films.end();
  } catch (error) {
    await films.kill();
    throw error;
  }
  const size = { width, height, engine: "previz" };
  const film = { ...size, frames, fps: `${fps.num}/${fps.den}`, seconds: (frames * fps.den) / fps.num };
  const path = films.pathOf("beauty");
  const meta = { ...film, seed, plan: bench.description };
  const beside = [
    ...passes.map((pass): RenderedFile => {
      const file = films.pathOf(pass);
      const contentType = file.endsWith(".mkv") ? "video/x-matroska" : "video/mp4";
      return { role: "pass", name: pass, path: file, contentType, meta: { ...film, pass } };
    }),
    ...(await cameraFile(passes, camera, context)),
  ];
  if (chunk !== undefined) return [{ role: "video", path, contentType: "video/x-matroska", meta }, ...beside];
  if (poster === null) throw new EngineError("retryable", "no picture for the poster");
  const posterPath = join(context.scratch, "poster.jpg");
  await writeFile(posterPath, poster);
  return [
    { role: "video", path, contentType: "video/mp4", meta },
    { role: "poster", path: posterPath, contentType: "image/jpeg", meta: size },
    ...beside,
  ];
}

/** The file that says what the passes' numbers mean, where there are passes. */
export async function cameraFile(
  passes: readonly PassName[],
  record: Buffer | null,
  context: RunContext,
): Promise<RenderedFile[]> {
  if (passes.length === 0) return [];
  if (record === null) throw new EngineError("retryable", "no record of the camera came");
  const path = join(context.scratch, "camera.json");
  await writeFile(path, record);
  return [{ role: "camera", name: "camera", path, contentType: "application/json", meta: { engine: "previz" } }];
}

/** Beside what people see, each once, in the order in which they are drawn. */
export function passesOf(asked: readonly PassName[] = []): PassName[] {
  return passNames.filter((pass) => pass !== "beauty" && asked.includes(pass));
}
