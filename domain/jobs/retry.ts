import type { FailureKind } from "./messages/result-message.ts";

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

/** Failures of all classes together: however often its classes allow, a job ends here. */
export const maxFailures = 8;
/** Attempts that were lost with their agents; a job that kills every agent ends here. Drains do not count. */
export const maxLosses = 8;

/** As the table `retry_rules` says; what it does not name has the numbers above. */
export type RetryRules = Partial<Record<FailureKind, number>>;

const firstDelaySeconds = 1;
const longestDelaySeconds = 60;

export type RetryDecision = { retry: true; delaySeconds: number } | { retry: false };

/**
 * @param failures  attempts that ended in a real failure, this one included, int >= 1
 * @param random    in [0, 1): spreads retries of jobs that failed together
 */
export function decideRetry(
  kind: FailureKind,
  failures: number,
  random: number,
  rules: RetryRules = {},
): RetryDecision {
  if (failures > (rules[kind] ?? retriesByKind[kind]) || failures >= maxFailures) return { retry: false };
  const grown = Math.min(longestDelaySeconds, firstDelaySeconds * 2 ** (failures - 1));
  return { retry: true, delaySeconds: grown * (0.5 + random) };
}

/** Failures that say more of the agent than of the job: another agent should have it next. */
const agentsOwn: readonly FailureKind[] = ["infrastructure", "capacity", "unknown", "missing-model"];

export function avoidsAgent(kind: FailureKind): boolean {
  return agentsOwn.includes(kind);
}
