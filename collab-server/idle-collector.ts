/**
 * V8 collects garbage when it needs room. A process that thousands of films were opened in, and that has become quiet,
 * would keep what they left behind for ever; so it is collected when nobody is kept waiting by it.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { limits } from "./limits.ts";

export class IdleCollector {
  readonly #collect: () => void;
  #leftBehind = 0;
  /** What a collection lets go of, the next one gives back to the machine. */
  #isOnceMoreDue = false;
  #busyAt: number;
  #editsBefore = 0;

  /** @param collect  collects all garbage there is; takes tens of ms */
  constructor(now: number, collect: () => void = collectGarbage) {
    this.#busyAt = now;
    this.#collect = collect;
  }

  /** A room was put away. */
  noteLeft(): void {
    this.#leftBehind += 1;
  }

  /** @param edits  so many were made in all */
  sweep(now: number, edits: number): void {
    if (edits !== this.#editsBefore) this.#busyAt = now;
    this.#editsBefore = edits;
    const isDue = this.#leftBehind >= limits.collectAfterRooms || this.#isOnceMoreDue;
    if (!isDue || now - this.#busyAt < limits.collectAfterQuietMs) return;
    this.#isOnceMoreDue = this.#leftBehind >= limits.collectAfterRooms;
    this.#leftBehind = 0;
    this.#busyAt = now;
    this.#collect();
  }
}

/** Several times: V8 lets go of a page only once nothing was in it for a while. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") return;
  collect({ type: "major", flavor: "last-resort" });
  collect();
  collect();
}
