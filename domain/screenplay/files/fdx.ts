/**
 * A script as Final Draft keeps it: paragraphs, each of a type, with styled text. What Fountain has and Final Draft has
 * not travels in its notes: sections as notes that begin with `#`, synopses as notes that begin with `=`. Boneyard stays
 * behind.
 */
import { runsOf, type Run } from "#domain/screenplay/fountain/emphasis.ts";
import { hiddenRanges } from "#domain/screenplay/fountain/fountain-hidden.ts";
import type { FountainKind } from "#domain/screenplay/fountain.ts";
import type { LexedLine } from "#domain/screenplay/fountain/relex.ts";
import { isPrinted } from "#domain/screenplay/pages/page-text.ts";
import { fdxTitlePage } from "./fdx-title.ts";
import { readTitlePage } from "#domain/screenplay/fountain/title-page.ts";

export interface FdxParagraph {
  /** e.g. `Scene Heading`, as the file says it; `General` where it says nothing. */
  type: string;
  runs: readonly Run[];
  /** A scene's own number. */
  number?: string;
  isCentered?: boolean;
  startsPage?: boolean;
  /** Empty rows above, where they are not the usual ones. */
  spaceBefore?: number;
  notes: string[];
  /** Says what the scene is about. */
  summary?: string;
}

/** Two speeches at once, or one paragraph. */
export type FdxBlock = FdxParagraph | { dual: FdxParagraph[] };

export interface FdxScript {
  title: readonly FdxParagraph[];
  blocks: readonly FdxBlock[];
}

/** What Final Draft calls our kinds. */
const typeOf: Partial<Record<FountainKind, string>> = {
  "scene-heading": "Scene Heading",
  action: "Action",
  centered: "Action",
  character: "Character",
  "dual-character": "Character",
  parenthetical: "Parenthetical",
  dialogue: "Dialogue",
  transition: "Transition",
  lyric: "Lyrics",
};

export function fdxOf(lines: readonly LexedLine[]): FdxScript {
  return { title: fdxTitlePage(readTitlePage(lines)), blocks: blocksOf(lines) };
}

const isSaid = (kind: FountainKind) => kind === "dialogue" || kind === "parenthetical" || kind === "lyric";

function blocksOf(lines: readonly LexedLine[]): FdxBlock[] {
  const notes = notesByLine(lines);
  const blocks: FdxBlock[] = [];
  let speech: FdxParagraph[] = [];
  let before: FdxParagraph[] = [];
  let isDual = false;
  let isOpen = false;
  let startsPage = false;
  let waiting: string[] = [];
  let lastParagraph: FdxParagraph | null = null;
  let lastKind: FountainKind = "blank";
  const endSpeech = () => {
    if (isDual && before.length > 0 && speech.length > 0) {
      blocks.splice(blocks.length - before.length - speech.length, before.length + speech.length);
      blocks.push({ dual: [...before, ...speech] });
      before = [];
    } else before = speech;
    speech = [];
    isDual = false;
  };
  for (const [index, line] of lines.entries()) {
    const { kind } = line;
    const isCue = kind === "character" || kind === "dual-character";
    if (isPrinted(line)) {
      const goesOn: boolean = isOpen && isSaid(kind);
      if (!goesOn) {
        endSpeech();
        if (!isCue) before = [];
      }
      const paragraph = paragraphOf(line);
      paragraph.notes.push(...waiting);
      if (startsPage) paragraph.startsPage = true;
      const isRunning = kind === "action" || (kind === "lyric" && !goesOn);
      if (isRunning && lastKind === kind) paragraph.spaceBefore = 0;
      else if (kind === "lyric" && !goesOn) paragraph.spaceBefore = 1;
      [waiting, startsPage, lastParagraph] = [[], false, paragraph];
      if (isCue) isDual = kind === "dual-character";
      isOpen = isCue || goesOn;
      if (isOpen) speech.push(paragraph);
      blocks.push(paragraph);
    } else if (kind === "blank") isOpen = false;
    else if (kind === "page-break") startsPage = true;
    else if (kind === "section") waiting.push(`${"#".repeat(line.depth ?? 1)} ${line.content}`);
    else if (kind === "synopsis") waiting.push(`= ${line.content}`);
    for (const note of notes.get(index) ?? []) (lastParagraph?.notes ?? waiting).push(note);
    lastKind = kind;
  }
  endSpeech();
  if (waiting.length > 0)
    if (lastParagraph) lastParagraph.notes.push(...waiting);
    else blocks.push({ type: "Action", runs: [], notes: waiting });
  return blocks;
}

function paragraphOf(line: LexedLine): FdxParagraph {
  const isName = line.kind === "character" || line.kind === "dual-character";
  return {
    type: typeOf[line.kind] ?? "General",
    runs: isName ? [{ text: line.content, bold: false, italic: false, underline: false }] : runsOf(line.content),
    notes: [],
    ...(line.number === undefined ? {} : { number: line.number }),
    ...(line.kind === "centered" ? { isCentered: true } : {}),
  };
}

/** What notes say, by the line in which each begins. */
function notesByLine(lines: readonly LexedLine[]): Map<number, string[]> {
  const found = new Map<number, string[]>();
  if (!lines.some((line) => line.text.includes("[["))) return found;
  const text = lines.map((line) => line.text).join("\n");
  let line = 0;
  let end = lines[0]?.text.length ?? 0;
  for (const range of hiddenRanges(text)) {
    while (range.from > end && line < lines.length - 1) {
      line += 1;
      end += 1 + (lines[line]?.text.length ?? 0);
    }
    if (range.kind !== "note") continue;
    const said = text.slice(range.from + 2, range.to - 2).trim();
    if (said !== "") found.set(line, [...(found.get(line) ?? []), said]);
  }
  return found;
}
