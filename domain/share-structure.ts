/**
 * Returns a value equal to `next` that is made of as much of `previous` as possible, so that what did not change
 * keeps its identity. Lists of records are matched by id, everything else by place.
 */
export function shareStructure<T>(previous: unknown, next: T): T {
  if (Object.is(previous, next)) return next;
  if (Array.isArray(next)) return (Array.isArray(previous) ? shareList(previous, next) : next) as T;
  if (isRecord(next) && isRecord(previous)) return shareRecord(previous, next) as T;
  return next;
}

function shareList(previous: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const byId = new Map<unknown, unknown>();
  for (const item of previous) if (isRecord(item) && item.id !== undefined) byId.set(item.id, item);
  const shared = next.map((item, index) => {
    const match = isRecord(item) && item.id !== undefined ? byId.get(item.id) : previous[index];
    return shareStructure(match, item);
  });
  const same = shared.length === previous.length && shared.every((item, index) => Object.is(item, previous[index]));
  return same ? previous : shared;
}

function shareRecord(previous: Record<string, unknown>, next: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(next);
  let same = keys.length === Object.keys(previous).length;
  const shared: Record<string, unknown> = {};
  for (const key of keys) {
    shared[key] = shareStructure(previous[key], next[key]);
    if (!Object.hasOwn(previous, key) || !Object.is(shared[key], previous[key])) same = false;
  }
  return same ? previous : shared;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
