import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";

/** A fractional key: records sort by it, and one can always be made between two others. */
export type OrderKey = string;

/** @returns a key that sorts after `before` and ahead of `after`; null stands for the end of the list on that side */
export function orderBetween(before: OrderKey | null, after: OrderKey | null): OrderKey {
  // Two people can insert at the same place at once and get equal keys; asking between equals would throw.
  if (before !== null && after !== null && before >= after) return generateKeyBetween(before, null);
  return generateKeyBetween(before, after);
}

/** @returns `count` keys in rising order at the same place; they stay short, however many */
export function ordersBetween(before: OrderKey | null, after: OrderKey | null, count: number): OrderKey[] {
  const isOpen = before !== null && after !== null && before >= after;
  return generateNKeysBetween(before, isOpen ? null : after, count);
}

/** Sorts by key, then by id, so that equal keys sort alike on every peer. */
export function byOrder(a: { order: OrderKey; id: string }, b: { order: OrderKey; id: string }): number {
  return a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
