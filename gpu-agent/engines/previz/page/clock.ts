import type { PageTimes } from "../protocol.ts";

type Part = Exclude<keyof PageTimes, "total">;

/** Adds up where the time goes. */
export function openClock() {
  const began = performance.now();
  const spent: Record<Part, number> = { build: 0, draw: 0, read: 0, wait: 0 };
  let last = began;
  return {
    /** All since the last lap went into this. */
    lap(part: Part) {
      const now = performance.now();
      spent[part] += now - last;
      last = now;
    },
    times: (): PageTimes => ({ ...spent, total: performance.now() - began }),
  };
}
