import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { needEpisodeNotEnded } from "#db/queries/episode-of-run.ts";
import { listJobs, requestCancel } from "#db/queries/jobs.ts";
import { retryJob } from "#db/queries/run-retry.ts";
import { JobState } from "#domain/jobs/lifecycle.ts";
import { JobView } from "#domain/jobs/messages/views.ts";
import { jobFor, projectFor } from "../access.ts";
import { openOutlooks } from "../services/outlook.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, PageQuery, security, type Api } from "./api.ts";

/** "queued" or "queued,running" */
const States = z
  .string()
  .max(200)
  .transform((text) => text.split(","))
  .pipe(z.array(JobState).min(1));
const OneJob = z.object({ job: JobView });

export function jobRoutes(api: Api, parts: StudioParts): void {
  const outlooks = openOutlooks(parts);
  api.openapi(
    createRoute({
      method: "get",
      path: "/projects/{id}/jobs",
      summary: "The jobs of a film, newest first; of one shot, or in some states only (`state=queued,running`)",
      security,
      request: { params: ById, query: PageQuery.extend({ shotId: z.string().optional(), state: States.optional() }) },
      responses: answers(200, z.object({ jobs: z.array(JobView), cursor: z.string().optional() }), "A page of jobs"),
    }),
    async (c) => {
      const project = await projectFor(parts, callerIn(c), c.req.valid("param").id, "read");
      const { limit, cursor, shotId, state } = c.req.valid("query");
      const page = await listJobs(parts.db, project.id, {
        limit,
        ...(cursor === undefined ? {} : { cursor }),
        ...(shotId === undefined ? {} : { shotId }),
        ...(state === undefined ? {} : { states: state }),
      });
      return c.json({ ...page, jobs: await outlooks.tell(page.jobs) }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/jobs/{id}",
      summary: "One job",
      security,
      request: { params: ById },
      responses: answers(200, OneJob, "The job"),
    }),
    async (c) => {
      const { job } = await jobFor(parts, callerIn(c), c.req.valid("param").id, "read");
      const [told] = await outlooks.tell([job]);
      return c.json({ job: told! }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/jobs/{id}/cancel",
      summary: "Ask a job to end; asking twice is harmless",
      security,
      request: { params: ById },
      responses: answers(200, OneJob, "Cancelled, or cancelling"),
    }),
    async (c) => {
      const { job } = await jobFor(parts, callerIn(c), c.req.valid("param").id, "edit");
      return c.json({ job: await requestCancel(parts.db, job.id) }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/jobs/{id}/retry",
      summary: "Do a job that failed or was cancelled again, as a new job that names it",
      security,
      request: { params: ById },
      responses: answers(202, OneJob, "Queued"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const { job } = await jobFor(parts, caller, c.req.valid("param").id, "edit");
      const again = await parts.db.transaction(async (tx) => {
        await needEpisodeNotEnded(tx, job.runId);
        return retryJob(tx, job.id, caller.userId);
      });
      return c.json({ job: again }, 202);
    },
  );
}
