/** A response of server-sent events that waits for its reader. */
import type { LineEvent } from "./event-line.ts";

export type SseSink = {
  /** Resolves once there is room for more. @throws Stale when the reader has taken nothing for too long */
  comment: (text: string) => Promise<void>;
  event: (event: LineEvent) => Promise<void>;
  readonly isOver: boolean;
  /** Called once, when the reader is gone. */
  onEnd: (handle: () => void) => void;
};

/** The reader has not taken what was written; by `Last-Event-ID` it can go on later. */
export class Stale extends Error {}

/** Written ahead of the reader; beyond it what is told waits where it can be dropped or read again. */
const aheadBytes = 16_384;

/** @param follow  writes until it is over; when it rejects the connection breaks off */
export function openSseStream(
  follow: (sink: SseSink) => Promise<void>,
  staleAfterMs: number,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let isOver = false;
  let hasRoom: () => void = () => undefined;
  let ended: () => void = () => undefined;
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        const write = async (text: string): Promise<void> => {
          if (isOver) return;
          controller.enqueue(encoder.encode(text));
          if ((controller.desiredSize ?? 0) > 0) return;
          await new Promise<void>((resolve, reject) => {
            const timer = setTimeout(() => reject(new Stale("the reader takes nothing")), staleAfterMs);
            hasRoom = () => {
              clearTimeout(timer);
              resolve();
            };
          });
        };
        const sink: SseSink = {
          comment: (text) => write(`: ${text}\n\n`),
          event: ({ event, data, id }) =>
            write(`${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`),
          get isOver() {
            return isOver;
          },
          onEnd: (handle) => (ended = handle),
        };
        follow(sink).then(
          () => (isOver ? undefined : controller.close()),
          (error: unknown) => (isOver ? undefined : controller.error(error)),
        );
      },
      pull: () => hasRoom(),
      cancel: () => {
        isOver = true;
        hasRoom();
        ended();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: aheadBytes }),
  );
}
