import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface Probe {
  width: number;
  height: number;
  frames: number;
  fps: string;
  videoCodec: string;
  pixelFormat: string;
  audioCodec: string | null;
  seconds: number;
  comment: string;
}

/** What ffprobe says a film file really is; frames are counted by decoding, not believed. */
export async function probeFilm(path: string): Promise<Probe> {
  const { stdout } = await run("ffprobe", [
    "-v",
    "error",
    "-count_frames",
    "-show_streams",
    "-show_format",
    "-of",
    "json",
    path,
  ]);
  const found = JSON.parse(stdout) as {
    streams: Record<string, string>[];
    format: { duration: string; tags?: Record<string, string> };
  };
  const video = found.streams.find((stream) => stream["codec_type"] === "video");
  const audio = found.streams.find((stream) => stream["codec_type"] === "audio");
  if (!video) throw new Error(`${path} has no picture`);
  return {
    width: Number(video["width"]),
    height: Number(video["height"]),
    frames: Number(video["nb_read_frames"]),
    fps: video["r_frame_rate"] ?? "",
    videoCodec: video["codec_name"] ?? "",
    pixelFormat: video["pix_fmt"] ?? "",
    audioCodec: audio?.["codec_name"] ?? null,
    seconds: Number(found.format.duration),
    comment: found.format.tags?.["comment"] ?? "",
  };
}

/** @returns the loudest sample of a file's sound, dBFS */
export async function peakLevel(path: string): Promise<number> {
  const { stderr } = await run("ffmpeg", ["-hide_banner", "-i", path, "-af", "volumedetect", "-vn", "-f", "null", "-"]);
  return Number(/max_volume: (-?[\d.]+) dB/.exec(stderr)?.[1] ?? Number.NEGATIVE_INFINITY);
}
