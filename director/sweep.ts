import { isLineIdle, listReleased, removeReleased } from "#bus/job-queue.ts";
import type { HeldLease } from "#bus/leases.ts";
import { lastResultOf, recordedUpTo } from "#bus/results.ts";
import { listOut } from "#db/queries/dispatch.ts";
import {
  applyProgress,
  countHandedBack,
  endJob,
  isEndRecorded,
  listExpired,
  returnToQueue,
} from "#db/queries/job-lease.ts";
import type { JobRow } from "#db/queries/job-views.ts";
import { Capability, Lane } from "#domain/jobs/capabilities.ts";
import type { Lease } from "#domain/jobs/messages/lease.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import { maxLosses } from "#domain/jobs/retry.ts";
import { openLeaseWatch } from "./lease-watch.ts";
import type { Parts } from "./parts.ts";

/** A release, a claim or a result may be on its way: a job that moved this recently is left alone. */
const settleMs = 3000;
/** A message that has lain this long, in leases, on a line where nothing waits, will be given to nobody any more. */
const forgottenAfterLeases = 10;

export type Sweeper = {
  /** @returns how many jobs were put right */
  run: () => Promise<number>;
};

/**
 * Compares what Postgres says is out with the work queue and the leases, and takes back what was lost: agents that
 * died, messages that went with the broker's store. What runs elsewhere is left alone, and shown as running also when
 * the words that said so were lost.
 */
export function openSweeper(parts: Parts): Sweeper {
  const watch = openLeaseWatch(parts.leaseSeconds);
  const forgottenMs = forgottenAfterLeases * parts.leaseSeconds * 1000;
  let leftBefore = new Set<number>();

  return {
    run: async () => {
      let mended = await endExpired();
      const out = await listOut(parts.db);
      const released = await listReleased(parts.bus);
      const settled = out.filter((row) => row.state !== "cancelling" && outForMs(row) >= settleMs);
      watch.keepOnly(new Set(settled.map((row) => row.id)));
      const leases = await Promise.all(settled.map((row) => parts.leases.read(row.id)));
      for (const [index, row] of settled.entries())
        if (await putRight(row, leases[index] ?? null, released.get(row.id))) mended += 1;
      mended += await clearLeftovers(released, new Set(out.map((row) => row.id)));
      return mended;
    },
  };

  /**
   * @param held  its lease
   * @param seqs  its messages in the work queue
   * @returns whether there was something to put right
   */
  async function putRight(row: JobRow, held: HeldLease | null, seqs: readonly number[] | undefined): Promise<boolean> {
    const isAlive = watch.isAlive(row.id, held);
    if (held !== null && isAlive) {
      const isHeard = held.lease.claim === row.claim;
      return !isHeard && !(await isEndOnItsWay(row)) && hearLease(row, held.lease);
    }
    if (row.state === "queued") {
      if (seqs !== undefined) return outForMs(row) > forgottenMs && (await isForgotten(row)) && putBack(row, seqs);
      // Of one that nobody was heard of there is no lease to wait for.
    } else if (isAlive) return false;
    return !(await isEndOnItsWay(row)) && takeBack(row, held, seqs !== undefined);
  }

  /** Progress is said once and may be lost with the broker; the lease that beats says who is at it all the same. */
  async function hearLease(row: JobRow, { attempt, claim, agentId }: Lease): Promise<boolean> {
    const words = { state: "leased", stage: "starting", fraction: 0 } as const;
    const holder = { jobId: row.id, projectId: row.projectId, attempt, claim, agentId };
    const outcome = await applyProgress(parts.db, { v: protocolVersion, ...holder, ...words }, true);
    if (outcome !== "moved") return false;
    parts.log.warn(holder, "job found in an agent's hands: its lease beats, and nothing was heard of it");
    return true;
  }

  async function endExpired(): Promise<number> {
    let ended = 0;
    for (const { id, isReleased } of await listExpired(parts.db)) {
      if (!(await endJob(parts.db, id, { state: "expired" }))) continue;
      ended += 1;
      // Whoever is about to take it drops it.
      if (isReleased) await parts.cancels.set(id);
    }
    return ended;
  }

  /** A result that no director has recorded yet says more than a silent lease. */
  async function isEndOnItsWay(row: JobRow): Promise<boolean> {
    const last = await lastResultOf(parts.bus, row.projectId, row.id);
    if (last === null || last.seq <= (await recordedUpTo(parts.bus))) return false;
    return !(await isEndRecorded(parts.db, row.id, last.claim));
  }

  async function takeBack(row: JobRow, held: HeldLease | null, waitsInQueue: boolean): Promise<boolean> {
    const log = parts.log.child({ jobId: row.id, attempt: row.attempt, agentId: row.agentId });
    if (held !== null && held.lease.released !== true) {
      // From here on the silent holder is fenced off: its next renewal fails, and the next one need not wait.
      const fenced = await parts.leases.write(row.id, { ...held.lease, released: true }, held.revision);
      if (fenced === null) return false;
    }
    const attempts = Math.max(row.attempt, held?.lease.attempt ?? 0);
    const losses = attempts - row.failures - (await countHandedBack(parts.db, row.id));
    if (losses >= maxLosses) {
      log.warn({ losses }, "job given up: every agent that tried was lost");
      await parts.cancels.set(row.id);
      return endJob(parts.db, row.id, {
        state: "failed",
        code: "job/infrastructure",
        message: `${losses} machines that tried to render this were lost in the middle of it.`,
        detail: `the last was ${row.agentId ?? "unknown"}`,
      });
    }
    const done = await returnToQueue(parts.db, row, waitsInQueue);
    if (done) log.warn({ state: row.state, waitsInQueue }, "job taken back: nobody holds its lease");
    return done;
  }

  /** Its line hands nothing out and waits for nothing, and yet its message lies there: it is out of deliveries. */
  async function isForgotten(row: JobRow): Promise<boolean> {
    return isLineIdle(parts.bus, { capability: Capability.parse(row.capability), lane: Lane.parse(row.lane) });
  }

  async function putBack(row: JobRow, seqs: readonly number[]): Promise<boolean> {
    for (const seq of seqs) await removeReleased(parts.bus, seq);
    parts.log.warn({ jobId: row.id }, "job put back into the queue: the broker gave its message to nobody any more");
    return returnToQueue(parts.db, row, false);
  }

  /** Messages of jobs that are over, seen twice in a row: an agent that finishes its job is about to take it away itself. */
  async function clearLeftovers(released: Map<string, number[]>, openIds: Set<string>): Promise<number> {
    const left = new Set<number>();
    let cleared = 0;
    for (const [jobId, seqs] of released) {
      if (openIds.has(jobId)) continue;
      for (const seq of seqs) {
        if (!leftBefore.has(seq)) left.add(seq);
        else {
          await removeReleased(parts.bus, seq);
          cleared += 1;
        }
      }
    }
    leftBefore = left;
    return cleared;
  }
}

const outForMs = (row: JobRow): number =>
  row.releasedAt === null ? Number.POSITIVE_INFINITY : Date.now() - row.releasedAt.getTime();
