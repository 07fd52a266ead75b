/** Holds something to a rate: fills up steadily, is spent from, and may go into debt. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #most: number;
  #tokens: number;
  #at: number;

  /** @param most  how much may be spent at once; the bucket begins full */
  constructor(perSecond: number, most: number, now: number) {
    this.#perSecond = perSecond;
    this.#most = most;
    this.#tokens = most;
    this.#at = now;
  }

  /** @returns ms until there is something in it again; 0 while there is */
  spend(tokens: number, now: number): number {
    this.#tokens = Math.min(this.#most, this.#tokens + ((now - this.#at) * this.#perSecond) / 1000) - tokens;
    this.#at = now;
    return this.#tokens > 0 ? 0 : ((1 - this.#tokens) * 1000) / this.#perSecond;
  }
}
