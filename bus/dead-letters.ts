import { z } from "zod";
import type { Id } from "#domain/ids.ts";
import { deadStream, jobsStream } from "#domain/jobs/subjects.ts";
import type { Bus } from "./connection.ts";
import { jobOf } from "./job-queue.ts";
import { decode } from "./messages.ts";
import { pullOne } from "./pulling.ts";
import { deadConsumer } from "./topology.ts";

/** What the broker says when it gives a message up. */
const Advisory = z.object({
  type: z.string(),
  stream: z.string(),
  consumer: z.string(),
  stream_seq: z.number().int(),
  deliveries: z.number().int().default(0),
});

/** A message of the work queue that nobody will be given any more. */
export type DeadLetter = {
  stream: string;
  consumer: string;
  /** Its position there. */
  seq: number;
  deliveries: number;
  /** Null when it has none, or is gone already. */
  jobId: Id | null;
  payload: Uint8Array | null;
  why: "out of deliveries" | "refused";
};

/**
 * Waits for the next dead letter.
 * @param handle  sees to it; when it throws, the letter comes again
 * @returns whether there was one
 */
export async function takeDeadLetter(
  bus: Bus,
  handle: (letter: DeadLetter) => Promise<void>,
  options: { expiresMs: number; signal: AbortSignal },
): Promise<boolean> {
  const pulled = await pullOne(bus, deadStream, [deadConsumer], options.expiresMs, options.signal);
  if (pulled === null) return false;
  const advisory = Advisory.safeParse(decode(pulled));
  try {
    if (advisory.success && advisory.data.stream === jobsStream) {
      const { stream, consumer, stream_seq: seq, deliveries, type } = advisory.data;
      const stored = await bus.jsm.streams.getMessage(jobsStream, { seq }).catch(() => null);
      await handle({
        stream,
        consumer,
        seq,
        deliveries,
        jobId: stored === null ? null : jobOf(stored.header),
        payload: stored?.data ?? null,
        why: type.includes("terminated") ? "refused" : "out of deliveries",
      });
    }
  } catch (reason) {
    pulled.handBack(2000);
    throw reason;
  }
  await pulled.finish();
  return true;
}
