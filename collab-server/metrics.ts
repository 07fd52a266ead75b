/** What this process did since it began; shown at /healthz. */
export class Metrics {
  edits = 0;
  commits = 0;
  commitMs = 0;
  slowestCommitMs = 0;
  failedCommits = 0;
  refusedFrames = 0;
  badFrames = 0;
  unstoredBytes = 0;

  committed(tookMs: number): void {
    this.commits += 1;
    this.commitMs += tookMs;
    this.slowestCommitMs = Math.max(this.slowestCommitMs, tookMs);
  }

  view() {
    const rounded = (ms: number) => Math.round(ms * 100) / 100;
    return {
      edits: this.edits,
      commits: this.commits,
      meanCommitMs: this.commits === 0 ? 0 : rounded(this.commitMs / this.commits),
      slowestCommitMs: rounded(this.slowestCommitMs),
      failedCommits: this.failedCommits,
      refusedFrames: this.refusedFrames,
      badFrames: this.badFrames,
    };
  }
}
