import { setTimeout as sleep } from "node:timers/promises";
import { type DeadLetter, takeDeadLetter } from "#bus/dead-letters.ts";
import { removeReleased } from "#bus/job-queue.ts";
import { NoSuchConsumer } from "#bus/pulling.ts";
import { endAsDead, keepDeadLetter } from "#db/queries/dead-letters.ts";
import type { Parts } from "./parts.ts";

const waitMs = 25_000;

/** Ends jobs that the broker will hand to nobody any more, and keeps what was seen, until `signal` aborts. */
export async function handleDeadLetters(parts: Parts, signal: AbortSignal, changed: () => void): Promise<void> {
  while (!signal.aborted) {
    try {
      await takeDeadLetter(
        parts.bus,
        async (letter) => {
          if (await bury(parts, letter)) changed();
        },
        { expiresMs: waitMs, signal },
      );
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof NoSuchConsumer))
        parts.log.warn({ err: error }, "a dead letter could not be seen to; it comes again");
      await sleep(500, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** @returns whether its job ended with it */
async function bury(parts: Parts, letter: DeadLetter): Promise<boolean> {
  const { stream, consumer, seq, deliveries, jobId, payload, why } = letter;
  const reason = `${why} after ${deliveries} deliveries on ${stream}/${consumer}, message ${seq}`;
  parts.log.error({ jobId, reason }, "a dead letter");
  await keepDeadLetter(parts.db, { stream, consumer, streamSeq: seq, jobId, deliveries, payload, reason });
  // Somebody may be at the job by another message of it: then its lease decides what becomes of it.
  const held = jobId === null ? null : await parts.leases.read(jobId);
  const isHeld = held !== null && held.lease.released !== true;
  const message = `No machine that renders would take this: it was handed out ${deliveries} times.`;
  const ended = jobId !== null && !isHeld && (await endAsDead(parts.db, jobId, message, reason));
  await removeReleased(parts.bus, seq);
  return ended;
}
