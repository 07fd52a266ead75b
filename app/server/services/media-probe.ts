import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";

const run = promisify(execFile);

export type Probed =
  | {
      status: "read";
      hasPicture: boolean;
      hasSound: boolean;
      meta: { seconds?: number; width?: number; height?: number };
    }
  /** The bytes begin like the type but cannot be read as it. */
  | { status: "broken" }
  /** There is no ffprobe here. */
  | { status: "unknown" };

/** The reader of each type, forced: ffprobe must not take a file for something that opens other files. */
const readers: Record<string, string> = {
  "audio/wav": "wav",
  "audio/mpeg": "mp3",
  "audio/mp4": "mov",
  "audio/ogg": "ogg",
  "audio/flac": "flac",
  "image/jpeg": "jpeg_pipe",
  "image/png": "png_pipe",
  "image/webp": "webp_pipe",
  "video/mp4": "mov",
  "video/webm": "matroska",
  "video/quicktime": "mov",
};

const Answer = z.object({
  streams: z
    .array(z.object({ codec_type: z.string().optional(), width: z.number().optional(), height: z.number().optional() }))
    .default([]),
  format: z.object({ duration: z.coerce.number().optional().catch(undefined) }).default({}),
});

/**
 * Reads length and size of a media file.
 * @param source a path or an http(s) URL of our own store
 */
export async function probeMedia(ffprobe: string, source: string, contentType: string): Promise<Probed> {
  const reader = readers[contentType];
  if (reader === undefined) return { status: "unknown" };
  const protocols = /^https?:/.test(source) ? "http,https,tcp,tls" : "file";
  const options = [
    "-v",
    "error",
    "-protocol_whitelist",
    protocols,
    "-f",
    reader,
    "-show_streams",
    "-show_format",
    "-of",
    "json",
  ];
  try {
    const { stdout } = await run(ffprobe, [...options, source], { timeout: 30_000, maxBuffer: 4_000_000 });
    const { streams, format } = Answer.parse(JSON.parse(stdout));
    const picture = streams.find((stream) => stream.codec_type === "video");
    const hasSound = streams.some((stream) => stream.codec_type === "audio");
    if (picture === undefined && !hasSound) return { status: "broken" };
    const isStill = contentType.startsWith("image/");
    return {
      status: "read",
      hasPicture: picture !== undefined,
      hasSound,
      meta: {
        ...(isStill || format.duration === undefined ? {} : { seconds: format.duration }),
        ...(picture?.width === undefined || picture.height === undefined
          ? {}
          : { width: picture.width, height: picture.height }),
      },
    };
  } catch (error) {
    const { code } = error as { code?: unknown };
    // ENOENT: no such program. A number is the program's own verdict.
    return typeof code === "number" ? { status: "broken" } : { status: "unknown" };
  }
}
