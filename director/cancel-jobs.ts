import { listCancelling } from "#db/queries/dispatch.ts";
import { endJob } from "#db/queries/job-lease.ts";
import { isLeaseAlive } from "./lease-age.ts";
import type { Parts } from "./parts.ts";

/**
 * Sees every wish to cancel through: first the flag and the shout, then a look at the lease. An agent claims first and
 * looks for the flag then, so one of the two sees the other. With nobody at it the job ends here.
 * @returns how many ended
 */
export async function cancelJobs(parts: Parts, toldAt: Map<string, number>): Promise<number> {
  const cancelling = await listCancelling(parts.db);
  for (const id of toldAt.keys()) if (!cancelling.some((job) => job.id === id)) toldAt.delete(id);
  let ended = 0;
  for (const { id } of cancelling) {
    const now = performance.now();
    if (now - (toldAt.get(id) ?? Number.NEGATIVE_INFINITY) > 1000) {
      await parts.cancels.set(id);
      toldAt.set(id, now);
    }
    const held = await parts.leases.read(id);
    if (!isLeaseAlive(held, parts.leaseSeconds, Date.now()) && (await endJob(parts.db, id, { state: "cancelled" })))
      ended += 1;
  }
  return ended;
}
