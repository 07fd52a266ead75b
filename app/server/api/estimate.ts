import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { filmFor } from "../access.ts";
import { loadFilm } from "../services/film-reader.ts";
import { openOutlooks } from "../services/outlook.ts";
import { videoRequestFor } from "../services/render-requests.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, security, type Api } from "./api.ts";

const EstimateView = z.object({
  jobs: z.number().int(),
  /** Until the first begins; null: no agent here does this now. */
  waitSeconds: z.number().nullable(),
  /** From then until the last has ended. */
  renderSeconds: z.number(),
  cost: z.object({ amount: z.number(), currency: z.string() }).nullable(),
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
      const shots = ids === undefined ? film.shots : film.shots.filter((shot) => ids.includes(shot.id));
      const estimate = await outlooks.estimate(
        project.workspaceId,
        shots.map((shot) => videoRequestFor(film, shot)),
      );
      return c.json({ ...estimate, cost: { amount: 0, currency: "EUR" } }, 200);
    },
  );
}
