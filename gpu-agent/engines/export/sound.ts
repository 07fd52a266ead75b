import path from "node:path";
import type { ExportRequest } from "#domain/jobs/messages/render-request.ts";
import { runFfmpeg } from "./ffmpeg.ts";

export const sampleRate = 48_000;
/** Inputs of one mix: more would run into the limit of open files. */
const mixAtOnce = 24;

type Sound = ExportRequest["sound"][number];

export type Mixing = {
  ffmpegPath: string;
  scratch: string;
  assetPath: (assetId: string) => Promise<string>;
  signal: AbortSignal;
};

/** @returns the sample at which frame `frames` begins */
export function samplesAt(frames: number, fps: ExportRequest["fps"]): number {
  return Math.round((frames * fps.den * sampleRate) / fps.num);
}

/**
 * Mixes the film's sound to one WAV, each piece placed to the sample, exactly as long as the picture.
 * @returns its path; silence of the right length when there is no sound
 */
export async function mixSound(request: ExportRequest, how: Mixing): Promise<string> {
  const total = samplesAt(request.frames, request.fps);
  const pieces = request.sound.filter((sound) => sound.start < request.frames && sound.gain > 0);
  let count = 0;
  const next = () => path.join(how.scratch, `mix-${count++}.w64`);
  if (pieces.length === 0) return mix([], total, next(), how);
  let layers: string[] = [];
  for (let at = 0; at < pieces.length; at += mixAtOnce) {
    const inputs = await Promise.all(
      pieces.slice(at, at + mixAtOnce).map(async (sound) => placed(sound, request, await how.assetPath(sound.assetId))),
    );
    layers.push(await mix(inputs, total, next(), how));
  }
  while (layers.length > 1) {
    const merged: string[] = [];
    for (let at = 0; at < layers.length; at += mixAtOnce) {
      const inputs = layers.slice(at, at + mixAtOnce).map((file) => ({ file, filter: "anull" }));
      merged.push(await mix(inputs, total, next(), how));
    }
    layers = merged;
  }
  return layers[0]!;
}

type Input = { file: string; filter: string };

function placed(sound: Sound, request: ExportRequest, file: string): Input {
  const from = samplesAt(sound.in, request.fps);
  const start = samplesAt(sound.start, request.fps);
  const length = samplesAt(sound.start + sound.duration, request.fps) - start;
  const filter = [
    `aresample=${sampleRate}`,
    "aformat=sample_fmts=fltp:channel_layouts=stereo",
    `atrim=start_sample=${from}:end_sample=${from + length}`,
    "asetpts=N/SR/TB",
    `volume=${sound.gain}`,
    `adelay=delays=${start}S:all=1`,
  ].join(",");
  return { file, filter };
}

async function mix(inputs: Input[], totalSamples: number, target: string, how: Mixing): Promise<string> {
  const chains = inputs.map((input, index) => `[${index}:a:0]${input.filter}[a${index}]`);
  const sum = `${inputs.map((_, index) => `[a${index}]`).join("")}amix=inputs=${inputs.length}:normalize=0:dropout_transition=0`;
  const silence = `anullsrc=r=${sampleRate}:cl=stereo`;
  const fit = `apad=whole_len=${totalSamples},atrim=end_sample=${totalSamples}`;
  const graph =
    inputs.length === 0
      ? `${silence},atrim=end_sample=${totalSamples}[out]`
      : [...chains, `${sum},${fit}[out]`].join(";");
  await runFfmpeg(
    how.ffmpegPath,
    [
      ...["-hide_banner", "-loglevel", "error", "-nostdin", "-y"],
      ...inputs.flatMap((input) => ["-i", input.file]),
      ...["-filter_complex", graph, "-map", "[out]", "-c:a", "pcm_f32le", target],
    ],
    how.signal,
  );
  return target;
}
