/** How long the scenes of a script are, in eighths of a page as a schedule has them, and in seconds. */
import { withoutEmphasis } from "./emphasis.ts";
import { rowsOnPage, type Page } from "./pages.ts";
import type { LexedLine } from "./relex.ts";
import { wordCount } from "./sentences.ts";

export interface SceneMeasure {
  /** The line of its heading, from 0. */
  line: number;
  heading: string;
  /** As the writer numbered it. */
  number?: string;
  /** The page on which it begins. */
  page: number;
  /** At least 1. */
  eighths: number;
  seconds: number;
}

/** People say about 150 words in a minute, and take a breath before. */
const secondsOfSpeech = (words: number) => (words === 0 ? 0 : 0.7 + words / 2.5);
/** What happens takes longer than to read it, but a paragraph is one thing to see. */
const secondsOfAction = (words: number) => (words === 0 ? 0 : Math.min(8, Math.max(2, 1.4 + words * 0.2)));

/**
 * A page is a minute; but one of quick talk is less and one of short lines of action more, so the clock is the middle
 * between the page's measure and what the words take.
 */
export function measureScenes(lines: readonly LexedLine[], pages: readonly Page[]): SceneMeasure[] {
  const scenes: (SceneMeasure & { row: number; told: number })[] = [];
  const places = headingPlaces(pages);
  lines.forEach((line, index) => {
    const scene = scenes.at(-1);
    if (line.kind === "scene-heading") {
      const { page, row } = places.get(index) ?? { page: 1, row: 0 };
      const number = line.number === undefined ? {} : { number: line.number };
      scenes.push({
        line: index,
        heading: withoutEmphasis(line.content),
        ...number,
        page,
        row,
        told: 0,
        eighths: 1,
        seconds: 0,
      });
    } else if (scene) scene.told += secondsOf(line);
  });
  const height = rowsOnPage.letter;
  const allRows = pages.reduce((sum, page) => sum + page.rows.length, 0);
  return scenes.map(({ row, told, ...scene }, index) => {
    const onPaper = ((scenes[index + 1]?.row ?? allRows) - row) / height;
    return {
      ...scene,
      eighths: Math.max(1, Math.round(onPaper * 8)),
      seconds: Math.max(1, Math.round((onPaper * 60 + told) / 2)),
    };
  });
}

function secondsOf(line: LexedLine): number {
  const known = secondsOfLine.get(line);
  if (known !== undefined) return known;
  const words = line.kind === "dialogue" || line.kind === "action" ? wordCount(line.content) : 0;
  const seconds = line.kind === "dialogue" ? secondsOfSpeech(words) : secondsOfAction(words);
  secondsOfLine.set(line, seconds);
  return seconds;
}
const secondsOfLine = new WeakMap<LexedLine, number>();

/** Where headings stand: on which page, and how many rows of text are above, on all pages together. */
function headingPlaces(pages: readonly Page[]) {
  const places = new Map<number, { page: number; row: number }>();
  let above = 0;
  for (const { number, rows } of pages) {
    for (const [index, row] of rows.entries()) {
      if (row?.kind === "scene-heading" && !places.has(row.line))
        places.set(row.line, { page: number, row: above + index });
    }
    above += rows.length;
  }
  return places;
}
