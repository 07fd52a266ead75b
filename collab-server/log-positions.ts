/**
 * Which positions of a document's log this instance has. Its own rows and those of other instances come in any order;
 * only the run without a gap counts as "everything up to here".
 */
export class LogPositions {
  /** Everything up to here is had. */
  #upTo: number;
  readonly #ahead = new Set<number>();

  constructor(upTo: number) {
    this.#upTo = upTo;
  }

  get upTo(): number {
    return this.#upTo;
  }
  /** Something below what is had is missing. */
  get hasGap(): boolean {
    return this.#ahead.size > 0;
  }

  has(position: number): boolean {
    return position <= this.#upTo || this.#ahead.has(position);
  }

  add(position: number): void {
    if (position <= this.#upTo) return;
    this.#ahead.add(position);
    while (this.#ahead.delete(this.#upTo + 1)) this.#upTo += 1;
  }

  /** A snapshot brought everything up to a position at once. */
  skipTo(position: number): void {
    if (position <= this.#upTo) return;
    this.#upTo = position;
    for (const one of this.#ahead) if (one <= position) this.#ahead.delete(one);
    while (this.#ahead.delete(this.#upTo + 1)) this.#upTo += 1;
  }
}
