import type { Id } from "#domain/ids.ts";

/**
 * What to ask for so that one job comes to another's place.
 * @param ids  the film's queued jobs, in order
 * @returns    the new order, and which job is to stand before which; null when nothing moves
 */
export function moveInQueue(
  ids: readonly Id[],
  jobId: Id,
  to: number,
): { order: Id[]; jobId: Id; before: Id | null } | null {
  const from = ids.indexOf(jobId);
  const at = Math.min(Math.max(0, to), ids.length - 1);
  if (from < 0 || from === at) return null;
  const order = ids.filter((id) => id !== jobId);
  order.splice(at, 0, jobId);
  return { order, jobId, before: order[at + 1] ?? null };
}

/** The jobs in the order somebody has just given them, as far as they still wait; new ones come last. */
export function inOrder<T extends { id: Id }>(jobs: readonly T[], order: readonly Id[] | null): T[] {
  if (order === null) return [...jobs];
  const place = new Map(order.map((id, index) => [id, index]));
  return [...jobs].sort((a, b) => (place.get(a.id) ?? order.length) - (place.get(b.id) ?? order.length));
}

export const priorities = { high: 10, normal: 0, low: -10 } as const;
export type PriorityName = keyof typeof priorities;

export function priorityName(priority: number): PriorityName {
  return priority > 0 ? "high" : priority < 0 ? "low" : "normal";
}
