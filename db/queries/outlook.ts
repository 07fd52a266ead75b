import type { DbOrTx } from "#db/client.ts";
import type { Id } from "#domain/ids.ts";
import { type Measured, predictSeconds, type Work } from "#domain/jobs/estimate.ts";
import type { AgentInfo } from "#domain/jobs/messages/agent-info.ts";
import { foresee, type Outlook, type OutlookSlot } from "#domain/jobs/outlook.ts";
import { measuredHistory } from "./history.ts";
import { openWork, type OpenWork } from "./open-work.ts";
import { type QueuePlace, queuePlaces } from "./positions.ts";

/** What waits, in the order in which it is given out, and the fleet it waits for. */
export type QueueAhead = {
  slots: OutlookSlot[];
  queue: { id: Id; workspaceId: Id; capability: OpenWork["capability"]; seconds: number }[];
  /** Of what runs: how long it will still take, seconds. */
  left: Map<Id, number>;
  history: Measured[];
};

/** The fleet's work as it stands now; {@link outlookOf} says what follows from it. */
export async function readQueueAhead(
  db: DbOrTx,
  agents: readonly AgentInfo[],
  places?: ReadonlyMap<Id, QueuePlace>,
): Promise<QueueAhead> {
  const history = await measuredHistory(db);
  const work = await openWork(db);
  const standing = places ?? (await queuePlaces(db));
  const predict = predictor(history);
  const left = new Map(
    work.filter((job) => !job.isQueued).map((job) => [job.id, job.leftSeconds ?? predict(job) * (1 - job.progress)]),
  );
  const queue = work
    .flatMap((job) => {
      const place = standing.get(job.id);
      return job.isQueued && place !== undefined ? [{ job, position: place.position }] : [];
    })
    .sort((a, b) => a.position - b.position)
    .map(({ job }) => ({
      id: job.id,
      workspaceId: job.workspaceId,
      capability: job.capability,
      seconds: predict(job),
    }));
  return { slots: slotsOf(agents, left), queue, left, history };
}

/** A queue is mostly made of jobs of a few sizes. */
function predictor(history: readonly Measured[]): (work: Work) => number {
  const known = new Map<string, number>();
  return (work) => {
    const key = `${work.capability} ${work.sizeClass} ${work.units}`;
    const seconds = known.get(key) ?? predictSeconds(work, history);
    known.set(key, seconds);
    return seconds;
  };
}

export function outlookOf({ slots, queue }: Pick<QueueAhead, "slots" | "queue">): Map<Id, Outlook> {
  return foresee(slots, queue);
}

/** A slot for each job an agent works on, free when that is done, and the rest of its slots. */
function slotsOf(agents: readonly AgentInfo[], left: ReadonlyMap<Id, number>): OutlookSlot[] {
  return agents
    .filter(({ state }) => state !== "draining")
    .flatMap((agent) => {
      const capabilities = new Set(agent.engines.flatMap((engine) => engine.capabilities));
      const busy = agent.running.map(({ jobId }) => left.get(jobId) ?? 0);
      return Array.from({ length: agent.slots }, (_, index) => ({ capabilities, freeInSeconds: busy[index] ?? 0 }));
    });
}
