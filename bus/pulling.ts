import { createInbox, type Msg, nanos } from "nats";
import type { Bus } from "./connection.ts";

/**
 * Messages of durable consumers. The client library's own `next()` waits on a single consumer and can't be called off;
 * this speaks JetStream's pull protocol itself. Ask `pullReady` of one consumer after the other first, and wait with
 * `pullOne` on all of them only when none has anything: whoever waits on several may be given more than it wants, and
 * every message that goes back has used up one of its deliveries.
 */
export type Pulled = {
  data: Uint8Array;
  /** @returns "" when there is no such header */
  header: (name: string) => string;
  subject: string;
  /** Position in the stream. */
  seq: number;
  /** 1 for the first delivery. */
  deliveries: number;
  /** Starts the consumer's ack wait anew. */
  working: () => void;
  /** Gives it back; it is delivered again after `delayMs`. */
  handBack: (delayMs: number) => void;
  /** Nobody shall get it again: the broker says so on the stream of dead letters. */
  refuse: () => void;
  /** Done for good, without waiting for the broker's word: when it gets lost the message comes again. */
  done: () => void;
  /** Done for good. Resolves when the broker has confirmed. @throws when it does not within 5 s */
  finish: () => Promise<void>;
};

export class NoSuchConsumer extends Error {}

/** How long the broker may take to say what it has. */
const answerMs = 2000;
/** Before a message that came to two askers is given out again: at once would be a race that it can lose for ever. */
const surplusDelayMs = 20;

/**
 * What the consumer has now, without waiting for more.
 * @param most  >= 1
 * @throws NoSuchConsumer when the stream or the consumer is not there (any more)
 */
export function pullReady(bus: Bus, stream: string, consumer: string, most: number): Promise<Pulled[]> {
  return new Promise((resolve, reject) => {
    if (bus.nc.isClosed()) return resolve([]);
    const inbox = createInbox();
    const found: Pulled[] = [];
    let over = false;
    const settle = (finish: () => void) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      forget();
      if (!bus.nc.isClosed()) sub.drain().catch(() => undefined);
      finish();
    };
    const enough = () => settle(() => resolve(found));
    // Of a consumer that is not there the broker says nothing at all.
    const silence = () => (found.length > 0 ? enough() : settle(() => reject(new NoSuchConsumer("no answer"))));
    const timer = setTimeout(silence, answerMs);
    const forget = bus.onPrepared(enough);
    const sub = bus.nc.subscribe(inbox, {
      callback: (error, msg) => {
        if (error !== null) return settle(() => reject(error));
        if (isDelivery(msg)) {
          const pulled = readDelivery(bus, msg, msg.reply);
          if (over) return pulled.handBack(surplusDelayMs);
          found.push(pulled);
          if (found.length >= most) enough();
          return;
        }
        const code = msg.headers?.code ?? 0;
        if (found.length === 0 && (code === 503 || code === 409))
          settle(() => reject(new NoSuchConsumer(`${code} ${msg.headers?.description ?? ""}`)));
        else enough();
      },
    });
    const request = new TextEncoder().encode(JSON.stringify({ batch: most, no_wait: true }));
    bus.nc.publish(nextSubject(stream, consumer), request, { reply: inbox });
  });
}

/**
 * One message from whichever consumer has one first; what arrives beyond it goes back.
 * @param expiresMs  how long to wait, >= 1000
 * @returns null when nothing came in time or `signal` was aborted
 * @throws NoSuchConsumer when the stream or a consumer is not there (any more)
 */
export function pullOne(
  bus: Bus,
  stream: string,
  consumers: string[],
  expiresMs: number,
  signal?: AbortSignal,
): Promise<Pulled | null> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true || bus.nc.isClosed()) return resolve(null);
    const inbox = createInbox();
    let over = false;
    const settle = (finish: () => void) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      signal?.removeEventListener("abort", callOff);
      forget();
      // Draining, not leaving: what is on its way must be seen to be handed back, not wait for its ack wait.
      if (!bus.nc.isClosed()) sub.drain().catch(() => undefined);
      finish();
    };
    const callOff = () => settle(() => resolve(null));
    const timer = setTimeout(callOff, expiresMs + 500);
    signal?.addEventListener("abort", callOff, { once: true });
    // A broker that comes back no longer knows of this request, and to one for a consumer that is not there it says
    // nothing at all: ask again once everything is sure to be there.
    const forget = bus.onPrepared(callOff);
    const sub = bus.nc.subscribe(inbox, {
      callback: (error, msg) => {
        if (error !== null) return settle(() => reject(error));
        if (isDelivery(msg)) {
          const pulled = readDelivery(bus, msg, msg.reply);
          if (over) pulled.handBack(surplusDelayMs);
          else settle(() => resolve(pulled));
          return;
        }
        const code = msg.headers?.code ?? 0;
        // 404 and 408: nothing there, time is up. 409: deleted, or too many waiting. 503: nobody serves this consumer.
        if (code === 503 || code === 409)
          settle(() => reject(new NoSuchConsumer(`${code} ${msg.headers?.description ?? ""}`)));
      },
    });
    const request = new TextEncoder().encode(JSON.stringify({ batch: 1, expires: nanos(expiresMs) }));
    for (const consumer of consumers) {
      bus.nc.publish(nextSubject(stream, consumer), request, { reply: inbox });
    }
  });
}

const nextSubject = (stream: string, consumer: string) => `$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`;

function isDelivery(msg: Msg): msg is Msg & { reply: string } {
  return msg.reply !== undefined && msg.reply.startsWith("$JS.ACK.");
}

function readDelivery(bus: Bus, msg: Msg, reply: string): Pulled {
  const tokens = reply.split(".");
  // $JS.ACK.<stream>.<consumer>.<deliveries>.<seq>.<consumer seq>.<time>.<pending>; newer brokers put domain and account before the stream
  const from = tokens.length >= 11 ? 4 : 2;
  const send = (text: string) => {
    if (!bus.nc.isClosed()) bus.nc.publish(reply, new TextEncoder().encode(text));
  };
  return {
    data: msg.data,
    header: (name) => msg.headers?.get(name) ?? "",
    subject: msg.subject,
    deliveries: Number(tokens[from + 2]),
    seq: Number(tokens[from + 3]),
    working: () => send("+WPI"),
    // Whole milliseconds: a delay with a fraction the broker takes for none, and gives the message back at once.
    handBack: (delayMs) => send(delayMs > 0 ? `-NAK ${JSON.stringify({ delay: nanos(Math.ceil(delayMs)) })}` : "-NAK"),
    refuse: () => send("+TERM"),
    done: () => send("+ACK"),
    finish: async () => {
      await bus.nc.request(reply, new TextEncoder().encode("+ACK"), { timeout: 5000 });
    },
  };
}
