import { maxMessageBytes, releaseJob } from "#bus/job-queue.ts";
import { countInFlight, lastServed, listReleasable, lockForRelease, markReleased } from "#db/queries/dispatch.ts";
import { endJob } from "#db/queries/job-lease.ts";
import { inputsFor } from "#db/queries/job-inputs.ts";
import type { JobRow } from "#db/queries/job-views.ts";
import { releaseOrder } from "#domain/jobs/fair-share.ts";
import { type JobInput, JobMessage, protocolVersion } from "#domain/jobs/messages.ts";
import { type Fleet, slotsByCapability } from "./fleet.ts";
import type { Parts } from "./parts.ts";

/** Released jobs per slot: one at work and one that waits beside it. What lies deeper can still be reordered. */
const releasedPerSlot = 2;
const consideredAtOnce = 5000;

/**
 * Hands queued jobs to the work queue, fairly and only as far as capable agents have room.
 * @returns how many
 */
export async function releaseJobs(parts: Parts, fleet: Fleet): Promise<number> {
  const waiting = await listReleasable(parts.db, consideredAtOnce);
  if (waiting.length === 0) return 0;
  const slots = slotsByCapability(await fleet.list());
  const flying = await countInFlight(parts.db);
  const inFlight = new Map<string, number>();
  const byCapability = new Map<string, number>();
  for (const { workspaceId, capability, count } of flying) {
    inFlight.set(workspaceId, (inFlight.get(workspaceId) ?? 0) + count);
    byCapability.set(capability, (byCapability.get(capability) ?? 0) + count);
  }
  const served = await lastServed(parts.db, [...new Set(waiting.map((job) => job.workspaceId))]);
  let released = 0;
  for (const capability of new Set(waiting.map((job) => job.capability))) {
    const room = (slots.get(capability) ?? 0) * releasedPerSlot - (byCapability.get(capability) ?? 0);
    if (room <= 0) continue;
    const candidates = waiting
      .filter((job) => job.capability === capability)
      .map((job) => ({ ...job, createdAt: job.createdAt.getTime() }));
    const chosen = releaseOrder(candidates, { inFlight, lastServedAt: served }, room);
    released += await release(
      parts,
      chosen.map((job) => job.id),
    );
  }
  return released;
}

/** The rows stay locked until they are marked: an agent that is faster than the commit waits for it. */
async function release(parts: Parts, ids: string[]): Promise<number> {
  const unreadable: { id: string; message: string }[] = [];
  const count = await parts.db.transaction(async (tx) => {
    const rows = await lockForRelease(tx, ids);
    const released: string[] = [];
    const inputs = await inputsFor(tx, rows);
    for (const row of rows) {
      const message = describe(row, inputs.get(row.id) ?? [], parts.leaseSeconds);
      if (!message.success)
        unreadable.push({ id: row.id, message: "The job's request cannot be read by this version." });
      else if (JSON.stringify(message.data).length > maxMessageBytes(parts.bus) - 4096) {
        unreadable.push({
          id: row.id,
          message: "The job is too large to hand to an agent: fewer clips, or a shorter script.",
        });
      } else {
        // The same for a repeat after a crash between publish and commit; another one after every attempt.
        const releaseId = `${row.id}:${row.attempt}:${row.failures}`;
        const lies = await releaseJob(parts.bus, message.data, releaseId);
        if (!lies) await releaseJob(parts.bus, message.data, `${releaseId}:${Date.now()}`);
        released.push(row.id);
      }
    }
    await markReleased(tx, released);
    return released.length;
  });
  for (const { id, message } of unreadable)
    await endJob(parts.db, id, { state: "failed", code: "job/permanent", message });
  return count;
}

function describe(row: JobRow, inputs: JobInput[], leaseSeconds: number) {
  return JobMessage.safeParse({
    v: protocolVersion,
    jobId: row.id,
    projectId: row.projectId,
    workspaceId: row.workspaceId,
    ...(row.shotId === null ? {} : { shotId: row.shotId }),
    kind: row.kind,
    capability: row.capability,
    lane: row.lane,
    attemptsSoFar: row.attempt,
    handovers: row.handovers,
    ...(row.parentId === null
      ? {}
      : { part: { headJobId: row.parentId, index: row.partIndex ?? 0, count: row.partCount ?? 1 } }),
    want: {
      ...(row.engineWanted === null ? {} : { engine: row.engineWanted }),
      ...(row.modelWanted === null ? {} : { model: row.modelWanted }),
      notEngines: row.enginesTried,
    },
    leaseSeconds,
    inputs,
    request: row.request,
  });
}
