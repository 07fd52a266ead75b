import { outlookOf, type QueueAhead, readQueueAhead } from "#db/queries/outlook.ts";
import type { Id } from "#domain/ids.ts";
import { isActive } from "#domain/jobs/lifecycle.ts";
import { predictSeconds, type Sized, workOf } from "#domain/jobs/estimate.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { foresee, type Outlook } from "#domain/jobs/outlook.ts";
import type { StudioParts } from "../studio-parts.ts";
import { fleetNow } from "./fleet.ts";

/** Looked at again after this; whoever asks meanwhile shares the look. */
const freshMs = 1500;

export type Estimate = {
  jobs: number;
  /** Until the first begins; null: no agent here does this now. */
  waitSeconds: number | null;
  /** From when the first begins until the last has ended. */
  renderSeconds: number;
};

export type Outlooks = {
  /** The same jobs; those that wait or run say for how long still. */
  tell: (jobs: JobView[]) => Promise<JobView[]>;
  /** What new jobs of a workspace would take, were they asked for now. */
  estimate: (workspaceId: Id, wanted: readonly Sized[]) => Promise<Estimate>;
};

/** How long things will take on this fleet, from what it has measured. */
export function openOutlooks(parts: Pick<StudioParts, "db" | "agents" | "log" | "now">): Outlooks {
  let known: { at: number; look: Promise<{ ahead: QueueAhead; outlook: Map<Id, Outlook> }> } | null = null;
  const look = () => {
    if (known !== null && parts.now() - known.at < freshMs) return known.look;
    const read = async () => {
      const ahead = await readQueueAhead(parts.db, await fleetNow(parts));
      return { ahead, outlook: outlookOf(ahead) };
    };
    const next = { at: parts.now(), look: read() };
    // What failed is not shared.
    next.look.catch(() => (known === next ? (known = null) : undefined));
    known = next;
    return next.look;
  };
  return {
    tell: async (jobs) => {
      if (!jobs.some((job) => job.state === "queued" || isActive(job.state))) return jobs;
      const { ahead, outlook } = await look();
      return jobs.map((job) => foretell(job, ahead, outlook));
    },
    estimate: async (workspaceId, wanted) => {
      const { ahead } = await look();
      const jobs = wanted.map((request, index) => {
        const work = workOf(request);
        return {
          id: `new ${index}`,
          workspaceId,
          capability: work.capability,
          seconds: predictSeconds(work, ahead.history),
        };
      });
      const queue = standInLine(ahead.queue, workspaceId, jobs);
      const seen = foresee(ahead.slots, queue);
      const own = jobs.flatMap((job) => seen.get(job.id) ?? []);
      const work = jobs.reduce((sum, job) => sum + job.seconds, 0);
      if (own.length < jobs.length) return { jobs: jobs.length, waitSeconds: null, renderSeconds: work };
      if (own.length === 0) return { jobs: 0, waitSeconds: 0, renderSeconds: 0 };
      const begin = Math.min(...own.map((one) => one.waitSeconds));
      const end = Math.max(...own.map((one) => one.waitSeconds + one.runSeconds));
      return { jobs: jobs.length, waitSeconds: begin, renderSeconds: end - begin };
    },
  };
}

function foretell(job: JobView, ahead: QueueAhead, outlook: ReadonlyMap<Id, Outlook>): JobView {
  if (job.state === "queued") {
    const seen = outlook.get(job.id);
    return seen === undefined ? job : { ...job, waitSeconds: seen.waitSeconds, etaSeconds: seen.runSeconds };
  }
  const left = ahead.left.get(job.id);
  return job.etaSeconds !== undefined || left === undefined || !isActive(job.state)
    ? job
    : { ...job, etaSeconds: left };
}

type InLine = QueueAhead["queue"][number];

/**
 * Workspaces take turns: a job that is its workspace's fifth comes after everybody's fifth, however many more some have.
 * @param jobs  new ones of one workspace, in order
 */
export function standInLine(queue: readonly InLine[], workspaceId: Id, jobs: readonly InLine[]): InLine[] {
  const count = new Map<Id, number>();
  const turns = queue.map((job) => {
    const turn = count.get(job.workspaceId) ?? 0;
    count.set(job.workspaceId, turn + 1);
    return turn;
  });
  const own = count.get(workspaceId) ?? 0;
  const out: InLine[] = [];
  let next = 0;
  jobs.forEach((job, index) => {
    const last = turns.findLastIndex((turn) => turn <= own + index);
    while (next <= last) out.push(queue[next++]!);
    out.push(job);
  });
  return [...out, ...queue.slice(next)];
}
