/** A script from a file that somebody brought. Fountain in UTF-8 is read here; the studio reads what needs more. */
import { z } from "zod";
import { StudioError } from "#domain/errors.ts";
import { readLineEnds, writeLineEnds } from "#domain/screenplay/fountain/line-ends.ts";
import { postBytes, sentenceOf } from "#app/studio/session/api.ts";
import { megabytes, tooLarge } from "./script-size.ts";
import { titleOfScript } from "./script-title.ts";

export interface BroughtScript {
  /** With line ends and mark as the file has them. */
  written: string;
  title: string;
  /** What was done to it, for the person who brought it. */
  notes: string[];
}
export type Brought = { status: "read"; script: BroughtScript } | { status: "refused"; sentence: string };

/** For `<input accept>`. */
export const scriptFileTypes = ".fountain,.spmd,.fdx,.pdf,.txt,.md,text/plain,application/pdf";

const mostBytes = 20_000_000;
const Imported = z.object({
  text: z.string(),
  title: z.string().optional(),
  eol: z.enum(["\n", "\r\n"]),
  bom: z.boolean(),
  notes: z.array(z.string()),
});

/** Reads a file as a script, or says in a sentence why not. */
export async function bringScript(file: File): Promise<Brought> {
  const refused = (sentence: string): Brought => ({ status: "refused", sentence });
  if (file.size === 0) return refused(`“${file.name}” is empty.`);
  if (file.size > mostBytes)
    return refused(`“${file.name}” is ${megabytes(file.size)}; a file may be at most 20 MB. Is it the script?`);
  const text = decode(new Uint8Array(await file.arrayBuffer()));
  if (text !== null && /\.(?:fountain|spmd|md)$/i.test(file.name)) return fromText(text, file);
  try {
    const answer = Imported.parse(
      await postBytes(`/v1/screenplay/import?name=${encodeURIComponent(file.name)}`, new Blob([file])),
    );
    const written = writeLineEnds(answer.text, { scriptEol: answer.eol, scriptBom: answer.bom });
    return {
      status: "read",
      script: { written, title: answer.title ?? titleOf(answer.text, file), notes: answer.notes },
    };
  } catch (error) {
    // Plain text needs nobody's help.
    const isAway = error instanceof StudioError && error.code === "service/unavailable";
    if (isAway && text !== null && !/\.fdx$/i.test(file.name)) return fromText(text, file);
    return refused(`“${file.name}”: ${sentenceOf(error)}`);
  }
}

function fromText(written: string, file: File): Brought {
  const large = tooLarge(file.size, `“${file.name}”`);
  if (large) return { status: "refused", sentence: large };
  const { text, mixed } = readLineEnds(written);
  return {
    status: "read",
    script: {
      written: mixed ? text : written,
      title: titleOf(text, file),
      notes: mixed ? ["Its lines ended in different ways; they all end alike now."] : [],
    },
  };
}

const titleOf = (text: string, file: File) =>
  /^Title:/im.test(text.slice(0, 2000)) ? titleOfScript(text) : file.name.replace(/\.[^.]+$/, "");

/** UTF-8 text; null for anything else. */
function decode(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    // eslint-disable-next-line no-control-regex -- control characters are what tells a binary file
    return /[\u0000-\u0008\u000E-\u001A\u001C-\u001F]/.test(text) ? null : text;
  } catch {
    return null;
  }
}
