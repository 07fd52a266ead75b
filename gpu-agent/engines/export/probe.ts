import { z } from "zod";
import { runFfmpeg } from "./ffmpeg.ts";

const Probed = z.object({
  streams: z.array(
    z.object({
      codec_type: z.string(),
      nb_read_frames: z.coerce.number().optional(),
      duration: z.coerce.number().optional(),
    }),
  ),
  format: z.object({ duration: z.coerce.number().optional() }).optional(),
});

export type Found = {
  /** Of the picture, counted; 0 without one. */
  frames: number;
  /** Of the sound by itself, s; 0 where there is none, null where the container does not say. */
  audioSeconds: number | null;
  /** Of the whole file, s; null where it does not say. */
  seconds: number | null;
};

/** What a file really holds. @throws EngineError when it is none */
export async function probeFile(ffprobe: string, file: string, signal: AbortSignal): Promise<Found> {
  const show = "stream=codec_type,nb_read_frames,duration:format=duration";
  const ask = async (stream: string, ...count: string[]) => {
    const args = ["-v", "error", ...count, "-select_streams", stream, "-show_entries", show, "-of", "json", file];
    return Probed.parse(JSON.parse(await runFfmpeg(ffprobe, args, signal)));
  };
  const video = await ask("v:0", "-count_frames");
  const audio = await ask("a:0");
  const [sound] = audio.streams;
  return {
    frames: video.streams[0]?.nb_read_frames ?? 0,
    audioSeconds: sound === undefined ? 0 : (sound.duration ?? null),
    seconds: video.format?.duration ?? null,
  };
}
