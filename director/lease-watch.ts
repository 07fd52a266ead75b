import type { HeldLease } from "#bus/leases.ts";
import type { Id } from "#domain/ids.ts";

/** Renewals come at a third of the lease; this long without one and the agent is gone. */
const lostAfter = 1.5;

/**
 * Tells which leases still beat. Whether one does is seen by its revision, which every renewal changes, and measured by
 * our own clock alone: nobody's idea of the time of day matters. A lease that is not there is given the same patience,
 * because the broker may have lost its store and the agent is about to put it back.
 */
export type LeaseWatch = {
  /** @param held  what the broker has of it now; null when it has none */
  isAlive: (jobId: Id, held: HeldLease | null) => boolean;
  /** Forgets all others. */
  keepOnly: (jobIds: ReadonlySet<Id>) => void;
};

/** @param now  milliseconds, never going back */
export function openLeaseWatch(leaseSeconds: number, now: () => number = () => performance.now()): LeaseWatch {
  const seen = new Map<Id, { revision: number | null; since: number }>();
  return {
    isAlive: (jobId, held) => {
      if (held?.lease.released === true) return false;
      const revision = held?.revision ?? null;
      const before = seen.get(jobId);
      if (before === undefined || before.revision !== revision) {
        seen.set(jobId, { revision, since: now() });
        return true;
      }
      return now() - before.since < leaseSeconds * 1000 * lostAfter;
    },
    keepOnly: (jobIds) => {
      for (const id of seen.keys()) if (!jobIds.has(id)) seen.delete(id);
    },
  };
}
