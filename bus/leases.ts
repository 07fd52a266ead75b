import type { Id } from "#domain/ids.ts";
import { Lease } from "#domain/jobs/messages/lease.ts";
import { leaseBucket } from "#domain/jobs/subjects.ts";
import type { Bus } from "./connection.ts";
import { decode, encode } from "./messages.ts";
import { newestOf, storeOver } from "./stored.ts";

/** A lease as the broker keeps it. The revision is the fence: whoever writes must name the one it saw. */
export type HeldLease = { lease: Lease; revision: number; writtenAt: Date };

export type Leases = {
  read: (jobId: Id) => Promise<HeldLease | null>;
  /** @param over  the revision seen, null when there was none; @returns the new revision, or null when another was faster */
  write: (jobId: Id, lease: Lease, over: number | null) => Promise<number | null>;
};

export function openLeases(bus: Bus): Leases {
  const subjectOf = (jobId: Id) => `$KV.${leaseBucket}.${jobId}`;
  return {
    read: async (jobId) => {
      const entry = await newestOf(bus, `KV_${leaseBucket}`, subjectOf(jobId));
      if (entry === null || entry.isMark) return null;
      const lease = Lease.safeParse(decode(entry));
      return lease.success ? { lease: lease.data, revision: entry.seq, writtenAt: entry.at } : null;
    },
    write: (jobId, lease, over) => storeOver(bus, subjectOf(jobId), encode(lease), over),
  };
}

/** The broker's "wrong last sequence". */
export function isWrongRevision(error: unknown): boolean {
  const inner = (error as { api_error?: { err_code?: number } }).api_error;
  return inner?.err_code === 10071 || (error instanceof Error && error.message.includes("wrong last sequence"));
}
