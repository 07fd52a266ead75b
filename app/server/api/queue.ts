import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import {
  type Called,
  cancelJobs,
  moveBefore,
  pauseQueue,
  projectsWithJobsOf,
  queuePausedAt,
  setPriority,
} from "#db/queries/queue-control.ts";
import { StudioError } from "#domain/errors.ts";
import { JobView } from "#domain/jobs/messages/views.ts";
import { jobFor, projectFor } from "../access.ts";
import { fleetNow } from "../services/fleet.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, jsonBody, optionalBody, security, type Api } from "./api.ts";
import { Priority } from "./generate.ts";

const Queue = z.object({ queue: z.object({ paused: z.boolean(), since: z.string().nullable() }) });
const CalledOff = z.object({
  /** Ended at once. */
  cancelled: z.number().int(),
  /** An agent has them; they end within seconds. */
  cancelling: z.number().int(),
});
const Move = z.union([
  z.object({ priority: Priority }).strict(),
  /** Another queued job of the film; null: behind all of them. */
  z.object({ before: z.string().min(1).max(64).nullable() }).strict(),
]);

/** What people do with a film's queue as a whole, and with a job's place in it. Editors see every change at once. */
export function queueRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "get",
      path: "/projects/{id}/queue",
      summary: "Whether a film's queue is paused",
      security,
      request: { params: ById },
      responses: answers(200, Queue, "The film's queue"),
    }),
    async (c) => {
      const project = await projectFor(parts, callerIn(c), c.req.valid("param").id, "read");
      return c.json(await viewQueue(project.id), 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/queue",
      summary: "Pause a film's queue, or let it go on; what runs goes on either way",
      security,
      request: { params: ById, ...jsonBody(z.object({ paused: z.boolean() })) },
      responses: answers(200, Queue, "The film's queue"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const project = await projectFor(parts, caller, c.req.valid("param").id, "edit");
      const agents = (await fleetNow(parts)).filter((agent) => agent.state !== "draining").length;
      const { paused } = c.req.valid("json");
      await pauseQueue(parts.db, project.id, { isPaused: paused, by: caller.userId, agents });
      return c.json(await viewQueue(project.id), 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/jobs/cancel",
      summary: "Ask all open jobs of a film to end, or with `mine` those the caller has asked for",
      security,
      request: { params: ById, ...optionalBody(z.object({ mine: z.boolean().default(false) })) },
      responses: answers(200, CalledOff, "How many have ended or will"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const project = await projectFor(parts, caller, c.req.valid("param").id, "edit");
      const { mine } = c.req.valid("json");
      return c.json(await cancelJobs(parts.db, project.id, mine ? { createdBy: caller.userId } : {}), 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/jobs/cancel",
      summary: "Ask all open jobs that the caller has asked for to end, in every film that they may edit",
      security,
      request: jsonBody(z.object({ mine: z.literal(true) })),
      responses: answers(200, CalledOff, "How many have ended or will"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const total: Called = { cancelled: 0, cancelling: 0 };
      for (const projectId of await projectsWithJobsOf(parts.db, caller.userId)) {
        const project = await projectFor(parts, caller, projectId, "edit").catch(whenMayNot);
        if (project === null) continue;
        const called = await cancelJobs(parts.db, project.id, { createdBy: caller.userId });
        total.cancelled += called.cancelled;
        total.cancelling += called.cancelling;
      }
      return c.json(total, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "patch",
      path: "/jobs/{id}",
      summary: "Move a queued job: by its urgency within the workspace, or before another of its film",
      security,
      request: { params: ById, ...jsonBody(Move) },
      responses: answers(200, z.object({ job: JobView }), "The job"),
    }),
    async (c) => {
      const { job } = await jobFor(parts, callerIn(c), c.req.valid("param").id, "edit");
      const move = c.req.valid("json");
      const moved =
        "priority" in move
          ? await setPriority(parts.db, job.id, move.priority)
          : await moveBefore(parts.db, job.id, move.before);
      return c.json({ job: moved }, 200);
    },
  );

  async function viewQueue(projectId: string): Promise<z.infer<typeof Queue>> {
    const since = await queuePausedAt(parts.db, projectId);
    return { queue: { paused: since !== null, since: since?.toISOString() ?? null } };
  }
}

/** Who has lost a film leaves its jobs to those who have it. */
function whenMayNot(error: unknown): null {
  if (error instanceof StudioError && (error.code === "thing/not-found" || error.code === "auth/forbidden"))
    return null;
  throw error;
}
