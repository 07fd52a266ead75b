import { sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import type { Id } from "#domain/ids.ts";
import { Capability, Lane } from "#domain/jobs/capabilities.ts";

/** Postgres channel that wakes the director: something was queued, cancelled or reordered. */
export const jobsChannel = "jobs";

/** Where in the queue something new waits. */
export type QueuedAt = { capability: Capability; lane: Lane; projectId: Id; workspaceId: Id };

/** What a notice says: lines with something new; that the order is another; or, with neither, look everywhere. */
export type QueueNotice = { lines: QueuedAt[]; isReordered: boolean };

/** A notice has room for 8,000 bytes; a line takes 110. */
const linesAtOnce = 50;

/**
 * Wakes the director when the transaction commits.
 * @param queued  the jobs that wait now; without it the director looks through the queue
 */
export async function wakeDirector(
  tx: DbOrTx,
  queued: readonly { capability: string; lane: string; projectId: Id; workspaceId: Id }[] = [],
): Promise<void> {
  await notify(tx, noticeOf(queued));
}

/** What is said on the channel of jobs that wait now. */
export function noticeOf(
  queued: readonly { capability: string; lane: string; projectId: Id; workspaceId: Id }[],
): string {
  const lines = new Set(queued.map((job) => [job.capability, job.lane, job.projectId, job.workspaceId].join(" ")));
  return lines.size > linesAtOnce ? "" : [...lines].join("\n");
}

/** As {@link wakeDirector}. @param lines  as a notice says them, one below the other */
export async function wakeForLines(tx: DbOrTx, lines: string): Promise<void> {
  await notify(tx, lines.split("\n").length > linesAtOnce ? "" : lines);
}

/** Wakes the director, and has it tell at once where everything stands now. */
export async function wakeForOrder(tx: DbOrTx): Promise<void> {
  await notify(tx, "order");
}

async function notify(tx: DbOrTx, payload: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${jobsChannel}, ${payload})`);
}

export function readQueueNotice(payload: string): QueueNotice {
  if (payload === "order") return { lines: [], isReordered: true };
  const lines = payload.split("\n").flatMap((text) => {
    const [capability, lane, projectId, workspaceId] = text.split(" ");
    const known = { capability: Capability.safeParse(capability), lane: Lane.safeParse(lane) };
    if (!known.capability.success || !known.lane.success || projectId === undefined || workspaceId === undefined)
      return [];
    return [{ capability: known.capability.data, lane: known.lane.data, projectId, workspaceId }];
  });
  return { lines, isReordered: false };
}
