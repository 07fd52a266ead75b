import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { publish, subscribe } from "#bus/messages.ts";
import { takeTurns } from "#bus/turn.ts";
import { type EventRange, eventsIn, readNotice, recentEvents, type StoredEvent } from "#db/queries/project-events.ts";
import { outlookOf, readQueueAhead } from "#db/queries/outlook.ts";
import { queuePlaces } from "#db/queries/positions.ts";
import { activeProjectIds } from "#db/queries/queue-audience.ts";
import type { Id } from "#domain/ids.ts";
import type { ProjectEvent } from "#domain/jobs/messages/project-event.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import type { Fleet } from "./fleet.ts";
import type { Parts } from "./parts.ts";

/** What happened while no director told it, as far as editors may have missed it. */
const catchUpSeconds = 60;
const againAfterMs = 500;
/** A broken connection is noticed late, and what was said into it is lost. */
const lateSeconds = 10;
const Missed = z.object({ seconds: z.number().min(0) });

/** Passes stored events on to every editor, in the order in which they were recorded. One of all directors does. */
export type Announcer = {
  take: (notice: string) => void;
  /** The database has not told us for a while, or never: what happened meanwhile is looked up. */
  catchUp: () => void;
  /** Whether this director tells; the queue's news are its own, too. */
  isTelling: () => boolean;
  stop: () => Promise<void>;
};

export function openAnnouncer(parts: Pick<Parts, "db" | "bus" | "log">): Announcer {
  let ranges: EventRange[] = [];
  let missedSeconds = 0;
  let running: Promise<void> | null = null;
  let isOver = false;
  const turn = takeTurns(parts.bus, "tell", `director ${process.pid}`, (idleSeconds) =>
    missed(Math.min(idleSeconds, catchUpSeconds)),
  );

  function tell(events: StoredEvent[]): void {
    for (const { projectId, event } of events) publish(parts.bus, subjects.projectEvents(projectId), event);
  }
  async function drain(): Promise<void> {
    while (!isOver && (ranges.length > 0 || missedSeconds > 0)) {
      const seconds = missedSeconds;
      const some = ranges.splice(0, 500);
      missedSeconds = 0;
      try {
        if (seconds > 0) tell(await recentEvents(parts.db, seconds));
        tell(await eventsIn(parts.db, some));
      } catch (error) {
        // They stay to be told: the database comes back.
        ranges = [...some, ...ranges];
        missedSeconds = Math.max(missedSeconds, seconds);
        parts.log.warn({ err: error }, "events could not be passed on; trying again");
        await sleep(againAfterMs);
      }
    }
  }
  function go(): void {
    running ??= drain().finally(() => (running = null));
  }
  function missed(seconds: number): void {
    missedSeconds = Math.max(missedSeconds, seconds);
    go();
  }
  const missedIfMine = (seconds: number) => {
    if (turn.isMine()) missed(Math.min(seconds + lateSeconds, catchUpSeconds));
  };
  // Whoever comes back later than this one asks for itself.
  const stopListening = parts.bus.onReconnect(missedIfMine);
  const asked = subscribe(parts.bus, subjects.eventsMissed, Missed, ({ seconds }) => missedIfMine(seconds));
  return {
    take: (notice) => {
      const range = readNotice(notice);
      if (range === null || !turn.isMine()) return;
      ranges.push(range);
      go();
    },
    catchUp: () => {
      if (turn.isMine()) missed(catchUpSeconds);
    },
    isTelling: turn.isMine,
    stop: async () => {
      isOver = true;
      stopListening();
      await asked.stop();
      await running;
      await turn.stop();
    },
  };
}

/** What was measured changes slowly, and a long queue is not foreseen anew every second. */
const foreseeEveryMs = 1000;
const foreseeLongEveryMs = 5000;
const longQueue = 1000;

/** Tells projects where their queued jobs stand, how long they wait and how many agents there are, when that changes. */
export function openQueueNews(
  parts: Pick<Parts, "db" | "bus">,
  fleet: Fleet,
  isTelling: () => boolean,
): () => Promise<void> {
  let told = new Map<string, string>();
  let toldAgents = -1;
  let waits = new Map<Id, number>();
  let foreseenAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (!isTelling()) {
      // Whoever tells next begins with everything.
      told = new Map();
      toldAgents = -1;
      return;
    }
    const agents = await fleet.list();
    const count = agents.filter((agent) => agent.state !== "draining").length;
    const places = await queuePlaces(parts.db);
    const every = places.size > longQueue ? foreseeLongEveryMs : foreseeEveryMs;
    if (places.size > 0 && performance.now() - foreseenAt >= every) {
      foreseenAt = performance.now();
      const outlook = outlookOf(await readQueueAhead(parts.db, agents, places));
      waits = new Map([...outlook].map(([jobId, { waitSeconds }]) => [jobId, coarse(waitSeconds)]));
    }
    const byProject = new Map<Id, { positions: Record<Id, number>; waits: Record<Id, number> }>();
    for (const [jobId, { projectId, position }] of places) {
      const own = byProject.get(projectId) ?? { positions: {}, waits: {} };
      byProject.set(projectId, own);
      own.positions[jobId] = position;
      const wait = waits.get(jobId);
      if (wait !== undefined) own.waits[jobId] = wait;
    }
    // Everybody hears that the fleet changed; a project whose last job left the queue hears that too.
    const audience = new Set([
      ...byProject.keys(),
      ...told.keys(),
      ...(count === toldAgents ? [] : await activeProjectIds(parts.db)),
    ]);
    const now = new Map<string, string>();
    for (const projectId of audience) {
      const event: ProjectEvent = {
        type: "queue",
        ...(byProject.get(projectId) ?? { positions: {}, waits: {} }),
        agents: count,
      };
      const text = JSON.stringify(event);
      if (byProject.has(projectId)) now.set(projectId, text);
      if (told.get(projectId) !== text) publish(parts.bus, subjects.projectEvents(projectId), event);
    }
    told = now;
    toldAgents = count;
  };
}

/** In steps that somebody who waits cares about, so that a queue that goes on as foreseen is no news every second. */
function coarse(seconds: number): number {
  const step = seconds < 60 ? 5 : seconds < 600 ? 15 : 60;
  return Math.round(seconds / step) * step;
}
