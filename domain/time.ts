import { z } from "zod";

/** A count of frames, integer. Positions and lengths on the timeline are always frames. */
export type Frames = number;
export type Seconds = number;

/** A frame rate as a ratio, so that 23.976 is 24000/1001 and nothing drifts. */
export const FrameRate = z
  .object({
    num: z.number().int().min(1).max(240_000),
    den: z.number().int().min(1).max(1001),
  })
  .refine(({ num, den }) => num >= den && num <= 240 * den, "a film runs at 1 to 240 frames a second");
export type FrameRate = z.infer<typeof FrameRate>;

export const defaultFrameRate: FrameRate = { num: 24, den: 1 };

/** @returns seconds from the start to the beginning of frame `frames` */
export function framesToSeconds(frames: Frames, rate: FrameRate): Seconds {
  return (frames * rate.den) / rate.num;
}

/** @returns the nearest whole frame; the inverse of {@link framesToSeconds} for whole frames */
export function secondsToFrames(seconds: Seconds, rate: FrameRate): Frames {
  return Math.round((seconds * rate.num) / rate.den);
}

/** The frame that is on screen at `seconds` (a frame shows until the next begins). */
export function frameAt(seconds: Seconds, rate: FrameRate): Frames {
  return Math.floor((seconds * rate.num) / rate.den + 1e-6);
}

/** Non-drop timecode `HH:MM:SS:FF`, e.g. frame 25 at 24 fps = `00:00:01:01`. */
export function timecode(frames: Frames, rate: FrameRate): string {
  const base = Math.round(rate.num / rate.den);
  const two = (n: number) => String(n).padStart(2, "0");
  const total = Math.max(0, Math.round(frames));
  const seconds = Math.floor(total / base);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}:${two(total % base)}`;
}

/** A place as one says it aloud, in whole seconds that have passed: `45 seconds`, `1 minute 5 seconds`. */
export function spokenTime(frames: Frames, rate: FrameRate): string {
  const passed = Math.floor(framesToSeconds(Math.max(0, frames), rate) + 1e-6);
  const said = [
    [Math.floor(passed / 3600), "hour"],
    [Math.floor(passed / 60) % 60, "minute"],
    [passed % 60, "second"],
  ] as const;
  const parts = said.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`);
  return parts.join(" ") || "0 seconds";
}

/** A length in a sentence, to the nearest second: `1:27` for 87 s. Where parts are to add up, {@link timecode} is for them. */
export function minutesAndSeconds(frames: Frames, rate: FrameRate): string {
  const seconds = Math.round(framesToSeconds(frames, rate));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
