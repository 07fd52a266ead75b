import { setImmediate } from "node:timers/promises";

/** So long one room may keep the thread to itself, ms. */
const turnMs = 3;

/** Visits all, in turns: whoever waits comes in between. */
export async function eachCalmly<T>(items: Iterable<T>, visit: (item: T) => void): Promise<void> {
  let endsAt = performance.now() + turnMs;
  for (const item of items) {
    visit(item);
    if (performance.now() < endsAt) continue;
    await setImmediate();
    endsAt = performance.now() + turnMs;
  }
}
