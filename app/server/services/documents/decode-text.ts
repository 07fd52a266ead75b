/** Bytes as text, in whatever encoding they came, and by which. */
import { analyse } from "chardet";
import { StudioError } from "#domain/errors.ts";
import { isStorable } from "#domain/storable-text.ts";

export interface DecodedText {
  /** Line ends as they were; without a byte order mark. */
  text: string;
  /** As people call it, e.g. `UTF-8`, `windows-1252`. */
  encoding: string;
  bom: boolean;
}

const marks: { bytes: number[]; label: string; name: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], label: "utf-8", name: "UTF-8" },
  { bytes: [0xff, 0xfe], label: "utf-16le", name: "UTF-16" },
  { bytes: [0xfe, 0xff], label: "utf-16be", name: "UTF-16" },
];

/** @throws StudioError "screenplay/not-text" */
export function decodeText(bytes: Uint8Array): DecodedText {
  const mark = marks.find((one) => one.bytes.every((byte, index) => bytes[index] === byte));
  if (mark) {
    const text = decode(bytes.subarray(mark.bytes.length), mark.label);
    if (text === null) throw notText();
    return { text, encoding: mark.name, bom: true };
  }
  const wide = wideLabel(bytes);
  const label = wide ?? "utf-8";
  const plain = decode(bytes, label);
  if (plain !== null) return { text: plain, encoding: wide ? "UTF-16" : "UTF-8", bom: false };
  const guess = guessOf(bytes);
  if (guess === null) throw notText();
  return { ...guess, bom: false };
}

/** Every text that has been written with Latin letters, spaces and line ends has a zero in each pair of its bytes. */
function wideLabel(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (bytes.length < 4 || bytes.length % 2 === 1) return null;
  const zeros = [0, 0];
  const look = Math.min(bytes.length, 4096);
  for (let index = 0; index < look; index += 1) if (bytes[index] === 0) zeros[index % 2]! += 1;
  const [even = 0, odd = 0] = zeros;
  // Spaces and line ends alone are a tenth of any text.
  if (odd > look / 20 && even * 20 < odd) return "utf-16le";
  return even > look / 20 && odd * 20 < even ? "utf-16be" : null;
}

/** Looked at for a guess; a sample of it says as much as all. */
const sampled = 64_000;

function guessOf(bytes: Uint8Array): { text: string; encoding: string } | null {
  const guesses = analyse(bytes.subarray(0, sampled))
    .filter(({ confidence, name }) => confidence >= 10 && !/^(?:UTF|ASCII|ISO-2022|IBM)/.test(name))
    .map(({ name }) => name);
  const western = guesses.length === 0 || /^(?:ISO-8859-1|windows-1252)$/.test(guesses[0] ?? "");
  // What a Mac wrote long ago is not in chardet's list; it looks like windows-1252 with odd letters.
  const labels = western ? likelier(bytes) : guesses;
  for (const label of labels) {
    const text = decode(bytes, label);
    if (text !== null)
      return { text, encoding: label === "macintosh" ? "Mac Roman" : label.replace(/^ISO-8859-1$/, "windows-1252") };
  }
  return null;
}

function likelier(bytes: Uint8Array): string[] {
  const labels = ["windows-1252", "macintosh"];
  const scores = labels.map((label) => oddness(decode(bytes.subarray(0, sampled), label) ?? ""));
  return (scores[1] ?? 0) < (scores[0] ?? 0) ? ["macintosh", "windows-1252"] : labels;
}

/** Signs that stand where no writer puts them: capitals, quotes and signs of money inside words, letters that nobody uses. */
function oddness(text: string): number {
  const inWords =
    text.match(/\p{Ll}[^\p{Ll}\p{Lu}\s\p{P}\d][\p{Ll}\s]|\p{Ll}(?:(?![A-Z])\p{Lu})\p{Ll}?/gu)?.length ?? 0;
  const odd = text.match(/[\u0080-\u009f\u02c6\u02d8-\u02dd\u0192¤§¶†‡∂∑∏π∫Ωµ≈∆◊ﬁﬂÞðþŽžŠš]/gu)?.length ?? 0;
  return inWords + odd;
}

/** What windows-1252 has at 0x80…0x9f. Some versions of Node read latin1 instead, where these are control characters. */
const windowsSigns = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

function decode(bytes: Uint8Array, label: string): string | null {
  try {
    let text = new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
    if (/^(?:windows-1252|ISO-8859-1)$/.test(label))
      text = text.replace(/[\u0080-\u009f]/g, (sign) => windowsSigns[sign.charCodeAt(0) - 0x80] ?? sign);
    return holdsControls(text) ? null : text;
  } catch {
    return null;
  }
}

/** Characters that no text has: a NUL is the mark of a binary file. */
function holdsControls(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- they are what we look for
  return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text) || !isStorable(text);
}

export function notText(): StudioError {
  return new StudioError(
    "screenplay/not-text",
    "This file holds something else than text. Bring Fountain, plain text, Final Draft (.fdx) or a PDF with text in it.",
  );
}
