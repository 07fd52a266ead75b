/** Paragraphs and speeches as rows, and where they may be cut when a page ends. */
import type { FountainKind } from "#domain/screenplay/fountain.ts";
import { columnsOf, setText, sliceRuns, textOf, textWidth, type SetText } from "./page-text.ts";
import type { Run } from "#domain/screenplay/fountain/emphasis.ts";
import { abbreviation } from "#domain/screenplay/breakdown/sentences.ts";

/** One row of a page. `column` counts from the left edge of the text, 10 to the inch. */
export interface PageRow {
  /** The line of the script it comes from, from 0. */
  line: number;
  kind: FountainKind | "more" | "contd";
  column: number;
  runs: readonly Run[];
  /** What is said at the same time, in the right half. */
  right?: PageRow;
  /** The scene number that the writer gave, on the first row of a heading. */
  number?: string;
}

/** A line of the script as it stands on paper, or the rest of one that was cut. */
export interface Part {
  line: number;
  kind: PageRow["kind"];
  /** null is an empty row, kept in a speech by two spaces. */
  set: SetText | null;
  number?: string;
}

export const rowCount = (parts: readonly Part[]) => parts.reduce((sum, part) => sum + (part.set?.rows.length ?? 1), 0);

/** @param shift columns further right, for the right one of two who speak at once */
export function rowsOf(parts: readonly Part[], shift = 0): (PageRow | null)[] {
  return parts.flatMap(({ line, kind, set, number }) =>
    set === null
      ? [null]
      : set.rows.map((runs, index): PageRow => ({
          line,
          kind,
          column: shift + columnOf(set, runs, index),
          runs,
          ...(number !== undefined && index === 0 ? { number } : {}),
        })),
  );
}

function columnOf({ place }: SetText, runs: readonly Run[], index: number): number {
  if (place.align === "left") return place.column + (index > 0 ? place.hanging : 0);
  const free = Math.max(0, textWidth - columnsOf(textOf(runs)));
  return place.align === "right" ? free : Math.floor(free / 2);
}

/** What is still to be laid out: the parts from `at` on. Cutting moves it on, so that a long one is not copied per page. */
export class Flow {
  private readonly parts: Part[];
  private at = 0;
  /** Rows from `at` on. */
  count: number;

  /** @param parts are used up */
  constructor(parts: Part[]) {
    this.parts = parts;
    this.count = rowCount(parts);
  }

  get line(): number | undefined {
    return this.parts[this.at]?.line;
  }

  takeAll(): Part[] {
    return this.take(this.parts.length, null, null);
  }

  /**
   * Takes at most `room` rows, up to the end of a line or of a sentence, and as many as that allows.
   * @returns null when nothing can be left here
   */
  takeToSentence(room: number): Part[] | null {
    const ends: number[] = [];
    let rows = 0;
    for (let index = this.at; index < this.parts.length && rows < room; index += 1) {
      rows += this.parts[index]?.set?.rows.length ?? 1;
      ends.push(rows);
    }
    for (let index = this.at + ends.length - 1; index >= this.at; index -= 1) {
      const part = this.parts[index] as Part;
      if (part.set === null || part.kind === "parenthetical") continue;
      const above = ends[index - this.at - 1] ?? 0;
      if (above + part.set.rows.length <= room && this.mayCut(index + 1, null, null))
        return this.take(index + 1, null, null);
      for (const [head, rest] of cutsInside(part, room - above))
        if (this.mayCut(index, head, rest)) return this.take(index, head, rest);
    }
    return null;
  }

  /** Takes just as many rows, for what is longer than a page and has no sentences. */
  takeRows(room: number): Part[] {
    let rows = 0;
    let index = this.at;
    for (; index < this.parts.length; index += 1) {
      const part = this.parts[index] as Part;
      const count = part.set?.rows.length ?? 1;
      if (rows + count > room) {
        const { set } = part;
        const left = room - rows;
        if (!set || left === 0) break;
        const rest: Part = { ...restOf(part), set: { ...set, rows: set.rows.slice(left) } };
        return this.take(index, { ...part, set: { ...set, rows: set.rows.slice(0, left) } }, rest);
      }
      rows += count;
    }
    return this.take(index, null, null);
  }

  /** Whether both sides keep enough when the parts up to `end`, and `head` of the next, stay here. */
  private mayCut(end: number, head: Part | null, rest: Part | null): boolean {
    const mine = this.parts.slice(this.at, end);
    const here = saidRows(head ? [...mine, head] : mine);
    let there = rest ? saidRows([rest]) : 0;
    for (let index = rest ? end + 1 : end; there < leastRows && index < this.parts.length; index += 1)
      there += saidRows([this.parts[index] as Part]);
    return here >= leastRows && there >= leastRows;
  }

  private take(end: number, head: Part | null, rest: Part | null): Part[] {
    const taken = this.parts.slice(this.at, end);
    this.count -= rowCount(taken);
    this.at = end;
    if (head && rest) {
      taken.push(head);
      this.count += rowCount([rest]) - (this.parts[end]?.set?.rows.length ?? 1);
      this.parts[end] = rest;
    }
    // No page begins or ends with the empty rows of a speech.
    for (; this.at < this.parts.length && this.parts[this.at]?.set === null; this.at += 1) this.count -= 1;
    while (taken.at(-1)?.set === null) taken.pop();
    return taken;
  }
}

/** No page begins or ends with one row of a paragraph or a speech. */
const leastRows = 2;

const saidRows = (parts: readonly Part[]) =>
  rowCount(parts.filter((part) => part.set !== null && part.kind !== "parenthetical"));

/** Setting the rest again costs its length on every page it goes over. */
const longestResettable = 20_000;

/** A part cut behind each of its sentences that leave at most `room` rows, the last first. */
function* cutsInside(part: Part, room: number): Generator<[Part, Part]> {
  const { set } = part;
  if (set === null) return;
  const text = textOf(set.runs);
  if (text.length > longestResettable) return;
  for (const end of sentenceEnds(text.slice(0, (room + 1) * (set.place.width + 1))).toReversed()) {
    const from = end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0);
    if (from >= text.length) continue;
    const head = setText(sliceRuns(set.runs, 0, end), set.place);
    if (head.rows.length > room) continue;
    const rest = setText(sliceRuns(set.runs, from, text.length), set.place);
    yield [
      { ...part, set: head },
      { ...restOf(part), set: rest },
    ];
  }
}

const restOf = ({ line, kind, set }: Part): Part => ({ line, kind, set });

const sentenceEnd = /[.!?…]["'”’)\]]?(?=\s+["'“‘(¿¡[]?[\p{Lu}\p{Lo}\p{N}])|[。！？]/gu;

function sentenceEnds(text: string): number[] {
  return [...text.matchAll(sentenceEnd)]
    .map((match) => match.index + match[0].length)
    .filter((end) => !abbreviation.test(text.slice(Math.max(0, end - 12), end)));
}
