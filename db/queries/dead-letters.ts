import { eq } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { deadLetters } from "#db/schema/queue.ts";
import type { Id } from "#domain/ids.ts";
import { endJob } from "./job-lease.ts";

export type NewDeadLetter = {
  stream: string;
  consumer: string;
  streamSeq: number;
  jobId: Id | null;
  deliveries: number;
  payload: Uint8Array | null;
  /** For operators. */
  reason: string;
};

const mostPayload = 1_000_000;

/** Keeps what was given up, for operators to look at. */
export async function keepDeadLetter(db: DbOrTx, letter: NewDeadLetter): Promise<void> {
  const payload = letter.payload === null ? null : Buffer.from(letter.payload.subarray(0, mostPayload));
  await db.insert(deadLetters).values({ ...letter, payload, reason: letter.reason.slice(0, 8000) });
}

/**
 * Ends the job that nobody can see to any more, unless it has ended or moved on.
 * @param message  a sentence for people
 * @returns whether it did
 */
export async function endAsDead(db: DbOrTx, jobId: Id, message: string, detail: string): Promise<boolean> {
  return endJob(db, jobId, { state: "failed", code: "job/infrastructure", message, detail });
}

export async function deadLettersOf(db: DbOrTx, jobId: Id) {
  return db.select().from(deadLetters).where(eq(deadLetters.jobId, jobId));
}
