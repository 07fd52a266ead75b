import { createInbox, type Msg, type MsgHdrs, type NatsConnection } from "nats";

/**
 * Questions to the broker on hot paths. The client's own `request()` makes an error, a timer and several promises for
 * each, which costs more than all the rest of a quick job; here one subscription and one clock serve all that are open.
 */
export type Requests = {
  /**
   * @param timeoutMs  5000 unless said
   * @throws Error when nobody serves the subject, when no answer comes in time, or when the connection is closed
   */
  ask: (subject: string, data: Uint8Array, head?: MsgHdrs, timeoutMs?: number) => Promise<Msg>;
};

type Asked = { subject: string; until: number; resolve: (msg: Msg) => void; reject: (error: Error) => void };

const usualTimeoutMs = 5000;
/** So much later than said a question may be given up. */
const lookEveryMs = 250;
const nobody = 503;

export function openRequests(nc: NatsConnection): Requests {
  const open = new Map<string, Asked>();
  const inbox = createInbox();
  let count = 0;
  let clock: NodeJS.Timeout | null = null;
  let isListening = false;

  const settle = (token: string): Asked | undefined => {
    const asked = open.get(token);
    open.delete(token);
    return asked;
  };
  const hear = (error: Error | null, msg: Msg) => {
    if (error !== null) return;
    const asked = settle(msg.subject.slice(inbox.length + 1));
    if (asked === undefined) return;
    const isUnserved = msg.data.byteLength === 0 && msg.headers?.code === nobody;
    if (isUnserved) asked.reject(new Error(`Nobody serves ${asked.subject}.`));
    else asked.resolve(msg);
  };
  const look = () => {
    const now = performance.now();
    for (const [token, asked] of open) {
      if (asked.until > now && !nc.isClosed()) continue;
      settle(token);
      asked.reject(new Error(`${asked.subject} was not answered in time.`));
    }
    if (open.size > 0 || clock === null) return;
    clearInterval(clock);
    clock = null;
  };
  return {
    ask: (subject, data, head, timeoutMs = usualTimeoutMs) =>
      new Promise((resolve, reject) => {
        if (nc.isClosed()) return reject(new Error(`${subject} cannot be asked: the connection is closed.`));
        if (!isListening) nc.subscribe(`${inbox}.*`, { callback: hear });
        isListening = true;
        const token = String(++count);
        open.set(token, { subject, until: performance.now() + timeoutMs, resolve, reject });
        clock ??= setInterval(look, lookEveryMs);
        nc.publish(subject, data, { reply: `${inbox}.${token}`, ...(head === undefined ? {} : { headers: head }) });
      }),
  };
}
