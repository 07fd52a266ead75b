/** Where pages end in the text of a script, for an editor that shows the text itself as pages. */
import { textOf } from "./page-text.ts";
import { rowsOnPage, type Page } from "./pages.ts";
import type { LexedLine } from "#domain/screenplay/fountain/relex.ts";

export interface PageEnd {
  /** The page that begins here. */
  page: number;
  line: number;
  /** Characters of the line that are still on the page before; 0 when the line begins the page. */
  column: number;
  /** Empty rows that the page before has at its foot. */
  emptyRows: number;
  /** What stands on paper and not in the text, when a speech goes over the page's end. */
  more: string | null;
  continued: string | null;
}

/** @returns the beginning of page 1 too when a title page stands before it */
export function pageEnds(lines: readonly LexedLine[], pages: readonly Page[]): PageEnd[] {
  return pages.flatMap(({ number, rows }, index) => {
    const before = pages[index - 1];
    const first = rows.find((row) => row !== null && row.kind !== "contd");
    if (!first) return [];
    if (!before && lines[0]?.kind !== "title-page") return [];
    const last = before?.rows.at(-1);
    return {
      page: number,
      line: first.line,
      column: before && carriesOver(before, first.line) ? columnOf(lines[first.line], textOf(first.runs)) : 0,
      emptyRows: before ? Math.max(0, rowsOnPage.letter - before.rows.length) : 0,
      more: last?.kind === "more" ? textOf(last.runs) : null,
      continued: rows[0]?.kind === "contd" ? textOf(rows[0].runs) : null,
    };
  });
}

/** Whether a line that has rows on this page goes on behind it. */
function carriesOver(page: Page, line: number): boolean {
  return page.rows.some((row) => row?.line === line && row.kind !== "more" && row.kind !== "contd");
}

/** Where the row begins in the text of its line; marks of emphasis stand in the text and not in the row. */
function columnOf(line: LexedLine | undefined, row: string): number {
  if (!line) return 0;
  const exact = line.text.indexOf(row);
  if (exact !== -1) return exact;
  const start = row.split(" ").slice(0, 3).join(" ");
  return Math.max(0, line.text.lastIndexOf(start));
}

/** @returns the page on which a line begins; 1 for the title page */
export function pageOfLine(pages: readonly Page[], line: number): number {
  let found = 1;
  for (const { number, rows } of pages) {
    const first = rows.find((row) => row !== null && row.kind !== "contd");
    if (first && first.line <= line)
      found = first.line === line && carries(pages[number - 2], line) ? number - 1 : number;
  }
  return found;
}

const carries = (page: Page | undefined, line: number) => page !== undefined && carriesOver(page, line);
