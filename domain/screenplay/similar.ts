import { hashText } from "./seeded.ts";

/** What a text is compared by: its words, whatever the space and the marks between them. */
export function textKey(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

export function shotKey(shot: { action: string; dialogue: readonly { character: string; text: string }[] }): string {
  return textKey(`${shot.action}\n${shot.dialogue.map((line) => `${line.character}: ${line.text}`).join("\n")}`);
}

export function bagOf(text: string): Map<number, number> {
  const bag = new Map<number, number>();
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const key = hashText(word);
    bag.set(key, (bag.get(key) ?? 0) + 1);
  }
  return bag;
}

/** How much two texts share, 0..1: twice the common words over all words (Dice). */
export function likeness(a: Map<number, number>, b: Map<number, number>): number {
  let common = 0;
  for (const [word, count] of a) common += Math.min(count, b.get(word) ?? 0);
  const all = sum(a) + sum(b);
  return all === 0 ? 1 : (2 * common) / all;
}

const sum = (bag: Map<number, number>) => {
  let total = 0;
  for (const count of bag.values()) total += count;
  return total;
};

/**
 * Pairs two lists, each item at most once: first those with equal keys, in order; then the most alike of the rest
 * that reach `least`. Where the rest is too large to compare everything, only equals are paired.
 * @returns for each of `after` the index in `before`, or -1
 */
export function pairAlike(
  before: readonly { key: string; text: string }[],
  after: readonly { key: string; text: string }[],
  least: number,
): number[] {
  const result: number[] = after.map(() => -1);
  const waiting = new Map<string, number[]>();
  before.forEach((item, index) => waiting.set(item.key, [...(waiting.get(item.key) ?? []), index]));
  const taken = new Set<number>();
  after.forEach((item, index) => {
    const first = waiting.get(item.key)?.shift();
    if (first === undefined) return;
    result[index] = first;
    taken.add(first);
  });
  const left = before.map((item, index) => ({ index, item })).filter(({ index }) => !taken.has(index));
  const open = after.map((item, index) => ({ index, item })).filter(({ index }) => result[index] === -1);
  if (left.length * open.length > 250_000) return result;
  const leftBags = left.map(({ item }) => bagOf(item.text));
  const scores: { from: number; to: number; score: number }[] = [];
  for (const { index: to, item } of open) {
    const bag = bagOf(item.text);
    left.forEach(({ index: from }, at) => {
      const score = likeness(leftBags[at] as Map<number, number>, bag);
      if (score >= least) scores.push({ from, to, score });
    });
  }
  scores.sort(
    (a, b) => b.score - a.score || Math.abs(a.from - a.to) - Math.abs(b.from - b.to) || a.to - b.to || a.from - b.from,
  );
  for (const { from, to } of scores) {
    if (taken.has(from) || result[to] !== -1) continue;
    taken.add(from);
    result[to] = from;
  }
  return result;
}

/** Positions of a longest rising run: those may stay where they are, the others moved. */
export function risingRun(values: readonly number[]): Set<number> {
  const tails: number[] = [];
  const previous: number[] = [];
  values.forEach((value, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] as number] as number) < value) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (tails[low - 1] as number) : -1;
    tails[low] = index;
  });
  const kept = new Set<number>();
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] as number) kept.add(at);
  return kept;
}
