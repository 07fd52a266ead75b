/** Notes and boneyard line by line. It finds what `hiddenRanges` finds in a whole text. */
import type { HiddenRange } from "./fountain-hidden.ts";
import type { Openness } from "./line-states.ts";

/** Whether what begins in a line is closed in one below it. */
export interface Ahead {
  closesBoneyard(line: number): boolean;
  closesNote(line: number): boolean;
}

export interface HiddenInLine {
  /** In offsets of the line. */
  cut: readonly HiddenRange[];
  /** What goes on in the next line. */
  open: Openness;
  /** A boneyard begins here and is never closed, so it hides nothing. */
  unclosedBoneyard: boolean;
}

const opening = /\/\*|\[\[/g;
const seen: HiddenInLine = { cut: [], open: "none", unclosedBoneyard: false };

export function hiddenInLine(text: string, before: Openness, line: number, ahead: Ahead): HiddenInLine {
  if (before === "none" && !text.includes("[[") && !text.includes("/*")) return seen;
  const cut: HiddenRange[] = [];
  let at = 0;
  if (before !== "none") {
    const close = text.indexOf(closing[before]);
    if (close < 0) return { cut: [{ kind: before, from: 0, to: text.length }], open: before, unclosedBoneyard: false };
    at = close + 2;
    cut.push({ kind: before, from: 0, to: at });
  }
  const lastClose = { note: text.lastIndexOf("]]"), boneyard: text.lastIndexOf("*/") };
  let unclosedBoneyard = false;
  opening.lastIndex = at;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const kind = match[0] === "/*" ? "boneyard" : "note";
    if (lastClose[kind] >= opening.lastIndex) {
      const to = text.indexOf(closing[kind], opening.lastIndex) + 2;
      cut.push({ kind, from: match.index, to });
      opening.lastIndex = to;
    } else if (kind === "note" ? ahead.closesNote(line) : ahead.closesBoneyard(line)) {
      cut.push({ kind, from: match.index, to: text.length });
      return { cut, open: kind, unclosedBoneyard };
    } else {
      unclosedBoneyard ||= kind === "boneyard";
    }
  }
  return { cut, open: "none", unclosedBoneyard };
}

const closing = { note: "]]", boneyard: "*/" } as const;

/** Looks down the lines, each stretch once: questions come from the top to the bottom. */
export function lookAhead(textAt: (line: number) => string | undefined, count: number): Ahead {
  const next = (isIt: (text: string) => boolean) => {
    let found = -1;
    return (line: number): number => {
      if (found > line) return found;
      found = line + 1;
      while (found < count && !isIt(textAt(found) as string)) found += 1;
      return found;
    };
  };
  const boneyardEnd = next((text) => text.includes("*/"));
  const noteEnd = next((text) => text === "" || text === "\r" || text.includes("]]"));
  return {
    closesBoneyard: (line) => boneyardEnd(line) < count,
    closesNote: (line) => textAt(noteEnd(line))?.includes("]]") ?? false,
  };
}
