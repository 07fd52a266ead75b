/** A script from a file of whatever kind people write in, as Fountain. */
import { StudioError } from "#domain/errors.ts";
import { maxScreenplayBytes } from "#domain/screenplay/breakdown.ts";
import { fountainOfFdx } from "#domain/screenplay/files/fdx-elements.ts";
import { readLineEnds } from "#domain/screenplay/fountain/line-ends.ts";
import { fountainOfLayout, layoutOfText } from "#domain/screenplay/files/plain-text.ts";
import { fountainOfPages } from "#domain/screenplay/files/pdf-lines.ts";
import { tooLarge } from "../screenplay-text.ts";
import { decodeText, notText } from "./decode-text.ts";
import { readFdx } from "./read-fdx.ts";
import { readPdf } from "./read-pdf.ts";

export const scriptFormats = ["fountain", "text", "fdx", "pdf"] as const;

export interface ScriptFile {
  format: (typeof scriptFormats)[number];
  /** How the letters were kept, e.g. `UTF-8`, `windows-1252`; `PDF` for a PDF. */
  encoding: string;
  /** Fountain, lines end with "\n". */
  text: string;
  eol: "\n" | "\r\n";
  bom: boolean;
  /** What was done to the file that its writer may want to know, in sentences. */
  notes: string[];
}

/**
 * @param name  of the file; its ending tells Fountain from plain text, its bytes tell the rest
 * @throws StudioError "screenplay/not-text", "screenplay/broken-file", "screenplay/no-text" or "screenplay/too-large"
 */
export async function readScriptFile(bytes: Uint8Array, name: string): Promise<ScriptFile> {
  const file = isPdf(bytes) ? await fromPdf(bytes) : fromText(bytes, name);
  if (Buffer.byteLength(file.text, "utf8") > maxScreenplayBytes) throw tooLarge();
  return file;
}

/** Readers of PDF look for the mark in the first kilobyte: some programs write something ahead of it. */
export const isPdf = (bytes: Uint8Array): boolean => startsWith(bytes, "%PDF-", 1024);

async function fromPdf(bytes: Uint8Array): Promise<ScriptFile> {
  const { pages, notes } = await readPdf(bytes);
  const { text, dropped } = fountainOfPages(pages);
  if (text.trim() === "")
    throw new StudioError(
      "screenplay/no-text",
      "This PDF holds pictures of pages and no text. Export it from the program it was written in, or have its text recognised (OCR) first.",
    );
  return {
    ...{ format: "pdf", encoding: "PDF", text, eol: "\n", bom: false },
    notes: [
      ...notes,
      "A PDF knows where words stand, not what they are. Look the script through.",
      ...(dropped > 0 ? [`Page numbers, headers and (MORE) were left out: ${dropped} lines.`] : []),
    ],
  };
}

function fromText(bytes: Uint8Array, name: string): ScriptFile {
  refuseOthers(bytes);
  const decoded = decodeText(inDeclaredEncoding(bytes));
  const { encoding } = decoded;
  const notes = /^(?:UTF-8|UTF-16)$/.test(encoding)
    ? []
    : [`The letters were kept as ${encoding}; look at those with accents.`];
  const raw = decoded.text;
  if (/^\s*<(?:\?xml|FinalDraft|!DOCTYPE FinalDraft)/.test(raw.slice(0, 500)))
    return {
      ...{ format: "fdx", encoding, eol: "\n", bom: false, notes },
      text: fountainOfFdx(readFdx(raw.trimStart())),
    };
  const { text, eol, mixed } = readLineEnds(raw);
  if (mixed) notes.push("Its lines ended in different ways; they all end alike now.");
  const common = { encoding, eol, bom: decoded.bom, notes };
  if (/\.(?:fountain|spmd)$/i.test(name)) return { ...common, format: "fountain", text };
  const layout = layoutOfText(text);
  if (layout === null) return { ...common, format: "text", text };
  notes.push("It was laid out as a page, with spaces; what stands where said what it is.");
  return { ...common, format: "text", text: fountainOfLayout(layout) };
}

function inDeclaredEncoding(bytes: Uint8Array): Uint8Array {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  const declared = /^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\bencoding=["']([\w-]+)["']/.exec(head)?.[1]?.toLowerCase();
  if (declared === undefined || /^utf-?(?:8|16)/.test(declared)) return bytes;
  try {
    return new TextEncoder().encode(new TextDecoder(declared, { fatal: true }).decode(bytes));
  } catch {
    return bytes;
  }
}

const others: { begins: string; sentence: string }[] = [
  {
    begins: "PK\u0003\u0004",
    sentence:
      "This is a packed file (Word, Fade In, Celtx and others). Export the script as Final Draft (.fdx), Fountain, plain text or PDF and bring that.",
  },
  {
    begins: "\u00d0\u00cf\u0011\u00e0",
    sentence: "This is an old Word file. Save the script as plain text or PDF and bring that.",
  },
  { begins: "{\\rtf", sentence: "This is rich text (RTF). Save the script as plain text or PDF and bring that." },
];

function refuseOthers(bytes: Uint8Array): void {
  const found = others.find(({ begins }) => startsWith(bytes, begins, 0));
  if (found) throw new StudioError("screenplay/not-text", found.sentence);
  if (bytes.length > 10 * maxScreenplayBytes) throw notText();
}

/** @param within  how many bytes may stand before it */
function startsWith(bytes: Uint8Array, text: string, within: number): boolean {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, within + text.length));
  const at = head.indexOf(text);
  return at >= 0 && at <= within;
}
