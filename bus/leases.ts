import type { Id } from "#domain/ids.ts";
import { Lease } from "#domain/jobs/messages/lease.ts";
import { leaseBucket } from "#domain/jobs/subjects.ts";
import { lazyBucket } from "./buckets.ts";
import type { Bus } from "./connection.ts";
import { decode, encode } from "./messages.ts";

/** A lease as the broker keeps it. The revision is the fence: whoever writes must name the one it saw. */
export type HeldLease = { lease: Lease; revision: number; writtenAt: Date };

export type Leases = {
  read: (jobId: Id) => Promise<HeldLease | null>;
  /** @param over  the revision seen, null when there was none; @returns the new revision, or null when another was faster */
  write: (jobId: Id, lease: Lease, over: number | null) => Promise<number | null>;
};

export function openLeases(bus: Bus): Leases {
  const open = lazyBucket(bus, leaseBucket);
  return {
    read: async (jobId) => {
      const entry = await (await open()).get(jobId);
      if (entry === null || entry.operation !== "PUT") return null;
      const lease = Lease.safeParse(decode({ data: entry.value }));
      return lease.success ? { lease: lease.data, revision: entry.revision, writtenAt: entry.created } : null;
    },
    write: async (jobId, lease, over) => {
      const kv = await open();
      try {
        return over === null ? await kv.create(jobId, encode(lease)) : await kv.update(jobId, encode(lease), over);
      } catch (error) {
        if (isWrongRevision(error)) return null;
        throw error;
      }
    },
  };
}

/** The broker's "wrong last sequence". */
export function isWrongRevision(error: unknown): boolean {
  const inner = (error as { api_error?: { err_code?: number } }).api_error;
  return inner?.err_code === 10071 || (error instanceof Error && error.message.includes("wrong last sequence"));
}
