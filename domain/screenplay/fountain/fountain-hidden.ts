/** What Fountain hides from the reader: boneyard, which may run over anything, and notes, which an empty line ends. */
export interface HiddenRange {
  kind: "note" | "boneyard";
  from: number;
  to: number;
}

/**
 * Finds notes and boneyards, in order and without overlap. One that is never closed hides nothing: half-typed marks
 * must not make the rest of a script disappear.
 */
export function hiddenRanges(text: string): HiddenRange[] {
  const ranges: HiddenRange[] = [];
  const opening = /\/\*|\[\[/g;
  const find = {
    boneyard: forwardFinder(text, /\*\//g),
    note: forwardFinder(text, /\]\]/g),
    blank: forwardFinder(text, /\n\r?\n|\r\r/g),
  };
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const kind = match[0] === "/*" ? "boneyard" : "note";
    const close = find[kind](opening.lastIndex);
    if (close === null) continue;
    const blank = kind === "note" ? find.blank(opening.lastIndex) : null;
    if (blank !== null && blank < close) continue;
    ranges.push({ kind, from: match.index, to: close + 2 });
    opening.lastIndex = close + 2;
  }
  return ranges;
}

/** Those that touch [from, to), looking from index `start` on. */
export function overlapping(ranges: readonly HiddenRange[], start: number, from: number, to: number): HiddenRange[] {
  const out: HiddenRange[] = [];
  for (let index = start; index < ranges.length; index += 1) {
    const range = ranges[index] as HiddenRange;
    if (range.from > to || (range.from === to && to > from)) break;
    if (range.to > from) out.push(range);
  }
  return out;
}

/** A line's text without what the ranges hide, in offsets of the line. */
export function cutRanges(text: string, ranges: readonly HiddenRange[]): string {
  let out = "";
  let kept = 0;
  for (const { from, to } of ranges) {
    if (from > kept) out += text.slice(kept, from);
    kept = Math.max(kept, to);
  }
  return out + text.slice(kept);
}

/** Where a character of the cut text stands in the whole one. */
export function placeInText(at: number, ranges: readonly HiddenRange[]): number {
  let place = at;
  for (const { from, to } of ranges) if (from <= place) place += to - from;
  return place;
}

/** Asks for the next match at or behind a place that only moves forward, searching each stretch once. */
function forwardFinder(text: string, pattern: RegExp): (at: number) => number | null {
  let found: number | null = -1;
  return (at) => {
    if (found === null || found >= at) return found;
    pattern.lastIndex = at;
    found = pattern.exec(text)?.index ?? null;
    return found;
  };
}
