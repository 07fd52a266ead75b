/** A screenplay on paper, as film people expect it. */
import { PDFDocument, type PDFPage } from "pdf-lib";
import { runsOf, withoutEmphasis, type Run } from "#domain/screenplay/fountain/emphasis.ts";
import { layOutPages, type Page, type Paper } from "#domain/screenplay/pages/pages.ts";
import type { PageRow } from "#domain/screenplay/pages/page-flow.ts";
import { rowsIn, sliceRuns, textWidth } from "#domain/screenplay/pages/page-text.ts";
import type { LexedLine } from "#domain/screenplay/fountain/relex.ts";
import { readTitlePage, type TitleEntry } from "#domain/screenplay/fountain/title-page.ts";
import { openPdfFonts, type PdfFonts } from "./pdf-fonts.ts";
import { drawRow, setRow } from "./pdf-text.ts";

export const sceneNumberChoices = ["none", "left", "both"] as const;

export interface ScriptPdfOptions {
  /** Of the film, where the script has no title page. */
  title: string;
  paper: Paper;
  sceneNumbers: (typeof sceneNumberChoices)[number];
}

export interface MadePdf {
  bytes: Uint8Array;
  pages: number;
  /** Letters that none of the fonts has, drawn as boxes. */
  missingLetters: number;
}

export const paperSizes: Record<Paper, [number, number]> = { letter: [612, 792], a4: [595.28, 841.89] };

const size = 12;
const columnPoints = 7.2;
const rowPoints = 12;
/** Points from the left and the top edge to the text. */
const margin = { left: 108, top: 72 };

export async function makeScriptPdf(lines: readonly LexedLine[], options: ScriptPdfOptions): Promise<MadePdf> {
  const pdf = await PDFDocument.create();
  const fonts = openPdfFonts(pdf);
  const title = readTitlePage(lines);
  describe(pdf, title, options.title);
  const paper = paperSizes[options.paper];
  const sheet: Sheet = { pdf, fonts, width: paper[0], height: paper[1] };
  if (title.length > 0) await drawTitlePage(sheet, title);
  const numbers = options.sceneNumbers === "none" ? null : sceneNumbersOf(lines);
  const pages = layOutPages(lines, { paper: options.paper });
  for (const page of pages) {
    await drawPage(sheet, page, numbers, options.sceneNumbers === "both");
    // Others want an answer too, and a long script is a second of drawing.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return { bytes: await pdf.save(), pages: pdf.getPageCount(), missingLetters: fonts.missing };
}

function describe(pdf: PDFDocument, entries: readonly TitleEntry[], filmTitle: string): void {
  const said = (key: RegExp) =>
    withoutEmphasis(
      entries
        .filter((entry) => key.test(entry.key))
        .flatMap(({ values }) => values)
        .join(" "),
    );
  pdf.setTitle(said(/^title$/i) || filmTitle, { showInWindowTitleBar: true });
  const author = said(/^authors?$/i);
  if (author !== "") pdf.setAuthor(author);
  pdf.setCreator("Backlot");
  pdf.setProducer("Backlot");
}

interface Sheet {
  pdf: PDFDocument;
  fonts: PdfFonts;
  width: number;
  height: number;
}

/** What the writer numbered keeps its number, the others are counted. */
function sceneNumbersOf(lines: readonly LexedLine[]): Map<number, string> {
  const numbers = new Map<number, string>();
  let count = 0;
  for (const [index, line] of lines.entries()) {
    if (line.kind !== "scene-heading") continue;
    count += 1;
    numbers.set(index, line.number ?? String(count));
  }
  return numbers;
}

async function drawPage(
  sheet: Sheet,
  { number, rows }: Page,
  numbers: ReadonlyMap<number, string> | null,
  onBothSides: boolean,
): Promise<void> {
  const page = sheet.pdf.addPage([sheet.width, sheet.height]);
  if (number > 1) await drawAt(sheet, page, plain(`${number}.`), { right: textRight, y: sheet.height - 36 - size });
  let numbered = -1;
  for (const [index, row] of rows.entries()) {
    if (row === null) continue;
    const y = sheet.height - margin.top - rowPoints * index - size * 0.8;
    await drawScriptRow(sheet, page, row, y);
    if (row.right) await drawScriptRow(sheet, page, row.right, y);
    const scene = row.kind === "scene-heading" && row.line !== numbered ? numbers?.get(row.line) : undefined;
    numbered = row.line;
    if (scene === undefined) continue;
    await drawAt(sheet, page, plain(scene), { right: margin.left - 5 * columnPoints, y });
    if (onBothSides) await drawAt(sheet, page, plain(scene), { right: textRight + 2 * columnPoints, y });
  }
}

const textRight = margin.left + textWidth * columnPoints;
const plain = (text: string): Run[] => [{ text, bold: false, italic: false, underline: false }];

/** A line that runs from the right stands as far from the right edge of the text as others from the left. */
async function drawScriptRow(sheet: Sheet, page: PDFPage, row: PageRow, y: number): Promise<void> {
  const set = await setRow(sheet.fonts, row.runs, size);
  const isSymmetric = row.kind === "centered";
  const x = set.isRightToLeft
    ? isSymmetric
      ? margin.left + (textWidth * columnPoints - set.width) / 2
      : textRight - row.column * columnPoints - set.width
    : margin.left + row.column * columnPoints;
  drawRow(page, set, { x, y, size });
}

async function drawAt(
  sheet: Sheet,
  page: PDFPage,
  runs: readonly Run[],
  at: { y: number } & ({ left: number } | { right: number } | { center: number }),
): Promise<void> {
  const set = await setRow(sheet.fonts, runs, size);
  const x = "left" in at ? at.left : "right" in at ? at.right - set.width : at.center - set.width / 2;
  drawRow(page, set, { x, y: at.y, size });
}

const middleKeys = /^(?:title|credit|authors?|source)$/i;

/** The title a third down, who made it below, and how to reach them at the foot. */
async function drawTitlePage(sheet: Sheet, entries: readonly TitleEntry[]): Promise<void> {
  const page = sheet.pdf.addPage([sheet.width, sheet.height]);
  let y = sheet.height * 0.66;
  for (const { key, values } of entries.filter((entry) => middleKeys.test(entry.key))) {
    for (const value of values) {
      for (const runs of wrapped(value, 50)) {
        await drawAt(sheet, page, runs, { center: sheet.width / 2, y });
        y -= rowPoints;
      }
    }
    y -= rowPoints * (/^title$/i.test(key) ? 3 : 1);
  }
  const foot = entries
    .filter((entry) => !middleKeys.test(entry.key))
    .flatMap(({ key, values }) =>
      values.flatMap((value) => wrapped(/^(?:contact|draft date|date)?$/i.test(key) ? value : `${key}: ${value}`, 58)),
    );
  y = Math.min(y - 3 * rowPoints, 72 + rowPoints * foot.length);
  for (const runs of foot) {
    if (y > 24) await drawAt(sheet, page, runs, { left: margin.left, y });
    y -= rowPoints;
  }
}

function wrapped(value: string, width: number): Run[][] {
  const runs = runsOf(value);
  const text = runs.map((run) => run.text).join("");
  return rowsIn(text, width).map(([from, to]) => sliceRuns(runs, from, to));
}
