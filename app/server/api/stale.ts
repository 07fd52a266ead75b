import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { listTakes } from "#db/queries/takes.ts";
import { shotsUnderWay } from "#db/queries/thumbnails.ts";
import { InputChange, staleShots } from "#domain/film/staleness.ts";
import { Id } from "#domain/ids.ts";
import { filmFor } from "../access.ts";
import { loadFilm } from "../services/film-reader.ts";
import { openOutlooks } from "../services/outlook.ts";
import { estimateShots, EstimateView } from "../services/shot-estimate.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, security, type Api } from "./api.ts";

const StaleShotView = z.object({
  shotId: Id,
  /** As the board numbers it, e.g. `3A`. */
  number: z.string(),
  /** The take that plays. */
  takeId: Id,
  takeNumber: z.number().int(),
  changes: z.array(InputChange),
  /** Another take that shows the shot as it is now: choosing it costs nothing. */
  fittingTakeId: Id.optional(),
  /** A newer take is queued or being rendered. */
  isUnderWay: z.boolean(),
});

export function staleRoutes(api: Api, parts: StudioParts): void {
  const outlooks = openOutlooks(parts);
  api.openapi(
    createRoute({
      method: "get",
      path: "/projects/{id}/stale",
      summary:
        "Shots whose playing take no longer shows what they say: what has changed, and what re-shooting would take",
      security,
      request: { params: ById },
      responses: answers(
        200,
        z.object({ shots: z.array(StaleShotView), estimate: EstimateView }),
        "In the order of the film; the estimate is of those that no take shows and nothing is under way for",
      ),
    }),
    async (c) => {
      const project = await filmFor(parts, callerIn(c), c.req.valid("param").id, "read");
      const [film, takes, busy] = await Promise.all([
        loadFilm(parts.db, project.id),
        listTakes(parts.db, project.id),
        shotsUnderWay(parts.db, project.id, "shot"),
      ]);
      const stale = staleShots(film, takes);
      const toShoot = stale.flatMap(({ shot, fitting }) => (busy.has(shot.id) || fitting !== null ? [] : [shot]));
      const shots = stale.map(({ shot, take, changes, fitting }) => ({
        shotId: shot.id,
        number: shot.number,
        takeId: take.id,
        takeNumber: take.number,
        changes: [...changes],
        ...(fitting === null ? {} : { fittingTakeId: fitting.id }),
        isUnderWay: busy.has(shot.id),
      }));
      return c.json({ shots, estimate: await estimateShots(outlooks, project.workspaceId, film, toShoot) }, 200);
    },
  );
}
