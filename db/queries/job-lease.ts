import { and, eq, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { jobAttempts, jobs } from "#db/schema/work.ts";
import type { Id } from "#domain/ids.ts";
import type { ProgressMessage } from "#domain/jobs/messages/progress-message.ts";
import { type JobPatch, lockRow, moveJob } from "./job-moves.ts";
import { sizeOf } from "./job-sizes.ts";
import type { JobRow } from "./job-views.ts";
import { wakeDirector } from "./queue-notice.ts";

/** A job in an agent's hands: what is heard of it, taking it back, and ends without a result. */

export type ProgressOutcome = "moved" | "updated" | "ignored" | "over";

const rank = { queued: 0, leased: 1, running: 2, uploading: 3 } as const;
const underWay: readonly string[] = ["leased", "running", "uploading"];

/**
 * Takes what an agent says into the job's row. Only whoever has the job is heard: the claim that the row names, or one
 * that the lease vouches for and that has not ended. States only go forward within a claim; a new claim takes over.
 * @param isVouched  the job's lease names this claim now
 * @returns moved: the state changed and was announced; over: the job has ended, the agent should be told
 */
export async function applyProgress(
  db: DbOrTx,
  message: ProgressMessage,
  isVouched: boolean,
): Promise<ProgressOutcome> {
  return db.transaction(async (tx) => {
    const found = await lockRow(tx, message.jobId);
    if (found === null || found.finishedAt !== null) return "over";
    const isNew = message.claim !== found.claim;
    if (isNew) {
      // A claim that has said how it ended says no more; one that was only given up for lost may have come back.
      if (!isVouched || message.attempt < found.attempt || (await isEndRecorded(tx, message.jobId, message.claim)))
        return "ignored";
      await beginAttempt(tx, found, message);
    }
    const holder = { attempt: message.attempt, claim: message.claim, agentId: message.agentId };
    // A wish to cancel stays; only whose attempt it is must be known.
    if (found.state === "cancelling") {
      if (isNew) await tx.update(jobs).set(holder).where(eq(jobs.id, found.id));
      return "updated";
    }
    // Whoever had it before has lost it.
    const row = isNew && underWay.includes(found.state) ? await moveJob(tx, found, "queued", {}, quiet) : found;
    if (row === null) return "ignored";
    const known = {
      ...holder,
      stage: message.stage,
      step: message.step ?? null,
      total: message.total ?? null,
      progress: isNew ? message.fraction : Math.max(row.progress, message.fraction),
      message: message.message ?? null,
      etaSeconds: message.etaSeconds ?? null,
    };
    if (rank[message.state] <= (rank[row.state as keyof typeof rank] ?? 0)) {
      await tx.update(jobs).set(known).where(eq(jobs.id, row.id));
      return "updated";
    }
    const begins =
      message.state !== "leased" && (row.startedAt === null || row.state === "queued" || row.state === "leased");
    await stampAttempt(tx, message);
    const moved = await moveJob(tx, row, message.state, { ...known, ...(begins ? { startedAt: sql`now()` } : {}) });
    return moved === null ? "ignored" : "moved";
  });
}

const quiet = { isQuiet: true };

/** A newer attempt begins: those before it that never reported an end were lost. */
async function beginAttempt(tx: DbOrTx, row: JobRow, message: ProgressMessage): Promise<void> {
  await closeAttempts(tx, row.id, "lost");
  const begun = { agentId: message.agentId, claim: message.claim, outcome: null, finishedAt: null };
  await tx
    .insert(jobAttempts)
    .values({ jobId: row.id, attempt: message.attempt, leasedAt: sql`now()`, ...begun, ...sizeOf(row) })
    .onConflictDoUpdate({ target: [jobAttempts.jobId, jobAttempts.attempt], set: begun });
}

async function stampAttempt(tx: DbOrTx, message: ProgressMessage): Promise<void> {
  if (message.state === "leased") return;
  await tx
    .update(jobAttempts)
    .set(message.state === "running" ? { runningAt: sql`now()` } : { uploadingAt: sql`now()` })
    .where(and(eq(jobAttempts.jobId, message.jobId), eq(jobAttempts.attempt, message.attempt)));
}

/** Attempts that never reported an end end like this. */
async function closeAttempts(tx: DbOrTx, jobId: Id, outcome: "lost" | "cancelled"): Promise<void> {
  await tx
    .update(jobAttempts)
    .set({ outcome, finishedAt: sql`now()` })
    .where(and(eq(jobAttempts.jobId, jobId), isNull(jobAttempts.outcome)));
}

/**
 * Takes a job back from whoever had it.
 * @param keepsPlace  its message still lies in the work queue and will be delivered again by itself
 * @returns whether it was still as `seen`
 */
export async function returnToQueue(db: DbOrTx, seen: JobRow, keepsPlace: boolean): Promise<boolean> {
  return db.transaction(async (tx) => {
    const wasWaiting = seen.state === "queued";
    const moved = await moveJob(
      tx,
      seen,
      "queued",
      {
        ...(keepsPlace ? {} : { releasedAt: null }),
        ...(wasWaiting ? { queuedAt: seen.queuedAt } : { handovers: sql`${jobs.handovers} + 1` }),
      },
      { isQuiet: wasWaiting },
    );
    if (moved === null) return false;
    await closeAttempts(tx, seen.id, "lost");
    if (!keepsPlace) await wakeDirector(tx, [moved]);
    return true;
  });
}

/**
 * Ends a job without a result from an agent, unless it has ended or moved on meanwhile.
 * @returns whether it did
 */
export async function endJob(
  db: DbOrTx,
  jobId: Id,
  end:
    | { state: "cancelled" }
    | { state: "expired" }
    /** `detail`: for operators. */
    | { state: "failed"; code: string; message: string; detail?: string },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const row = await lockRow(tx, jobId);
    const why = whyOf(end);
    if (row === null || (await moveJob(tx, row, end.state, why)) === null) return false;
    await closeAttempts(tx, jobId, end.state === "cancelled" ? "cancelled" : "lost");
    return true;
  });
}

function whyOf(end: Parameters<typeof endJob>[2]): JobPatch {
  switch (end.state) {
    case "cancelled":
      return {};
    case "expired":
      return { errorCode: "job/expired", errorMessage: "It waited in the queue for longer than it was worth." };
    case "failed":
      return { errorCode: end.code, errorMessage: end.message, errorDetail: end.detail ?? null };
  }
}

/** How many attempts of a job ended because an agent that went away in order handed it back. */
export async function countHandedBack(db: DbOrTx, jobId: Id): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(jobAttempts)
    .where(and(eq(jobAttempts.jobId, jobId), eq(jobAttempts.outcome, "handed_back")));
  return row?.count ?? 0;
}

/** Whether it is written down how this claim ended. */
export async function isEndRecorded(db: DbOrTx, jobId: Id, claim: string): Promise<boolean> {
  const rows = await db
    .select({ attempt: jobAttempts.attempt })
    .from(jobAttempts)
    .where(and(eq(jobAttempts.jobId, jobId), eq(jobAttempts.claim, claim), sql`${jobAttempts.outcome} <> 'lost'`));
  return rows.length > 0;
}

/** Jobs that have waited in the queue for longer than they may. */
export async function listExpired(db: DbOrTx): Promise<{ id: Id; isReleased: boolean }[]> {
  return db
    .select({ id: jobs.id, isReleased: sql<boolean>`${jobs.releasedAt} is not null` })
    .from(jobs)
    .where(and(eq(jobs.state, "queued"), sql`${jobs.expiresAt} <= now()`))
    .limit(1000);
}
