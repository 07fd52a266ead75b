import { stat } from "node:fs/promises";
import path from "node:path";
import { unreachable } from "#domain/errors.ts";
import { exportFormats, gifRate } from "#domain/jobs/export-formats.ts";
import type { ExportRequest } from "#domain/jobs/messages/render-request.ts";
import { framesToSeconds } from "#domain/time.ts";
import { type Engine, EngineError, type RenderedFile, type RunContext } from "../engine.ts";
import { cutList } from "./cut-list.ts";
import { filmArguments, soundArguments, stillArguments } from "./encoders.ts";
import { ffmpegVersion, runFfmpeg, startFfmpeg } from "./ffmpeg.ts";
import { writePicture } from "./picture.ts";
import { probeFile } from "./probe.ts";
import { mixSound, sampleRate } from "./sound.ts";

export type ExportOptions = { ffmpegPath: string; ffprobePath: string };

/** Cuts the timeline to one file, as long as the timeline to the frame: a film, its sound, or one of its pictures. */
export function createExportEngine(options: ExportOptions): Engine {
  return {
    id: "export",
    probe: async (signal) => {
      try {
        const version = await ffmpegVersion(options.ffmpegPath, signal);
        return {
          roles: ["export"],
          ready: true,
          version,
          device: "ffmpeg",
          warning: null,
        };
      } catch (error) {
        return { roles: [], ready: false, version: "none", device: "none", warning: (error as Error).message };
      }
    },
    run: (request, context) => {
      if (request.role !== "export") throw new EngineError("permanent", `export does not do "${request.role}"`);
      return exportTimeline(request, context, options);
    },
    dispose: () => Promise.resolve(),
  };
}

