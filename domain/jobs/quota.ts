/** Work on an agent that has ended: how long it was, seconds, and when it ended, milliseconds since the epoch. */
export type Spent = { seconds: number; at: number };

const dayMs = 24 * 3600 * 1000;

/**
 * Whether a limit on seconds within 24 hours is used up.
 * @returns null while some are left; else when there are some again, null for never (a limit of none)
 */
export function whenBelow(limit: number, spent: readonly Spent[], now: number): { at: number | null } | null {
  const recent = spent.filter(({ at }) => at > now - dayMs).sort((a, b) => a.at - b.at);
  let used = recent.reduce((sum, { seconds }) => sum + seconds, 0);
  if (used < limit) return null;
  for (const { seconds, at } of recent) {
    used -= seconds;
    if (used < limit) return { at: at + dayMs };
  }
  return { at: null };
}
