/** What a line of a script looks like in fixed columns of 10 to the inch: rows of styled text. */
import { runsOf, type Run } from "#domain/screenplay/fountain/emphasis.ts";
import type { FountainKind } from "#domain/screenplay/fountain.ts";
import type { LexedLine } from "#domain/screenplay/fountain/relex.ts";

/** Where an element stands: columns from the left edge of the text, which is 6.0 inches wide. */
export interface Place {
  column: number;
  width: number;
  /** Rows after the first stand so much further right. */
  hanging: number;
  align: "left" | "right" | "center";
}

export const textWidth = 60;

const place = (column: number, width: number, more: Partial<Place> = {}): Place => ({
  column,
  width,
  hanging: 0,
  align: "left",
  ...more,
});

const places = {
  action: place(0, textWidth),
  character: place(22, 38),
  parenthetical: place(16, 25, { hanging: 1 }),
  dialogue: place(10, 35),
  transition: place(0, textWidth, { align: "right" }),
  centered: place(0, textWidth, { align: "center" }),
};

/** Two who speak at once have half of the page each, with a gap between them. */
export const dualColumns = { left: 0, right: 32, width: 28 };
const dualPlaces = {
  character: place(9, 19),
  parenthetical: place(4, 20, { hanging: 1 }),
  dialogue: place(0, 28),
};

export function placeOf(line: LexedLine, dual: boolean): Place {
  const own = dual ? dualPlaces : places;
  switch (line.kind) {
    case "character":
    case "dual-character":
      return own.character;
    case "parenthetical":
      return own.parenthetical;
    case "dialogue":
    case "lyric":
      return own.dialogue;
    case "transition":
      // A film fades in at the left: it begins there, as everything that is read does.
      return /^FADE (?:IN|UP)\b/i.test(line.content) ? places.action : places.transition;
    case "centered":
      return places.centered;
    default:
      return places.action;
  }
}

/** Kinds that are on paper. The others are the writer's own. */
const printed: ReadonlySet<FountainKind> = new Set<FountainKind>([
  "scene-heading",
  "action",
  "character",
  "dual-character",
  "parenthetical",
  "dialogue",
  "transition",
  "centered",
  "lyric",
]);
export const isPrinted = (line: LexedLine) => printed.has(line.kind);

/** What is read on paper, with the element's own dress: headings in capitals, lyrics in italics. */
export function printedRuns(line: LexedLine): readonly Run[] {
  const known = runsOfLine.get(line);
  if (known) return known;
  const runs = runsOf(withoutHoles(line).replaceAll("\t", "    "));
  for (const run of runs) {
    if (line.kind === "scene-heading" || line.kind === "transition") run.text = run.text.toUpperCase();
    if (line.kind === "lyric") run.italic = true;
  }
  runsOfLine.set(line, runs);
  return runs;
}

/** A note cut out of a sentence takes one of the spaces round it along. */
function withoutHoles({ content, text }: LexedLine): string {
  const isCut = (text.includes("[[") || text.includes("/*")) && !text.includes(content);
  return isCut ? content.replace(/(\S) {2,}(?=\S)/g, "$1 ").replace(/ (?=[.,;:!?…](?:\s|$))/g, "") : content;
}

/** Lines keep their identity while others change, so a long script is set again where it changed only. */
const runsOfLine = new WeakMap<LexedLine, readonly Run[]>();
const rowsOfLine = new WeakMap<LexedLine, { single?: SetText; dual?: SetText }>();

/** Text broken into rows. */
export interface SetText {
  runs: readonly Run[];
  rows: readonly Run[][];
  place: Place;
}

export function setLine(line: LexedLine, dual: boolean): SetText {
  const known = rowsOfLine.get(line) ?? {};
  const kept = dual ? known.dual : known.single;
  if (kept) return kept;
  const made = setText(printedRuns(line), placeOf(line, dual));
  rowsOfLine.set(line, { ...known, [dual ? "dual" : "single"]: made });
  return made;
}

export function setText(runs: readonly Run[], where: Place): SetText {
  const rows = rowsIn(textOf(runs), where.width).map(([from, to]) => sliceRuns(runs, from, to));
  return { runs, rows, place: where };
}

export const textOf = (runs: readonly Run[]) =>
  runs.length === 1 ? (runs[0]?.text ?? "") : runs.map((run) => run.text).join("");

export function sliceRuns(runs: readonly Run[], from: number, to: number): Run[] {
  const out: Run[] = [];
  let at = 0;
  for (const run of runs) {
    const text = run.text.slice(Math.max(0, from - at), Math.max(0, to - at));
    if (text !== "") out.push({ ...run, text });
    at += run.text.length;
  }
  return out;
}

/**
 * A word with what hangs on it: lines break behind spaces (but for those that hold words together), behind hyphens and
 * dashes, and round signs two columns wide, whose points and closing brackets never begin a line.
 */
const breaking = String.raw`[^\S\u00a0\u202f]`;
const square = String.raw`\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}`;
const pieces = new RegExp(
  [
    `${breaking}+`,
    `[${square}][、。，．！？：；」』）】〉》]*`,
    String.raw`(?:[^\s${square}\-–—]|[\u00a0\u202f])+[-–—]*`,
    String.raw`[-–—]+(?:[^\s\-–—]|[\u00a0\u202f])*`,
  ].join("|"),
  "gu",
);
const isBreaking = new RegExp(`^${breaking}`);

/**
 * Breaks a text into rows of at most `width` columns; a word longer than a row is cut.
 * @returns [from, to) of each row, without the spaces between; at least one row
 */
export function rowsIn(text: string, width: number): [number, number][] {
  if (text.length <= width && isNarrow(text)) return [[0, text.length]];
  const rows: [number, number][] = [];
  let from = 0;
  let end = 0;
  let columns = 0;
  const endRow = (next: number) => {
    rows.push([from, end]);
    from = next;
    end = next;
    columns = 0;
  };
  for (const { 0: piece, index } of text.matchAll(pieces)) {
    if (isBreaking.test(piece)) {
      // Spaces at a row's end hang over it; at the beginning of the text they are meant.
      columns += piece.length;
      if (index === 0) end = piece.length;
      continue;
    }
    const needs = columnsOf(piece);
    if (columns + needs > width && end > from) endRow(index);
    if (needs <= width) {
      columns += needs;
      end = index + piece.length;
      continue;
    }
    for (const sign of piece) {
      const next = columnsOf(sign);
      if (columns + next > width) endRow(end);
      columns += next;
      end += sign.length;
    }
  }
  rows.push([from, end]);
  return rows;
}

const isNarrow = (text: string) => /^[\u0020-\u02ff\u2010-\u2027]*$/.test(text);
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** How wide a text is in columns: signs of Chinese, Japanese and Korean take two, marks over letters none. */
export function columnsOf(text: string): number {
  if (isNarrow(text)) return text.length;
  let columns = 0;
  for (const sign of text)
    columns += wide.test(sign) ? 2 : /[\p{Mn}\p{Me}\u200b-\u200f\u2060\ufeff]/u.test(sign) ? 0 : 1;
  return columns;
}
