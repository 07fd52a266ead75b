import type { ProgressMessage } from "#domain/jobs/messages/progress-message.ts";
import type { Progress } from "./engine-messages.ts";
import type { ProgressReport } from "./progress-report.ts";

/**
 * Waits a moment before it says that an attempt has come to a new state: one that is over by then, or further on, need
 * not be told, and a flood of tiny jobs is not a flood of words.
 */
export function withPatience(report: ProgressReport): ProgressReport & {
  enterSoon: (state: ProgressMessage["state"], progress: Progress, afterMs: number) => void;
} {
  let waiting: { timer: NodeJS.Timeout; say: () => void } | null = null;
  const forget = () => {
    if (waiting !== null) clearTimeout(waiting.timer);
    waiting = null;
  };
  const sayNow = () => {
    const say = waiting?.say;
    forget();
    say?.();
  };
  return {
    enterSoon: (state, progress, afterMs) => {
      forget();
      waiting = { say: () => report.enter(state, progress), timer: setTimeout(sayNow, afterMs) };
    },
    enter: (state, progress) => {
      forget();
      report.enter(state, progress);
    },
    update: (progress) => {
      sayNow();
      report.update(progress);
    },
    preview: (jpeg) => {
      sayNow();
      report.preview(jpeg);
    },
    stop: () => {
      forget();
      report.stop();
    },
  };
}
