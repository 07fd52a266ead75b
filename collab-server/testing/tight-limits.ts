/** Limits so small that everything that depends on them happens in seconds. */
import { limits } from "../limits.ts";

type Limits = { -readonly [Name in keyof typeof limits]: number };

const tight = {
  lateCommitMs: 80,
  softBufferedBytes: 3 * 1024,
  drainedBytes: 1024,
  sliceBytes: 700,
  hardBufferedBytes: 64 * 1024,
  behindMs: 3000,
  maxRowBytes: 4 * 1024,
  maxUnstoredBytes: 24 * 1024,
  compactRows: 15,
  compactTailBytes: 8 * 1024,
  compactionRetryMs: 100,
  mergeOnJoinBytes: 3 * 1024,
  unloadAfterMs: 500,
  hibernateAfterMs: 200,
  rowsAsleep: 6,
  indexAfterQuietMs: 50,
  indexEveryMs: 150,
  gapMs: 40,
  headCheckWithoutBrokerMs: 100,
  aliveMs: 100,
  lostAfterMs: 700,
} satisfies Partial<Limits>;

/** For this process, from here on; what was made before keeps what it read. */
export function tightenLimits(): void {
  Object.assign(limits, tight);
}
