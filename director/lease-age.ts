import type { HeldLease } from "#bus/leases.ts";

/** Renewals come at a third of the lease; this long without one and the agent is gone. */
const lostAfter = 1.5;

/** @param now  milliseconds since the epoch */
export function isLeaseAlive(held: HeldLease | null, leaseSeconds: number, now: number): boolean {
  if (held === null || held.lease.released === true) return false;
  return now - held.writtenAt.getTime() < leaseSeconds * 1000 * lostAfter;
}
