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

export function megabytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** One line end everywhere; editors and documents count the same characters then. */
export function withPlainLineEnds(text: string): string {
  return text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
}

export type ReadFile = { status: "read"; text: string } | { status: "refused"; sentence: string };

const textEndings = /\.(fountain|txt|md|text|spmd)$/i;

/** Reads a file as a script, or says in a sentence why not, before anything is sent. */
export async function readScriptFile(file: File): Promise<ReadFile> {
  const large = tooLarge(file.size, `“${file.name}”`);
  if (large) return { status: "refused", sentence: large };
  if (file.size === 0) return { status: "refused", sentence: `“${file.name}” is empty.` };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = decode(bytes);
  if (text === null) {
    const known = textEndings.test(file.name) ? "it holds something else than text" : "it is not a text file";
    return {
      status: "refused",
      sentence: `“${file.name}” (${megabytes(file.size)}) can't be read as a script: ${known}. Fountain or plain text up to ${limitWords} works.`,
    };
  }
  return { status: "read", text: withPlainLineEnds(text) };
}

/** UTF-8, or UTF-16 with its mark; null when the bytes are not text. */
function decode(bytes: Uint8Array): string | null {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  try {
    const text = new TextDecoder(isUtf16 ? (bytes[0] === 0xff ? "utf-16le" : "utf-16be") : "utf-8", {
      fatal: true,
    }).decode(bytes);
    // eslint-disable-next-line no-control-regex -- control characters are what tells a binary file
    return /[\u0000-\u0008\u000E-\u001A\u001C-\u001F]/.test(text) ? null : text;
  } catch {
    return null;
  }
}
