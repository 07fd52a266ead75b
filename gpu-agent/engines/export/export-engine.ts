import { stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { ExportRequest } from "#domain/jobs/messages/render-request.ts";
import { framesToSeconds } from "#domain/time.ts";
import { type Engine, EngineError, type RenderedFile, type RunContext } from "../engine.ts";
import { cutList } from "./cut-list.ts";
import { ffmpegVersion, runFfmpeg, startFfmpeg } from "./ffmpeg.ts";
import { writePicture } from "./picture.ts";
import { mixSound, sampleRate } from "./sound.ts";

export type ExportOptions = { ffmpegPath: string; ffprobePath: string };

/** Cuts the timeline to one MP4: H.264 and AAC, index first, as long as the timeline to the frame. */
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
      return exportFilm(request, context, options);
    },
    dispose: () => Promise.resolve(),
  };
}

async function exportFilm(
  request: ExportRequest,
  context: RunContext,
  options: ExportOptions,
): Promise<RenderedFile[]> {
  const { ffmpegPath } = options;
  const { signal, scratch } = context;
  const assetPath = remember((assetId) => context.assetPath(assetId));
  const even = { width: request.width & ~1, height: request.height & ~1, fps: request.fps };
  const film = path.join(scratch, "film.mp4");
  const poster = path.join(scratch, "poster.jpg");
  try {
    context.progress({ stage: "sound", fraction: 0 });
    const sound = await mixSound(request, { ffmpegPath, scratch, assetPath, signal });
    context.progress({ stage: "picture", step: 0, total: request.frames, fraction: 0.05 });
    const encoder = startFfmpeg(ffmpegPath, encoderArguments(request, even, sound, film), signal);
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
    const drawing = writePicture(cutList(request.picture, request.frames), even, encoder.child.stdin, {
      ffmpegPath,
      assetPath,
      signal,
      onFrame,
    });
    // An encoder that dies must not leave the pictures waiting for room in its pipe.
    await Promise.race([drawing, encoder.ended.then(() => drawing)]);
    encoder.child.stdin.end();
    await encoder.ended;
    context.progress({ stage: "check", fraction: 0.92 });
    const seconds = framesToSeconds(request.frames, request.fps);
    const found = await probe(options.ffprobePath, film, signal);
    if (found.frames !== request.frames) {
      throw new EngineError(
        "retryable",
        `The film has ${found.frames} frames where the timeline has ${request.frames}.`,
      );
    }
    if (Math.abs(found.audioSeconds - seconds) > 2048 / sampleRate) {
      throw new EngineError(
        "retryable",
        `The sound lasts ${found.audioSeconds} s where the picture lasts ${seconds} s.`,
      );
    }
    await runFfmpeg(
      ffmpegPath,
      [
        "-hide_banner",
        "-loglevel",
        "error",
        "-nostdin",
        "-y",
        "-ss",
        String(seconds / 3),
        "-i",
        film,
        "-frames:v",
        "1",
        "-q:v",
        "3",
        poster,
      ],
      signal,
    );
    context.progress({ stage: "done", fraction: 1 });
    const meta = {
      width: even.width,
      height: even.height,
      frames: request.frames,
      fps: `${request.fps.num}/${request.fps.den}`,
      seconds,
    };
    const files: RenderedFile[] = [{ role: "video", path: film, contentType: "video/mp4", meta }];
    if (await isFile(poster)) {
      files.push({
        role: "poster",
        path: poster,
        contentType: "image/jpeg",
        meta: { width: even.width, height: even.height },
      });
    }
    return files;
  } catch (error) {
    if (signal.aborted) throw new EngineError("cancelled", "the export was cancelled", { cause: error });
    if (error instanceof EngineError) throw error;
    throw new EngineError("retryable", error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function encoderArguments(
  request: ExportRequest,
  size: { width: number; height: number },
  sound: string,
  target: string,
): string[] {
  const { num, den } = request.fps;
  const engines = request.engines.length === 0 ? "none" : request.engines.join(", ");
  return [
    ...["-hide_banner", "-loglevel", "error", "-y"],
    ...[
      "-f",
      "rawvideo",
      "-pix_fmt",
      "yuv420p",
      "-s",
      `${size.width}x${size.height}`,
      "-framerate",
      `${num}/${den}`,
      "-i",
      "pipe:0",
    ],
    ...["-i", sound, "-map", "0:v", "-map", "1:a"],
    ...[
      "-c:v",
      "libx264",
      "-preset",
      "veryfast",
      "-crf",
      "18",
      "-pix_fmt",
      "yuv420p",
      "-g",
      String(Math.max(1, Math.round((num / den) * 2))),
    ],
    ...["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"],
    ...["-fps_mode", "passthrough", "-video_track_timescale", String(num)],
    ...["-c:a", "aac", "-b:a", "192k", "-ar", String(sampleRate), "-ac", "2"],
    ...["-metadata", `title=${request.title}`, "-metadata", `comment=Made with Backlot. Pictures by: ${engines}`],
    ...["-movflags", "+faststart", target],
  ];
}

const Probed = z.object({
  streams: z.array(
    z.object({
      codec_type: z.string(),
      nb_read_frames: z.coerce.number().optional(),
      duration: z.coerce.number().optional(),
    }),
  ),
});

async function probe(
  ffprobe: string,
  file: string,
  signal: AbortSignal,
): Promise<{ frames: number; audioSeconds: number }> {
  const entries = "stream=codec_type,nb_read_frames,duration";
  const args = [
    "-v",
    "error",
    "-count_frames",
    "-select_streams",
    "v:0",
    "-show_entries",
    entries,
    "-of",
    "json",
    file,
  ];
  const video = Probed.parse(JSON.parse(await runFfmpeg(ffprobe, args, signal)));
  const audioArgs = ["-v", "error", "-select_streams", "a:0", "-show_entries", entries, "-of", "json", file];
  const audio = Probed.parse(JSON.parse(await runFfmpeg(ffprobe, audioArgs, signal)));
  return { frames: video.streams[0]?.nb_read_frames ?? 0, audioSeconds: audio.streams[0]?.duration ?? 0 };
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
