/** How an attempt ended for the agent, not for the job: `bad` may be its own fault, `full` is. */
export type AgentVerdict = "good" | "bad" | "full";

/** An agent that fails whatever it takes would use up the retries of every job: it stands back and tries again later. */
export type Breaker = {
  note: (jobId: string, verdict: AgentVerdict) => void;
  /** How long the agent should take nothing, milliseconds; 0 when it may. */
  pauseMs: () => number;
};

/** Different jobs, one after the other: a job that nobody can do is not the agent's fault. */
const badInARow = 3;
const firstPauseMs = 5000;
const longestPauseMs = 300_000;

/** @param now  milliseconds, never going back */
export function openBreaker(now: () => number = () => performance.now()): Breaker {
  const bad = new Set<string>();
  let trips = 0;
  let until = Number.NEGATIVE_INFINITY;
  return {
    note: (jobId, verdict) => {
      if (verdict === "good") {
        bad.clear();
        trips = 0;
        return;
      }
      bad.add(jobId);
      // Once it has stood back, the first job decides whether it must again.
      if (verdict !== "full" && bad.size < (trips === 0 ? badInARow : 1)) return;
      until = now() + Math.min(longestPauseMs, firstPauseMs * 2 ** trips);
      trips += 1;
      bad.clear();
    },
    pauseMs: () => Math.max(0, until - now()),
  };
}
