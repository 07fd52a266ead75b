import { maxScreenplayBytes } from "#domain/screenplay/breakdown.ts";

const limitWords = `${maxScreenplayBytes / 1_000_000} MB`;

/** Bytes of UTF-8, without making a copy of a long text. */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    else if (code >= 0xd800 && code <= 0xdbff) {
      bytes += 4;
      index += 1;
    } else bytes += 3;
  }
  return bytes;
}

/** @returns why a text of this size is refused, null when it is not */
export function tooLarge(bytes: number, what: string): string | null {
  if (bytes <= maxScreenplayBytes) return null;
  return `${what} is ${megabytes(bytes)}; a script may be at most ${limitWords}. That is about 1,000 pages, so it may hold more than the script.`;
}

/** @returns why nothing more can be added to a script that would then be of this size, null when it can */
export function noRoomFor(bytes: number): string | null {
  // Rounded, both sizes would read the same.
  if (bytes > maxScreenplayBytes && bytes < maxScreenplayBytes + 60_000)
    return `The script is full: it may be at most ${limitWords}, about 1,000 pages. Cut something before you add more.`;
  return tooLarge(bytes, "The script with what you are adding");
}

export function megabytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** One line end everywhere; editors and documents count the same characters then. */
export function withPlainLineEnds(text: string): string {
  return text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
}
