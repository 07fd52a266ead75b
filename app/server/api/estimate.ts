import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { filmFor } from "../access.ts";
import { loadFilm } from "../services/film-reader.ts";
import { openOutlooks } from "../services/outlook.ts";
import { estimateShots, EstimateView } from "../services/shot-estimate.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, optionalBody, security, type Api } from "./api.ts";
import { ShotIds, toShootAnew } from "./generate.ts";

const Wish = z.object({
  /** Absent: all. */
  shotIds: ShotIds.optional(),
  /** `thumbnail`: a concept picture of each. */
  kind: z.enum(["shot", "thumbnail"]).optional(),
  /** Only those of them that no take shows as they are now, though they have some. */
  stale: z.boolean().optional(),
});

export function estimateRoutes(api: Api, parts: StudioParts): void {
  const outlooks = openOutlooks(parts);
  api.openapi(
    createRoute({
      method: "get",
      path: "/projects/{id}/estimate",
      summary: "How long rendering would take and what it costs; the built-in engine is free",
      security,
      request: { params: ById, query: z.object({ shotIds: z.string().max(70_000).optional() }) },
      responses: answers(200, EstimateView, "Measured on this fleet where it has worked already, guessed before"),
    }),
    async (c) => {
      const project = await filmFor(parts, callerIn(c), c.req.valid("param").id, "read");
      const film = await loadFilm(parts.db, project.id);
      const ids = c.req
        .valid("query")
        .shotIds?.split(",")
        .filter((id) => id !== "");
      const shots = film.shots.filter(isAmong(ids));
      return c.json(await estimateShots(outlooks, project.workspaceId, film, shots), 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/estimate",
      summary: "The same for any number of shots, for their concept pictures, or for those that are stale",
      security,
      request: { params: ById, ...optionalBody(Wish) },
      responses: answers(200, EstimateView, "Measured on this fleet where it has worked already, guessed before"),
    }),
    async (c) => {
      const project = await filmFor(parts, callerIn(c), c.req.valid("param").id, "read");
      const { shotIds, kind, stale } = c.req.valid("json");
      const film = await loadFilm(parts.db, project.id);
      const all = stale === true ? await toShootAnew(parts.db, project.id, film) : film.shots;
      return c.json(await estimateShots(outlooks, project.workspaceId, film, all.filter(isAmong(shotIds)), kind), 200);
    },
  );
}

function isAmong(ids: readonly string[] | undefined): (shot: { id: string }) => boolean {
  const wanted = ids === undefined ? null : new Set(ids);
  return ({ id }) => wanted === null || wanted.has(id);
}
