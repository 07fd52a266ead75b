import { StudioError } from "#domain/errors.ts";

export interface RateLimit {
  /** Counts one request of `key`. @throws StudioError "rate/limited", with `details.retryAfterSeconds` */
  take(key: string): void;
}

/** At most `perMinute` in any window of a minute that begins with a key's first request. Per process. */
export function createRateLimit(perMinute: number, now: () => number): RateLimit {
  const windows = new Map<string, { start: number; count: number }>();
  return {
    take(key) {
      const time = now();
      if (windows.size > 10_000)
        for (const [old, window] of windows) if (time - window.start > 60_000) windows.delete(old);
      const window = windows.get(key);
      if (window === undefined || time - window.start >= 60_000) {
        windows.set(key, { start: time, count: 1 });
        return;
      }
      window.count += 1;
      if (window.count <= perMinute) return;
      const retryAfterSeconds = Math.max(1, Math.ceil((window.start + 60_000 - time) / 1000));
      throw new StudioError("rate/limited", `Too many at once from here. Try again in ${retryAfterSeconds} s.`, {
        details: { retryAfterSeconds },
      });
    },
  };
}
