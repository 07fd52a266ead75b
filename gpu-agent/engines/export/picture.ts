import type { Writable } from "node:stream";
import type { FrameRate } from "#domain/time.ts";
import type { Stretch } from "./cut-list.ts";
import { startFfmpeg } from "./ffmpeg.ts";

export type PictureFormat = { width: number; height: number; fps: FrameRate };

export type Decoding = {
  ffmpegPath: string;
  assetPath: (assetId: string) => Promise<string>;
  signal: AbortSignal;
  /** Told after every frame, with the film's count of them. */
  onFrame: (frames: number) => void;
};

/**
 * Writes the film as raw yuv420p pictures, one after the other, exactly as many as the stretches ask for. Counting
 * them here, not trusting clocks and containers, is what makes the length right to the frame: a source that ends
 * early holds its last picture, one that runs on is cut off.
 */
export async function writePicture(
  stretches: readonly Stretch[],
  format: PictureFormat,
  into: Writable,
  how: Decoding,
): Promise<void> {
  let written = 0;
  const write = async (frame: Buffer) => {
    if (!into.write(frame)) await roomIn(into);
    how.onFrame((written += 1));
  };
  const black = blackFrame(format);
  for (const stretch of stretches) {
    how.signal.throwIfAborted();
    if (stretch.assetId === null) {
      for (let count = 0; count < stretch.duration; count++) await write(black);
      continue;
    }
    let last = black;
    let count = 0;
    for await (const frame of decode(await how.assetPath(stretch.assetId), stretch, format, how)) {
      last = frame;
      await write(frame);
      count += 1;
    }
    for (; count < stretch.duration; count++) await write(last);
  }
}

/** Resolves when the pipe takes more, or when it has closed. */
function roomIn(pipe: Writable): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      pipe.off("drain", finish).off("close", finish);
      resolve();
    };
    if (pipe.destroyed) return resolve();
    pipe.once("drain", finish).once("close", finish);
  });
}

/** Frames [in, in + duration) of a file at the film's rate, fitted into its frame with black around. */
async function* decode(file: string, stretch: Stretch, format: PictureFormat, how: Decoding): AsyncGenerator<Buffer> {
  const { width, height, fps } = format;
  const filter = [
    `fps=fps=${fps.num}/${fps.den}:start_time=0`,
    `trim=start_frame=${stretch.in}:end_frame=${stretch.in + stretch.duration}`,
    `scale=${width}:${height}:force_original_aspect_ratio=decrease:force_divisible_by=2:out_color_matrix=bt709:out_range=tv:flags=bicubic`,
    `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:black`,
    "setsar=1,format=yuv420p",
  ].join(",");
  const args = ["-hide_banner", "-loglevel", "error", "-nostdin", "-i", file, "-map", "0:v:0", "-vf", filter];
  const stop = new AbortController();
  const { child, ended } = startFfmpeg(
    how.ffmpegPath,
    [...args, "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"],
    AbortSignal.any([how.signal, stop.signal]),
  );
  child.stdin.end();
  const size = frameBytes(format);
  let frame = Buffer.allocUnsafe(size);
  let filled = 0;
  let given = 0;
  try {
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length && given < stretch.duration;) {
        const taken = chunk.copy(frame, filled, at);
        at += taken;
        filled += taken;
        if (filled < size) continue;
        yield frame;
        given += 1;
        // A new one each time: the encoder's pipe may still hold the one before.
        frame = Buffer.allocUnsafe(size);
        filled = 0;
      }
      if (given === stretch.duration) return;
    }
    await ended;
  } finally {
    stop.abort();
  }
}

function frameBytes({ width, height }: PictureFormat): number {
  return width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);
}

/** Black in video range: luma 16, chroma in the middle. */
function blackFrame(format: PictureFormat): Buffer {
  const frame = Buffer.alloc(frameBytes(format), 128);
  frame.fill(16, 0, format.width * format.height);
  return frame;
}
