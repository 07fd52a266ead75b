import { headers } from "nats";
import type { Id } from "#domain/ids.ts";
import type { Capability, Lane } from "#domain/jobs/capabilities.ts";
import { JobMessage } from "#domain/jobs/messages.ts";
import { consumerName, jobsStream, subjects } from "#domain/jobs/subjects.ts";
import type { Bus } from "./connection.ts";
import { decode, encode } from "./messages.ts";
import { type Pulled, pullOne } from "./pulling.ts";

const jobHeader = "Backlot-Job";

/** A released job in an agent's hands until it is finished or handed back. */
export type Delivery = { message: JobMessage } & Pick<Pulled, "seq" | "deliveries" | "working" | "handBack" | "finish">;

/**
 * Puts a job on the work queue.
 * @param releaseId  the same for a repeat of the same release: the broker keeps one of them
 * @returns whether it lies in the queue now; false when the broker took it for a repeat of one that is gone
 */
export async function releaseJob(bus: Bus, message: JobMessage, releaseId: string): Promise<boolean> {
  const head = headers();
  head.set(jobHeader, message.jobId);
  const ack = await bus.js.publish(
    subjects.job(message.capability, message.lane, message.workspaceId),
    encode(message),
    {
      msgID: releaseId,
      headers: head,
    },
  );
  if (!ack.duplicate) return true;
  try {
    await bus.jsm.streams.getMessage(jobsStream, { seq: ack.seq });
    return true;
  } catch {
    return false;
  }
}

/** The largest message the broker takes, bytes. */
export function maxMessageBytes(bus: Bus): number {
  return bus.nc.info?.max_payload ?? 1_048_576;
}

/**
 * Waits for a job on any of the given lines.
 * @returns null when none came in time; messages that do not parse are finished and reported
 */
export async function takeJob(
  bus: Bus,
  lines: readonly { capability: Capability; lane: Lane }[],
  options: { expiresMs: number; signal?: AbortSignal; onProblem?: (reason: unknown) => void },
): Promise<Delivery | null> {
  const consumers = lines.map(({ capability, lane }) => consumerName(capability, lane));
  const pulled = await pullOne(bus, jobsStream, consumers, options.expiresMs, options.signal);
  if (pulled === null) return null;
  const message = JobMessage.safeParse(decode(pulled));
  if (message.success) return { ...pulled, message: message.data };
  options.onProblem?.(message.error.issues);
  await pulled.finish();
  return null;
}

/** Every job that lies in the work queue, delivered or not, with its positions. The queue is kept short. */
export async function listReleased(bus: Bus): Promise<Map<Id, number[]>> {
  const found = new Map<Id, number[]>();
  const { state } = await bus.jsm.streams.info(jobsStream);
  let seq = state.first_seq;
  while (found.size < 100_000 && state.messages > 0 && seq <= state.last_seq) {
    let stored;
    try {
      stored = await bus.jsm.streams.getMessage(jobsStream, { seq, next_by_subj: subjects.allJobs } as unknown as {
        seq: number;
      });
    } catch {
      break;
    }
    const jobId = stored.header.get(jobHeader);
    if (jobId !== "") found.set(jobId, [...(found.get(jobId) ?? []), stored.seq]);
    seq = stored.seq + 1;
  }
  return found;
}

/** Takes a message out of the queue; one that is gone is no error. */
export async function removeReleased(bus: Bus, seq: number): Promise<void> {
  await bus.jsm.streams.deleteMessage(jobsStream, seq).catch(() => false);
}
