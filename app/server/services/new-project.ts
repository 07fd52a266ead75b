import { forgetProjects, insertProject } from "#db/queries/projects.ts";
import { type FilmMeta, defaultMeta } from "#domain/film/meta.ts";
import { fileMarks, readLineEnds } from "#domain/screenplay/fountain/line-ends.ts";
import type { StudioParts } from "../studio-parts.ts";
import { editFilm } from "./film-edits.ts";

export interface NewProjectOrder {
  workspaceId: string;
  createdBy: string;
  title: string;
  size: { [K in "width" | "height" | "fps"]?: FilmMeta[K] | undefined };
  screenplay?: string | undefined;
  /** A whole Yjs update to begin with. */
  update?: Uint8Array | undefined;
}

/**
 * Makes the project's row and has its document begun. When the document can't be begun, the row goes again: nobody
 * finds a film on their page that cannot be opened.
 * @returns the project's id
 */
export async function beginProject(parts: StudioParts, order: NewProjectOrder): Promise<string> {
  const { id } = await insertProject(parts.db, {
    workspaceId: order.workspaceId,
    title: order.title,
    createdBy: order.createdBy,
  });
  const meta: FilmMeta = {
    title: order.title,
    width: order.size.width ?? defaultMeta.width,
    height: order.size.height ?? defaultMeta.height,
    fps: order.size.fps ?? defaultMeta.fps,
  };
  const script = order.screenplay === undefined ? null : readLineEnds(order.screenplay);
  try {
    await editFilm(parts.bus, id, {
      kind: "begin",
      meta: script ? { ...meta, ...fileMarks(script) } : meta,
      ...(script ? { screenplay: script.text } : {}),
      ...(order.update === undefined ? {} : { update: Buffer.from(order.update).toString("base64") }),
    });
  } catch (error) {
    await forgetProjects(parts.db, [id]);
    throw error;
  }
  return id;
}
