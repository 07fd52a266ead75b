import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { JoinRequest } from "#domain/jobs/messages/render-request.ts";
import { runFfmpeg, startFfmpeg } from "../export/ffmpeg.ts";
import { sampleRate, samplesAt } from "../export/sound.ts";

/** Two channels of 32-bit floats. */
const sampleBytes = 8;

export type SoundPart = { file: string; trimHead: number; frames: number };
export type Sounding = { ffmpegPath: string; ffprobePath: string; signal: AbortSignal };

/**
 * Puts the sound of the parts together as their pictures are: the same frames of each, cut to the sample, so that no
 * seam moves sound against picture. A part without sound is silent.
 * @param path  where the raw sound goes: 32-bit floats, stereo, 48,000 a second
 * @returns whether there is any sound; no file where there is none
 */
export async function joinSound(
  parts: readonly SoundPart[],
  fps: JoinRequest["fps"],
  path: string,
  how: Sounding,
): Promise<boolean> {
  const sounding: boolean[] = [];
  for (const part of parts) sounding.push(await hasSound(part.file, how));
  if (!sounding.includes(true)) return false;
  const target = createWriteStream(path);
  const done = finished(target);
  done.catch(() => undefined);
  let at = 0;
  for (const [index, part] of parts.entries()) {
    // From the film's own count of frames, not the sum of rounded lengths: nothing adds up over many parts.
    const samples = samplesAt(at + part.frames, fps) - samplesAt(at, fps);
    at += part.frames;
    let left = samples * sampleBytes;
    if (sounding[index] === true) {
      const from = samplesAt(part.trimHead, fps);
      for await (const bytes of readSound(part.file, from, samples, how)) {
        const taken = bytes.subarray(0, left);
        left -= taken.length;
        if (!target.write(taken))
          await Promise.race([new Promise<void>((resolve) => target.once("drain", () => resolve())), done]);
      }
    }
    if (left > 0) target.write(Buffer.alloc(left));
  }
  target.end();
  await done;
  return true;
}

async function* readSound(file: string, from: number, samples: number, how: Sounding): AsyncGenerator<Buffer> {
  const filter = [
    `aresample=${sampleRate}`,
    "aformat=sample_fmts=flt:channel_layouts=stereo",
    `atrim=start_sample=${from}:end_sample=${from + samples}`,
  ].join(",");
  const { child, ended } = startFfmpeg(
    how.ffmpegPath,
    [
      "-hide_banner",
      "-loglevel",
      "error",
      "-nostdin",
      "-i",
      file,
      "-map",
      "0:a:0",
      "-af",
      filter,
      "-f",
      "f32le",
      "pipe:1",
    ],
    how.signal,
  );
  child.stdin.end();
  yield* child.stdout as AsyncIterable<Buffer>;
  await ended;
}

async function hasSound(file: string, how: Sounding): Promise<boolean> {
  const args = ["-v", "error", "-select_streams", "a:0", "-show_entries", "stream=codec_type", "-of", "csv=p=0", file];
  return (await runFfmpeg(how.ffprobePath, args, how.signal)).trim() !== "";
}
