/** Something that takes its time to come, and that one may leave before it is there. */
export type Coming<T> = {
  /** Null until it is there, and once one has left. */
  readonly here: T | null;
  /**
   * Asks for it once; after it failed, anew.
   * @returns null when one has left meanwhile
   * @throws what it failed with
   */
  get(): Promise<T | null>;
  /** Leaves: stops what brings it, and throws away what is there or comes all the same. */
  dispose(): void;
};

export function coming<T extends { dispose(): void }>(bring: (signal: AbortSignal) => Promise<T>): Coming<T> {
  const leave = new AbortController();
  let here: T | null = null;
  let asked: Promise<T | null> | null = null;

  async function ask(): Promise<T | null> {
    try {
      const made = await bring(leave.signal);
      if (!leave.signal.aborted) return (here = made);
      made.dispose();
      return null;
    } catch (error) {
      if (leave.signal.aborted) return null;
      throw error;
    }
  }

  return {
    get here() {
      return here;
    },
    get() {
      if (leave.signal.aborted) return Promise.resolve(null);
      if (asked === null) {
        asked = ask();
        asked.catch(() => (asked = null));
      }
      return asked;
    },
    dispose() {
      leave.abort();
      here?.dispose();
      here = null;
    },
  };
}
