/** Draws styled rows of text onto pages. */
import { rgb, type PDFPage } from "pdf-lib";
import type { Run } from "#domain/screenplay/fountain/emphasis.ts";
import { columnsOf } from "#domain/screenplay/pages/page-text.ts";
import type { PdfFonts, Style } from "./pdf-fonts.ts";
import { visualOrder } from "./visual-order.ts";

/** Where a row goes, points from the page's lower left corner. */
export interface RowPlace {
  x: number;
  /** Of the baseline. */
  y: number;
  size: number;
  grey?: number;
}

interface Piece {
  text: string;
  font: Awaited<ReturnType<PdfFonts["split"]>>[number]["font"];
  width: number;
  underline: boolean;
}

export interface SetRow {
  pieces: Piece[];
  /** Points. */
  width: number;
  isRightToLeft: boolean;
}

/** Courier is three fifths as wide as it is high. */
const columnWidth = (size: number) => size * 0.6;

export async function setRow(fonts: PdfFonts, runs: readonly Run[], size: number): Promise<SetRow> {
  const text = runs.map((run) => run.text).join("");
  const { stretches, isRightToLeft } = visualOrder(text);
  const pieces: Piece[] = [];
  for (const stretch of stretches)
    for (const { text: styled, run } of byStyle(stretch.text, stretch.from, runs))
      for (const { text: part, font, isMono } of await fonts.split(styled, run)) {
        // Letters that join are narrower together than one by one.
        const isEven = isMono && !/\p{Script=Arabic}/u.test(part);
        const width = isEven || !font ? columnsOf(part) * columnWidth(size) : font.widthOfTextAtSize(part, size);
        pieces.push({ text: part, font, width, underline: run.underline });
      }
  return { pieces, width: pieces.reduce((sum, piece) => sum + piece.width, 0), isRightToLeft };
}

/** Cuts a stretch where the style changes. */
function byStyle(text: string, from: number, runs: readonly Run[]): { text: string; run: Style & Run }[] {
  const out: { text: string; run: Run }[] = [];
  let at = 0;
  for (const run of runs) {
    const start = Math.max(at, from);
    const end = Math.min(at + run.text.length, from + text.length);
    if (end > start) out.push({ text: text.slice(start - from, end - from), run });
    at += run.text.length;
  }
  return out;
}

export function drawRow(page: PDFPage, row: SetRow, { x, y, size, grey = 0 }: RowPlace): void {
  const color = rgb(grey, grey, grey);
  let at = x;
  for (const { text, font, width, underline } of row.pieces) {
    if (font) page.drawText(text, { x: at, y, size, font, color });
    else if (width > 0) drawBox(page, { x: at, y, width, size });
    if (underline)
      page.drawLine({ start: { x: at, y: y - 1.6 }, end: { x: at + width, y: y - 1.6 }, thickness: 0.6, color });
    at += width;
  }
}

/** A letter that no font here has. */
function drawBox(page: PDFPage, { x, y, width, size }: { x: number; y: number; width: number; size: number }): void {
  page.drawRectangle({
    ...{ x: x + width * 0.12, y: y - size * 0.1, width: width * 0.76, height: size * 0.75 },
    ...{ borderWidth: 0.5, borderColor: rgb(0.45, 0.45, 0.45), opacity: 0, borderOpacity: 1 },
  });
}
