/** Text in the order in which it is drawn: lines in Arabic or Hebrew run from the right, with numbers and names within. */
import bidiFactory from "bidi-js";

const bidi = bidiFactory();
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

export interface Stretch {
  /** In the order of reading where it holds letters of such an alphabet: fonts turn and join those themselves. */
  text: string;
  /** Of the text's characters, for its style. */
  from: number;
}

/** @returns from left to right; `isRightToLeft` of the line as a whole */
export function visualOrder(text: string): { stretches: Stretch[]; isRightToLeft: boolean } {
  if (!rightToLeft.test(text)) return { stretches: text === "" ? [] : [{ text, from: 0 }], isRightToLeft: false };
  const levels = bidi.getEmbeddingLevels(text, "auto");
  const runs: { from: number; to: number; level: number }[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const level = levels.levels[index] ?? 0;
    const last = runs.at(-1);
    if (last?.level === level) last.to = index + 1;
    else runs.push({ from: index, to: index + 1, level });
  }
  const ordered = reordered(runs);
  return {
    isRightToLeft: ((levels.paragraphs[0]?.level ?? 0) & 1) === 1,
    stretches: ordered.flatMap(({ from, to, level }) =>
      level % 2 === 0 ? [{ text: text.slice(from, to), from }] : turned(text, from, to),
    ),
  };
}

/** Runs of the highest level are turned first, then those around them: rule L2. */
function reordered<R extends { level: number }>(runs: readonly R[]): R[] {
  const out = [...runs];
  const highest = Math.max(0, ...runs.map((run) => run.level));
  for (let level = highest; level >= 1; level -= 1) {
    for (let at = 0; at < out.length; at += 1) {
      let end = at;
      while ((out[end]?.level ?? -1) >= level) end += 1;
      if (end > at + 1) out.splice(at, end - at, ...out.slice(at, end).toReversed());
      at = Math.max(at, end);
    }
  }
  return out;
}

/** Letters stay together, what is between them is turned sign by sign, brackets face the other way. */
function turned(text: string, from: number, to: number): Stretch[] {
  const stretches: Stretch[] = [];
  const parts = text.slice(from, to).matchAll(/[\p{L}\p{M}\u200c\u200d]+|[^\p{L}\p{M}\u200c\u200d]/gu);
  for (const { 0: part, index } of parts)
    stretches.push({ text: bidi.getMirroredCharacter(part) ?? part, from: from + index });
  return stretches.toReversed();
}
