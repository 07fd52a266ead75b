import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { openKeptProgress } from "#bus/kept-progress.ts";
import { subscribe } from "#bus/messages.ts";
import { newestEventPosition } from "#db/queries/event-position.ts";
import { eventsAfter, oldestEventPosition } from "#db/queries/project-events.ts";
import { AccessChange } from "#domain/collab/access-change.ts";
import { errorCodes, StudioError } from "#domain/errors.ts";
import { ProgressMessage } from "#domain/jobs/messages/progress-message.ts";
import { ProjectEvent } from "#domain/jobs/messages/project-event.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import { projectFor } from "../access.ts";
import { openEventLine } from "../services/event-line.ts";
import { openSseStream, type SseSink, Stale } from "../services/sse-stream.ts";
import type { StudioParts } from "../studio-parts.ts";
import { anError, ById, callerIn, security, type Api } from "./api.ts";

const aliveEveryMs = 15_000;
const staleAfterMs = 30_000;
/** Of one person at one app: every stream reads each event for itself. */
const mostPerPerson = 50;

/**
 * A project's events for programs: `job`, `take`, `asset` with ids, so that `Last-Event-ID` resumes without a gap, and
 * `progress` without, because only the last one matters: it begins with how far everything is now. Stored events are
 * read from Postgres, as fast as the reader takes them; the bus only says when.
 */
export function eventRoutes(api: Api, parts: StudioParts): void {
  const open = new Map<string, number>();
  const count = (userId: string, change: 1 | -1): void => {
    const now = (open.get(userId) ?? 0) + change;
    if (now > 0) open.set(userId, now);
    else open.delete(userId);
  };
  api.openapi(
    createRoute({
      method: "get",
      path: "/projects/{id}/events",
      summary: "Follow a film's jobs and takes by server-sent events; `Last-Event-ID` resumes",
      security,
      request: { params: ById, headers: z.object({ "last-event-id": z.coerce.number().int().min(0).optional() }) },
      responses: {
        200: {
          description:
            "`job`, `progress`, `take`, `asset`, `queue`; `gap` when events asked for are no longer kept (7 days): read the lists again",
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
      if ((open.get(caller.userId) ?? 0) >= mostPerPerson)
        throw new StudioError(
          "rate/limited",
          `You follow ${mostPerPerson} films' events already. Close one of these streams first.`,
        );
      c.header("X-Accel-Buffering", "no");
      c.header("Content-Type", "text/event-stream");
      const headers = new Headers(c.req.raw.headers);
      const stillMay = async (): Promise<boolean> => {
        const asking = await parts.auth.whoAsks(headers).catch(whenRefused);
        if (asking?.userId !== caller.userId) return false;
        return (await projectFor(parts, caller, project.id, "read").catch(whenRefused)) !== null;
      };
      const reader = { userId: caller.userId, stillMay };
      const followCounted = (sink: SseSink): Promise<void> => {
        count(caller.userId, 1);
        return follow(parts, reader, project.id, from, sink).finally(() => count(caller.userId, -1));
      };
      return c.body(openSseStream(followCounted, staleAfterMs));
    },
  );
}

/** Who follows. Their token, session and role are looked at again for as long as they do. */
type Reader = { userId: string; stillMay: () => Promise<boolean> };

async function follow(
  parts: StudioParts,
  reader: Reader,
  projectId: string,
  from: number,
  sink: SseSink,
): Promise<void> {
  let last = from;
  let wake: () => void = () => undefined;
  let isDirty = true;
  let isOver = false;
  let checkedAt = performance.now();
  const line = openEventLine();
  const hear = (received: unknown) => {
    const news = ProjectEvent.safeParse(received).data;
    // How the queue stands is kept nowhere, unless somebody has paused it: only the newest is worth telling.
    if (news?.type === "queue" && news.paused === undefined)
      line.offer("queue", { event: "queue", data: JSON.stringify(payloadOf(news)) });
    else isDirty = true;
    wake();
  };
  const end = () => {
    isOver = true;
    wake();
  };
  const tell = ({ preview: _preview, claim: _claim, ...progress }: ProgressMessage) => {
    line.offer(progress.jobId, { event: "progress", data: JSON.stringify(progress) });
    wake();
  };
  sink.onEnd(end);
  const lookAgain = async () => {
    checkedAt = performance.now();
    // When nobody can say, as while Postgres is away, that is no refusal; the next look tells.
    if (!(await reader.stillMay().catch(() => true))) end();
  };
  const subscriptions = [
    subscribe(parts.bus, subjects.projectEvents(projectId), z.unknown(), hear),
    subscribe(parts.bus, subjects.progressOfProject(projectId), ProgressMessage, tell),
    subscribe(parts.bus, subjects.accessChanged, AccessChange, async (change) => {
      if (change.userId === undefined || change.userId === reader.userId) await lookAgain();
    }),
  ];
  try {
    await sink.comment("open");
    // How far everything is that runs now; what is heard meanwhile is newer.
    const under = await openKeptProgress(parts.bus)
      .list(projectId)
      .catch(() => []);
    for (const progress of under) if (!line.has(progress.jobId)) tell(progress);
    // Some of what was asked for may be forgotten by now: the reader must look at the lists again.
    const oldest = await oldestEventPosition(parts.db, projectId);
    const newest = await newestEventPosition(parts.db, projectId);
    const kept = oldest === null ? newest : oldest - 1;
    if (last < kept) {
      await sink.event({ event: "gap", data: JSON.stringify({ after: last, until: kept }) });
      last = kept;
    }
    while (!isOver) {
      // Nobody tells when a session ends, and a word on the bus can get lost.
      if (performance.now() - checkedAt > aliveEveryMs) await lookAgain();
      if (isOver) break;
      const gathered = line.take();
      for (const event of gathered) await sink.event(event);
      if (isDirty) {
        isDirty = false;
        const events = await eventsAfter(parts.db, projectId, last);
        for (const { position, event } of events) {
          const data = JSON.stringify(payloadOf(event));
          await sink.event({ id: String(position), event: event.type, data });
          last = position;
        }
        if (events.length > 0) isDirty = true;
        continue;
      }
      if (line.waiting > 0) continue;
      const isQuiet = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => {
          // Looks again too: a word on the bus can get lost.
          isDirty = true;
          resolve(true);
        }, aliveEveryMs);
        wake = () => {
          clearTimeout(timer);
          resolve(false);
        };
      });
      if (isQuiet && !isOver) await sink.comment("alive");
    }
  } catch (error) {
    if (error instanceof Stale) parts.log.info({ projectId }, "a reader of events took nothing and was let go");
    throw error;
  } finally {
    await Promise.all(subscriptions.map((subscription) => subscription.stop()));
  }
}

function whenRefused(error: unknown): null {
  if (error instanceof StudioError && errorCodes[error.code].status < 500) return null;
  throw error;
}

/** The job, the take, … itself: the event's name says which it is. */
function payloadOf(event: { type: string }): unknown {
  const { type, ...rest } = event as { type: string } & Record<string, unknown>;
  return type === "queue" ? rest : (rest[type] ?? rest);
}
