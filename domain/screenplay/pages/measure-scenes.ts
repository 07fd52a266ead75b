/** How long the scenes of a script are, in eighths of a page as a schedule has them, and in seconds. */
import { withoutEmphasis } from "#domain/screenplay/fountain/emphasis.ts";
import { rowsOnPage, type Page } from "./pages.ts";
import type { LexedLine } from "#domain/screenplay/fountain/relex.ts";
import { wordCount } from "#domain/screenplay/breakdown/sentences.ts";

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
  const scenes: (SceneMeasure & { at: number; told: number })[] = [];
  const { places, end } = headingPlaces(pages);
  for (const [index, line] of lines.entries()) {
    const scene = scenes.at(-1);
    if (line.kind === "scene-heading") scenes.push(sceneAt(line, index, places.get(index)));
    else if (scene) scene.told += secondsOf(line);
  }
  return scenes.map(({ at, told, ...scene }, index) => {
    const onPaper = (scenes[index + 1]?.at ?? end) - at;
    return {
      ...scene,
      eighths: Math.max(1, Math.round(onPaper * 8)),
      seconds: Math.max(1, Math.round((onPaper * 60 + told) / 2)),
    };
  });
}

function sceneAt(line: LexedLine, index: number, place: HeadingPlace = { page: 1, at: 0 }) {
  return {
    line: index,
    heading: withoutEmphasis(line.content),
    ...(line.number === undefined ? {} : { number: line.number }),
    ...place,
    told: 0,
    eighths: 1,
    seconds: 0,
  };
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

interface HeadingPlace {
  page: number;
  /** Pages above it. */
  at: number;
}

/** A page whose foot is a little empty is a page; one that was broken off counts by its rows. */
const fullFrom = 0.8 * rowsOnPage.letter;

/** Where headings stand; `end` is where the script does. */
function headingPlaces(pages: readonly Page[]): { places: Map<number, HeadingPlace>; end: number } {
  const places = new Map<number, HeadingPlace>();
  let above = 0;
  for (const { number, rows } of pages) {
    const height = rows.length >= fullFrom ? rows.length : rowsOnPage.letter;
    for (const [index, row] of rows.entries()) {
      if (row?.kind === "scene-heading" && !places.has(row.line))
        places.set(row.line, { page: number, at: above + index / height });
    }
    above += rows.length / height;
  }
  return { places, end: above };
}
