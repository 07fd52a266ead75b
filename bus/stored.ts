import { headers, type Msg, type MsgHdrs } from "nats";
import type { Bus } from "./connection.ts";
import { decode } from "./messages.ts";

/** What JetStream says when a message is put into a stream, and reading the newest one of a subject. */
export type Stored = { seq: number; isRepeat: boolean };

/** The stream did not take the message. */
export class Refusal extends Error {
  readonly code: number;
  constructor(code: number, description: string) {
    super(description);
    this.code = code;
  }
}

const wrongRevision = 10071;

/**
 * Puts a message into the stream that has its subject.
 * @throws Refusal when the stream does not take it; Error when no answer comes
 */
export async function store(bus: Bus, subject: string, data: Uint8Array, head?: MsgHdrs): Promise<Stored> {
  const answer = decode(await bus.requests.ask(subject, data, head)) as {
    seq?: number;
    duplicate?: boolean;
    error?: { err_code?: number; description?: string };
  };
  if (answer?.error !== undefined || answer?.seq === undefined)
    throw new Refusal(answer?.error?.err_code ?? 0, answer?.error?.description ?? `${subject} was not stored`);
  return { seq: answer.seq, isRepeat: answer.duplicate === true };
}

/**
 * As {@link store}, if the newest message of the subject is the one at `over`; null: if there is none.
 * @returns null when it is another
 */
export async function storeOver(
  bus: Bus,
  subject: string,
  data: Uint8Array,
  over: number | null,
): Promise<number | null> {
  const head = headers();
  head.set("Nats-Expected-Last-Subject-Sequence", String(over ?? 0));
  try {
    return (await store(bus, subject, data, head)).seq;
  } catch (error) {
    if (error instanceof Refusal && error.code === wrongRevision) return null;
    throw error;
  }
}

/** @returns the newest message of a subject with its place in the stream; null when there is none */
export async function newestOf(
  bus: Bus,
  stream: string,
  subject: string,
): Promise<{ data: Uint8Array; seq: number; at: Date; isMark: boolean } | null> {
  const msg: Msg = await bus.requests.ask(`$JS.API.DIRECT.GET.${stream}.${subject}`, new Uint8Array());
  const head = msg.headers;
  if (head?.code === 404) return null;
  if (head === undefined || head.code !== 0)
    throw new Error(`${subject} could not be read: ${head?.description ?? ""}`);
  return {
    data: msg.data,
    seq: Number(head.get("Nats-Sequence")),
    at: new Date(head.get("Nats-Time-Stamp")),
    // A bucket's word that the value is gone.
    isMark: head.get("KV-Operation") !== "",
  };
}
