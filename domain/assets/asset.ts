import { z } from "zod";

/** Kinds of file people may bring, by content type, with the largest size in bytes. */
export const uploadTypes: Record<string, { kind: "video" | "image" | "audio"; maxBytes: number; extension: string }> = {
  "audio/wav": { kind: "audio", maxBytes: 500_000_000, extension: "wav" },
  "audio/mpeg": { kind: "audio", maxBytes: 200_000_000, extension: "mp3" },
  "audio/mp4": { kind: "audio", maxBytes: 200_000_000, extension: "m4a" },
  "audio/ogg": { kind: "audio", maxBytes: 200_000_000, extension: "ogg" },
  "audio/flac": { kind: "audio", maxBytes: 500_000_000, extension: "flac" },
  "image/jpeg": { kind: "image", maxBytes: 50_000_000, extension: "jpg" },
  "image/png": { kind: "image", maxBytes: 50_000_000, extension: "png" },
  "image/webp": { kind: "image", maxBytes: 50_000_000, extension: "webp" },
  "video/mp4": { kind: "video", maxBytes: 5_000_000_000, extension: "mp4" },
  "video/webm": { kind: "video", maxBytes: 5_000_000_000, extension: "webm" },
  "video/quicktime": { kind: "video", maxBytes: 5_000_000_000, extension: "mov" },
};

/** Browsers name the same thing differently. */
const aliases: Record<string, string> = {
  "audio/x-wav": "audio/wav",
  "audio/wave": "audio/wav",
  "audio/vnd.wave": "audio/wav",
  "audio/mp3": "audio/mpeg",
  "audio/x-m4a": "audio/mp4",
  "audio/aac": "audio/mp4",
  "audio/x-flac": "audio/flac",
  "image/jpg": "image/jpeg",
};

export function canonicalType(contentType: string): string {
  const plain = contentType.split(";")[0]!.trim().toLowerCase();
  return aliases[plain] ?? plain;
}

/**
 * Reads what a file really is from its first bytes.
 * @param head the first 64 bytes or more
 * @returns a content type of {@link uploadTypes}, or null when it is none of them
 */
export function sniffType(head: Uint8Array): string | null {
  const text = (from: number, to: number) => String.fromCharCode(...head.slice(from, to));
  if (text(0, 4) === "RIFF" && text(8, 12) === "WAVE") return "audio/wav";
  if (text(0, 4) === "RIFF" && text(8, 12) === "WEBP") return "image/webp";
  if (text(0, 4) === "fLaC") return "audio/flac";
  if (text(0, 4) === "OggS") return "audio/ogg";
  if (text(0, 3) === "ID3") return "audio/mpeg";
  if (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0 && head[1] !== 0xff && ((head[1] ?? 0) & 0x06) !== 0)
    return "audio/mpeg";
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return "image/jpeg";
  if (head[0] === 0x89 && text(1, 4) === "PNG") return "image/png";
  if (head[0] === 0x1a && head[1] === 0x45 && head[2] === 0xdf && head[3] === 0xa3) return "video/webm";
  if (text(4, 8) === "ftyp") {
    const brand = text(8, 12);
    if (brand === "qt  ") return "video/quicktime";
    return brand.startsWith("M4A") ? "audio/mp4" : "video/mp4";
  }
  return null;
}

/** An MP4 may hold sound alone; its brand does not say. So these two are told apart by nobody here. */
export function sameFamily(declared: string, found: string): boolean {
  const isMp4 = (type: string) => type === "video/mp4" || type === "audio/mp4" || type === "video/quicktime";
  return declared === found || (isMp4(declared) && isMp4(found));
}

export const UploadRequest = z.object({
  name: z.string().min(1).max(300),
  contentType: z.string().min(3).max(100),
  bytes: z.number().int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type UploadRequest = z.infer<typeof UploadRequest>;
