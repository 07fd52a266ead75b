import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { openKeptProgress } from "#bus/kept-progress.ts";
import { listAttempts } from "#db/queries/attempts.ts";
import { StudioError } from "#domain/errors.ts";
import { AttemptView } from "#domain/jobs/attempt-view.ts";
import { AgentView, FleetView, QueueView } from "#domain/jobs/fleet-view.ts";
import { JobView } from "#domain/jobs/messages/views.ts";
import { jobFor } from "../access.ts";
import { openFleetViews } from "../services/fleet-view.ts";
import type { StudioParts } from "../studio-parts.ts";
import { anError, answers, ById, callerIn, security, type Api } from "./api.ts";

const ByAgent = z.object({ id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "letters, digits, - and _") });

export function agentRoutes(api: Api, parts: StudioParts): void {
  const views = openFleetViews(parts);
  const kept = openKeptProgress(parts.bus);

  api.openapi(
    createRoute({
      method: "get",
      path: "/agents",
      summary: "The render agents: engines, device, state, what they work on, how fast they were",
      security,
      responses: answers(200, FleetView, "Agents heard of in the last seconds; jobs in detail where you may see them"),
    }),
    async (c) => c.json(await views.fleet(callerIn(c)), 200),
  );

  for (const [verb, drain, summary, description] of [
    ["drain", true, "Let an agent finish what it has and take nothing more", "It was told; drained already is fine"],
    ["resume", false, "Let a drained agent take jobs again", "It was told; one that takes jobs already is fine"],
  ] as const) {
    api.openapi(
      createRoute({
        method: "post",
        path: `/agents/{id}/${verb}`,
        summary,
        security,
        request: { params: ByAgent },
        responses: answers(200, z.object({ agent: AgentView }), description),
      }),
      async (c) => c.json({ agent: await views.control(callerIn(c), c.req.valid("param").id, drain) }, 200),
    );
  }

  api.openapi(
    createRoute({
      method: "get",
      path: "/queue",
      summary: "How much waits and runs, and for how long, by capability and by workspace",
      security,
      responses: answers(200, QueueView, "Your own workspaces by name, the others as one number"),
    }),
    async (c) => c.json(await views.queue(callerIn(c)), 200),
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/jobs/{id}/attempts",
      summary: "How a job went: every try with its agent, engine, times and how it ended",
      security,
      request: { params: ById },
      responses: answers(200, z.object({ job: JobView, attempts: z.array(AttemptView) }), "The first try first"),
    }),
    async (c) => {
      const { job } = await jobFor(parts, callerIn(c), c.req.valid("param").id, "read");
      return c.json({ job, attempts: await listAttempts(parts.db, job.id) }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/jobs/{id}/preview",
      summary: "The newest live picture of a job that runs",
      security,
      request: { params: ById },
      responses: {
        200: { description: "A small JPEG", content: { "image/jpeg": { schema: z.string() } } },
        default: anError,
      },
    }),
    async (c) => {
      const { job } = await jobFor(parts, callerIn(c), c.req.valid("param").id, "read");
      const live = await kept.read(job.projectId, job.id).catch(() => null);
      if (live?.preview === undefined)
        throw new StudioError("thing/not-found", "There is no live picture of this job now.");
      return c.body(Buffer.from(live.preview, "base64"), 200, { "content-type": "image/jpeg" });
    },
  );
}
