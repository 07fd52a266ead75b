/** What a page says of itself and not of the film: numbers, headers, footers, (CONTINUED), marks of revisions. */
import {
  columnOf,
  headingAt,
  isCapitals,
  textOfRow,
  type Margins,
  type PlacedPage,
  type PlacedRow,
} from "#domain/screenplay/breakdown/placed-rows.ts";

const pageNumber = /^(?:page |p\. ?|seite )?-?\s?\d{1,4}[A-Z]{0,2}\s?[.-]?$/i;
const continued = /^\(?\s*(?:CONTINUED|FORTSETZUNG)\s*:?\s*(?:\(\d+\))?\s*\)?:?$/;

/** @returns the pages without it, and how many rows went */
export function withoutFurniture(
  pages: readonly PlacedPage[],
  margins: Margins,
): { pages: PlacedPage[]; dropped: number } {
  const repeated = repeatedEnds(pages);
  let dropped = 0;
  const kept = pages.map((page): PlacedPage => {
    const rows: PlacedRow[] = [];
    const last = page.rows.length - 1;
    const rule = { margins, repeated };
    /** What stands above or below the film: the outermost row, and the next one where that one went too. */
    const atEdge = (index: number): boolean => {
      if (!standsAlone(page.rows, index)) return false;
      if (index === last) return true;
      if (index === last - 1) return isFurniture(page.rows[last] as PlacedRow, { ...rule, atEdge: atEdge(last) });
      return index < 2 && rows.length === 0;
    };
    for (const [index, row] of page.rows.entries()) {
      if (isFurniture(row, { ...rule, atEdge: atEdge(index) })) {
        dropped += 1;
        const next = page.rows[index + 1];
        if (next && index > 0) next.gap = Math.max(next.gap, row.gap);
      } else rows.push(withoutMarks(row, margins));
    }
    return { ...page, rows };
  });
  return { pages: kept, dropped };
}

/** Whether a row stands for itself, with empty rows between it and the film. */
const standsAlone = (rows: readonly PlacedRow[], index: number) =>
  (index === 0 || (rows[index]?.gap ?? 0) > 0) && (rows[index + 1]?.gap ?? 1) > 0;

function isFurniture(
  row: PlacedRow,
  { atEdge, margins, repeated }: { atEdge: boolean; margins: Margins; repeated: ReadonlySet<string> },
): boolean {
  if (row.segments.some((segment) => headingAt(segment) !== null)) return false;
  const texts = row.segments.map(({ text }) => text.replace(/\s+/g, " ").trim());
  const whole = texts.join(" ");
  // Scene numbers stand in the margins beside (CONTINUED) too.
  if (
    texts.some((text) => continued.test(text)) &&
    texts.every((text) => continued.test(text) || pageNumber.test(text))
  )
    return true;
  if (pageNumber.test(whole)) return atEdge || (columnOf(row) > margins.action + 40 && /\.$/.test(whole));
  return atEdge && repeated.has(keyOf(row));
}

/** Lines that stand at the head or foot of half of the pages, but for the numbers in them. */
function repeatedEnds(pages: readonly PlacedPage[]): Set<string> {
  const counts = new Map<string, number>();
  for (const { rows } of pages)
    for (const key of new Set([...rows.slice(0, 2), ...rows.slice(-2)].map(keyOf)))
      counts.set(key, (counts.get(key) ?? 0) + 1);
  const least = Math.max(3, pages.length / 2);
  return new Set([...counts].filter(([, count]) => count >= least).map(([key]) => key));
}

const keyOf = (row: PlacedRow) => textOfRow(row).replace(/\d+/g, "#").replace(/\s+/g, " ").trim();

/** Stars at the right say that a row was revised. */
function withoutMarks(row: PlacedRow, { action }: Margins): PlacedRow {
  const segments = row.segments.filter(
    ({ column, text }, index) => index === 0 || column < action + 58 || !/^\*+$/.test(text.trim()),
  );
  return { ...row, segments };
}

export const isMore = (text: string) => /^\(\s*(?:MORE|CONTINUED|CONT['’]?D)\s*\)$/i.test(text.trim());
export const isContinuedCue = (text: string) =>
  isCapitals(text) && /\(\s*CONT(?:['’]?D|INUED|\.)?\s*\)\s*$/i.test(text);
