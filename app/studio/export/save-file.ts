import { getFile } from "#app/studio/session/api.ts";

/** Puts a file among the person's downloads. */
function saveFile(bytes: Blob, name: string): void {
  const url = URL.createObjectURL(bytes);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/**
 * Asks the studio for a document and saves it.
 * @returns what is to be said of it, if anything
 * @throws StudioError with the server's sentence
 */
export async function downloadDocument(path: string): Promise<string | null> {
  const { bytes, name, headers } = await getFile(path);
  saveFile(bytes, name);
  const missing = Number(headers.get("x-missing-letters") ?? 0);
  if (missing === 0) return null;
  return `${missing === 1 ? "One letter has" : `${missing} letters have`} no font here and ${missing === 1 ? "is a box" : "are boxes"} in the PDF. Fountain and Final Draft keep ${missing === 1 ? "it" : "them"}.`;
}

/** A file made here, without asking anybody. */
export function saveText(text: string, title: string, ending: string): void {
  const name =
    title
      .replace(/[^\p{L}\p{M}\p{N} ._-]+/gu, " ")
      .replace(/\s+/g, " ")
      .trim() || "script";
  saveFile(new Blob([text], { type: "text/plain;charset=utf-8" }), `${name}.${ending}`);
}
