/**
 * Keeps one part of the studio alive: starts it, and when it ends without being asked to, starts it again after a
 * pause that doubles with every failure, so that a part that can't work doesn't eat the machine.
 */
export type Running = {
  /** Resolves with how it ended ("exit code 1", "SIGKILL"). */
  ended: Promise<string>;
  stop: () => Promise<void>;
};

export type Part<T extends Running = Running> = { name: string; start: () => Promise<T> };

export type Kept<T extends Running = Running> = {
  /** Resolves at the first successful start. @throws what `start` threw the first time */
  started: Promise<void>;
  /** The one that runs now; null between a death and the next start. */
  current: () => T | null;
  /** Ends it and starts it no more. */
  stop: () => Promise<void>;
  /** Ends it and starts it again at once (live reload). */
  restart: () => Promise<void>;
};

export type Clock = { now: () => number; sleep: (ms: number, signal: AbortSignal) => Promise<void> };

export type Report = (event: { part: string; text: string }) => void;

const firstPauseMs = 250;
const longestPauseMs = 10_000;
/** A part that ran this long is taken as healthy: the next pause is the first again. */
const healthyAfterMs = 30_000;

/** @param failures  how many starts in a row ended too soon, int >= 1; @returns milliseconds to wait */
export function pauseBeforeRestart(failures: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1));
}

export function keepRunning<T extends Running>(part: Part<T>, report: Report, clock: Clock = systemClock): Kept<T> {
  const stopping = new AbortController();
  let running: T | null = null;
  let failures = 0;
  let meant = false;
  let settle: { resolve: () => void; reject: (error: unknown) => void } | null = null;
  const started = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));

  const loop = async () => {
    while (!stopping.signal.aborted) {
      const since = clock.now();
      let end: string;
      try {
        running = await part.start();
        if (stopping.signal.aborted) break;
        settle?.resolve();
        settle = null;
        end = await running.ended;
      } catch (error) {
        end = error instanceof Error ? error.message : String(error);
        if (settle !== null) {
          settle.reject(error);
          return;
        }
      }
      running = null;
      if (stopping.signal.aborted) break;
      if (meant) {
        meant = false;
        failures = 0;
        continue;
      }
      failures = clock.now() - since >= healthyAfterMs ? 1 : failures + 1;
      const pause = pauseBeforeRestart(failures);
      report({ part: part.name, text: `ended (${end}); starting it again in ${pause / 1000} s` });
      await clock.sleep(pause, stopping.signal);
    }
    await running?.stop();
  };
  const done = loop();
  return {
    started,
    current: () => running,
    stop: async () => {
      stopping.abort();
      await running?.stop();
      await done;
    },
    restart: async () => {
      if (running === null) return;
      meant = true;
      await running.stop();
    },
  };
}

const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const timer = setTimeout(resolve, ms);
      signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
    }),
};
