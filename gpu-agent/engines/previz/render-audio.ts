import { join } from "node:path";
import { scenePlanOf } from "#domain/generation/generation-plan.ts";
import { generationFiles } from "#domain/generation/manifest.ts";
import type { MusicRequest } from "#domain/jobs/messages/render-request.ts";
import { runFfmpeg } from "../export/ffmpeg.ts";
import type { RenderedFile, RunContext } from "../engine.ts";
import { EngineError } from "../engine.ts";
import type { Bench } from "./previz-engine.ts";
import type { SoundName } from "./protocol.ts";
import { renderSounds } from "./render-music.ts";
import { planAmong, stageFile } from "./stage-inputs.ts";

/** What the sound of a generation is kept as: the mix of everything, and each part of it alone. */
const kept: readonly { sound: SoundName; wav: string; mp3: string; title: string }[] = [
  { sound: "mix", wav: generationFiles.wav, mp3: generationFiles.mp3, title: "Score, ambience and effects" },
  { sound: "music", wav: generationFiles.music, mp3: generationFiles.musicMp3, title: "Score" },
  { sound: "ambience", wav: generationFiles.ambience, mp3: generationFiles.ambienceMp3, title: "Ambience" },
  { sound: "effects", wav: generationFiles.effects, mp3: generationFiles.effectsMp3, title: "Effects and steps" },
];

/** Makes the sound that a generation's plan asks for: music, ambience and effects, together and alone, as WAV and MP3. */
export async function renderAudio(request: MusicRequest, bench: Bench, context: RunContext): Promise<RenderedFile[]> {
  const plan = planAmong(context.inputs);
  const wavs = await renderSounds(
    { ...request, cues: plan.audio },
    bench,
    { ...context, progress: (progress) => context.progress({ ...progress, fraction: progress.fraction * 0.9 }) },
    { stems: true, plan: scenePlanOf(plan) },
  );
  const meta = { seconds: request.seconds, sampleRate: 48_000, channels: 2, seed: request.seed };
  const files: RenderedFile[] = [];
  for (const [index, { sound, wav, mp3, title }] of kept.entries()) {
    const path = wavs.get(sound);
    if (path === undefined) throw new EngineError("retryable", `The ${sound} was not made.`);
    const packed = join(context.scratch, mp3);
    context.progress({ stage: "encode", fraction: 0.92 + (0.07 * index) / kept.length });
    await runFfmpeg(
      bench.ffmpegPath,
      [
        ...["-hide_banner", "-loglevel", "error", "-nostdin", "-y", "-i", path],
        ...["-c:a", "libmp3lame", "-b:a", "192k", "-metadata", `title=${title}`, "-metadata", "comment=previz"],
        packed,
      ],
      context.signal,
    );
    files.push(
      stageFile(wav, { role: "audio", path, contentType: "audio/wav", meta }),
      stageFile(mp3, { role: "audio", path: packed, contentType: "audio/mpeg", meta }),
    );
  }
  return files;
}
