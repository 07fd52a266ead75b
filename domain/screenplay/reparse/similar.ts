import { hashText } from "#domain/screenplay/seeded.ts";

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

const sum = (bag: ReadonlyMap<number, number>) => {
  let total = 0;
  for (const count of bag.values()) total += count;
  return total;
};

/** Most words looked up while comparing everything with everything: about half a second. */
const mostWork = 20_000_000;

/** What is compared: `key` for being equal, the words of `text` for being alike; `bag` when those are known already. */
export interface Comparable {
  key: string;
  text: string;
  bag?: ReadonlyMap<number, number>;
}

/**
 * Pairs two lists, each item at most once: first those with equal keys, in order; then the most alike of the rest
 * that reach `least` (Dice: twice the common words over all words, 0..1). Where the rest is too large to compare everything, only equals are paired.
 * @returns for each of `after` the index in `before`, or -1
 */
export function pairAlike(before: readonly Comparable[], after: readonly Comparable[], least: number): number[] {
  const result: number[] = after.map(() => -1);
  const waiting = new Map<string, { list: number[]; next: number }>();
  before.forEach((item, index) => {
    const known = waiting.get(item.key);
    if (known) known.list.push(index);
    else waiting.set(item.key, { list: [index], next: 0 });
  });
  const taken = new Set<number>();
  after.forEach((item, index) => {
    const queue = waiting.get(item.key);
    const first = queue?.list[queue.next];
    if (!queue || first === undefined) return;
    queue.next += 1;
    result[index] = first;
    taken.add(first);
  });
  for (let isWhole = least > 1; !isWhole;) {
    const left = before.flatMap((_, index) => (taken.has(index) ? [] : [index]));
    const open = after.flatMap((_, index) => (result[index] === -1 ? [index] : []));
    if (left.length === 0 || open.length === 0) break;
    const scores = scoresBetween(before, left, after, open, least);
    // What had candidates that went to others is compared with those that are left.
    isWhole = !hasFull(scores);
    for (const { from, to } of scores.sort(byLikeness)) {
      if (taken.has(from) || result[to] !== -1) continue;
      taken.add(from);
      result[to] = from;
    }
  }
  return result;
}

/** Where a thousand shots say nearly the same, each is compared with all, and only so many are candidates for it. */
const mostCandidates = 32;

const byLikeness = (a: Score, b: Score) =>
  b.score - a.score || Math.abs(a.from - a.to) - Math.abs(b.from - b.to) || a.to - b.to || a.from - b.from;

/** Whether some item may have had more candidates than are kept. */
function hasFull(scores: readonly Score[]): boolean {
  const counts = new Map<number, number>();
  for (const { to } of scores) counts.set(to, (counts.get(to) ?? 0) + 1);
  return [...counts.values()].some((count) => count === mostCandidates);
}

/** Keeps the best, best first; in place. */
function keepBest(best: Score[], one: Score): void {
  const worst = best.at(-1);
  if (best.length === mostCandidates && worst && byLikeness(worst, one) < 0) return;
  if (best.length === mostCandidates) best.pop();
  let low = 0;
  let high = best.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byLikeness(best[middle] as Score, one) < 0) low = middle + 1;
    else high = middle;
  }
  best.splice(low, 0, one);
}

interface Score {
  from: number;
  to: number;
  score: number;
}

/** The likeness of all pairs that reach `least`, by the words that both have: pairs without a common word cost nothing. */
function scoresBetween(
  before: readonly Comparable[],
  left: readonly number[],
  after: readonly Comparable[],
  open: readonly number[],
  least: number,
): Score[] {
  const places = new Map<number, { at: number; count: number }[]>();
  const totals = left.map((index, at) => {
    const item = before[index] as Comparable;
    const bag = item.bag ?? bagOf(item.text);
    for (const [word, count] of bag) {
      const list = places.get(word);
      if (list) list.push({ at, count });
      else places.set(word, [{ at, count }]);
    }
    return sum(bag);
  });
  const bags = open.map((index) => {
    const item = after[index] as Comparable;
    return item.bag ?? bagOf(item.text);
  });
  let work = left.length * open.length;
  for (const bag of bags) for (const word of bag.keys()) work += places.get(word)?.length ?? 0;
  if (work > mostWork) return [];
  const scores: Score[] = [];
  const common = new Float64Array(left.length);
  bags.forEach((bag, index) => {
    common.fill(0);
    for (const [word, count] of bag)
      for (const place of places.get(word) ?? [])
        common[place.at] = (common[place.at] as number) + Math.min(count, place.count);
    const total = sum(bag);
    const to = open[index] as number;
    const best: Score[] = [];
    left.forEach((from, at) => {
      const all = total + (totals[at] as number);
      const score = all === 0 ? 1 : (2 * (common[at] as number)) / all;
      if (score < least || (best.length === mostCandidates && score < (best.at(-1) as Score).score)) return;
      keepBest(best, { from, to, score });
    });
    scores.push(...best);
  });
  return scores;
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
