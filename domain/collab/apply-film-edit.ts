import { fromBase64 } from "lib0/buffer";
import * as Y from "yjs";
import { StudioError, unreachable } from "#domain/errors.ts";
import { acceptChanges } from "#domain/film/accept-changes.ts";
import { addPlanned } from "#domain/film/add-planned.ts";
import { commitBreakdown } from "#domain/film/commit-breakdown.ts";
import { metaOf } from "#domain/film/document.ts";
import { beginFilm, changeMeta, chooseTake, replaceScreenplay, type EditContext } from "#domain/film/edit.ts";
import type { ElementChanges } from "#domain/film/element.ts";
import {
  addElement,
  changeElement,
  followLibrary,
  markElement,
  removeElement,
  type ElementPatch,
} from "#domain/film/elements.ts";
import type { FilmMeta } from "#domain/film/meta.ts";
import { replaceByFile } from "#domain/film/replace-by-file.ts";
import { assemble, placeSound } from "#domain/film/timeline.ts";
import type { Id } from "#domain/ids.ts";
import type { FilmEdit } from "./film-edits.ts";

/**
 * Makes one named edit in a document.
 * @throws StudioError "request/invalid" when the edit's own content cannot be used; the document is then as it was
 */
export function applyFilmEdit(doc: Y.Doc, edit: FilmEdit, context: EditContext): void {
  switch (edit.kind) {
    case "begin":
      return begin(doc, edit, context);
    case "change-meta":
      return changeMeta(doc, said(edit.patch), context);
    case "replace-screenplay":
      if (edit.eol === undefined) return replaceScreenplay(doc, edit.text, context);
      return replaceByFile(doc, { text: edit.text, eol: edit.eol, bom: edit.bom ?? false }, context);
    case "commit-breakdown":
      return commitBreakdown(doc, edit.scenes, { ...context, ...inProject(edit.projectId) });
    case "accept-changes":
      return acceptChanges(doc, edit, { ...context, projectId: edit.projectId });
    case "add-planned":
      return addPlanned(doc, edit, context);
    case "add-element":
      return void addElement(doc, edit.element, { ...context, ...inProject(edit.projectId) });
    case "change-element":
      return changeElement(doc, edit.id, withoutNulls(edit.changes), context);
    case "remove-element":
      return removeElement(doc, edit.id, context);
    case "mark-element":
      return markElement(doc, edit.shotIds, edit.id, edit.mark, context);
    case "follow-library":
      return followLibrary(doc, edit.id, edit.fields, edit.library, context);
    case "assemble":
      return assemble(doc, edit.sceneIds, context);
    case "choose-take":
      return chooseTake(doc, edit.shotId, edit.takeId, context);
    case "place-sound":
      return placeSound(doc, edit, context);
    default:
      return unreachable(edit);
  }
}

const inProject = (projectId: Id | undefined) => (projectId === undefined ? {} : { projectId });

/** JSON has no undefined: null is what takes a field away. */
function withoutNulls(changes: ElementChanges): ElementPatch {
  const said = Object.entries(changes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said.map(([field, value]) => [field, value ?? undefined]));
}

/** Fills a new document. One that has begun already keeps all it has. */
function begin(doc: Y.Doc, edit: Extract<FilmEdit, { kind: "begin" }>, context: EditContext): void {
  const isNew = !metaOf(doc).has("schemaVersion");
  if (isNew && edit.update !== undefined) Y.applyUpdate(doc, readUpdate(edit.update));
  beginFilm(doc, edit.meta, context);
  if (!isNew) return;
  changeMeta(doc, edit.meta, context);
  if (edit.screenplay !== undefined) replaceScreenplay(doc, edit.screenplay, context);
}

/** Without the fields that were not said; an undefined one would remove the field. */
function said(patch: object): Partial<FilmMeta> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}

function readUpdate(base64: string): Uint8Array {
  try {
    const bytes = fromBase64(base64);
    Y.decodeUpdate(bytes);
    return bytes;
  } catch (cause) {
    throw new StudioError("request/invalid", "update: not a Yjs update", { cause });
  }
}
