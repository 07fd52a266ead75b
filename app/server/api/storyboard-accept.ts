import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { StudioError } from "#domain/errors.ts";
import { Id } from "#domain/ids.ts";
import { filmFor } from "../access.ts";
import { editFilm } from "../services/film-edits.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, jsonBody, security, type Api } from "./api.ts";
import { projectWithFilm, ProjectWithFilm } from "./project-view.ts";

/** One thing that a parse found different from the board; see `domain/screenplay/proposal.ts`. */
export const ChangeView = z.object({
  /** The same again as long as script and board say the same. */
  id: z.string(),
  kind: z.enum([
    ...(["scene-new", "scene-gone", "scene-moved", "scene-changed"] as const),
    ...(["shot-new", "shot-gone", "shot-moved", "shot-back", "shot-changed"] as const),
  ]),
  sceneId: Id.optional(),
  shotId: Id.optional(),
  /** Place of the scene among the proposed ones, from 0; -1 where it is gone too. Of changes of shots only. */
  sceneAt: z.number().int().optional(),
  /** Place among the proposed scenes, or among the shots of the scene, from 0. */
  at: z.number().int(),
  fields: z
    .array(
      z.object({
        field: z.string(),
        before: z.unknown(),
        after: z.unknown(),
        /** What a person made of it by hand, where the script changed it too. */
        mine: z.unknown().optional(),
      }),
    )
    .optional(),
});

const Accepting = z.object({
  /** Ids of changes, as a parse of the film's own screenplay names them. */
  changeIds: z.array(z.string().max(200)).max(50_000).optional(),
  all: z.boolean().optional(),
  /** Conflicts in which what is on the board stays: `<change id>/<field>`. In the others the script's words are taken. */
  keep: z.array(z.string().max(300)).max(50_000).optional(),
});

export function storyboardAcceptRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/storyboard/accept",
      summary: "Take some or all of what the script says differently from the board, as both are now",
      security,
      request: { params: ById, ...jsonBody(Accepting) },
      responses: answers(200, ProjectWithFilm, "Project and film as they are now"),
    }),
    async (c) => {
      const project = await filmFor(parts, callerIn(c), c.req.valid("param").id, "edit");
      const { changeIds, all, keep } = c.req.valid("json");
      if (all !== true && changeIds === undefined)
        throw new StudioError("request/invalid", "Say which: `changeIds`, or `all: true`.");
      await editFilm(parts.bus, project.id, {
        kind: "accept-changes",
        projectId: project.id,
        ...(all === true || changeIds === undefined ? {} : { changeIds }),
        ...(keep === undefined ? {} : { keep }),
      });
      return c.json(await projectWithFilm(parts, project), 200);
    },
  );
}
