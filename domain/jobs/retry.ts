import type { FailureKind } from "./messages.ts";

/**
 * How often an attempt may fail before the job does, by failure class. 0: trying again cannot help (bad input, a
 * missing model, a licence), so the first failure is the last. The table `retry_rules` begins with these numbers.
 */
export const retriesByKind = {
  retryable: 3,
  capacity: 3,
  infrastructure: 3,
  permanent: 0,
  "missing-model": 0,
  licence: 0,
  identity: 3,
  intent: 3,
  entity: 3,
  framing: 2,
  temporal: 2,
  uncertain: 3,
  unknown: 2,
} as const satisfies Record<FailureKind, number>;

/** Attempts of all sorts, hand-overs from dead agents included; a job that kills every agent ends here. */
export const maxAttempts = 8;

const firstDelaySeconds = 1;
const longestDelaySeconds = 60;

export type RetryDecision = { retry: true; delaySeconds: number } | { retry: false };

/**
 * @param failures  attempts that ended in a real failure, this one included, int >= 1
 * @param attempts  attempts of all sorts so far, this one included
 * @param random    in [0, 1): spreads retries of jobs that failed together
 */
export function decideRetry(kind: FailureKind, failures: number, attempts: number, random: number): RetryDecision {
  if (failures > retriesByKind[kind] || attempts >= maxAttempts) return { retry: false };
  const grown = Math.min(longestDelaySeconds, firstDelaySeconds * 2 ** (failures - 1));
  return { retry: true, delaySeconds: grown * (0.5 + random) };
}
