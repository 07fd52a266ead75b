import { spawn } from "node:child_process";
import { once } from "node:events";
import { EngineError } from "../engine.ts";
import type { PixelLayout } from "./pixels.ts";

export type Encoder = {
  /** Hands over one picture; resolves when there is room for the next. */
  write(pixels: Buffer): Promise<void>;
  /** Hands over a part of a picture; the last of its parts is for `write`, which waits. @throws EngineError when it cannot */
  push(pixels: Buffer): void;
  /** Resolves when the file is whole. */
  end(): Promise<void>;
  kill(): Promise<void>;
};

export type EncodeOptions = {
  ffmpegPath: string;
  path: string;
  width: number;
  height: number;
  fps: { num: number; den: number };
  label: Record<string, string>;
  /** How the pictures come, the top row first. */
  pictures: PixelLayout;
  /** A chunk of a longer film, which is encoded once, when it is whole: nothing may be lost before. */
  isLossless?: boolean;
  /** Takes a third of the encoder's time for the same picture, in a file that is a little larger. */
  isQuick?: boolean;
  /** Colours stay what they are, to the bit, and are not shared among neighbours. */
  isExact?: boolean;
  /** A file of sound that lasts as long as the picture: raw 32-bit floats, stereo, 48,000 a second. */
  soundPath?: string;
};

/** What people get: H.264 yuv420p with its index first. The same pictures become the same film, however they came. */
const filmCodec = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "17", "-profile:v", "high"];
const quickPreset = ["-preset", "ultrafast", "-crf", "18", "-x264-params", "cabac=1:no-deblock=0:8x8dct=1"];
const quickCodec = ["-c:v", "libx264", ...quickPreset, "-profile:v", "high"];
/** Small previz is encoded quickly: where it is drawn in software, the encoder works on the same cores. */
export function isQuickAt(height: number): boolean {
  return height <= 800;
}
const losslessCodec = ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "0"];
const exactCodec = ["-c:v", "libx264rgb", "-preset", "ultrafast", "-qp", "0"];

function codecOf(options: EncodeOptions): string[] {
  if (options.isExact === true) return exactCodec;
  if (options.isLossless === true) return losslessCodec;
  return options.isQuick === true ? quickCodec : filmCodec;
}

const bt709 = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"];

/** Starts ffmpeg on a stream of raw pictures, at exactly the given rate. */
export function encodeVideo(options: EncodeOptions): Encoder {
  const { width, height, fps, pictures, soundPath, isExact = false } = options;
  const labels = Object.entries(options.label).flatMap(([key, value]) => ["-metadata", `${key}=${value}`]);
  const toPlanes = "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd,format=yuv420p";
  const sound = ["-f", "f32le", "-ar", "48000", "-ac", "2"];
  const ffmpeg = spawn(
    options.ffmpegPath,
    [
      ...["-hide_banner", "-loglevel", "error", "-nostdin", "-y"],
      ...["-f", "rawvideo", "-pix_fmt", pictures, "-s", `${width}x${height}`],
      ...["-framerate", `${fps.num}/${fps.den}`, "-i", "pipe:0"],
      ...(soundPath === undefined ? [] : [...sound, "-i", soundPath, "-map", "0:v", "-map", "1:a"]),
      ...(pictures === "rgba" && !isExact ? ["-vf", toPlanes] : []),
      ...codecOf(options),
      ...["-g", String(Math.max(1, Math.round((fps.num / fps.den) * 2)))],
      ...(isExact ? [] : bt709),
      ...["-fps_mode", "passthrough"],
      ...(options.path.endsWith(".mp4") ? ["-movflags", "+faststart", "-video_track_timescale", String(fps.num)] : []),
      ...(soundPath === undefined ? [] : ["-c:a", "aac", "-b:a", "192k"]),
      ...labels,
      options.path,
    ],
    { stdio: ["pipe", "ignore", "pipe"] },
  );
  let said = "";
  ffmpeg.stderr.on("data", (data: Buffer) => {
    said = (said + data.toString("utf8")).slice(-2000);
  });
  ffmpeg.stdin.on("error", () => undefined);
  const over = new Promise<number | null>((resolve) => {
    ffmpeg.once("error", (error) => {
      said = error.message;
      resolve(-1);
    });
    ffmpeg.once("close", (code) => resolve(code));
  });
  let gone = false;
  void over.then(() => {
    gone = true;
  });
  const failed = () =>
    new EngineError("retryable", `ffmpeg stopped while encoding: ${said.trim() || "no reason given"}`);
  return {
    push(pixels) {
      if (gone) throw failed();
      ffmpeg.stdin.write(pixels);
    },
    async write(pixels) {
      if (gone) throw failed();
      if (!ffmpeg.stdin.write(pixels)) await Promise.race([once(ffmpeg.stdin, "drain"), over]);
      if (gone) throw failed();
    },
    async end() {
      ffmpeg.stdin.end();
      if ((await over) !== 0) throw failed();
    },
    async kill() {
      if (!gone) ffmpeg.kill("SIGKILL");
      await over;
    },
  };
}

/**
 * Turns one picture, as a film keeps it, into a JPEG.
 * @param quality  ffmpeg's scale, 2 = best, 31 = smallest
 */
export async function encodeJpeg(options: {
  ffmpegPath: string;
  pixels: Buffer;
  width: number;
  height: number;
  quality: number;
  signal?: AbortSignal;
}): Promise<Buffer> {
  const ffmpeg = spawn(
    options.ffmpegPath,
    [
      "-hide_banner",
      "-loglevel",
      "error",
      "-nostdin",
      "-f",
      "rawvideo",
      "-pix_fmt",
      "yuv420p",
      "-s",
      `${options.width}x${options.height}`,
      "-i",
      "pipe:0",
      "-vf",
      "scale=in_range=tv:out_range=pc,format=yuvj420p",
      "-frames:v",
      "1",
      "-q:v",
      String(options.quality),
      "-f",
      "mjpeg",
      "pipe:1",
    ],
    { stdio: ["pipe", "pipe", "pipe"] },
  );
  const kill = () => ffmpeg.kill("SIGKILL");
  options.signal?.addEventListener("abort", kill, { once: true });
  const parts: Buffer[] = [];
  let said = "";
  ffmpeg.stdout.on("data", (data: Buffer) => parts.push(data));
  ffmpeg.stderr.on("data", (data: Buffer) => {
    said += data.toString("utf8");
  });
  ffmpeg.stdin.on("error", () => undefined);
  ffmpeg.stdin.end(options.pixels);
  const code = await new Promise<number | null>((resolve) => {
    ffmpeg.once("error", (error) => {
      said = error.message;
      resolve(-1);
    });
    ffmpeg.once("close", resolve);
  });
  options.signal?.removeEventListener("abort", kill);
  if (code !== 0) throw new EngineError("retryable", `ffmpeg made no JPEG: ${said.trim()}`);
  return Buffer.concat(parts);
}
