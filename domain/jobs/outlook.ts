/** When each job would begin if the queue went on as it stands: jobs go in order to whichever slot is free first. */
import type { Id } from "#domain/ids.ts";
import type { Capability } from "./capabilities.ts";

/** A place for one job at a time. */
export type OutlookSlot = {
  capabilities: ReadonlySet<Capability>;
  /** What works there now is done then; 0: it is free. */
  freeInSeconds: number;
};

/** A job that waits, and how long it would be worked on. */
export type OutlookJob = { id: Id; capability: Capability; seconds: number };

export type Outlook = { waitSeconds: number; runSeconds: number };

/**
 * @param queue  in the order in which they are given out
 * @returns      nothing of jobs that no slot can take
 */
export function foresee(slots: readonly OutlookSlot[], queue: readonly OutlookJob[]): Map<Id, Outlook> {
  const free = slots.map((slot) => slot.freeInSeconds);
  const ableTo = new Map<Capability, number[]>();
  const slotsFor = (capability: Capability): number[] => {
    const known = ableTo.get(capability);
    if (known !== undefined) return known;
    const able = slots.flatMap((slot, index) => (slot.capabilities.has(capability) ? [index] : []));
    ableTo.set(capability, able);
    return able;
  };
  const found = new Map<Id, Outlook>();
  for (const job of queue) {
    let first: number | null = null;
    for (const index of slotsFor(job.capability)) if (first === null || free[index]! < free[first]!) first = index;
    if (first === null) continue;
    const waitSeconds = free[first]!;
    free[first] = waitSeconds + job.seconds;
    found.set(job.id, { waitSeconds, runSeconds: job.seconds });
  }
  return found;
}
