import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { inProjectTurn } from "#db/queries/project-turn.ts";
import { createRun } from "#db/queries/runs.ts";
import { shotsWithThumbnail } from "#db/queries/thumbnails.ts";
import { breakDown, maxScenes, ParseMode, ProposedScene } from "#domain/screenplay/breakdown.ts";
import { proposeFrom } from "#domain/screenplay/proposal.ts";
import { filmFor } from "../access.ts";
import { editFilm } from "../services/film-edits.ts";
import { loadFilm } from "../services/film-reader.ts";
import { shotIn, thumbnailRequestFor } from "../services/render-requests.ts";
import { checkScreenplay } from "../services/screenplay-text.ts";
import type { StudioParts } from "../studio-parts.ts";
import type { Caller } from "../auth.ts";
import { answers, ById, callerIn, jsonBody, optionalBody, security, type Api } from "./api.ts";
import { projectWithFilm, ProjectWithFilm } from "./project-view.ts";

const ParseWish = z.object({
  /** Absent: the film's own screenplay. */
  text: z.string().optional(),
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
  /** Why there is nothing to see, when there is nothing. */
  message: z.string().optional(),
});
const Side = z.number().int().min(16).max(2048).multipleOf(2);
const ThumbnailWish = z.object({
  shotIds: z.array(z.string()).max(1000).optional(),
  width: Side.optional(),
  height: Side.optional(),
  /** Make them anew where there is one. */
  force: z.boolean().optional(),
});

export function storyboardRoutes(api: Api, parts: StudioParts): void {
  const parse = async (
    caller: Caller,
    projectId: string,
    wish: z.infer<typeof ParseWish>,
  ): Promise<z.infer<typeof Parsed>> => {
    const project = await filmFor(parts, caller, projectId, "read");
    if (wish.text !== undefined) checkScreenplay(wish.text);
    const film = await loadFilm(parts.db, project.id);
    const read = breakDown(wish.text ?? film.screenplay, {
      fps: film.meta.fps,
      ...(wish.mode === undefined ? {} : { mode: wish.mode }),
    });
    const proposal = proposeFrom(film, read);
    const empty =
      read.scenes.length === 0
        ? { message: "There is no text to read scenes from yet. Write or paste a script first." }
        : {};
    return { scenes: proposal.scenes, parser: read.parser, mode: read.mode, summary: proposal.summary, ...empty };
  };

  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/storyboard/parse",
      summary: "Propose scenes and shots from text, by rules; nothing is saved",
      security,
      request: { params: ById, ...optionalBody(ParseWish) },
      responses: answers(200, Parsed, "The proposal; shots that exist carry their ids"),
    }),
    async (c) => c.json(await parse(callerIn(c), c.req.valid("param").id, c.req.valid("json")), 200),
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/storyboard/ai-parse",
      summary:
        "Propose scenes and shots by a language model where there is one, by rules otherwise; `parser` says which",
      security,
      request: { params: ById, ...optionalBody(ParseWish) },
      responses: answers(200, Parsed, "The proposal"),
    }),
    async (c) => c.json(await parse(callerIn(c), c.req.valid("param").id, c.req.valid("json")), 200),
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
      const { shotIds, width = 512, height = 320, force = false } = c.req.valid("json");
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
