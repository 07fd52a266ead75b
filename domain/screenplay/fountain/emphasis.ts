/**
 * Bold, italics and underline within one line, as Fountain marks them: `*italics*`, `**bold**`, `***both***`,
 * `_underline_`, one inside the other, `\*` for a mark that is meant as such. A mark opens before and closes behind a
 * character that is no space; one that finds no partner stands for itself: `He dialed *69 and then *23`.
 */
export interface Run {
  text: string;
  bold: boolean;
  italic: boolean;
  underline: boolean;
}

type Style = "bold" | "italic" | "underline";

/** Some `*` or `_` in a row. Those that found partners are taken from the inner side first. */
interface Marks {
  sign: string;
  /** Offset of the first. */
  at: number;
  left: number;
  /** How many were used at the front, closing, and at the back, opening. */
  closed: number;
  opened: number;
}

interface Turn {
  at: number;
  length: number;
  style: Style;
  on: boolean;
}

export function runsOf(content: string): Run[] {
  if (content === "") return [];
  if (!/[*_\\]/.test(content)) return [{ text: content, bold: false, italic: false, underline: false }];
  return written(content, turnsOf(content));
}

/** The words without the marks. */
export function withoutEmphasis(text: string): string {
  if (!/[*_\\]/.test(text)) return text;
  return text
    .split("\n")
    .map((line) =>
      runsOf(line)
        .map((run) => run.text)
        .join(""),
    )
    .join("\n");
}

const marks = /\\[*_\\]|(?<stars>\*+)|(?<lines>_+)/g;

function turnsOf(content: string): Turn[] {
  const turns: Turn[] = [];
  const open: Marks[] = [];
  const waiting = { "*": 0, _: 0 };
  for (const { 0: found, index: at } of content.matchAll(marks)) {
    const sign = found[0];
    if (sign === "\\") turns.push({ at, length: 1, style: "bold", on: false });
    if (sign !== "*" && sign !== "_") continue;
    // Longer rows are decoration, as are underscores inside words: file_names.
    if (found.length > (sign === "*" ? 3 : 1)) continue;
    const before = content[at - 1] ?? " ";
    const after = content[at + found.length] ?? " ";
    const inWord = sign === "_" && isWord(before) && isWord(after);
    const mine: Marks = { sign, at, left: found.length, closed: 0, opened: 0 };
    if (!inWord && /\S/.test(before)) close(mine, open, waiting, turns);
    if (!inWord && /\S/.test(after) && mine.left > 0) {
      open.push(mine);
      waiting[sign] += 1;
    }
  }
  return turns.toSorted((a, b) => a.at - b.at);
}

function close(mine: Marks, open: Marks[], waiting: Record<string, number>, turns: Turn[]): void {
  while (mine.left > 0 && (waiting[mine.sign] ?? 0) > 0) {
    const partner = open.at(-1) as Marks;
    if (partner.sign !== mine.sign || partner.at + partner.left === mine.at) {
      // What opened inside and did not close stands for itself.
      open.pop();
      waiting[partner.sign] = (waiting[partner.sign] ?? 0) - 1;
      continue;
    }
    const length = partner.left >= 2 && mine.left >= 2 ? 2 : 1;
    const style = mine.sign === "_" ? "underline" : length === 2 ? "bold" : "italic";
    partner.left -= length;
    turns.push({ at: partner.at + partner.left, length, style, on: true });
    turns.push({ at: mine.at + mine.closed, length, style, on: false });
    mine.closed += length;
    mine.left -= length;
    if (partner.left > 0) continue;
    open.pop();
    waiting[partner.sign] = (waiting[partner.sign] ?? 0) - 1;
  }
}

const isWord = (sign: string) => /[\p{L}\p{N}]/u.test(sign);

function written(content: string, turns: readonly Turn[]): Run[] {
  const runs: Run[] = [];
  const now: Record<Style, boolean> = { bold: false, italic: false, underline: false };
  const write = (from: number, to: number) => {
    if (to <= from) return;
    const last = runs.at(-1);
    const text = content.slice(from, to);
    if (last?.bold === now.bold && last.italic === now.italic && last.underline === now.underline) last.text += text;
    else runs.push({ text, ...now });
  };
  let at = 0;
  for (const turn of turns) {
    write(at, turn.at);
    at = turn.at + turn.length;
    if (content[turn.at] !== "\\") now[turn.style] = turn.on;
  }
  write(at, content.length);
  return runs;
}

/** A piece of the text as written, marks included; for those who show the marks. */
export interface StyledSpan {
  from: number;
  to: number;
  style: { bold: boolean; italic: boolean; underline: boolean };
  /** Stands for the style of its neighbours, and is no text of its own. */
  isMark: boolean;
}

/** @returns the pieces that have a style or are marks; what is plain is left out */
export function styledSpansOf(content: string): StyledSpan[] {
  if (!/[*_\\]/.test(content)) return [];
  const spans: StyledSpan[] = [];
  const now = { bold: false, italic: false, underline: false };
  const add = (from: number, to: number, isMark: boolean) => {
    if (to > from && (isMark || now.bold || now.italic || now.underline))
      spans.push({ from, to, style: { ...now }, isMark });
  };
  let at = 0;
  for (const turn of turnsOf(content)) {
    add(at, turn.at, false);
    at = turn.at + turn.length;
    if (content[turn.at] !== "\\") now[turn.style] = turn.on;
    add(turn.at, at, true);
  }
  add(at, content.length, false);
  return spans;
}
