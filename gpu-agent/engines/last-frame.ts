import { runFfmpeg } from "./export/ffmpeg.ts";

/**
 * Writes the last picture of a film, or a picture as it is, as a PNG: by the number of its frames, for seconds and
 * containers are not exact.
 * @param filter  what ffmpeg does to it on the way, e.g. "scale=640:360"
 * @throws EngineError when there is no picture in it
 */
export async function lastFrameOf(
  file: string,
  into: string,
  how: { ffmpegPath: string; signal: AbortSignal; filter?: string },
): Promise<void> {
  const read = ["-hide_banner", "-loglevel", "error", "-nostdin", "-y", "-i", file, "-map", "0:v:0"];
  const counting = [...read, "-c", "copy", "-progress", "pipe:1", "-f", "null", "-"];
  const told = await runFfmpeg(how.ffmpegPath, counting, how.signal);
  const frames = Number([...told.matchAll(/^frame=\s*(\d+)/gm)].at(-1)?.[1] ?? 1);
  const pick = [`select=gte(n\\,${Math.max(0, frames - 1)})`, ...(how.filter === undefined ? [] : [how.filter])];
  const write = ["-vf", pick.join(","), "-fps_mode", "passthrough", "-frames:v", "1", "-update", "1", into];
  await runFfmpeg(how.ffmpegPath, [...read, ...write], how.signal);
}
