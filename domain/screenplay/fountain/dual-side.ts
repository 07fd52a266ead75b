/** Of two who speak at once, which one a line belongs to. The second cue is marked with `^`, the first is not. */
import type { LexedLine } from "./relex.ts";

const isSpoken = (line: LexedLine | undefined) =>
  line?.kind === "dialogue" || line?.kind === "parenthetical" || line?.kind === "lyric";

/** @returns null for what nobody says at the same time as somebody else */
export function dualSideOf(lines: readonly LexedLine[], at: number): "left" | "right" | null {
  let cue = at;
  while (isSpoken(lines[cue])) cue -= 1;
  const kind = lines[cue]?.kind;
  if (kind === "dual-character") return speechAbove(lines, cue) ? "right" : null;
  if (kind !== "character") return null;
  let below = cue + 1;
  while (isSpoken(lines[below])) below += 1;
  while (lines[below]?.kind === "blank") below += 1;
  return lines[below]?.kind === "dual-character" ? "left" : null;
}

function speechAbove(lines: readonly LexedLine[], cue: number): boolean {
  let above = cue - 1;
  while (lines[above]?.kind === "blank") above -= 1;
  while (isSpoken(lines[above])) above -= 1;
  return above < cue - 1 && lines[above]?.kind === "character";
}
