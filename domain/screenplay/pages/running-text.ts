/** Running text that was put together from lines of the script, and which line each part of it came from. */
import type { ScriptLines } from "#domain/screenplay/breakdown.ts";

export interface RunningText {
  text: string;
  /** Rising: the line `line` of the script begins at offset `at` of the text. */
  starts: LineStart[];
}
export interface LineStart {
  at: number;
  line: number;
}

export const newRunningText = (): RunningText => ({ text: "", starts: [] });

/** Writes `more` behind what is there, a space between; in place, since a paragraph may have any number of lines. */
export function append(to: RunningText, more: Readonly<RunningText>): void {
  if (more.text === "") return;
  if (to.text !== "") to.text += " ";
  const shift = to.text.length;
  for (const { at, line } of more.starts) to.starts.push({ at: at + shift, line });
  to.text += more.text;
}

/**
 * @param parts  the text cut into pieces, in order, nothing lost but space
 * @returns the lines of each
 */
export function linesOfParts({ text, starts }: Readonly<RunningText>, parts: readonly string[]): ScriptLines[] {
  const first = starts[0]?.line ?? 0;
  if (starts.length < 2) return parts.map(() => ({ from: first, to: first + 1 }));
  let start = 0;
  const lineAt = (offset: number) => {
    while ((starts[start + 1]?.at ?? Infinity) <= offset) start += 1;
    return starts[start]?.line ?? first;
  };
  let cursor = 0;
  return parts.map((part) => {
    cursor = nextLetter(text, cursor);
    const from = lineAt(cursor);
    let end = cursor;
    for (let at = nextLetter(part, 0); at < part.length; at = nextLetter(part, at + 1)) {
      end = nextLetter(text, cursor);
      cursor = end + 1;
    }
    return { from, to: lineAt(end) + 1 };
  });
}

export const bothLines = (a: ScriptLines, b: ScriptLines): ScriptLines => ({
  from: Math.min(a.from, b.from),
  to: Math.max(a.to, b.to),
});

function nextLetter(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] as string)) at += 1;
  return at;
}
