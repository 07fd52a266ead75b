/** A line of server-sent events to one reader, who may be slow: what waits for it is bounded. */

export type LineEvent = { event: string; data: string; id?: string };

export type EventLine = {
  /**
   * Something of which only the newest counts (`key`), or that can be read again: what waits is dropped from the old end
   * when there is too much of it.
   */
  offer: (key: string, event: LineEvent) => void;
  has: (key: string) => boolean;
  /** What has gathered, oldest first; takes it off. */
  take: () => LineEvent[];
  readonly waiting: number;
  readonly dropped: number;
};

/** As many as a reader may be behind. */
export const mostWaiting = 100;

export function openEventLine(most = mostWaiting): EventLine {
  const waiting = new Map<string, LineEvent>();
  let dropped = 0;
  return {
    offer: (key, event) => {
      // The newest of a thing goes to the end: it is told in the order in which it came to be so.
      waiting.delete(key);
      waiting.set(key, event);
      if (waiting.size <= most) return;
      const oldest = waiting.keys().next().value;
      if (oldest !== undefined) waiting.delete(oldest);
      dropped += 1;
    },
    has: (key) => waiting.has(key),
    take: () => {
      const gathered = [...waiting.values()];
      waiting.clear();
      return gathered;
    },
    get waiting() {
      return waiting.size;
    },
    get dropped() {
      return dropped;
    },
  };
}
