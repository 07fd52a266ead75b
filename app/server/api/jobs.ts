import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { listJobs, requestCancel, setPriority } from "#db/queries/jobs.ts";
import { retryJob } from "#db/queries/run-retry.ts";
import { JobView } from "#domain/jobs/messages.ts";
import { jobFor, projectFor } from "../access.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, jsonBody, PageQuery, security, type Api } from "./api.ts";
import { Priority } from "./generate.ts";

const OneJob = z.object({ job: JobView });

export function jobRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "get",
      path: "/projects/{id}/jobs",
      summary: "The jobs of a film, newest first",
      security,
      request: { params: ById, query: PageQuery.extend({ shotId: z.string().optional() }) },
      responses: answers(200, z.object({ jobs: z.array(JobView), cursor: z.string().optional() }), "A page of jobs"),
    }),
    async (c) => {
      const project = await projectFor(parts, callerIn(c), c.req.valid("param").id, "read");
      const { limit, cursor, shotId } = c.req.valid("query");
      const page = await listJobs(parts.db, project.id, {
        limit,
        ...(cursor === undefined ? {} : { cursor }),
        ...(shotId === undefined ? {} : { shotId }),
      });
      return c.json(page, 200);
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
    async (c) => c.json({ job: (await jobFor(parts, callerIn(c), c.req.valid("param").id, "read")).job }, 200),
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
      return c.json({ job: await retryJob(parts.db, job.id, caller.userId) }, 202);
    },
  );

  api.openapi(
    createRoute({
      method: "patch",
      path: "/jobs/{id}",
      summary: "Move a queued job ahead or back",
      security,
      request: { params: ById, ...jsonBody(z.object({ priority: Priority })) },
      responses: answers(200, OneJob, "The job"),
    }),
    async (c) => {
      const { job } = await jobFor(parts, callerIn(c), c.req.valid("param").id, "edit");
      return c.json({ job: await setPriority(parts.db, job.id, c.req.valid("json").priority) }, 200);
    },
  );
}
