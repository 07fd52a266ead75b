import { headers, type MsgHdrs } from "nats";
import type { Id } from "#domain/ids.ts";
import type { Capability, Lane } from "#domain/jobs/capabilities.ts";
import { JobMessage } from "#domain/jobs/messages/job-message.ts";
import { consumerName, jobsStream, subjects } from "#domain/jobs/subjects.ts";
import type { Bus } from "./connection.ts";
import { decode, encode } from "./messages.ts";
import { type Pulled, pullOne, pullReady } from "./pulling.ts";
import { store } from "./stored.ts";

/** What an agent must know of a job also when it cannot read the rest of it. */
const jobHeader = "Backlot-Job";
const projectHeader = "Backlot-Project";
const attemptsHeader = "Backlot-Attempts";
const avoidHeader = "Backlot-Avoid";

type InHand = Pick<Pulled, "seq" | "deliveries" | "working" | "handBack" | "done" | "finish"> & {
  /** Agents it has failed on for reasons of their own; others should have it first. */
  avoidAgents: readonly Id[];
};

/** A released job in an agent's hands until it is finished or handed back. */
export type Delivery = InHand & { message: JobMessage };

/** A job that this version cannot read, as far as it is known whose it is. */
export type Unreadable = InHand & {
  message: null;
  jobId: Id;
  projectId: Id;
  attemptsSoFar: number;
  /** For operators: what does not parse. */
  problem: string;
};

/**
 * Puts a job on the work queue.
 * @param releaseId  the same for a repeat of the same release: the broker keeps one of them
 * @returns whether it lies in the queue now; false when the broker took it for a repeat of one that is gone
 */
export async function releaseJob(
  bus: Bus,
  message: JobMessage,
  releaseId: string,
  avoidAgents: readonly Id[] = [],
): Promise<boolean> {
  const head = headers();
  head.set(jobHeader, message.jobId);
  head.set(projectHeader, message.projectId);
  head.set(attemptsHeader, String(message.attemptsSoFar));
  if (avoidAgents.length > 0) head.set(avoidHeader, avoidAgents.join(","));
  head.set("Nats-Msg-Id", releaseId);
  const ack = await store(
    bus,
    subjects.job(message.capability, message.lane, message.workspaceId),
    encode(message),
    head,
  );
  if (!ack.isRepeat) return true;
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

export type Line = { capability: Capability; lane: Lane };

export type TakeOptions = {
  /** How many there is room for, >= 1. */
  most: number;
  /** How long to wait when there is nothing on any line, >= 1000 ms. */
  expiresMs: number;
  signal?: AbortSignal;
};

export type JobTaker = {
  /**
   * @param lines  in the order in which they are asked; earlier ones are emptied first
   * @returns none when none came in time
   * @throws NoSuchConsumer when the queue is not there (any more)
   */
  take: (lines: readonly Line[], options: TakeOptions) => Promise<(Delivery | Unreadable)[]>;
};

/** A line that was empty is not asked again for this long while others have something. */
const emptyForMs = 50;

/** An agent's way to its work: takes what lies there, line after line, and waits on all of them when all are empty. */
export function openJobTaker(bus: Bus): JobTaker {
  const emptyAt = new Map<string, number>();
  return {
    take: async (lines, { most, expiresMs, signal }) => {
      const consumers = lines.map(({ capability, lane }) => consumerName(capability, lane));
      const found: Pulled[] = [];
      for (const consumer of consumers) {
        if (found.length >= most || signal?.aborted === true) break;
        if (performance.now() - (emptyAt.get(consumer) ?? Number.NEGATIVE_INFINITY) < emptyForMs) continue;
        const wanted = most - found.length;
        const pulled = await pullReady(bus, jobsStream, consumer, wanted);
        if (pulled.length < wanted) emptyAt.set(consumer, performance.now());
        found.push(...pulled);
      }
      if (found.length === 0 && consumers.length > 0) {
        const one = await pullOne(bus, jobsStream, consumers, expiresMs, signal);
        if (one !== null) found.push(one);
        // Where there was one there may be more.
        emptyAt.clear();
      }
      return found.flatMap(read);
    },
  };
}

function read(pulled: Pulled): (Delivery | Unreadable)[] {
  const avoidAgents = pulled.header(avoidHeader).split(",").filter(Boolean);
  const message = JobMessage.safeParse(decode(pulled));
  if (message.success) return [{ ...pulled, avoidAgents, message: message.data }];
  const jobId = pulled.header(jobHeader);
  const projectId = pulled.header(projectHeader);
  if (jobId === "" || projectId === "") {
    pulled.refuse();
    return [];
  }
  const attemptsSoFar = Number(pulled.header(attemptsHeader)) || 0;
  const problem = message.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join(".")}: ${issue.message}`)
    .join("; ");
  return [{ ...pulled, avoidAgents, message: null, jobId, projectId, attemptsSoFar, problem }];
}

/** @returns whose message it is; null when nobody can tell */
export function jobOf(head: MsgHdrs | undefined): Id | null {
  const jobId = head?.get(jobHeader) ?? "";
  return jobId === "" ? null : jobId;
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
    const jobId = jobOf(stored.header);
    if (jobId !== null) found.set(jobId, [...(found.get(jobId) ?? []), stored.seq]);
    seq = stored.seq + 1;
  }
  return found;
}

/** Takes a message out of the queue; one that is gone is no error. */
export async function removeReleased(bus: Bus, seq: number): Promise<void> {
  await bus.jsm.streams.deleteMessage(jobsStream, seq).catch(() => false);
}

/** Whether nothing waits on the line and nothing of it is in anybody's hands, as far as the broker would hand it out. */
export async function isLineIdle(bus: Bus, line: Line): Promise<boolean> {
  const info = await bus.jsm.consumers.info(jobsStream, consumerName(line.capability, line.lane));
  return info.num_pending === 0 && info.num_ack_pending === 0;
}
