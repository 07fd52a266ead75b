/**
 * Reads rows on paper as a script. Kinds follow from columns: actions and headings begin at the left, speeches further
 * in, names over speeches further still, transitions at the right. Rows that were wrapped become one line again.
 */
import { titleEntriesOf } from "./fdx-title.ts";
import { isContinuedCue, isMore, withoutFurniture } from "./page-furniture.ts";
import {
  columnOf,
  endOf,
  headingAt,
  isCapitals,
  isHeading,
  marginsOf,
  textOfRow,
  type Margins,
  type PlacedPage,
  type PlacedRow,
  type Segment,
} from "#domain/screenplay/breakdown/placed-rows.ts";
import type { TitleEntry } from "#domain/screenplay/fountain/title-page.ts";
import { writeFountain, writeRuns, type ScriptElement } from "#domain/screenplay/fountain/write-fountain.ts";

/** @returns Fountain, and how many rows were no part of the film */
export function fountainOfPages(pages: readonly PlacedPage[]): { text: string; dropped: number } {
  const margins = marginsOf(pages);
  const { title, rest } = splitTitle(
    pages.filter((page) => page.rows.length > 0),
    margins,
  );
  const { pages: kept, dropped } = withoutFurniture(rest, margins);
  const reading = new RowReading(margins, widthOf(kept, margins));
  for (const page of kept) reading.readPage(page.rows);
  return { text: writeFountain(reading.elements, title), dropped };
}

/** A first page on which nothing begins at the left, or nothing is a scene and little stands at all. */
function splitTitle(pages: readonly PlacedPage[], margins: Margins): { title: TitleEntry[]; rest: PlacedPage[] } {
  const [first, ...rest] = pages;
  if (!first || rest.length === 0) return { title: [], rest: [...pages] };
  const center = first.width / 2;
  const isMiddle = (row: PlacedRow) =>
    columnOf(row) > margins.action + 3 && Math.abs((columnOf(row) + endOf(row)) / 2 - center) < 6;
  const isTitle =
    first.rows.length <= 40 &&
    !first.rows.some(({ segments }) => segments.some((one) => headingAt(one) !== null || /^FADE IN/.test(one.text))) &&
    first.rows.filter(isMiddle).length >= Math.min(2, first.rows.length);
  if (!isTitle) return { title: [], rest: [...pages] };
  const paragraphs = first.rows.flatMap((row) => [
    ...(row.gap > 0 ? [{ type: "General", runs: [], notes: [], isCentered: true }] : []),
    { type: "General", runs: plain(textOfRow(row)), notes: [], isCentered: isMiddle(row) },
  ]);
  return { title: titleEntriesOf(paragraphs), rest };
}

const plain = (text: string) => [{ text: text.replace(/\s+/g, " "), bold: false, italic: false, underline: false }];

/** Where full rows of action end. */
function widthOf(pages: readonly PlacedPage[], { action }: Margins): number {
  const ends = pages
    .flatMap((page) => page.rows)
    .filter((row) => Math.abs(columnOf(row) - action) < 2 && row.segments.length === 1)
    .map(endOf)
    .toSorted((a, b) => a - b);
  return ends[Math.floor(ends.length * 0.98)] ?? action + 60;
}

const transition = /^(?:FADE (?:IN|OUT|UP|TO)\b.*|.*\bTO:|CUT TO BLACK\.?|SMASH CUT:?|THE END\.?)$/;
const numberedHeading = /^([A-Z]{0,2}\d{1,4}[A-Z]{0,3})\.?\s+(?=(?:INT|EXT|EST|I\/E)[./\s])/;
const sceneNumber = /^[A-Z]{0,2}\d{1,4}[A-Z]{0,3}\.?$/;

