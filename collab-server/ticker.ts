/**
 * One clock for all rooms: what is due goes at the same moments, every so many ms. Rooms that share a moment share a
 * commit, and one timer serves them all.
 */
export class Ticker {
  readonly #everyMs: number;
  readonly #now: () => number;
  #due: (() => void)[] = [];

  constructor(everyMs: number, now: () => number) {
    this.#everyMs = everyMs;
    this.#now = now;
  }

  /** Runs at the next moment; once. */
  next(run: () => void): void {
    if (this.#due.length === 0) setTimeout(() => this.#tick(), this.#everyMs - (this.#now() % this.#everyMs));
    this.#due.push(run);
  }

  #tick(): void {
    const due = this.#due;
    this.#due = [];
    for (const run of due) run();
  }
}
