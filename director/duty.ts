import type { Log } from "./log.ts";

/** Something the director sees to now and then, one at a time. */
export type Duty = {
  /** Begins it, unless it is under way. */
  start: () => void;
  /** Resolves when it is not under way. */
  ended: () => Promise<void>;
};

export function openDuty(work: () => Promise<unknown>, problems: Problems): Duty {
  let running: Promise<void> | null = null;
  return {
    start: () => {
      running ??= work()
        .then(() => undefined, problems.say)
        .finally(() => (running = null));
    },
    ended: async () => {
      await running;
    },
  };
}

/** What goes wrong while the database or the broker is away is said once, not twice a second. */
export type Problems = { say: (error: unknown) => void; none: () => void };

export function openProblems(log: Log): Problems {
  let last = "";
  return {
    say: (error) => {
      const problem = error instanceof Error ? error.message : String(error);
      if (problem !== last) log.warn({ err: error }, "a round of decisions failed; trying again");
      last = problem;
    },
    none: () => (last = ""),
  };
}