class RowReading {
  readonly elements: ScriptElement[] = [];
  private readonly margins: Margins;
  private readonly fullEnd: number;
  private inSpeech = false;
  /** A speech goes on over the page's end. */
  private hasMore = false;
  /** Columns where the last row ended and began, for rows that go on. */
  private last: { end: number; column: number; kind: ScriptElement["kind"]; fullEnd: number } | null = null;
  private speechEnd = 0;

  constructor(margins: Margins, fullEnd: number) {
    this.margins = margins;
    this.fullEnd = fullEnd;
    this.speechEnd = margins.dialogue + 35;
  }

  readPage(rows: readonly PlacedRow[]): void {
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] as PlacedRow;
      const isTop = index === 0;
      if (!isTop && row.gap > 0) this.endParagraph();
      else if (isTop && !this.hasMore) this.endAtPage(row);
      const dual = this.dualFrom(rows, index);
      if (dual > 0) {
        this.readDual(rows.slice(index, index + dual));
        index += dual - 1;
      } else this.readRow(row, rows[index + 1]);
    }
  }

  private endParagraph(): void {
    this.last = null;
    this.inSpeech = false;
  }

  /** A paragraph goes on over a page's end in the middle of a sentence only. */
  private endAtPage(row: PlacedRow): void {
    const before = this.elements.at(-1)?.text ?? "";
    const isSame = this.last !== null && Math.abs(columnOf(row) - this.last.column) < 2;
    const goesOn = isSame && !/[.!?…:"”)\]—–-]$/.test(before) && !isHeading(textOfRow(row));
    if (!goesOn) this.endParagraph();
  }

  private readRow(row: PlacedRow, next: PlacedRow | undefined): void {
    const heading = this.headingIn(row);
    const text = textOfRow(row).replace(/\s+/g, " ").trim();
    const column = columnOf(row);
    if (isMore(text)) {
      this.hasMore = true;
      return;
    }
    if (this.hasMore) {
      this.hasMore = false;
      if (isContinuedCue(text)) return this.goOnSpeaking();
      this.endParagraph();
    }
    if (heading) return this.add("scene-heading", heading.text, row, heading.number);
    if (this.inSpeech && column > this.margins.action + 3) return this.readSpeech(row, text);
    if (this.isCue(row, text, next)) {
      this.endParagraph();
      this.add("character", text, row);
      this.inSpeech = true;
      return;
    }
    const isRight = column >= this.margins.action + 28;
    if (isCapitals(text) && transition.test(text) && (isRight || next === undefined || next.gap > 0))
      return this.add("transition", text, row);
    if (column > this.margins.action + 6 && this.isAlone(row, next))
      return this.add(isCapitals(text) && isRight ? "transition" : "centered", text, row);
    this.add("action", text, row);
  }

  /** What was cut between two sentences is one line again. */
  private goOnSpeaking(): void {
    this.inSpeech = true;
    if (this.last) this.last = { ...this.last, end: this.last.fullEnd };
  }

  private readSpeech(row: PlacedRow, text: string): void {
    const before = this.elements.at(-1);
    const isOpen = before?.kind === "parenthetical" && !before.text.endsWith(")");
    const opens = text.startsWith("(") && columnOf(row) > this.margins.dialogue + 1;
    if (isOpen && before) before.text = joined(before.text, text);
    else this.add(opens ? "parenthetical" : "dialogue", text, row);
  }

  private headingIn({ segments }: PlacedRow): { text: string; number?: string } | null {
    const texts = segments.map(({ text }) => text.trim());
    const first = texts[0] ?? "";
    const number = sceneNumber.test(first) && texts.length > 1 ? first : undefined;
    const body = number === undefined ? texts : texts.slice(1);
    const inline = number === undefined ? numberedHeading.exec(body[0] ?? "") : null;
    const scene = number ?? inline?.[1];
    if (inline) body[0] = (body[0] ?? "").slice(inline[0].length);
    const last = body.at(-1) ?? "";
    if (body.length > 1 && sceneNumber.test(last)) body.pop();
    const text = body.join(" ").replace(/\s+/g, " ");
    if (!isHeading(text) || !isCapitals(text)) return null;
    return { text, ...(scene === undefined ? {} : { number: scene.replace(/\.$/, "") }) };
  }

  private isCue(row: PlacedRow, text: string, next: PlacedRow | undefined): boolean {
    const column = columnOf(row);
    const isName = isCapitals(text) && text.length < 50 && !/[.!?:]$/.test(text.replace(/\([^()]*\)/g, "").trim());
    if (!isName || column < this.margins.action + 8 || !next || next.gap > 0) return false;
    const below = columnOf(next);
    return below > this.margins.action + 3 && below < column + 3 && below < this.margins.action + 25;
  }

  private isAlone(row: PlacedRow, next: PlacedRow | undefined): boolean {
    return this.last === null && (next === undefined || next.gap > 0) && row.segments.length === 1;
  }

  /** How many rows two people speak at once in, from here; 0 when they do not. */
  private dualFrom(rows: readonly PlacedRow[], index: number): number {
    const first = rows[index] as PlacedRow;
    const names = first.segments;
    if (names.length !== 2 || !names.every(({ text }) => isCapitals(text) && !sceneNumber.test(text.trim()))) return 0;
    if (isHeading(names[0]?.text ?? "")) return 0;
    let end = index + 1;
    while (end < rows.length && rows[end]?.gap === 0) end += 1;
    return end > index + 1 ? end - index : 0;
  }

  private readDual(rows: readonly PlacedRow[]): void {
    this.endParagraph();
    const names = rows[0]?.segments ?? [];
    // Names stand further in than what is said below them.
    const split = (names[1]?.column ?? 0) - 10;
    const side = (isRight: boolean) =>
      rows.flatMap(({ segments }) => segments.filter(({ column }) => column >= split === isRight));
    this.speak("character", side(false));
    this.speak("dual-character", side(true));
    this.endParagraph();
  }

  private speak(kind: "character" | "dual-character", segments: readonly Segment[]): void {
    const [name, ...said] = segments;
    if (!name) return;
    this.elements.push({ kind, text: name.text.trim() });
    for (const { text } of said) {
      const before = this.elements.at(-1) as ScriptElement;
      const isOpen = before.kind === "parenthetical" && !before.text.endsWith(")");
      if (isOpen || (before.kind === "dialogue" && !text.startsWith("(")))
        before.text = joined(before.text, text.trim());
      else this.elements.push({ kind: text.startsWith("(") ? "parenthetical" : "dialogue", text: text.trim() });
    }
  }

  private add(kind: ScriptElement["kind"], text: string, row: PlacedRow, number?: string): void {
    const before = this.elements.at(-1);
    const { last } = this;
    const fullEnd = kind === "dialogue" ? this.speechEnd : this.fullEnd;
    const first = /^\S+/.exec(text)?.[0].length ?? 0;
    // A row that had room for the next word was ended by its writer.
    const wraps =
      last !== null && last.kind === kind && last.end + 1 + first > last.fullEnd - (kind === "dialogue" ? 2 : 0);
    const runsOn = kind === "action" || kind === "dialogue" || kind === "scene-heading";
    if (before && wraps && runsOn && number === undefined) before.text = joined(before.text, text);
    else {
      const isTight = last !== null && last.kind === "action" && kind === "action";
      const words = kind === "scene-heading" || kind === "character" ? text : writeRuns(plain(text));
      this.elements.push({
        kind,
        text: words,
        ...(number === undefined ? {} : { number }),
        ...(isTight ? { gap: false } : {}),
      });
    }
    this.last = { end: endOf(row), column: columnOf(row), kind, fullEnd };
    if (kind !== "dialogue" && kind !== "parenthetical") this.inSpeech = false;
  }
}

/** A row that ends with a hyphen or dash goes on without a space. */
const joined = (above: string, below: string) => (/\p{L}[-–—]$/u.test(above) ? above + below : `${above} ${below}`);
