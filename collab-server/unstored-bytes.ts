/** What all rooms together have on its way to Postgres: while it is away, memory is bounded. */
export class UnstoredBytes {
  readonly #most: number;
  readonly #hold: (hold: boolean) => void;
  #bytes = 0;
  #isFull = false;

  /** @param hold  called when there is too much, and again when half of that is stored */
  constructor(most: number, hold: (hold: boolean) => void) {
    this.#most = most;
    this.#hold = hold;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(change: number): void {
    this.#bytes = Math.max(0, this.#bytes + change);
    const isFull = this.#bytes > (this.#isFull ? this.#most / 2 : this.#most);
    if (isFull === this.#isFull) return;
    this.#isFull = isFull;
    this.#hold(isFull);
  }
}