async function exportTimeline(
  request: ExportRequest,
  context: RunContext,
  options: ExportOptions,
): Promise<RenderedFile[]> {
  const { signal } = context;
  const assetPath = remember((assetId) => context.assetPath(assetId));
  const bench: Bench = { ...options, context: { ...context, assetPath } };
  try {
    const files = await makeFiles(request, bench);
    context.progress({ stage: "done", fraction: 1 });
    return files;
  } catch (error) {
    if (signal.aborted) throw new EngineError("cancelled", "the export was cancelled", { cause: error });
    if (error instanceof EngineError) throw error;
    throw new EngineError("retryable", error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function makeFiles(request: ExportRequest, bench: Bench): Promise<RenderedFile[]> {
  switch (request.format) {
    case "mp4":
    case "webm":
    case "gif":
      return makeFilm(request.format, request, bench);
    case "png":
      return makeStill(request, bench);
    case "wav":
    case "mp3":
      return makeSound(request.format, request, bench);
    default:
      return unreachable(request.format);
  }
}

type Bench = ExportOptions & { context: RunContext };

/** As the film has it; the encoders take even sides only. */
const sizeOf = ({ width, height, fps }: ExportRequest) => ({ width: width & ~1, height: height & ~1, fps });

async function makeFilm(format: "mp4" | "webm" | "gif", request: ExportRequest, bench: Bench): Promise<RenderedFile[]> {
  const { ffmpegPath, context } = bench;
  const { signal, scratch, assetPath } = context;
  const { hasSound, role, contentType } = exportFormats[format];
  const size = sizeOf(request);
  const film = path.join(scratch, `film.${format}`);
  context.progress({ stage: "sound", fraction: 0 });
  const sound = hasSound ? await mixSound(request, { ffmpegPath, scratch, assetPath, signal }) : null;
  context.progress({ stage: "picture", step: 0, total: request.frames, fraction: 0.05 });
  const encoder = startFfmpeg(ffmpegPath, filmArguments(format, request, size, sound, film), signal);
  encoder.child.stdout.resume();
  let reported = 0;
  const onFrame = (frames: number) => {
    if (frames < request.frames && performance.now() - reported < 200) return;
    reported = performance.now();
    context.progress({
      stage: "picture",
      step: frames,
      total: request.frames,
      fraction: 0.05 + (0.85 * frames) / request.frames,
    });
  };
  const stretches = cutList(request.picture, request.frames);
  const drawing = writePicture(stretches, size, encoder.child.stdin, { ffmpegPath, assetPath, signal, onFrame });
  // An encoder that dies must not leave the pictures waiting for room in its pipe.
  await Promise.race([drawing, encoder.ended.then(() => drawing)]);
  encoder.child.stdin.end();
  await encoder.ended;
  context.progress({ stage: "check", fraction: 0.92 });
  await checkFilm(format, request, film, bench);
  const seconds = framesToSeconds(request.frames, request.fps);
  const fps = `${request.fps.num}/${request.fps.den}`;
  const meta = { width: size.width, height: size.height, frames: request.frames, fps, seconds };
  const files: RenderedFile[] = [{ role, path: film, contentType, meta }];
  if (role !== "video") return files;
  const poster = path.join(scratch, "poster.jpg");
  const third = ["-ss", String(seconds / 3), "-i", film, "-frames:v", "1", "-q:v", "3", poster];
  await runFfmpeg(ffmpegPath, ["-hide_banner", "-loglevel", "error", "-nostdin", "-y", ...third], signal);
  if (await isFile(poster)) {
    const { width, height } = size;
    files.push({ role: "poster", path: poster, contentType: "image/jpeg", meta: { width, height } });
  }
  return files;
}

/** A film that is not as long as the timeline is none. @throws EngineError */
async function checkFilm(
  format: "mp4" | "webm" | "gif",
  request: ExportRequest,
  film: string,
  { ffprobePath, context }: Bench,
): Promise<void> {
  const seconds = framesToSeconds(request.frames, request.fps);
  const found = await probeFile(ffprobePath, film, context.signal);
  const isGif = format === "gif";
  const wanted = isGif ? Math.max(1, Math.round((seconds * gifRate.num) / gifRate.den)) : request.frames;
  // At another rate the last picture may fall on either side of the end.
  if (Math.abs(found.frames - wanted) > (isGif ? 1 : 0))
    throw new EngineError("retryable", `The film has ${found.frames} frames where the timeline has ${wanted}.`);
  if (!exportFormats[format].hasSound) return;
  const heard = found.audioSeconds ?? found.seconds ?? 0;
  if (Math.abs(heard - seconds) > 2048 / sampleRate)
    throw new EngineError("retryable", `The sound lasts ${heard} s where the picture lasts ${seconds} s.`);
}

async function makeStill(request: ExportRequest, { ffmpegPath, context }: Bench): Promise<RenderedFile[]> {
  const { signal, scratch, assetPath } = context;
  const at = request.atFrame ?? 0;
  const size = sizeOf(request);
  const target = path.join(scratch, "still.png");
  context.progress({ stage: "picture", step: 0, total: 1, fraction: 0.1 });
  const shown = cutList(request.picture, request.frames).find(
    (stretch) => stretch.start <= at && at < stretch.start + stretch.duration,
  );
  const one = { assetId: null, in: 0, ...shown, start: 0, duration: 1 };
  if (shown !== undefined) one.in = shown.in + (at - shown.start);
  const encoder = startFfmpeg(ffmpegPath, stillArguments(request, size, target), signal);
  encoder.child.stdout.resume();
  const drawing = writePicture([one], size, encoder.child.stdin, {
    ...{ ffmpegPath, assetPath, signal },
    onFrame: () => context.progress({ stage: "picture", step: 1, total: 1, fraction: 0.9 }),
  });
  await Promise.race([drawing, encoder.ended.then(() => drawing)]);
  encoder.child.stdin.end();
  await encoder.ended;
  const { role, contentType } = exportFormats.png;
  return [{ role, path: target, contentType, meta: { width: size.width, height: size.height, frame: at } }];
}

async function makeSound(format: "wav" | "mp3", request: ExportRequest, bench: Bench): Promise<RenderedFile[]> {
  const { ffmpegPath, context } = bench;
  const { signal, scratch, assetPath } = context;
  const target = path.join(scratch, `sound.${format}`);
  context.progress({ stage: "sound", fraction: 0 });
  const mixed = await mixSound(request, { ffmpegPath, scratch, assetPath, signal });
  context.progress({ stage: "encode", fraction: 0.7 });
  await runFfmpeg(ffmpegPath, soundArguments(format, request, mixed, target), signal);
  context.progress({ stage: "check", fraction: 0.9 });
  const seconds = framesToSeconds(request.frames, request.fps);
  const found = await probeFile(bench.ffprobePath, target, signal);
  // MP3 comes in frames of 1152 samples, with two of them around what is heard.
  const most = format === "wav" ? 2 / sampleRate : (3 * 1152) / sampleRate;
  if (Math.abs((found.audioSeconds ?? 0) - seconds) > most)
    throw new EngineError(
      "retryable",
      `The sound lasts ${found.audioSeconds} s where the timeline lasts ${seconds} s.`,
    );
  const { role, contentType } = exportFormats[format];
  return [{ role, path: target, contentType, meta: { seconds, sampleRate, channels: 2 } }];
}

/** The same input is fetched once, however many clips show it. */
function remember(fetchAsset: (assetId: string) => Promise<string>): (assetId: string) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  return (assetId) => {
    let path = known.get(assetId);
    if (path === undefined) known.set(assetId, (path = fetchAsset(assetId)));
    return path;
  };
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null))?.isFile() === true;
}
