import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { MusicRequest } from "#domain/jobs/messages/render-request.ts";
import { EngineError } from "../engine.ts";
import type { RenderedFile, RunContext } from "../engine.ts";
import { receive } from "./receive.ts";
import type { Bench } from "./previz-engine.ts";
import { wavHeader } from "./wav.ts";

const sampleRate = 48_000;

/** Renders a cue sheet as a WAV, 48 kHz, 16 bits, stereo, of exactly the length asked for. */
export async function renderMusic(request: MusicRequest, bench: Bench, context: RunContext): Promise<RenderedFile[]> {
  if (request.cues === undefined) throw new EngineError("permanent", "previz makes music from a cue sheet only.");
  const path = join(context.scratch, "score.wav");
  const samples = Math.round(request.seconds * sampleRate);
  const parts: Buffer[] = [];
  const cues = { ...request.cues, seed: request.seed };
  await receive(
    bench,
    context.signal,
    { type: "sound", run: bench.run, cues, seconds: request.seconds, sampleRate },
    {
      async packet({ data }) {
        parts.push(data);
      },
      progress: (fraction) => context.progress({ stage: "render", fraction: 0.02 + 0.9 * fraction }),
    },
  );
  const bytes = parts.reduce((sum, part) => sum + part.byteLength, 0);
  if (bytes !== samples * 4)
    throw new EngineError("retryable", `${bytes} bytes of sound came instead of ${samples * 4}`);
  context.progress({ stage: "write", fraction: 0.95 });
  await writeFile(
    path,
    Buffer.concat([wavHeader({ sampleRate, channels: 2, bytes, label: "Backlot previz" }), ...parts]),
  );
  return [
    {
      role: "audio",
      path,
      contentType: "audio/wav",
      meta: { seconds: request.seconds, sampleRate, channels: 2, engine: "previz", seed: request.seed },
    },
  ];
}
