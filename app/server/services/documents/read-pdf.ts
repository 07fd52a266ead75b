/** The text of a PDF, with the places of its words. */
import { createRequire } from "node:module";
import path from "node:path";
import type { PDFPageProxy } from "pdfjs-dist";
import { StudioError } from "#domain/errors.ts";
import type { PlacedPage, PlacedRow, Segment } from "#domain/screenplay/breakdown/placed-rows.ts";

type TextItem = Extract<Awaited<ReturnType<PDFPageProxy["getTextContent"]>>["items"][number], { str: string }>;

/** Points of a column; 10 to the inch. */
const columnPoints = 7.2;
const mostPages = 1500;

/** @throws StudioError "screenplay/broken-file" for what is no PDF, is damaged or wants a password */
export async function readPdf(bytes: Uint8Array): Promise<{ pages: PlacedPage[]; notes: string[] }> {
  const pdfjs = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const home = path.dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  const loading = pdfjs.getDocument({
    // It takes the bytes away from who gives them.
    data: bytes.slice(),
    cMapUrl: `${home}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${home}/standard_fonts/`,
    isEvalSupported: false,
    useSystemFonts: false,
    verbosity: 0,
  });
  try {
    const document = await loading.promise;
    const pages: PlacedPage[] = [];
    for (let number = 1; number <= Math.min(document.numPages, mostPages); number += 1) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      const [x = 0, y = 0, right = 612, top = 792] = page.view;
      pages.push({
        rows: rowsOf(
          items.filter((item): item is TextItem => "str" in item),
          { x, y: Math.max(y, top) },
        ),
        width: (right - x) / columnPoints,
      });
      page.cleanup();
    }
    const notes =
      document.numPages > mostPages ? [`Only the first ${mostPages} of its ${document.numPages} pages were read.`] : [];
    return { pages, notes };
  } catch (error) {
    throw refusal(error);
  } finally {
    await loading.destroy();
  }
}

function refusal(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StudioError) return error;
  const sentence =
    error.name === "PasswordException"
      ? "This PDF is locked with a password. Save a copy without one and bring that."
      : "This PDF is damaged and cannot be read: it may have been cut off on its way. Export it again and bring that.";
  return new StudioError("screenplay/broken-file", sentence, { cause: error });
}

interface PlacedItem {
  x: number;
  y: number;
  width: number;
  text: string;
}

/** Rows from the top down. */
function rowsOf(items: readonly TextItem[], corner: { x: number; y: number }): PlacedRow[] {
  const placed = items
    .filter((item) => item.str.trim() !== "")
    .map((item): PlacedItem => {
      const [, , , , x = 0, y = 0] = item.transform as number[];
      return { x: x - corner.x, y: corner.y - y, width: item.width, text: item.str };
    })
    .toSorted((a, b) => a.y - b.y || a.x - b.x);
  const lines: PlacedItem[][] = [];
  for (const item of placed) {
    const line = lines.at(-1);
    if (line && Math.abs((line[0]?.y ?? 0) - item.y) < 4) line.push(item);
    else lines.push([item]);
  }
  const pitch = pitchOf(lines.map((line) => line[0]?.y ?? 0));
  return lines.map((line, index): PlacedRow => {
    const above = lines[index - 1]?.[0]?.y;
    const rows = above === undefined ? 1 : ((line[0]?.y ?? 0) - above) / pitch;
    return { segments: segmentsOf(line), gap: Math.max(0, Math.round(rows - 0.1) - 1) };
  });
}

/** How far rows of running text are apart: the smallest usual distance. */
function pitchOf(ys: readonly number[]): number {
  const steps = ys.slice(1).map((y, index) => y - (ys[index] ?? 0));
  const usual = steps.filter((step) => step > 7 && step < 20).toSorted((a, b) => a - b);
  return usual[Math.floor(usual.length * 0.2)] ?? 12;
}

/** Further apart than this, two words belong to different things. */
const wideGap = 4 * columnPoints;

function segmentsOf(items: readonly PlacedItem[]): Segment[] {
  const line = items.toSorted((a, b) => a.x - b.x);
  const groups: PlacedItem[][] = [];
  for (const item of line) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    // Some programs make bold letters by writing them twice.
    if (before && before.text === item.text && Math.abs(before.x - item.x) < 2) continue;
    if (group && before && item.x - (before.x + before.width) < wideGap) group.push(item);
    else groups.push([item]);
  }
  return groups.map((group) => ({ column: (group[0]?.x ?? 0) / columnPoints, text: joined(group) }));
}

function joined(group: readonly PlacedItem[]): string {
  const letters = group.map((item) => item.text).join("");
  const ofRight = letters.match(rightToLeftLetters)?.length ?? 0;
  const isRightToLeft = ofRight * 2 > (letters.match(/\p{L}/gu)?.length ?? 0);
  const order = isRightToLeft ? group.toReversed() : group;
  let text = "";
  for (const [index, item] of order.entries()) {
    const before = order[index - 1];
    const gap = isRightToLeft
      ? (before?.x ?? 0) - (item.x + item.width)
      : item.x - ((before?.x ?? 0) + (before?.width ?? 0));
    const space = before !== undefined && gap > columnPoints * 0.25 && !/\s$/.test(text) ? " " : "";
    // Brackets between such letters were drawn the other way round.
    const said = isRightToLeft && !/\p{L}/u.test(item.text) ? turnedBrackets(item.text) : item.text;
    text += space + said;
  }
  return text.trim();
}

const rightToLeftLetters = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/g;
const brackets: Record<string, string> = { "(": ")", ")": "(", "[": "]", "]": "[", "«": "»", "»": "«" };
const turnedBrackets = (text: string) => text.replace(/[()[\]«»]/g, (sign) => brackets[sign] ?? sign);
