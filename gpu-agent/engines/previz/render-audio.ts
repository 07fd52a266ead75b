import { join } from "node:path";
import { generationFiles } from "#domain/generation/manifest.ts";
import type { MusicRequest } from "#domain/jobs/messages/render-request.ts";
import type { RenderedFile, RunContext } from "../engine.ts";
import type { Bench } from "./previz-engine.ts";
import { renderMusic } from "./render-music.ts";
import { runFfmpeg } from "../export/ffmpeg.ts";
import { planAmong, stageFile } from "./stage-inputs.ts";

/** Makes the sound that a generation's plan asks for: music, ambience and steps, as WAV and as MP3. */
export async function renderAudio(request: MusicRequest, bench: Bench, context: RunContext): Promise<RenderedFile[]> {
  const plan = planAmong(context.inputs);
  const [wav] = await renderMusic({ ...request, cues: plan.audio }, bench, {
    ...context,
    progress: (progress) => context.progress({ ...progress, fraction: progress.fraction * 0.9 }),
  });
  const mp3 = join(context.scratch, generationFiles.mp3);
  context.progress({ stage: "encode", fraction: 0.92 });
  await runFfmpeg(
    bench.ffmpegPath,
    [
      ...["-hide_banner", "-loglevel", "error", "-nostdin", "-y", "-i", wav!.path],
      ...["-c:a", "libmp3lame", "-b:a", "192k", "-metadata", "title=Score and ambience", "-metadata", "comment=previz"],
      mp3,
    ],
    context.signal,
  );
  const meta = { seconds: request.seconds, sampleRate: 48_000, channels: 2, seed: request.seed };
  return [
    stageFile(generationFiles.wav, { role: "audio", path: wav!.path, contentType: "audio/wav", meta }),
    stageFile(generationFiles.mp3, { role: "audio", path: mp3, contentType: "audio/mpeg", meta }),
  ];
}
