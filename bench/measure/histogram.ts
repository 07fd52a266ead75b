import { round } from "./summary.ts";

/** Latencies in steps of 0.05 ms up to 2 s and of 5 ms up to a minute: constant memory, cheap to add to. */
export class Histogram {
  readonly #fine = new Uint32Array(40_000);
  readonly #coarse = new Uint32Array(12_000);
  #count = 0;
  #max = 0;

  get count(): number {
    return this.#count;
  }
  get max(): number {
    return this.#max;
  }

  add(ms: number): void {
    const value = Math.max(0, ms);
    this.#count += 1;
    if (value > this.#max) this.#max = value;
    const [buckets, index] =
      value < 2000 ? [this.#fine, (value * 20) | 0] : [this.#coarse, Math.min(11_999, (value / 5) | 0)];
    buckets[index] = (buckets[index] ?? 0) + 1;
  }

  /** @param share  0.99 for the 99th percentile @returns milliseconds; null when nothing was added */
  quantile(share: number): number | null {
    if (this.#count === 0) return null;
    let left = Math.ceil(this.#count * share);
    for (const [index, count] of this.#fine.entries()) {
      left -= count;
      if (left <= 0) return round((index + 0.5) / 20);
    }
    for (const [index, count] of this.#coarse.entries()) {
      left -= count;
      if (left <= 0) return index * 5;
    }
    return round(this.#max);
  }
}
