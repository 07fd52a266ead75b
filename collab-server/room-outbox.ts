/**
 * What passes: cursors, drags, news of jobs. Gathered for a window in which the latest of a kind wins, then one buffer
 * for everybody in the room.
 */
import { framed, type Message } from "./frames.ts";
import type { Ticker } from "./ticker.ts";

interface Passing<Peer> {
  /** A message, or what makes it when it is time. */
  make: () => Message | null;
  /** Who sent it and needs no echo. */
  from: Peer | null;
}

export class RoomOutbox<Peer extends { sendPassing(frames: Buffer): void }> {
  readonly #ticker: Ticker;
  readonly #peers: ReadonlySet<Peer>;
  /** In the order in which each kind first came. */
  readonly #waiting = new Map<string, Passing<Peer>>();

  constructor(ticker: Ticker, peers: ReadonlySet<Peer>) {
    this.#ticker = ticker;
    this.#peers = peers;
  }

  /** @param key  a later message with the same key takes this one's place */
  put(key: string, make: () => Message | null, from: Peer | null = null): void {
    if (this.#waiting.size === 0) this.#ticker.next(() => this.#flush());
    this.#waiting.set(key, { make, from });
  }

  #flush(): void {
    const frames = [...this.#waiting.values()].flatMap(({ make, from }) => {
      const message = make();
      return message === null ? [] : [{ frame: framed(message), from }];
    });
    this.#waiting.clear();
    if (frames.length === 0) return;
    const senders = new Set(frames.map(({ from }) => from));
    const all = Buffer.concat(frames.map(({ frame }) => frame));
    for (const peer of this.#peers) {
      if (!senders.has(peer)) peer.sendPassing(all);
      else peer.sendPassing(Buffer.concat(frames.filter(({ from }) => from !== peer).map(({ frame }) => frame)));
    }
  }
}
