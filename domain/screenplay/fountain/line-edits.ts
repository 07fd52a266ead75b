/** How a text becomes another one, with every line that is in both left alone: what is anchored in it stays there. */
export interface TextEdit {
  /** Offset in the old text, UTF-16 units. */
  at: number;
  remove: number;
  insert: string;
}

/** @returns in order, apart from each other; empty when the texts are equal */
export function lineEdits(before: string, after: string): TextEdit[] {
  const edits: TextEdit[] = [];
  const old = linesOf(before);
  const now = linesOf(after);
  const starts = [0];
  for (const line of old) starts.push((starts.at(-1) ?? 0) + line.length);
  const change = (from: number, to: number, nowFrom: number, nowTo: number) => {
    const [a, b] = [old.slice(from, to).join(""), now.slice(nowFrom, nowTo).join("")];
    const edit = withinText(a, b);
    if (edit) edits.push({ ...edit, at: edit.at + (starts[from] ?? 0) });
  };
  // Ranges still to be compared, the first on top: [from, to) of the old lines, [from, to) of the new ones.
  const ranges: [number, number, number, number][] = [[0, old.length, 0, now.length]];
  for (let range = ranges.pop(); range; range = ranges.pop()) {
    let [from, to, nowFrom, nowTo] = range;
    while (from < to && nowFrom < nowTo && old[from] === now[nowFrom]) [from, nowFrom] = [from + 1, nowFrom + 1];
    while (to > from && nowTo > nowFrom && old[to - 1] === now[nowTo - 1]) [to, nowTo] = [to - 1, nowTo - 1];
    if (from === to && nowFrom === nowTo) continue;
    const anchors = from === to || nowFrom === nowTo ? [] : anchorsOf(old, now, from, to, nowFrom, nowTo);
    if (anchors.length === 0) {
      change(from, to, nowFrom, nowTo);
      continue;
    }
    const bounds = [...anchors, [to, nowTo] as const];
    let [a, b] = [from, nowFrom];
    const parts = bounds.map(([end, nowEnd]): [number, number, number, number] => {
      const part: [number, number, number, number] = [a, end, b, nowEnd];
      [a, b] = [end + 1, nowEnd + 1];
      return part;
    });
    ranges.push(...parts.toReversed());
  }
  return edits;
}

const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Lines that stand once in each, in the longest order that both have: patience diff. */
function anchorsOf(
  old: readonly string[],
  now: readonly string[],
  from: number,
  to: number,
  nowFrom: number,
  nowTo: number,
): [number, number][] {
  const oldAt = onceIn(old, from, to);
  const nowAt = onceIn(now, nowFrom, nowTo);
  const pairs = [...oldAt].flatMap(([line, at]): [number, number][] => {
    const other = nowAt.get(line);
    return at < 0 || other === undefined || other < 0 ? [] : [[at, other]];
  });
  return longestRising(pairs);
}

/** Where each line stands; -1 when it stands more than once. */
function onceIn(lines: readonly string[], from: number, to: number): Map<string, number> {
  const found = new Map<string, number>();
  for (let at = from; at < to; at += 1) {
    const line = lines[at] as string;
    found.set(line, found.has(line) ? -1 : at);
  }
  return found;
}

/** @param pairs  rising in the first number */
function longestRising(pairs: readonly [number, number][]): [number, number][] {
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  pairs.forEach(([, value], index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] as number]?.[1] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[index] = ends[low - 1];
    ends[low] = index;
  });
  const chain: [number, number][] = [];
  for (let index = ends.at(-1); index !== undefined; index = before[index])
    chain.push(pairs[index] as [number, number]);
  return chain.toReversed();
}

/** Within what has no common line, the common head and tail stay. */
function withinText(old: string, now: string): TextEdit | null {
  if (old === now) return null;
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  const most = Math.min(old.length, now.length) - head;
  while (tail < most && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  // Never cut a surrogate pair in two.
  if (head > 0 && isHighSurrogate(old.charCodeAt(head - 1))) head -= 1;
  if (tail > 0 && isLowSurrogate(old.charCodeAt(old.length - tail))) tail -= 1;
  return { at: head, remove: old.length - head - tail, insert: now.slice(head, now.length - tail) };
}

const isHighSurrogate = (code: number) => code >= 0xd800 && code <= 0xdbff;
const isLowSurrogate = (code: number) => code >= 0xdc00 && code <= 0xdfff;
