/** The board on paper, six shots to a page: picture, framing, length, what happens, what is said, notes. */
import { PDFDocument, rgb, type PDFImage, type PDFPage } from "pdf-lib";
import { dialogueOf, listShots, numberOf, type ListedShot } from "#domain/film/shot-list.ts";
import { shotTypeNames } from "#domain/film/shot.ts";
import type { Film } from "#domain/film/snapshot.ts";
import type { Run } from "#domain/screenplay/fountain/emphasis.ts";
import { rowsIn, sliceRuns, textOf } from "#domain/screenplay/pages/page-text.ts";
import type { Paper } from "#domain/screenplay/pages/pages.ts";
import { framesToSeconds, minutesAndSeconds } from "#domain/time.ts";
import { openPdfFonts, type PdfFonts } from "./pdf-fonts.ts";
import { drawRow, setRow } from "./pdf-text.ts";
import { paperSizes, type MadePdf } from "./script-pdf.ts";

export interface ShotPicture {
  bytes: Uint8Array;
  contentType: string;
}

export interface StoryboardOptions {
  paper: Paper;
  sceneIds?: ReadonlySet<string> | undefined;
  /** null where a shot has none yet. */
  pictureOf: (shotId: string) => Promise<ShotPicture | null>;
}

const grid = { columns: 3, rows: 2, gap: 18, margin: 36, head: 26 };
const size = 7.5;
const pitch = 9.6;

