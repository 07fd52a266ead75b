/** The screenplay as a file. */
import type { Film } from "#domain/film/snapshot.ts";
import { writeLineEnds } from "#domain/screenplay/fountain/line-ends.ts";
import { layOutPages } from "#domain/screenplay/pages/pages.ts";
import { writePlainText } from "#domain/screenplay/files/plain-text.ts";
import { lexScript } from "#domain/screenplay/fountain/relex.ts";
import { writeFdx } from "#domain/screenplay/files/write-fdx.ts";
import { fileNameOf, type MadeFile } from "../../file-answer.ts";
import { makeScriptPdf, type ScriptPdfOptions } from "./script-pdf.ts";

export const scriptDocuments = ["fountain", "fdx", "pdf", "txt"] as const;
export type ScriptDocument = (typeof scriptDocuments)[number];

export async function makeScriptDocument(
  { screenplay, meta }: Pick<Film, "screenplay" | "meta">,
  format: ScriptDocument,
  { paper, sceneNumbers }: Pick<ScriptPdfOptions, "paper" | "sceneNumbers">,
): Promise<MadeFile> {
  const name = fileNameOf(meta.title, "", format);
  const asText = (text: string, contentType: string) => ({
    ...{ name, contentType: `${contentType}; charset=utf-8`, bytes: new TextEncoder().encode(text) },
  });
  if (format === "fountain") return asText(writeLineEnds(screenplay, meta), "text/plain");
  const { lines } = lexScript(screenplay);
  if (format === "fdx") return asText(writeFdx(lines), "application/xml");
  if (format === "txt") return asText(writePlainText(layOutPages(lines, { paper })), "text/plain");
  const { bytes, missingLetters } = await makeScriptPdf(lines, { title: meta.title, paper, sceneNumbers });
  return { name, contentType: "application/pdf", bytes, missingLetters };
}
