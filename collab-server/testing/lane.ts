/** One direction of a connection: what goes in comes out in the same order, later, or, once it is cut, never. */
import type { Dice } from "./dice.ts";

export class Lane<T> {
  readonly #dice: Dice;
  readonly #longestMs: number;
  readonly #arrive: (item: T) => void;
  readonly #queue: { item: T; dueAt: number }[] = [];
  #timer: NodeJS.Timeout | null = null;
  #lastDueAt = 0;
  #stalls = 0;
  #isCut = false;

  /** @param longestMs  a message takes up to this long */
  constructor(dice: Dice, longestMs: number, arrive: (item: T) => void) {
    this.#dice = dice;
    this.#longestMs = longestMs;
    this.#arrive = arrive;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  put(item: T): void {
    if (this.#isCut) return;
    this.#lastDueAt = Math.max(this.#lastDueAt, performance.now() + this.#dice.next() * this.#longestMs);
    this.#queue.push({ item, dueAt: this.#lastDueAt });
    this.#move();
  }

  /** Nothing comes out until it was resumed as often. */
  stall(): void {
    this.#stalls += 1;
  }
  resume(): void {
    this.#stalls -= 1;
    this.#move();
  }

  /** What is under way is lost, and whatever comes. */
  cut(): void {
    this.#isCut = true;
    this.#queue.length = 0;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #move(): void {
    const [next] = this.#queue;
    if (next === undefined || this.#timer !== null || this.#stalls > 0) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        this.#deliver();
      },
      Math.max(0, next.dueAt - performance.now()),
    );
  }

  #deliver(): void {
    const now = performance.now();
    while (this.#stalls === 0 && this.#queue[0] !== undefined && this.#queue[0].dueAt <= now)
      this.#arrive((this.#queue.shift() as { item: T }).item);
    this.#move();
  }
}
