/**
 * Which automatic versions of a film are kept: close together while they are fresh, further apart as they age.
 *
 * | age | one in every |
 * |---|---|
 * | a day | 10 minutes |
 * | a week | hour |
 * | 90 days | day |
 * | beyond | 30 days |
 */
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const bands = [
  { untilAgeMs: day, everyMs: 10 * minute },
  { untilAgeMs: 7 * day, everyMs: hour },
  { untilAgeMs: 90 * day, everyMs: day },
  { untilAgeMs: Infinity, everyMs: 30 * day },
] as const;

const newestGapMs = bands[0].everyMs;

/** Whether a version should be kept now. @param newestAt  when the last one was, ms since 1970; null when there is none */
export function isVersionDue(newestAt: number | null, now: number): boolean {
  return newestAt === null || now - newestAt >= newestGapMs;
}

/**
 * Which versions may go, so that in each stretch of time the earliest stays.
 * Thinning as time goes by ends with what thinning once at the end would keep.
 * @param versions  in any order; times in ms since 1970
 */
export function versionsToDrop<V extends { createdAt: Date }>(versions: readonly V[], now: number): V[] {
  const inOrder = [...versions].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const filled = new Set<string>();
  return inOrder.filter(({ createdAt }) => {
    const at = createdAt.getTime();
    const band = bands.find(({ untilAgeMs }) => now - at < untilAgeMs) ?? bands[bands.length - 1]!;
    // Stretches are counted from 1970, not from now: a version's stretch never changes while it is in a band.
    const stretch = `${band.everyMs} ${Math.floor(at / band.everyMs)}`;
    if (filled.has(stretch)) return true;
    filled.add(stretch);
    return false;
  });
}
