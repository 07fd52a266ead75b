/**
 * One clock for all rooms: what is due goes at the same moments, every so many ms. Rooms that share a moment share a
 * commit, and one timer serves them all.
 */
import { limits } from "./limits.ts";

export class Ticker {
  everyMs: number;
  readonly #now: () => number;
  #due: (() => void)[] = [];

  constructor(everyMs: number, now: () => number) {
    this.everyMs = everyMs;
    this.#now = now;
  }

  /** Runs at the next moment; once. */
  next(run: () => void): void {
    if (this.#due.length === 0) setTimeout(() => this.#tick(), this.everyMs - (this.#now() % this.everyMs));
    this.#due.push(run);
  }

  #tick(): void {
    const due = this.#due;
    this.#due = [];
    for (const run of due) run();
  }
}

/**
 * How long edits are gathered, by how busy the process was. Most of what a crowded process does is writing to sockets,
 * and twice the window is nearly half the writes: it gives a little latency for room to breathe.
 * @param busyShare  0 to 1
 */
export function gatherMsFor(currentMs: number, busyShare: number): number {
  if (busyShare > limits.busyShare) return limits.gatherWhenBusyMs;
  // What it saves must not make it turn back at once.
  return busyShare < limits.busyShare / 2 ? limits.gatherMs : currentMs;
}
