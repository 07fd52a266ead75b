import type { Msg } from "nats";
import type { z } from "zod";
import { StudioError } from "#domain/errors.ts";
import type { Bus } from "./connection.ts";

/** Typed core messages: parsed at the border, and what does not parse is reported and dropped. */
export type Received = { subject: string };

export type Subscription = {
  /** Handles what has arrived, then ends. */
  stop: () => Promise<void>;
};

export type SubscribeOptions = {
  /** Members of a queue group share the messages; without one, everybody gets all. */
  queue?: string;
  /** Told of messages that do not parse and handlers that throw. */
  onProblem?: (problem: { subject: string; reason: unknown }) => void;
};

export function publish<T>(bus: Bus, subject: string, message: T): void {
  if (bus.nc.isClosed()) return;
  bus.nc.publish(subject, encode(message));
}

export function subscribe<S extends z.ZodType>(
  bus: Bus,
  subject: string,
  schema: S,
  handle: (message: z.infer<S>, from: Received) => void | Promise<void>,
  options: SubscribeOptions = {},
): Subscription {
  const sub = bus.nc.subscribe(subject, options.queue === undefined ? {} : { queue: options.queue });
  const follow = async () => {
    for await (const msg of sub) {
      const parsed = schema.safeParse(decode(msg));
      if (!parsed.success) {
        options.onProblem?.({ subject: msg.subject, reason: parsed.error.issues });
        continue;
      }
      try {
        await handle(parsed.data, { subject: msg.subject });
      } catch (reason) {
        options.onProblem?.({ subject: msg.subject, reason });
      }
    }
  };
  const done = follow();
  return {
    stop: async () => {
      if (!bus.nc.isClosed() && bus.connected()) await sub.drain().catch(() => undefined);
      else sub.unsubscribe();
      await done;
    },
  };
}

/** Answers requests, several at a time. A handler that throws leaves the asker to its timeout. */
export function respond<S extends z.ZodType, R>(
  bus: Bus,
  subject: string,
  schema: S,
  handle: (request: z.infer<S>, from: Received) => Promise<R>,
  options: SubscribeOptions = {},
): Subscription {
  const answer = async (msg: Msg) => {
    const parsed = schema.safeParse(decode(msg));
    if (!parsed.success) {
      options.onProblem?.({ subject: msg.subject, reason: parsed.error.issues });
      return;
    }
    try {
      msg.respond(encode(await handle(parsed.data, { subject: msg.subject })));
    } catch (reason) {
      options.onProblem?.({ subject: msg.subject, reason });
    }
  };
  const running = new Set<Promise<void>>();
  const sub = bus.nc.subscribe(subject, {
    ...(options.queue === undefined ? {} : { queue: options.queue }),
    callback: (error, msg) => {
      if (error !== null) return;
      const one = answer(msg).finally(() => running.delete(one));
      running.add(one);
    },
  });
  return {
    stop: async () => {
      if (!bus.nc.isClosed() && bus.connected()) await sub.drain().catch(() => undefined);
      else sub.unsubscribe();
      await Promise.all(running);
    },
  };
}

/**
 * Asks one of the answerers of a subject.
 * @throws StudioError service/unavailable when nobody answers in time or the answer does not parse;
 *   request/too-large when the question is more than the broker carries
 */
export async function ask<S extends z.ZodType>(
  bus: Bus,
  subject: string,
  request: unknown,
  reply: S,
  timeoutMs = 5000,
): Promise<z.infer<S>> {
  const bytes = encode(request);
  const most = bus.nc.info?.max_payload;
  if (most !== undefined && bytes.byteLength > most)
    throw new StudioError("request/too-large", "This is more than the studio takes at once. Do it in smaller parts.");
  let msg: Msg;
  try {
    msg = await bus.nc.request(subject, bytes, { timeout: timeoutMs });
  } catch (cause) {
    throw new StudioError("service/unavailable", `Nobody answered ${subject}.`, { cause });
  }
  const parsed = reply.safeParse(decode(msg));
  if (!parsed.success)
    throw new StudioError("service/unavailable", `The answer to ${subject} does not parse.`, { cause: parsed.error });
  return parsed.data;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function encode(message: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(message));
}

/** @returns what the bytes say, or undefined, which no schema takes, when they are not JSON */
export function decode(message: { data: Uint8Array }): unknown {
  try {
    return JSON.parse(decoder.decode(message.data));
  } catch {
    return undefined;
  }
}
