import { listReleased, removeReleased } from "#bus/job-queue.ts";
import { endRecall } from "#db/queries/release.ts";
import type { Id } from "#domain/ids.ts";
import type { Parts } from "./parts.ts";

/**
 * Takes jobs out of the work queue again, because their order has changed or their film's queue is paused. One that an
 * agent holds is left to it.
 * @returns those that wait again
 */
export async function recallJobs(parts: Parts, jobs: readonly { id: Id }[]): Promise<Set<Id>> {
  const back = new Set<Id>();
  if (jobs.length === 0) return back;
  const released = await listReleased(parts.bus);
  for (const { id } of jobs) {
    const held = await parts.leases.read(id);
    const isHeld = held !== null && held.lease.released !== true;
    if (!isHeld) {
      for (const seq of released.get(id) ?? []) await removeReleased(parts.bus, seq);
      back.add(id);
    }
    await endRecall(parts.db, id, isHeld);
  }
  return back;
}
