/** Plain text that was laid out as a page with spaces, both ways. */
import type { Page } from "#domain/screenplay/pages/pages.ts";
import type { PageRow } from "#domain/screenplay/pages/page-flow.ts";
import { columnsOf, textOf } from "#domain/screenplay/pages/page-text.ts";
import { fountainOfPages } from "./pdf-lines.ts";
import {
  isCapitals,
  isHeading,
  type PlacedPage,
  type PlacedRow,
  type Segment,
} from "#domain/screenplay/breakdown/placed-rows.ts";

const paperWidth = 85;

/** @returns null when the text was not laid out so: then it is read as Fountain, as it stands */
export function layoutOfText(text: string): PlacedPage[] | null {
  if (!isLaidOut(text)) return null;
  return text.split("\f").map((page): PlacedPage => {
    const rows: PlacedRow[] = [];
    let gap = 0;
    for (const line of page.split("\n")) {
      const segments = segmentsOf(line.replaceAll("\t", "        "));
      if (segments.length === 0) gap += 1;
      else {
        rows.push({ segments, gap: rows.length === 0 ? 0 : gap });
        gap = 0;
      }
    }
    return { rows, width: paperWidth };
  });
}

export function fountainOfLayout(pages: readonly PlacedPage[]): string {
  return fountainOfPages(pages).text;
}

const segmentsOf = (line: string): Segment[] =>
  [...line.matchAll(/\S+(?: {1,2}\S+)*/g)].map(({ 0: text, index }) => ({ column: index, text }));

/**
 * Names far in, over lines that stand less far in, more than once: nobody indents so by chance. Fountain that is only
 * indented a little stays as it is.
 */
function isLaidOut(text: string): boolean {
  const lines = text.split(/\n|\f/);
  const indent = (line: string) => /^\s*/.exec(line.replaceAll("\t", "        "))?.[0].length ?? 0;
  let speeches = 0;
  let inside = 0;
  let written = 0;
  const left = Math.min(
    40,
    ...lines.flatMap((line) => {
      const words = line
        .replaceAll("\t", "        ")
        .replace(/^(\s*)(\w{1,6})(?=\s{2})/, (all) => " ".repeat(all.length));
      return isHeading(words.trim()) ? [indent(words)] : [];
    }),
  );
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    written += 1;
    const at = indent(line);
    if (at >= left + 5) inside += 1;
    const below = lines[index + 1] ?? "";
    if (below.trim() !== "" && isCapitals(line) && at >= left + 12 && indent(below) >= left + 5 && indent(below) < at)
      speeches += 1;
  }
  // Where everything is set in, one is enough.
  if (left >= 8 && left < 40 && speeches > 0) return true;
  return speeches >= 2 && inside >= written / 5;
}

/** Pages as they would stand on paper; a form feed between them. */
export function writePlainText(pages: readonly Page[]): string {
  return pages
    .map(({ number, rows }) => {
      const head = number > 1 ? `${" ".repeat(textColumn + 57)}${number}.\n\n` : "";
      return head + rows.map((row) => `${row === null ? "" : rowText(row)}\n`).join("");
    })
    .join("\f");
}

/** The text's left edge, one and a half inches in. */
const textColumn = 15;

function rowText(row: PageRow): string {
  const own = textOf(row.runs);
  const numbered = row.number === undefined ? "" : row.number.padStart(Math.min(8, row.number.length + 5)).slice(0, 12);
  const left = `${numbered.padEnd(textColumn + row.column)}${own}`;
  const line = own === "" ? "" : left;
  if (!row.right) return line.trimEnd();
  const space = Math.max(1, textColumn + row.right.column - columnsOf(line));
  return `${line}${" ".repeat(space)}${textOf(row.right.runs)}`.trimEnd();
}
