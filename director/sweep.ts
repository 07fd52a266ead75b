import { listReleased, removeReleased } from "#bus/job-queue.ts";
import { countUnrecorded } from "#bus/results.ts";
import { listOut } from "#db/queries/dispatch.ts";
import { endJob, returnToQueue } from "#db/queries/job-lease.ts";
import type { JobRow } from "#db/queries/job-views.ts";
import { maxAttempts } from "#domain/jobs/retry.ts";
import { isLeaseAlive } from "./lease-age.ts";
import type { Parts } from "./parts.ts";

/** A release, a claim or a result may be on its way: a job that moved this recently is left alone. */
const settleMs = 3000;

/**
 * Compares what Postgres says is out with the work queue and the leases, and takes back what was lost: agents that
 * died, messages that went with the broker's store. What runs elsewhere is left alone.
 * @returns how many jobs were put right
 */
export async function sweep(parts: Parts): Promise<number> {
  let mended = 0;
  const out = await listOut(parts.db);
  const released = await listReleased(parts.bus);
  const openIds = new Set(out.map((row) => row.id));
  for (const row of out) {
    if (row.state === "cancelling") continue;
    if (row.releasedAt !== null && Date.now() - row.releasedAt.getTime() < settleMs) continue;
    const held = await parts.leases.read(row.id);
    if (isLeaseAlive(held, parts.leaseSeconds, Date.now())) continue;
    const waitsInQueue = released.has(row.id);
    if (row.state === "queued" && waitsInQueue) continue;
    // A result that no director has read yet says more than a silent lease.
    if ((await countUnrecorded(parts.bus)) > 0) return mended;
    if (await takeBack(parts, row, waitsInQueue)) mended += 1;
  }
  mended += await clearLeftovers(parts, released, openIds);
  return mended;
}

async function takeBack(parts: Parts, row: JobRow, waitsInQueue: boolean): Promise<boolean> {
  const log = parts.log.child({ jobId: row.id, attempt: row.attempt, agentId: row.agentId });
  if (row.attempt >= maxAttempts) {
    log.warn("job given up: every agent that tried was lost");
    await parts.cancels.set(row.id);
    const message = `${row.attempt} attempts were lost with their agents; the last was on ${row.agentId ?? "an unknown agent"}.`;
    return endJob(parts.db, row.id, { state: "failed", code: "job/infrastructure", message });
  }
  const done = await returnToQueue(parts.db, row, waitsInQueue);
  if (done) log.warn({ state: row.state, waitsInQueue }, "job taken back: nobody holds its lease");
  return done;
}

const seenBefore = new WeakMap<Parts, Set<number>>();

/**
 * Messages of jobs that are over, seen twice in a row: an agent that finishes its job is about to take it away itself.
 */
async function clearLeftovers(parts: Parts, released: Map<string, number[]>, openIds: Set<string>): Promise<number> {
  const before = seenBefore.get(parts) ?? new Set<number>();
  const left = new Set<number>();
  let cleared = 0;
  for (const [jobId, seqs] of released) {
    if (openIds.has(jobId)) continue;
    for (const seq of seqs) {
      if (!before.has(seq)) left.add(seq);
      else {
        await removeReleased(parts.bus, seq);
        cleared += 1;
      }
    }
  }
  seenBefore.set(parts, left);
  return cleared;
}
