import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { needEpisodeNotEnded } from "#db/queries/episode-of-run.ts";
import { cancelRun } from "#db/queries/run-cancel.ts";
import { retryRun } from "#db/queries/run-retry.ts";
import type { RunView } from "#db/queries/runs.ts";
import { RunKind } from "#domain/jobs/capabilities.ts";
import { JobView } from "#domain/jobs/messages/views.ts";
import { runStates } from "#domain/jobs/run-steps.ts";
import { runFor } from "../access.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, optionalBody, security, type Api } from "./api.ts";

/** A run as the API tells of it. */
export const RunAnswer = z.object({
  id: z.string(),
  projectId: z.string(),
  kind: RunKind,
  title: z.string().optional(),
  state: z.enum(runStates),
  progress: z.number().min(0).max(1),
  createdAt: z.string(),
  jobs: z.array(JobView),
});
type RunAnswer = z.infer<typeof RunAnswer>;
const OneRun = z.object({ run: RunAnswer });
const RetryWish = z.object({ steps: z.array(z.string().min(1).max(80)).min(1).max(1000).optional() });

/** What was asked for is told by the routes that were asked. */
export function told({ workspaceId: _workspace, params: _params, ...run }: RunView): RunAnswer {
  return run;
}

export function runRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "get",
      path: "/runs/{id}",
      summary: "What one request started, with its jobs; of a job that was retried in it the newest",
      security,
      request: { params: ById },
      responses: answers(200, OneRun, "The run; its state and progress follow from its jobs"),
    }),
    async (c) => c.json({ run: told((await runFor(parts, callerIn(c), c.req.valid("param").id, "read")).run) }, 200),
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/runs/{id}/cancel",
      summary: "Call off whatever of a run has not ended; asking twice is harmless",
      security,
      request: { params: ById },
      responses: answers(200, OneRun, "The run; what is at work ends within seconds"),
    }),
    async (c) => {
      const { run } = await runFor(parts, callerIn(c), c.req.valid("param").id, "edit");
      return c.json({ run: told((await cancelRun(parts.db, run.id)) ?? run) }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/runs/{id}/retry",
      summary:
        "Go on from what succeeded: steps that failed or were called off are done anew; with `steps`, those are, and what follows from them",
      security,
      request: { params: ById, ...optionalBody(RetryWish) },
      responses: answers(202, OneRun, "Queued; or the run as it is while it is under way"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const { run } = await runFor(parts, caller, c.req.valid("param").id, "edit");
      const { steps } = c.req.valid("json");
      const again = await parts.db.transaction(async (tx) => {
        await needEpisodeNotEnded(tx, run.id);
        return retryRun(tx, run.id, caller.userId, steps === undefined ? {} : { steps });
      });
      return c.json({ run: told(again ?? run) }, 202);
    },
  );
}
