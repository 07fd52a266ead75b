import { publish } from "#bus/messages.ts";
import { queuePositions } from "#db/queries/jobs.ts";
import { type EventRange, eventsIn, readNotice, recentEvents, type StoredEvent } from "#db/queries/project-events.ts";
import { activeProjectIds, projectsOfJobs } from "#db/queries/queue-audience.ts";
import type { ProjectEvent } from "#domain/jobs/messages.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import type { Fleet } from "./fleet.ts";
import type { Parts } from "./parts.ts";

/** What happened while no director listened, as far as editors may have missed it. */
const catchUpSeconds = 60;

/** Passes stored events on to every editor, in the order in which they were recorded. */
export type Announcer = { take: (notice: string) => void; catchUp: () => Promise<void> };

export function openAnnouncer(parts: Pick<Parts, "db" | "bus" | "log">): Announcer {
  let waiting: EventRange[] = [];
  let running: Promise<void> | null = null;
  const tell = (events: StoredEvent[]) => {
    for (const { projectId, event } of events) publish(parts.bus, subjects.projectEvents(projectId), event);
  };
  const drain = async () => {
    while (waiting.length > 0) {
      const ranges = waiting.splice(0, 500);
      tell(await eventsIn(parts.db, ranges));
    }
  };
  return {
    take: (notice) => {
      const range = readNotice(notice);
      if (range === null) return;
      waiting.push(range);
      running ??= drain()
        .catch((error: unknown) => parts.log.warn({ err: error }, "events could not be passed on"))
        .finally(() => (running = null));
    },
    catchUp: async () => tell(await recentEvents(parts.db, catchUpSeconds)),
  };
}

/** Tells projects where their queued jobs stand and how many agents there are, when that has changed. */
export function openQueueNews(parts: Pick<Parts, "db" | "bus">, fleet: Fleet): () => Promise<void> {
  let told = new Map<string, string>();
  let toldAgents = -1;
  return async () => {
    const agents = (await fleet.list()).filter((agent) => agent.state !== "draining").length;
    const positions = await queuePositions(parts.db);
    const projects = await projectsOfJobs(parts.db, [...positions.keys()]);
    const byProject = new Map<string, Record<string, number>>();
    for (const [jobId, position] of positions) {
      const projectId = projects.get(jobId);
      if (projectId === undefined) continue;
      const own = byProject.get(projectId) ?? {};
      own[jobId] = position;
      byProject.set(projectId, own);
    }
    // Everybody hears that the fleet changed; a project whose last job left the queue hears that too.
    const audience = new Set([
      ...byProject.keys(),
      ...told.keys(),
      ...(agents === toldAgents ? [] : await activeProjectIds(parts.db)),
    ]);
    const now = new Map<string, string>();
    for (const projectId of audience) {
      const event: ProjectEvent = { type: "queue", positions: byProject.get(projectId) ?? {}, agents };
      const text = JSON.stringify(event);
      if (byProject.has(projectId)) now.set(projectId, text);
      if (told.get(projectId) !== text) publish(parts.bus, subjects.projectEvents(projectId), event);
    }
    told = now;
    toldAgents = agents;
  };
}