export async function makeStoryboardPdf(
  film: Pick<Film, "scenes" | "shots" | "elements" | "meta">,
  { paper, sceneIds, pictureOf }: StoryboardOptions,
): Promise<MadePdf> {
  const pdf = await PDFDocument.create();
  pdf.setTitle(`${film.meta.title}, storyboard`, { showInWindowTitleBar: true });
  pdf.setCreator("Backlot");
  pdf.setProducer("Backlot");
  const [height, width] = paperSizes[paper];
  const sheet: Sheet = { pdf, fonts: openPdfFonts(pdf), width, height, film };
  const shots = listShots(film, sceneIds);
  const perPage = grid.columns * grid.rows;
  const count = Math.max(1, Math.ceil(shots.length / perPage));
  for (let index = 0; index < count; index += 1) {
    const page = pdf.addPage([width, height]);
    const shown = shots.slice(index * perPage, (index + 1) * perPage);
    await drawHead(sheet, page, shots, { number: index + 1, count });
    const pictures = await Promise.all(shown.map(({ shot }) => pictureOf(shot.id)));
    for (const [place, listed] of shown.entries()) {
      const before = shots[index * perPage + place - 1];
      const image = await embed(pdf, pictures[place] ?? null);
      await drawCell(sheet, page, place, listed, { image, beginsScene: before?.scene.id !== listed.scene.id });
    }
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return { bytes: await pdf.save(), pages: pdf.getPageCount(), missingLetters: sheet.fonts.missing };
}

interface Sheet {
  pdf: PDFDocument;
  fonts: PdfFonts;
  width: number;
  height: number;
  film: Pick<Film, "meta">;
}

const run = (text: string, style: Partial<Run> = {}): Run => ({
  ...{ text, bold: false, italic: false, underline: false },
  ...style,
});

async function drawHead(
  sheet: Sheet,
  page: PDFPage,
  shots: readonly ListedShot[],
  { number, count }: { number: number; count: number },
): Promise<void> {
  const y = sheet.height - grid.margin - 4;
  const frames = shots.reduce((sum, { shot }) => sum + shot.durationFrames, 0);
  const facts = `${shots.length === 1 ? "1 shot" : `${shots.length} shots`}, ${minutesAndSeconds(frames, sheet.film.meta.fps)} min`;
  await draw(sheet, page, [run(sheet.film.meta.title, { bold: true }), run(`   ${facts}`)], {
    x: grid.margin,
    y,
    size: 9,
  });
  await draw(sheet, page, [run(`${number} / ${count}`)], { right: sheet.width - grid.margin, y, size: 9 });
  page.drawLine({
    start: { x: grid.margin, y: y - 7 },
    end: { x: sheet.width - grid.margin, y: y - 7 },
    ...{ thickness: 0.5, color: rgb(0.7, 0.7, 0.7) },
  });
}

interface Cell {
  x: number;
  /** Of the upper edge. */
  top: number;
  width: number;
  height: number;
}

function cellAt(sheet: Sheet, place: number): Cell {
  const width = (sheet.width - 2 * grid.margin - (grid.columns - 1) * grid.gap) / grid.columns;
  const height = (sheet.height - 2 * grid.margin - grid.head - (grid.rows - 1) * grid.gap) / grid.rows;
  const column = place % grid.columns;
  const row = Math.floor(place / grid.columns);
  return {
    x: grid.margin + column * (width + grid.gap),
    top: sheet.height - grid.margin - grid.head - row * (height + grid.gap),
    ...{ width, height },
  };
}

async function drawCell(
  sheet: Sheet,
  page: PDFPage,
  place: number,
  { scene, shot }: ListedShot,
  { image, beginsScene }: { image: PDFImage | null; beginsScene: boolean },
): Promise<void> {
  const cell = cellAt(sheet, place);
  const columns = Math.floor(cell.width / (size * 0.6));
  let y = cell.top - size;
  if (beginsScene) {
    const heading = shortened(`${numberOf(scene)}  ${scene.heading}`, columns);
    await draw(sheet, page, [run(heading, { bold: true })], { x: cell.x, y, size });
  }
  y -= 5;
  const box = { x: cell.x, width: cell.width, height: Math.min(cell.width * (9 / 16), cell.height * 0.6) };
  drawPicture(page, image, { ...box, y: y - box.height }, sheet.film.meta);
  if (!image)
    await draw(sheet, page, [run("No picture yet")], {
      ...{ center: cell.x + cell.width / 2, y: y - box.height / 2, size, grey: 0.5 },
    });
  y -= box.height + size + 4;
  const seconds = `${framesToSeconds(shot.durationFrames, sheet.film.meta.fps).toFixed(1)} s`;
  const framing = [
    shotTypeNames[shot.type],
    ...(shot.move === "static" || shot.move === shot.type ? [] : [shot.move.replaceAll("_", " ")]),
    ...(shot.lens === undefined ? [] : [`${shot.lens} mm`]),
  ].join(", ");
  await draw(sheet, page, [run(shot.number, { bold: true }), run(`  ${framing}`)], { x: cell.x, y, size });
  await draw(sheet, page, [run(seconds)], { right: cell.x + cell.width, y, size });
  y -= pitch + 2;
  const room = Math.floor((y - (cell.top - cell.height)) / pitch) + 1;
  for (const row of rowsFor(
    [
      ...paragraphs(shot.action).map((text) => [run(text)]),
      ...paragraphs(dialogueOf(shot)).map((text) => speech(text)),
      ...paragraphs(shot.notes ?? "").map((text) => [run("Note: ", { bold: true }), run(text, { italic: true })]),
    ],
    columns,
    room,
  )) {
    await draw(sheet, page, row, { x: cell.x, y, size, right: cell.x + cell.width });
    y -= pitch;
  }
}

const paragraphs = (text: string) => text.split("\n").filter((line) => line.trim() !== "");

function speech(text: string): Run[] {
  const colon = text.indexOf(": ");
  return [run(text.slice(0, colon + 1), { bold: true }), run(text.slice(colon + 1))];
}

/** At most so many rows; what does not fit ends with an ellipsis. */
function rowsFor(texts: readonly Run[][], columns: number, room: number): Run[][] {
  const rows = texts.flatMap((runs) => rowsIn(textOf(runs), columns).map(([from, to]) => sliceRuns(runs, from, to)));
  if (rows.length <= room) return rows;
  const shown = rows.slice(0, room);
  const last = shown.at(-1) ?? [];
  shown[shown.length - 1] = [...sliceRuns(last, 0, columns - 2), run(" …")];
  return shown;
}

const shortened = (text: string, columns: number) => (text.length > columns ? `${text.slice(0, columns - 1)}…` : text);

/** Fits the picture into its box on a dark ground, as a screen would show it. */
function drawPicture(
  page: PDFPage,
  image: PDFImage | null,
  box: { x: number; y: number; width: number; height: number },
  film: { width: number; height: number },
): void {
  const shade = image ? 0.06 : 0.94;
  page.drawRectangle({ ...box, color: rgb(shade, shade, shade), borderColor: rgb(0.75, 0.75, 0.75), borderWidth: 0.5 });
  if (!image) return;
  const shape = image.width > 0 && image.height > 0 ? image : film;
  const scale = Math.min(box.width / shape.width, box.height / shape.height);
  const width = shape.width * scale;
  const height = shape.height * scale;
  page.drawImage(image, {
    x: box.x + (box.width - width) / 2,
    y: box.y + (box.height - height) / 2,
    ...{ width, height },
  });
}

/** A picture that cannot be set is as good as none. */
async function embed(pdf: PDFDocument, picture: ShotPicture | null): Promise<PDFImage | null> {
  try {
    if (picture?.contentType === "image/jpeg") return await pdf.embedJpg(picture.bytes);
    if (picture?.contentType === "image/png") return await pdf.embedPng(picture.bytes);
  } catch {
    return null;
  }
  return null;
}

async function draw(
  sheet: Sheet,
  page: PDFPage,
  runs: readonly Run[],
  at: { y: number; size: number; grey?: number; x?: number; right?: number; center?: number },
): Promise<void> {
  const set = await setRow(sheet.fonts, runs, at.size);
  const { x: left, right, center } = at;
  // With both edges given, a row that runs from the right begins there.
  const x =
    left !== undefined && (right === undefined || !set.isRightToLeft)
      ? left
      : right !== undefined
        ? right - set.width
        : (center ?? 0) - set.width / 2;
  drawRow(page, set, { x, y: at.y, size: at.size, ...(at.grey === undefined ? {} : { grey: at.grey }) });
}
