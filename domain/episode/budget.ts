/** What a run of an episode may cost, and when it has cost that much. */
import { z } from "zod";

export const riskProfiles = ["cautious", "balanced", "daring"] as const;
export const RiskProfile = z.enum(riskProfiles);
export type RiskProfile = z.infer<typeof RiskProfile>;

/** What each profile risks where the budget does not say how many attempts there may be. */
export const riskTable = {
  /** Half of the jobs may go wrong once; the first beat that cannot be rendered ends the run. */
  cautious: { attemptsPerJob: 1.5, endsAtFailure: true },
  balanced: { attemptsPerJob: 3, endsAtFailure: false },
  /** As often as the rules for retries allow. */
  daring: { attemptsPerJob: null, endsAtFailure: false },
} as const satisfies Record<RiskProfile, { attemptsPerJob: number | null; endsAtFailure: boolean }>;

/** As an episode's row keeps it, once it is executed with one. */
export const Budget = z.object({
  risk: RiskProfile,
  /** Most attempts at all of its jobs together; null: no limit. */
  attempts: z.number().int().min(1).nullable(),
  /** Most seconds of rendering, of all attempts together; null: no limit. */
  gpuSeconds: z.number().min(0).nullable(),
});
export type Budget = z.infer<typeof Budget>;

export interface BudgetWish {
  risk?: RiskProfile | undefined;
  attempts?: number | undefined;
  gpuSeconds?: number | undefined;
}

/**
 * @param jobs   how many jobs are still to be done, parts of long beats among them
 * @param spent  attempts that were made before: a profile's come on top of them, a number somebody names has them in it
 * @returns null when nothing was wished: then only the workspace's own limits count
 */
export function budgetFor(wish: BudgetWish, jobs: number, spent = 0): Budget | null {
  const { attempts, gpuSeconds } = wish;
  if (wish.risk === undefined && attempts === undefined && gpuSeconds === undefined) return null;
  const risk = wish.risk ?? "balanced";
  const perJob = riskTable[risk].attemptsPerJob;
  return {
    risk,
    attempts: attempts ?? (perJob === null ? null : spent + Math.ceil(jobs * perJob)),
    gpuSeconds: gpuSeconds ?? null,
  };
}

/** Attempts that agents handed back unfinished are nobody's and cost nothing. */
export interface Spent {
  attempts: number;
  /** Of these, how many are under way. */
  running: number;
  /** Of rendering so far, s; attempts under way count until now. */
  gpuSeconds: number;
}

/**
 * Whether a run has to end for what it has cost.
 * @param beats  jobs that stand for beats: how many have not ended, and how many have failed for good
 * @returns why, as a sentence; null while it may go on, and when all of it has ended by itself
 */
export function overBudget(budget: Budget, spent: Spent, beats: { open: number; failed: number }): string | null {
  if (beats.open === 0) return null;
  const { attempts, gpuSeconds, risk } = budget;
  if (gpuSeconds !== null && spent.gpuSeconds >= gpuSeconds)
    return `${round(spent.gpuSeconds)} s of rendering were spent of a budget of ${round(gpuSeconds)} s.`;
  // The last attempts that the budget allows may end; what waits behind them may not begin.
  if (attempts !== null && (spent.attempts > attempts || (spent.attempts === attempts && spent.running === 0)))
    return `${spent.attempts} attempts were made of a budget of ${attempts}.`;
  if (riskTable[risk].endsAtFailure && beats.failed > 0)
    return `A beat could not be rendered, and a ${risk} run ends there.`;
  return null;
}

/** Why a budget is none for this run; null when it is one. @param spent  in the same run, before it goes on */
export function tooSmall(budget: Budget, jobs: number, spent: Omit<Spent, "running">): string | null {
  const least = spent.attempts + jobs;
  if (budget.attempts !== null && budget.attempts < least)
    return `${jobs} ${jobs === 1 ? "job takes" : "jobs take"} an attempt each${spent.attempts === 0 ? "" : `, and ${spent.attempts} were made before`}: allow at least ${least} attempts.`;
  if (budget.gpuSeconds !== null && budget.gpuSeconds <= spent.gpuSeconds)
    return `${round(spent.gpuSeconds)} s of rendering are spent already: allow more than that.`;
  return null;
}

const round = (seconds: number) => Math.round(seconds * 10) / 10;
