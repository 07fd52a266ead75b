import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { MusicRequest } from "#domain/jobs/messages/render-request.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { EngineError } from "../engine.ts";
import type { RenderedFile, RunContext } from "../engine.ts";
import { type SoundName, soundNames } from "./protocol.ts";
import { receive } from "./receive.ts";
import type { Bench } from "./previz-engine.ts";
import { wavHeader } from "./wav.ts";

const sampleRate = 48_000;

/** Renders a cue sheet as a WAV, 48 kHz, 16 bits, stereo, of exactly the length asked for. */
export async function renderMusic(request: MusicRequest, bench: Bench, context: RunContext): Promise<RenderedFile[]> {
  const sounds = await renderSounds(request, bench, context, { stems: false });
  return [
    {
      role: "audio",
      path: sounds.get("mix")!,
      contentType: "audio/wav",
      meta: { seconds: request.seconds, sampleRate, channels: 2, engine: "previz", seed: request.seed },
    },
  ];
}

/**
 * Renders a cue sheet, and with `stems` also what it is mixed from, each as long as the whole.
 * @param of  `plan`: the one shot whose feet are heard as they come down in it
 * @returns where the WAV of each lies
 */
export async function renderSounds(
  request: MusicRequest,
  bench: Bench,
  context: RunContext,
  { stems, plan }: { stems: boolean; plan?: ScenePlan },
): Promise<Map<SoundName, string>> {
  if (request.cues === undefined) throw new EngineError("permanent", "previz makes music from a cue sheet only.");
  const samples = Math.round(request.seconds * sampleRate);
  const parts = new Map<SoundName, Buffer[]>();
  const cues = { ...request.cues, seed: request.seed };
  await receive(
    bench,
    context.signal,
    {
      type: "sound",
      run: bench.run,
      cues,
      seconds: request.seconds,
      sampleRate,
      stems,
      ...(plan === undefined ? {} : { plan }),
    },
    {
      async packet({ sound, data }) {
        const list = parts.get(sound);
        if (list === undefined) parts.set(sound, [data]);
        else list.push(data);
      },
      progress: (fraction) => context.progress({ stage: "render", fraction: 0.02 + 0.9 * fraction }),
    },
  );
  context.progress({ stage: "write", fraction: 0.95 });
  const written = new Map<SoundName, string>();
  for (const sound of stems ? soundNames : soundNames.slice(0, 1)) {
    const pieces = parts.get(sound) ?? [];
    const bytes = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
    if (bytes !== samples * 4)
      throw new EngineError("retryable", `${bytes} bytes of ${sound} came instead of ${samples * 4}`);
    const path = join(context.scratch, sound === "mix" ? "score.wav" : `${sound}.wav`);
    const header = wavHeader({ sampleRate, channels: 2, bytes, label: "Backlot previz" });
    await writeFile(path, Buffer.concat([header, ...pieces]));
    written.set(sound, path);
  }
  return written;
}
