/** One stretch of a text that became another one; offsets in UTF-16 units of the text before. */
interface Stretch {
  from: number;
  to: number;
  insert: string;
}

/**
 * What two people made of one text, when neither wrote over the other.
 * @returns null where they changed the same words: somebody has to decide
 */
export function mergeTexts(base: string, mine: string, theirs: string): string | null {
  if (mine === theirs || mine === base) return theirs;
  if (theirs === base) return mine;
  const [a, b] = [changed(base, mine), changed(base, theirs)];
  const [first, second] = a.from < b.from ? [a, b] : [b, a];
  if (first.to > second.from) return null;
  // Both wrote at one place: what was there before mine stands before mine.
  const put = [base.slice(0, first.from), first.insert, base.slice(first.to, second.from), second.insert];
  return put.join("") + base.slice(second.to);
}

function changed(before: string, after: string): Stretch {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
