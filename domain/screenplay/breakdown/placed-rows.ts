/** A script as rows on paper, of which only the places are known: from a PDF, or from a text that was laid out with spaces. */
export interface Segment {
  /** From the paper's left edge, 10 to the inch. */
  column: number;
  text: string;
}

export interface PlacedRow {
  /** From left to right, with wide gaps between; at least one. */
  segments: Segment[];
  /** Empty rows above it on its page. */
  gap: number;
}

export interface PlacedPage {
  rows: PlacedRow[];
  /** Of the paper, columns. */
  width: number;
}

export const columnOf = (row: PlacedRow) => row.segments[0]?.column ?? 0;
export const textOfRow = (row: PlacedRow) => row.segments.map(({ text }) => text).join("  ");
export const endOf = (row: PlacedRow) => {
  const last = row.segments.at(-1);
  return last ? last.column + last.text.length : 0;
};

export const isCapitals = (text: string) => /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text.replace(/\([^)]*\)?/g, ""));
export const isHeading = (text: string) =>
  /^(?:INT|EXT|EST|INT\.?\s?\/\s?EXT|EXT\.?\s?\/\s?INT|I\.?\/E|E\.?\/I)[.\s]/.test(text);

const sceneNumber = /^[A-Z]{0,2}\d{1,4}[A-Z]{0,3}\.?\s+(?=\S)/;

/** Where a heading begins, behind a scene number that stands close before it; null when there is none. */
export function headingAt({ column, text }: Segment): number | null {
  if (isHeading(text)) return column;
  const number = sceneNumber.exec(text)?.[0].length ?? 0;
  return number > 0 && isHeading(text.slice(number)) ? column + number : null;
}

/** Where actions begin and where speeches do. */
export interface Margins {
  action: number;
  dialogue: number;
}

export function marginsOf(pages: readonly PlacedPage[]): Margins {
  const rows = pages.flatMap((page) => page.rows);
  const headings = rows.flatMap(({ segments }) => segments.flatMap((segment) => headingAt(segment) ?? []));
  const all = rows.flatMap(({ segments }) => segments.slice(0, 1));
  const action = commonest(headings.length > 1 ? headings : all.map(({ column }) => column)) ?? 15;
  const inside = all.filter(
    ({ column, text }) => column >= action + 4 && column <= action + 18 && !text.startsWith("(") && !isCapitals(text),
  );
  return { action, dialogue: commonest(inside.map(({ column }) => column)) ?? action + 10 };
}

function commonest(columns: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const column of columns) counts.set(Math.round(column), (counts.get(Math.round(column)) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0];
}
