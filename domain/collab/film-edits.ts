/**
 * Named edits that other processes ask of a document over NATS (`film.edit.<project>`, request/reply), answered by
 * the room's owner once stored. The id makes a repeat a no-op.
 */
import { z } from "zod";
import { PlannedElement, PlannedScene } from "#domain/film/add-planned.ts";
import { ElementChanges, ElementMark, LibraryFields, NewElement } from "#domain/film/element.ts";
import { FilmMeta } from "#domain/film/meta.ts";
import { Id } from "#domain/ids.ts";
import { maxScenes, ProposedScene } from "#domain/screenplay/breakdown.ts";

export const FilmEdit = z.discriminatedUnion("kind", [
  /** The first edit of a new document. `update` is a whole Yjs v1 update, base64 (the sample film, an import). */
  z.object({
    kind: z.literal("begin"),
    meta: FilmMeta,
    screenplay: z.string().optional(),
    update: z.string().optional(),
  }),
  z.object({ kind: z.literal("change-meta"), patch: FilmMeta.partial() }),
  /** Text with plain line ends; `eol` and `bom` as the file had them, where it was a file. */
  z.object({
    kind: z.literal("replace-screenplay"),
    text: z.string(),
    eol: z.enum(["\n", "\r\n"]).optional(),
    bom: z.boolean().optional(),
  }),
  /** With the project's id, scenes and shots that are new get the ids that everybody gives them. */
  z.object({
    kind: z.literal("commit-breakdown"),
    scenes: z.array(ProposedScene).max(maxScenes),
    projectId: Id.optional(),
  }),
  /** Takes of what the script says differently from the board; without ids, all. See `accept-changes.ts`. */
  z.object({
    kind: z.literal("accept-changes"),
    projectId: Id,
    changeIds: z.array(z.string().max(200)).max(50_000).optional(),
    keep: z.array(z.string().max(300)).max(50_000).optional(),
  }),
  /** What a planner made, behind what is there; ids are the planner's. */
  z.object({
    kind: z.literal("add-planned"),
    scenes: z.array(PlannedScene).max(200),
    elements: z.array(PlannedElement).max(500),
    screenplay: z.string().max(500_000),
  }),
  /** With the project's id, as two people who take up the same suggestion make one element. */
  z.object({ kind: z.literal("add-element"), element: NewElement, projectId: Id.optional() }),
  z.object({ kind: z.literal("change-element"), id: Id, changes: ElementChanges }),
  z.object({ kind: z.literal("remove-element"), id: Id }),
  z.object({
    kind: z.literal("mark-element"),
    id: Id,
    shotIds: z.array(Id).min(1).max(5000),
    mark: ElementMark,
  }),
  /** What the workspace's library says of it at this version; the film's own fields stay. */
  z.object({
    kind: z.literal("follow-library"),
    id: Id,
    fields: LibraryFields,
    library: z.object({
      id: Id,
      version: z.number().int().min(1),
      kept: z.array(z.string().max(40)).max(40).optional(),
    }),
  }),
  z.object({ kind: z.literal("assemble"), sceneIds: z.array(Id).optional() }),
  z.object({ kind: z.literal("choose-take"), shotId: Id, takeId: Id.nullable() }),
  z.object({
    kind: z.literal("place-sound"),
    assetId: Id,
    durationFrames: z.number().int().min(1),
    name: z.string().max(200),
  }),
]);
export type FilmEdit = z.infer<typeof FilmEdit>;

export const FilmEditRequest = z.object({ v: z.literal(1), editId: Id, projectId: Id, edit: FilmEdit });
export type FilmEditRequest = z.infer<typeof FilmEditRequest>;

export const FilmEditReply = z.discriminatedUnion("status", [
  /** Stored; `position` is the log position that holds it. */
  z.object({ status: z.literal("stored"), position: z.number().int() }),
  z.object({ status: z.literal("refused"), code: z.string(), message: z.string() }),
]);
export type FilmEditReply = z.infer<typeof FilmEditReply>;
