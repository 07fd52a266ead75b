import { createRoute } from "@hono/zod-openapi";
import { streamSSE, type SSEStreamingApi } from "hono/streaming";
import { z } from "zod";
import { subscribe } from "#bus/messages.ts";
import { newestEventPosition } from "#db/queries/event-position.ts";
import { eventsAfter } from "#db/queries/project-events.ts";
import { AccessChange } from "#domain/collab/access-change.ts";
import { ProgressMessage } from "#domain/jobs/messages.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import { projectFor } from "../access.ts";
import type { Caller } from "../auth.ts";
import type { StudioParts } from "../studio-parts.ts";
import { anError, ById, callerIn, security, type Api } from "./api.ts";

const aliveEveryMs = 15_000;

/**
 * A project's events for programs: `job`, `take`, `asset` with ids, so that `Last-Event-ID` resumes without a gap, and
 * `progress` without, because only the last one matters. Stored events are read from Postgres; the bus only says when.
 */
export function eventRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "get",
      path: "/projects/{id}/events",
      summary: "Follow a film's jobs and takes by server-sent events; `Last-Event-ID` resumes",
      security,
      request: { params: ById, headers: z.object({ "last-event-id": z.coerce.number().int().min(0).optional() }) },
      responses: {
        200: {
          description: "`job`, `progress`, `take`, `asset`, `queue`",
          content: { "text/event-stream": { schema: z.string() } },
        },
        default: anError,
      },
    }),
    async (c) => {
      const caller = callerIn(c);
      const project = await projectFor(parts, caller, c.req.valid("param").id, "read");
      const newest = await newestEventPosition(parts.db, project.id);
      // One that is not reached yet is no position of ours: the ids of version 1 were larger.
      const from = Math.min(c.req.valid("header")["last-event-id"] ?? newest, newest);
      c.header("X-Accel-Buffering", "no");
      return streamSSE(c, (stream) => follow(parts, caller, project.id, from, stream));
    },
  );
}

async function follow(
  parts: StudioParts,
  caller: Caller,
  projectId: string,
  from: number,
  stream: SSEStreamingApi,
): Promise<void> {
  let last = from;
  let wake: () => void = () => undefined;
  let isDirty = true;
  let isOver = false;
  const nudge = () => {
    isDirty = true;
    wake();
  };
  const end = () => {
    isOver = true;
    wake();
  };
  stream.onAbort(end);
  const subscriptions = [
    subscribe(parts.bus, subjects.projectEvents(projectId), z.unknown(), nudge),
    subscribe(
      parts.bus,
      subjects.progressOfProject(projectId),
      ProgressMessage,
      async ({ preview: _preview, claim: _claim, ...progress }) => {
        if (!isOver) await stream.writeSSE({ event: "progress", data: JSON.stringify(progress) });
      },
    ),
    subscribe(parts.bus, subjects.accessChanged, AccessChange, async (change) => {
      if (change.userId !== undefined && change.userId !== caller.userId) return;
      await projectFor(parts, caller, projectId, "read").catch(end);
    }),
  ];
  try {
    await stream.write(": open\n\n");
    while (!isOver && !stream.aborted) {
      if (isDirty) {
        isDirty = false;
        const events = await eventsAfter(parts.db, projectId, last);
        for (const { position, event } of events) {
          await stream.writeSSE({ id: String(position), event: event.type, data: JSON.stringify(payloadOf(event)) });
          last = position;
        }
        if (events.length > 0) isDirty = true;
        continue;
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
          // Looks again too: a word on the bus can get lost.
          isDirty = true;
          resolve();
        }, aliveEveryMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      if (!isOver) await stream.write(": alive\n\n");
    }
  } finally {
    await Promise.all(subscriptions.map((subscription) => subscription.stop()));
  }
}

/** The job, the take, … itself: the event's name says which it is. */
function payloadOf(event: { type: string }): unknown {
  const { type, ...rest } = event as { type: string } & Record<string, unknown>;
  return type === "queue" ? rest : (rest[type] ?? rest);
}
