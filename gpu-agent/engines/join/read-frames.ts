import { EngineError } from "../engine.ts";
import { startFfmpeg } from "../export/ffmpeg.ts";
import type { PixelLayout } from "../previz/pixels.ts";

export type FrameSize = { width: number; height: number };

/** @returns bytes of one picture */
export function frameBytes({ width, height }: FrameSize, layout: PixelLayout = "yuv420p"): number {
  if (layout === "rgba") return width * height * 4;
  return width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);
}

/**
 * The pictures of a film as raw yuv420p unless another layout is wanted, untouched: of those it holds, `frames` after
 * the first `skip`. Counted one by one, because seconds and containers are not exact.
 * @throws EngineError "infrastructure" when it holds fewer, or is of another size
 */
export async function* readFrames(
  file: string,
  want: { skip: number; frames: number; size: FrameSize; layout?: PixelLayout },
  how: { ffmpegPath: string; signal: AbortSignal },
): AsyncGenerator<Buffer> {
  const enough = new AbortController();
  const { layout = "yuv420p" } = want;
  const args = ["-hide_banner", "-loglevel", "error", "-nostdin", "-i", file, "-map", "0:v:0"];
  const { child, ended } = startFfmpeg(
    how.ffmpegPath,
    [...args, "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", layout, "pipe:1"],
    AbortSignal.any([how.signal, enough.signal]),
  );
  child.stdin.end();
  const bytes = frameBytes(want.size, layout);
  let frame = Buffer.allocUnsafe(bytes);
  let filled = 0;
  let seen = 0;
  try {
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length;) {
        const taken = chunk.copy(frame, filled, at);
        at += taken;
        filled += taken;
        if (filled < bytes) continue;
        filled = 0;
        seen += 1;
        if (seen <= want.skip) continue;
        yield frame;
        if (seen === want.skip + want.frames) return;
        // A new one each time: the encoder's pipe may still hold the one before.
        frame = Buffer.allocUnsafe(bytes);
      }
    }
    await ended;
  } finally {
    enough.abort();
  }
  throw new EngineError(
    "infrastructure",
    `A part of the shot holds ${seen} pictures of ${want.size.width} x ${want.size.height} where ${want.skip + want.frames} are needed.`,
  );
}
