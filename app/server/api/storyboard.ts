import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { inProjectTurn } from "#db/queries/project-turn.ts";
import { createRun } from "#db/queries/runs.ts";
import { shotsWithThumbnail } from "#db/queries/thumbnails.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { breakDown, maxScenes, ParseMode, ProposedScene, type Breakdown } from "#domain/screenplay/breakdown.ts";
import { readingOptions } from "#domain/screenplay/reparse/live-reading.ts";
import { modelReadingsOf } from "#domain/screenplay/breakdown/model-readings.ts";
import { proposeFrom } from "#domain/screenplay/reparse/proposal.ts";
import { filmFor } from "../access.ts";
import { readWithModel } from "../services/ai-parse.ts";
import { editFilm } from "../services/film-edits.ts";
import { loadFilm } from "../services/film-reader.ts";
import { takeModelTurn } from "../services/model-turns.ts";
import { shotIn, thumbnailRequestFor } from "../services/render-requests.ts";
import { checkScreenplay } from "../services/screenplay-text.ts";
import { thumbnailSize } from "../services/shot-estimate.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, jsonBody, optionalBody, security, type Api } from "./api.ts";
import { ShotIds } from "./generate.ts";
import { projectWithFilm, ProjectWithFilm } from "./project-view.ts";
import { ChangeView } from "./storyboard-accept.ts";

const ParseWish = z.object({
  /** Absent: the film's own screenplay. */
  text: z.string().optional(),
  /** Absent: as the film says, `meta.readAs`. */
  mode: ParseMode.optional(),
});
const Parsed = z.object({
  scenes: z.array(ProposedScene),
  parser: z.enum(["rules", "llm"]),
  mode: z.enum(["screenplay", "freeform", "numbered"]),
  /** Shots against the board as it is. */
  summary: z.object({
    new: z.number(),
    changed: z.number(),
    moved: z.number(),
    untouched: z.number(),
    aside: z.number(),
    scenes: z.number(),
  }),
  /** What `accept` can take, where it is the film's own screenplay that was read. */
  changes: z.array(ChangeView),
  /** Why there is nothing to see, when there is nothing. */
  message: z.string().optional(),
});
const AiParseWish = ParseWish.extend({
  /** The first scene to have read, from 0; those before it are read by rules. */
  from: z.number().int().min(0).max(1_000_000).optional(),
  /** Have passages read again that a model read before and that did not change. */
  again: z.boolean().optional(),
});
const AiParsed = Parsed.extend({
  /** The language model that read at least some of it. */
  model: z.string().optional(),
  /** What was read by rules instead, and why. */
  note: z.string().optional(),
  /** Scenes `from` up to `to` of `of` were asked about; ask from `to` for the rest. */
  read: z.object({ from: z.number().int(), to: z.number().int(), of: z.number().int() }),
});
const Side = z.number().int().min(16).max(2048).multipleOf(2);
const ThumbnailWish = z.object({
  shotIds: ShotIds.optional(),
  width: Side.optional(),
  height: Side.optional(),
  /** Make them anew where there is one. */
  force: z.boolean().optional(),
});

export function storyboardRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/storyboard/parse",
      summary: "Propose scenes and shots from text, by rules; nothing is saved",
      security,
      request: { params: ById, ...optionalBody(ParseWish) },
      responses: answers(200, Parsed, "The proposal; shots that exist carry their ids"),
    }),
    async (c) => {
      const project = await filmFor(parts, callerIn(c), c.req.valid("param").id, "read");
      const { text, mode } = c.req.valid("json");
      const film = await loadFilm(parts.db, project.id);
      const read = breakDown(textOf(film, text), {
        ...readingOptions(film.meta),
        known: modelReadingsOf(film),
        ...(mode === undefined ? {} : { mode }),
      });
      return c.json(proposalOf(film, read), 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/storyboard/ai-parse",
      summary:
        "Propose scenes and shots by a language model where there is one, by rules otherwise; `parser` says which",
      security,
      request: { params: ById, ...optionalBody(AiParseWish) },
      responses: answers(200, AiParsed, "The proposal; long scripts are read scene by scene, see `read`"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const project = await filmFor(parts, caller, c.req.valid("param").id, "edit");
      takeModelTurn(parts, caller);
      const { text, mode, from = 0, again = false } = c.req.valid("json");
      const film = await loadFilm(parts.db, project.id);
      const { model, note, read, ...breakdown } = await readWithModel(parts, film, {
        text: textOf(film, text),
        mode: mode ?? readingOptions(film.meta).mode,
        from,
        again,
        signal: c.req.raw.signal,
      });
      return c.json(
        {
          ...proposalOf(film, breakdown),
          ...(model === undefined ? {} : { model }),
          ...(note === undefined ? {} : { note }),
          read,
        },
        200,
      );
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/storyboard/commit",
      summary: "Put a reviewed breakdown on the board, keeping what people made",
      security,
      request: { params: ById, ...jsonBody(z.object({ scenes: z.array(ProposedScene).max(maxScenes) })) },
      responses: answers(200, ProjectWithFilm, "Project and film as they are now"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const project = await filmFor(parts, caller, c.req.valid("param").id, "edit");
      const { scenes } = c.req.valid("json");
      await editFilm(parts.bus, project.id, { kind: "commit-breakdown", scenes, projectId: project.id });
      return c.json(await projectWithFilm(parts, project), 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/storyboard/thumbnails",
      summary: "Queue a still for every shot that has none",
      security,
      request: {
        params: ById,
        ...optionalBody(ThumbnailWish),
      },
      responses: answers(202, z.object({ queued: z.number().int(), skipped: z.number().int() }), "How many"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const project = await filmFor(parts, caller, c.req.valid("param").id, "edit");
      const {
        shotIds,
        width = thumbnailSize.width,
        height = thumbnailSize.height,
        force = false,
      } = c.req.valid("json");
      const film = await loadFilm(parts.db, project.id);
      const wanted = shotIds === undefined ? film.shots : [...new Set(shotIds)].map((id) => shotIn(film, id));
      const missing = await inProjectTurn(parts.db, project.id, async (tx) => {
        const have = force ? new Set<string>() : await shotsWithThumbnail(tx, project.id);
        const without = wanted.filter((shot) => !have.has(shot.id));
        if (without.length === 0) return without;
        await createRun(tx, {
          workspaceId: project.workspaceId,
          projectId: project.id,
          kind: "thumbnails",
          createdBy: caller.userId,
          nodes: without.map((shot) => ({
            kind: "thumbnail",
            lane: "batch",
            shotId: shot.id,
            request: thumbnailRequestFor(film, shot, { width, height }),
          })),
        });
        return without;
      });
      return c.json({ queued: missing.length, skipped: wanted.length - missing.length }, 202);
    },
  );
}

function textOf(film: Film, text: string | undefined): string {
  if (text !== undefined) checkScreenplay(text);
  return text ?? film.screenplay;
}

function proposalOf(film: Film, { parser, mode, scenes: read }: Breakdown): z.infer<typeof Parsed> {
  const { scenes, summary, changes } = proposeFrom(film, { scenes: read });
  const message = "There is no text to read scenes from yet. Write or paste a script first.";
  return { scenes, parser, mode, summary, changes, ...(read.length === 0 ? { message } : {}) };
}
