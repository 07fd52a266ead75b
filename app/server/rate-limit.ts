import { StudioError } from "#domain/errors.ts";

export interface RateLimit {
  /**
   * Counts one request of `key`: a user's id, or an address; of IPv6 addresses a whole /64 is one, as whoever has one
   * has all. @throws StudioError "rate/limited", with `details.retryAfterSeconds`
   */
  take(key: string): void;
}

const minute = 60_000;

/** At most `perMinute` in any window of a minute that begins with a key's first request. Per process. */
export function createRateLimit(perMinute: number, now: () => number): RateLimit {
  const counts = createRateCounts(now);
  return {
    take(from) {
      const retryAfterSeconds = counts.count(networkOf(from), { max: perMinute, windowMs: minute });
      if (retryAfterSeconds === null) return;
      throw new StudioError("rate/limited", `Too many at once from here. Try again in ${retryAfterSeconds} s.`, {
        details: { retryAfterSeconds },
      });
    },
  };
}

export interface RateCounts {
  /** Counts one of `key`. @returns null when it is within what the window allows, else in how many whole seconds it may come */
  count(key: string, allowed: { max: number; windowMs: number }): number | null;
}

/** So many keys are counted at once; of more, the oldest are forgotten. */
const mostKeys = 100_000;

/** Windows that begin with a key's first, counted in this object alone; those that are over are forgotten. */
export function createRateCounts(now: () => number): RateCounts {
  const windows = new Map<string, { end: number; count: number }>();
  let sweptAt = Number.NEGATIVE_INFINITY;
  const sweep = (time: number) => {
    if (windows.size <= 10_000 || time - sweptAt < minute) return;
    sweptAt = time;
    for (const [old, window] of windows) if (time >= window.end) windows.delete(old);
  };
  return {
    count(key, { max, windowMs }) {
      const time = now();
      sweep(time);
      let window = windows.get(key);
      if (window === undefined || time >= window.end) {
        window = { end: time + windowMs, count: 0 };
        // At the end again: a map keeps the order in which keys came.
        windows.delete(key);
        windows.set(key, window);
        if (windows.size > mostKeys) windows.delete(windows.keys().next().value!);
      }
      window.count += 1;
      return window.count <= max ? null : Math.max(1, Math.ceil((window.end - time) / 1000));
    },
  };
}

/** @returns the first half of an IPv6 address, always written alike; anything else as it is */
function networkOf(key: string): string {
  if (!key.includes(":")) return key;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(key);
  if (mapped?.[1] !== undefined) return mapped[1];
  const [head = "", tail] = key.replace(/%.*$/, "").split("::");
  const groups = head === "" ? [] : head.split(":");
  const rest = tail === undefined || tail === "" ? [] : tail.split(":");
  if (tail !== undefined) while (groups.length + rest.length < 8) groups.push("0");
  const network = [...groups, ...rest].slice(0, 4);
  if (network.length < 4 || !network.every((group) => /^[\da-f]{1,4}$/i.test(group))) return key;
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::`;
}
