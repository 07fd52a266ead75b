import { headers } from "nats";
import type { ResultMessage as Result } from "#domain/jobs/messages/result-message.ts";
import { ResultMessage } from "#domain/jobs/messages/result-message.ts";
import { resultsStream, subjects } from "#domain/jobs/subjects.ts";
import type { Bus } from "./connection.ts";
import { decode, encode } from "./messages.ts";
import { type Pulled, pullOne, pullReady } from "./pulling.ts";
import { store } from "./stored.ts";
import { resultsConsumer } from "./topology.ts";

/** Keeps a result on the broker until a director has recorded it. A repeat within two minutes is kept once. */
export async function publishResult(bus: Bus, result: Result): Promise<void> {
  const head = headers();
  head.set("Nats-Msg-Id", `${result.jobId}:${result.claim}:done`);
  await store(bus, subjects.result(result.projectId, result.jobId), encode(result), head);
}

/** A result in a director's hands until it is recorded. */
export type TakenResult = Pick<Pulled, "deliveries" | "handBack" | "data"> & {
  seq: number;
  /** Null when it does not parse. */
  result: Result | null;
  problem: string;
  /** Recorded: it need not come again. Losing this word is no harm. */
  done: () => void;
};

/**
 * Takes the results that lie there, at most `most`, or waits for one when there is none.
 * @throws NoSuchConsumer when the stream is not there (any more)
 */
export async function takeResults(
  bus: Bus,
  options: { most: number; expiresMs: number; signal: AbortSignal },
): Promise<TakenResult[]> {
  const ready = await pullReady(bus, resultsStream, resultsConsumer, options.most);
  if (ready.length > 0) return ready.map(read);
  const one = await pullOne(bus, resultsStream, [resultsConsumer], options.expiresMs, options.signal);
  return one === null ? [] : [read(one)];
}

function read(pulled: Pulled): TakenResult {
  const parsed = ResultMessage.safeParse(decode(pulled));
  return {
    seq: pulled.seq,
    data: pulled.data,
    deliveries: pulled.deliveries,
    handBack: pulled.handBack,
    done: pulled.done,
    result: parsed.success ? parsed.data : null,
    problem: parsed.success ? "" : JSON.stringify(parsed.error.issues.slice(0, 5)),
  };
}

/** How many results no director has recorded yet. */
export async function countUnrecorded(bus: Bus): Promise<number> {
  const info = await bus.jsm.consumers.info(resultsStream, resultsConsumer);
  return info.num_pending + info.num_ack_pending;
}

/** @returns the position up to which every result is recorded */
export async function recordedUpTo(bus: Bus): Promise<number> {
  return (await bus.jsm.consumers.info(resultsStream, resultsConsumer)).ack_floor.stream_seq;
}

/** The newest result of a job that the broker keeps, recorded or not; null when there is none that can be read. */
export async function lastResultOf(
  bus: Bus,
  projectId: string,
  jobId: string,
): Promise<{ seq: number; claim: string } | null> {
  let stored;
  try {
    stored = await bus.jsm.streams.getMessage(resultsStream, { last_by_subj: subjects.result(projectId, jobId) });
  } catch (error) {
    if (isNoMessage(error)) return null;
    throw error;
  }
  const parsed = ResultMessage.safeParse(decode(stored));
  return parsed.success ? { seq: stored.seq, claim: parsed.data.claim } : null;
}

function isNoMessage(error: unknown): boolean {
  return (error as { api_error?: { err_code?: number } }).api_error?.err_code === 10037;
}
