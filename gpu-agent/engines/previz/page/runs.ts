/**
 * The runs that the page works at: one at a time, for all of them draw on one canvas. One that is called off is not
 * begun any more; one that is being worked at is told when it asks whether it may go on, and the next one waits for it.
 */
export type Runs = {
  /** @param upTo  so many pictures may be sent before more are asked for; `work` must not reject */
  begin(run: number, upTo: number, work: () => Promise<void>): void;
  more(run: number, upTo: number): void;
  stop(run: number): void;
  /** Whether anybody still wants what comes of a run. */
  isWanted(run: number): boolean;
  /** Waits until picture `index` may be sent. @returns false when the run was called off */
  mayGoOn(run: number, index: number): Promise<boolean>;
};

type Gate = { upTo: number; wake: () => void };

export function createRuns(): Runs {
  const gates = new Map<number, Gate>();
  let before = Promise.resolve();
  return {
    begin(run, upTo, work) {
      const gate: Gate = { upTo, wake: () => {} };
      gates.set(run, gate);
      before = before.then(async () => {
        if (gates.get(run) !== gate) return;
        try {
          await work();
        } finally {
          if (gates.get(run) === gate) gates.delete(run);
        }
      });
    },
    more(run, upTo) {
      const gate = gates.get(run);
      if (gate === undefined) return;
      gate.upTo = upTo;
      gate.wake();
    },
    stop(run) {
      const gate = gates.get(run);
      gates.delete(run);
      gate?.wake();
    },
    isWanted: (run) => gates.has(run),
    async mayGoOn(run, index) {
      for (;;) {
        const gate = gates.get(run);
        if (gate === undefined) return false;
        if (index < gate.upTo) return true;
        await new Promise<void>((resolve) => {
          gate.wake = resolve;
        });
      }
    },
  };
}
