/**
 * A script on paper, as everybody in film counts it: Courier, 10 columns to the inch, 6 rows to the inch, so that a page
 * is about a minute. No heading stands at a page's foot, no paragraph and no speech is cut to one row, a transition
 * does not open a page, and a speech that goes over a page's end says so: (MORE), and the name again with (CONT'D).
 */
import { blocksOf, type PageBlock } from "./page-blocks.ts";
import { Flow, rowCount, rowsOf, type PageRow, type Part } from "./page-flow.ts";
import { dualColumns, setText, textOf } from "./page-text.ts";
import type { LexedLine } from "#domain/screenplay/fountain/relex.ts";

export interface Page {
  /** From 1. The title page is none of them. */
  number: number;
  /** From the top of the text; null is an empty row. Empty ones at the foot are left out. */
  rows: (PageRow | null)[];
}

export type Paper = "letter" | "a4";

/** Nine inches of text on US letter, a little more on A4. */
export const rowsOnPage: Readonly<Record<Paper, number>> = { letter: 54, a4: 58 };

export function layOutPages(lines: readonly LexedLine[], { paper }: { paper: Paper }): Page[] {
  const desk = new Desk(rowsOnPage[paper]);
  const blocks = blocksOf(lines);
  blocks.forEach((block, index) => {
    desk.lay(block, blocks[index + 1]);
  });
  return desk.pages.filter((page, index) => page.rows.length > 0 || index === 0);
}

class Desk {
  readonly pages: Page[] = [{ number: 1, rows: [] }];
  /** From this row on, the page holds only headings of what has not come yet. */
  private headingsFrom = Infinity;
  private readonly height: number;

  constructor(height: number) {
    this.height = height;
  }

  lay(block: PageBlock, next: PageBlock | undefined): void {
    switch (block.kind) {
      case "page-break":
        this.headingsFrom = Infinity;
        this.turnPage();
        return;
      case "heading":
        if (rowCount(block.parts) > this.room(block.gap)) this.turnPage();
        this.headingsFrom = Math.min(this.headingsFrom, this.rows.length);
        this.put(block.gap, rowsOf(block.parts));
        return;
      case "transition":
        if (rowCount(block.parts) > this.room(block.gap)) this.turnPage();
        break;
      case "dual":
        this.layDual(block, roomFor(next));
        break;
      case "flow":
        this.layFlow(new Flow(block.parts), block.gap, roomFor(next));
        break;
      case "speech":
        this.laySpeech(block.cue, new Flow(block.parts), block.gap, roomFor(next));
        break;
    }
    if (block.kind === "transition") this.put(block.gap, rowsOf(block.parts));
    this.headingsFrom = Infinity;
  }

  /** @param below rows that have to stay free, or the end of it goes to the next page together with what follows */
  private layFlow(flow: Flow, gap: number, below: number): void {
    for (;;) {
      const room = this.room(gap);
      if (flow.count + below <= room) break;
      let head = flow.takeToSentence(Math.min(room, flow.count - 1));
      if (!head && this.isEmpty) {
        if (flow.count <= room) break;
        head = flow.takeRows(room);
      }
      this.put(gap, rowsOf(head ?? []));
      this.turnPage();
    }
    this.put(gap, rowsOf(flow.takeAll()));
  }

  private laySpeech(first: Part, flow: Flow, gap: number, below: number): void {
    let cue = first;
    for (;;) {
      const room = this.room(gap);
      const cueRows = rowCount([cue]);
      const count = cueRows + flow.count;
      if (count + below <= room) break;
      const roomForWords = Math.min(room - 1 - cueRows, flow.count - 1);
      let head = flow.takeToSentence(roomForWords);
      if (!head && this.isEmpty) {
        if (count <= room) break;
        head = flow.takeRows(roomForWords);
      }
      const line = flow.line ?? cue.line;
      if (head) this.put(gap, rowsOf([cue, ...head, said(cue, line, "more", "(MORE)")]));
      this.turnPage();
      if (head) cue = said(cue, line, "contd", continued(cue));
    }
    this.put(gap, rowsOf([cue, ...flow.takeAll()]));
  }

  private layDual(block: Extract<PageBlock, { kind: "dual" }>, below: number): void {
    const rows = sideBySide(block.left, block.right);
    if (rows.length + below > this.room(block.gap) && !this.isEmpty) this.turnPage();
    const room = this.room(block.gap);
    this.put(block.gap, rows.slice(0, room));
    for (let from = room; from < rows.length; from += this.height) {
      this.turnPage();
      this.put(0, rows.slice(from, from + this.height));
    }
  }

  private get rows() {
    return (this.pages.at(-1) as Page).rows;
  }

  /** Nothing is on the page but headings that came along from the one before. */
  private get isEmpty() {
    return this.rows.length === 0 || this.headingsFrom === 0;
  }

  private room(gap: number): number {
    return this.height - this.rows.length - (this.rows.length === 0 ? 0 : gap);
  }

  private put(gap: number, rows: readonly (PageRow | null)[]): void {
    if (rows.length === 0) return;
    if (this.rows.length > 0) for (let empty = 0; empty < gap; empty += 1) this.rows.push(null);
    for (const row of rows) this.rows.push(row);
  }

  /** Begins a page, with the headings that would stand alone at the foot of this one. */
  private turnPage(): void {
    if (this.rows.length === 0) return;
    const alone = this.headingsFrom > 0 && this.rows.length - this.headingsFrom <= mostHeadings;
    const headings = alone ? this.rows.splice(this.headingsFrom) : [];
    while (this.rows.at(-1) === null) this.rows.pop();
    while (headings[0] === null) headings.shift();
    this.pages.push({ number: this.pages.length + 1, rows: headings });
    this.headingsFrom = headings.length > 0 ? 0 : Infinity;
  }
}

/** More headings in a row than this are a list of scenes, and may end with a page. */
const mostHeadings = 12;

/** A transition stays with what it ends: room for it, and the empty row above. */
const roomFor = (next: PageBlock | undefined) => (next?.kind === "transition" ? rowCount(next.parts) + next.gap : 0);

function continued({ set }: Part): string {
  const name = set ? textOf(set.runs) : "";
  return /\(cont(?:['’]?d|inued|inuing)?\.?\)/i.test(name) ? name : `${name} (CONT'D)`;
}

function said(cue: Part, line: number, kind: "more" | "contd", text: string): Part {
  const where = cue.set?.place;
  const runs = [{ text, bold: false, italic: false, underline: false }];
  return { line, kind, set: where ? setText(runs, where) : null };
}

function sideBySide(left: readonly Part[], right: readonly Part[]): (PageRow | null)[] {
  const first = rowsOf(left, dualColumns.left);
  const second = rowsOf(right, dualColumns.right);
  return Array.from({ length: Math.max(first.length, second.length) }, (_, index) => {
    const mine = first[index] ?? null;
    const other = second[index] ?? null;
    if (!other) return mine;
    // Where only the right one still speaks, the left half is empty.
    return { ...(mine ?? { line: other.line, kind: other.kind, column: 0, runs: [] }), right: other };
  });
}
