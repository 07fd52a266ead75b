import { listCancelling } from "#db/queries/dispatch.ts";
import { endJob } from "#db/queries/job-lease.ts";
import { openLeaseWatch } from "./lease-watch.ts";
import type { Parts } from "./parts.ts";

export type Canceller = {
  /** Sees every wish to cancel through. @returns how many ended */
  run: () => Promise<number>;
};

const tellAgainMs = 1000;

/**
 * First the flag and the shout, then a look at the lease. An agent claims first and looks for the flag then, so one of
 * the two sees the other. With nobody at it the job ends here.
 */
export function openCanceller(parts: Parts): Canceller {
  const toldAt = new Map<string, number>();
  const watch = openLeaseWatch(parts.leaseSeconds);
  return {
    run: async () => {
      const cancelling = await listCancelling(parts.db);
      const ids = new Set(cancelling.map((job) => job.id));
      watch.keepOnly(ids);
      for (const id of toldAt.keys()) if (!ids.has(id)) toldAt.delete(id);
      let ended = 0;
      for (const { id, claim } of cancelling) {
        const now = performance.now();
        if (now - (toldAt.get(id) ?? Number.NEGATIVE_INFINITY) > tellAgainMs) {
          await parts.cancels.set(id);
          toldAt.set(id, now);
        }
        const held = await parts.leases.read(id);
        // Nobody was ever heard of it, and nobody has it.
        const isFree = held === null && claim === null;
        if (!isFree && watch.isAlive(id, held)) continue;
        if (await endJob(parts.db, id, { state: "cancelled" })) ended += 1;
      }
      return ended;
    },
  };
}
