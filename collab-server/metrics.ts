/** What this process did since it began, for `/healthz` and `/metrics`. */

/** Upper bounds, ms. */
const commitBounds = [0.5, 1, 2, 5, 10, 25, 50, 100, 250, 1000, 5000] as const;
const rateWindowMs = 10_000;

/** Counts, and tells how many there were a second lately. */
class Counter {
  total = 0;
  #before = { total: 0, at: performance.now() };
  #last = { total: 0, at: performance.now() };

  count(): void {
    this.total += 1;
  }

  perSecond(now = performance.now()): number {
    if (now - this.#last.at >= rateWindowMs) {
      this.#before = this.#last;
      this.#last = { total: this.total, at: now };
    }
    const seconds = (now - this.#before.at) / 1000;
    return seconds <= 0 ? 0 : Math.round(((this.total - this.#before.total) / seconds) * 10) / 10;
  }
}

export class Metrics {
  readonly edits = new Counter();
  commits = 0;
  commitMs = 0;
  slowestCommitMs = 0;
  failedCommits = 0;
  refusedFrames = 0;
  badFrames = 0;
  readonly #commitsUpTo: number[] = commitBounds.map(() => 0);

  committed(tookMs: number): void {
    this.commits += 1;
    this.commitMs += tookMs;
    this.slowestCommitMs = Math.max(this.slowestCommitMs, tookMs);
    const at = commitBounds.findIndex((bound) => tookMs <= bound);
    if (at >= 0) this.#commitsUpTo[at] = (this.#commitsUpTo[at] ?? 0) + 1;
  }

  view() {
    const rounded = (ms: number) => Math.round(ms * 100) / 100;
    return {
      edits: this.edits.total,
      editsPerSecond: this.edits.perSecond(),
      commits: this.commits,
      meanCommitMs: this.commits === 0 ? 0 : rounded(this.commitMs / this.commits),
      p99CommitMs: this.#quantile(0.99),
      slowestCommitMs: rounded(this.slowestCommitMs),
      failedCommits: this.failedCommits,
      refusedFrames: this.refusedFrames,
      badFrames: this.badFrames,
    };
  }

  /** The histogram in Prometheus' text form. */
  commitHistogram(name: string): string[] {
    let sum = 0;
    const buckets = commitBounds.map((bound, index) => {
      sum += this.#commitsUpTo[index] ?? 0;
      return `${name}_bucket{le="${bound / 1000}"} ${sum}`;
    });
    return [
      `# TYPE ${name} histogram`,
      ...buckets,
      `${name}_bucket{le="+Inf"} ${this.commits}`,
      `${name}_sum ${this.commitMs / 1000}`,
      `${name}_count ${this.commits}`,
    ];
  }

  /** The upper bound below which that share of the commits took. */
  #quantile(share: number): number {
    let sum = 0;
    for (const [index, bound] of commitBounds.entries()) {
      sum += this.#commitsUpTo[index] ?? 0;
      if (sum >= share * this.commits) return bound;
    }
    return Math.round(this.slowestCommitMs);
  }
}
