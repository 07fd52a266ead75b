/** What the timeline can be made into, and what each of these holds. Everything that is offered follows from here. */
import { z } from "zod";

export const exportFormatNames = ["mp4", "webm", "gif", "png", "wav", "mp3"] as const;
export const ExportFormat = z.enum(exportFormatNames);
export type ExportFormat = z.infer<typeof ExportFormat>;

export interface ExportPreset {
  name: string;
  /** What is in it, for people. */
  holds: string;
  /** film: pictures in time; still: one of them; sound: none. */
  makes: "film" | "still" | "sound";
  contentType: string;
  /** Its artifact's role. */
  role: "video" | "image" | "audio";
  hasSound: boolean;
  /** Longest film it is good for, s. */
  maxSeconds?: number;
}

export const exportFormats: Record<ExportFormat, ExportPreset> = {
  mp4: {
    ...{ name: "MP4", holds: "H.264 and AAC, plays everywhere" },
    ...{ makes: "film", contentType: "video/mp4", role: "video", hasSound: true },
  },
  webm: {
    ...{ name: "WebM", holds: "VP9 and Opus, for the web" },
    ...{ makes: "film", contentType: "video/webm", role: "video", hasSound: true },
  },
  // Every picture of a GIF has a palette of its own, and nothing is predicted: it grows by megabytes a second.
  gif: {
    ...{ name: "GIF", holds: "moving picture without sound, 12.5 a second, at most 480 wide" },
    ...{ makes: "film", contentType: "image/gif", role: "image", hasSound: false, maxSeconds: 60 },
  },
  png: {
    ...{ name: "PNG", holds: "one frame" },
    ...{ makes: "still", contentType: "image/png", role: "image", hasSound: false },
  },
  wav: {
    ...{ name: "WAV", holds: "the sound alone, 16 bit at 48 kHz" },
    ...{ makes: "sound", contentType: "audio/wav", role: "audio", hasSound: true },
  },
  mp3: {
    ...{ name: "MP3", holds: "the sound alone, 192 kbit/s" },
    ...{ makes: "sound", contentType: "audio/mpeg", role: "audio", hasSound: true },
  },
};

/** GIF counts in hundredths of a second: 8 of them are the nearest to half of 24 a second that is one. */
export const gifRate = { num: 25, den: 2 } as const;
export const gifWidth = 480;

/** The file people asked for, among what an export made. */
export function exportedFile<F extends { role: string; contentType: string }>(artifacts: readonly F[]): F | undefined {
  const presets = Object.values(exportFormats);
  return artifacts.find((file) =>
    presets.some((preset) => preset.role === file.role && preset.contentType === file.contentType),
  );
}

/**
 * Why a film cannot be made into this; null when it can.
 * @param film.frame  which one a still shows
 */
export function whyNot(
  format: ExportFormat,
  film: { frames: number; seconds: number; sounds: number; frame?: number | undefined },
): string | null {
  const { name, makes, maxSeconds } = exportFormats[format];
  if (film.frames === 0) return "There is nothing on the timeline yet. Assemble the board first.";
  if (makes === "sound" && film.sounds === 0)
    return `There is no sound on the timeline that a ${name} file could hold. Make a score first.`;
  if (maxSeconds !== undefined && film.seconds > maxSeconds)
    return `A ${name} is at most ${maxSeconds} s long, and this film is longer. WebM and MP4 take any length.`;
  if (makes === "still" && film.frame !== undefined && film.frame >= film.frames)
    return `The film has ${film.frames} frames, counted from 0; there is no frame ${film.frame}.`;
  return null;
}
