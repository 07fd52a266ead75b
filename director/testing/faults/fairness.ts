import type { Snapshot } from "./snapshot.ts";

/** One workspace's turns: how many of its jobs there are, and how many were passed by more others than turns allow. */
export type Turns = { workspace: number; jobs: number; passedTooOften: number };

/** Of interactive jobs three turns in four are the first choice, of the others one. */
const turnsPerTurn = { interactive: 4 / 3, batch: 4 };

/**
 * Fairness in turns instead of seconds, so that an outage, in which nobody begins, counts for nobody, and a workspace of
 * few jobs can be judged as well as one of many. For each job: how many jobs of others came into the queue after it and
 * began before it. In weighted round robin, all weights being equal, that is at most one of each other workspace for each
 * of its own workspace's turns until its own, in its lane's share of the turns, and what was released beside it already.
 * Jobs that waited for another of their run, and those that never began, are left out.
 * @param released  how many jobs can be with the broker at once
 */
export function turns(left: Pick<Snapshot, "jobs" | "attempts">, released: number): Turns[] {
  const begun = new Map<string, number>();
  for (const { jobId, leasedAt } of left.attempts)
    begun.set(jobId, Math.min(begun.get(jobId) ?? Number.POSITIVE_INFINITY, leasedAt));
  const counted = left.jobs.flatMap((job) => {
    const at = begun.get(job.id);
    return at === undefined || job.dependsOn.length > 0 ? [] : [{ ...job, begunAt: at }];
  });
  const byWorkspace = new Map<number, Turns>();
  for (const job of counted) {
    const meanwhile = counted.filter((other) => other.begunAt >= job.createdAt && other.begunAt < job.begunAt);
    const others = meanwhile.filter((other) => other.workspace !== job.workspace);
    const ownTurns = meanwhile.length - others.length + 1;
    const rivals = new Set(others.map((other) => other.workspace)).size;
    const passedBy = others.filter((other) => other.createdAt > job.createdAt).length;
    const one = byWorkspace.get(job.workspace) ?? { workspace: job.workspace, jobs: 0, passedTooOften: 0 };
    one.jobs += 1;
    if (passedBy > ownTurns * rivals * turnsPerTurn[job.lane] + released) one.passedTooOften += 1;
    byWorkspace.set(job.workspace, one);
  }
  return [...byWorkspace.values()].sort((a, b) => a.workspace - b.workspace);
}

/**
 * Single jobs may be passed for long: those whose message went with the broker's store. A workspace is treated unfairly
 * when it is so with most of what it had.
 */
export const isPassedOver = ({ jobs, passedTooOften }: Turns): boolean => passedTooOften * 2 > jobs;
