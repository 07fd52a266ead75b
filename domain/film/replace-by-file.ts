import type * as Y from "yjs";
import { fileMarks, type ScriptText } from "#domain/screenplay/fountain/line-ends.ts";
import { metaOf } from "./document.ts";
import { replaceScreenplay, setFields, type EditContext } from "./edit.ts";

/** Puts a file in the script's place, in one step, and notes how its lines ended. */
export function replaceByFile(doc: Y.Doc, file: Pick<ScriptText, "text" | "eol" | "bom">, context: EditContext): void {
  doc.transact(() => {
    replaceScreenplay(doc, file.text, context);
    setFields(metaOf(doc), { scriptEol: undefined, scriptBom: undefined, ...fileMarks(file) });
  }, context.origin);
}
