import { DurationFrames, maxShotFrames } from "#domain/film/shot.ts";
import { framesToSeconds, secondsToFrames, type FrameRate } from "#domain/time.ts";

export type ReadLength = { frames: number; problem: null } | { frames: null; problem: string };

/** Reads a length that somebody typed; what cannot be a length comes back as a sentence. */
export function readLength(text: string, unit: "frames" | "seconds", rate: FrameRate): ReadLength {
  const written = text.trim().replace(",", ".");
  const number = Number(written);
  const most = maxShotFrames.toLocaleString("en");
  const minutes = Math.round(framesToSeconds(maxShotFrames, rate) / 60);
  if (written === "" || !Number.isFinite(number)) return { frames: null, problem: `Type a number of ${unit}.` };
  const frames = unit === "frames" ? number : secondsToFrames(number, rate);
  if (unit === "frames" && !Number.isInteger(number))
    return { frames: null, problem: "Frames are whole: there is no half frame." };
  if (frames < 1) return { frames: null, problem: "A shot is at least 1 frame long." };
  if (!DurationFrames.safeParse(frames).success)
    return { frames: null, problem: `A shot is at most ${most} frames long (${minutes} minutes).` };
  return { frames, problem: null };
}
