/** Final Draft's paragraphs as elements of Fountain. */
import type { FdxBlock, FdxParagraph, FdxScript } from "./fdx.ts";
import { titleEntriesOf } from "./fdx-title.ts";
import { textOf } from "#domain/screenplay/pages/page-text.ts";
import { writeFountain, writeRuns, type ScriptElement } from "#domain/screenplay/fountain/write-fountain.ts";

export function fountainOfFdx(script: FdxScript): string {
  return writeFountain(elementsOf(script.blocks), titleEntriesOf(script.title));
}

const kinds: Record<string, ScriptElement["kind"]> = {
  "scene heading": "scene-heading",
  action: "action",
  general: "action",
  shot: "action",
  "cast list": "action",
  "new act": "centered",
  "end of act": "centered",
  character: "character",
  parenthetical: "parenthetical",
  dialogue: "dialogue",
  transition: "transition",
  lyrics: "lyric",
  singing: "lyric",
};

function elementsOf(blocks: readonly FdxBlock[]): ScriptElement[] {
  const capitals = cuesAreCapitals(blocks) ? (name: string) => name : (name: string) => name.toUpperCase();
  const elements: ScriptElement[] = [];
  /** Notes of a cue, which go to what is said. */
  let waiting: string[] = [];
  const add = (paragraph: FdxParagraph, kind: ScriptElement["kind"]) => {
    if (paragraph.startsPage && elements.length > 0) elements.push({ kind: "page-break", text: "" });
    const { outline, notes } = sorted(paragraph.notes);
    elements.push(...outline);
    let text = kind === "scene-heading" || isCue(kind) ? textOf(paragraph.runs) : writeRuns(paragraph.runs);
    if (isCue(kind)) text = capitals(text);
    const isInSpeech = isCue(kind) || kind === "parenthetical" || kind === "dialogue" || kind === "lyric";
    const mine = [...waiting, ...notes];
    waiting = isCue(kind) || kind === "parenthetical" ? mine : [];
    const inline = isInSpeech && waiting.length === 0 ? mine : [];
    elements.push({
      kind,
      text,
      ...(inline.length === 0 ? {} : { notes: inline }),
      ...(paragraph.number === undefined ? {} : { number: paragraph.number }),
      ...gapAbove(paragraph, kind, elements.at(-1)?.kind),
    });
    if (paragraph.summary !== undefined && kind === "scene-heading")
      elements.push({ kind: "synopsis", text: paragraph.summary });
    if (!isInSpeech) for (const note of mine) elements.push({ kind: "note", text: note });
  };
  for (const block of blocks) {
    if (!("dual" in block)) {
      add(block, kindOf(block));
      continue;
    }
    let cues = 0;
    for (const paragraph of block.dual) {
      const kind = kindOf(paragraph);
      if (kind === "character") cues += 1;
      add(paragraph, kind === "character" && cues === 2 ? "dual-character" : kind);
    }
  }
  for (const note of waiting) elements.push({ kind: "note", text: note });
  return elements;
}

/** Final Draft's own formats say what is usual in them; only what runs on in a paragraph or a song counts. */
function gapAbove(
  { spaceBefore }: FdxParagraph,
  kind: ScriptElement["kind"],
  above: ScriptElement["kind"] | undefined,
): { gap?: boolean } {
  if (spaceBefore === undefined) return {};
  if (kind === "lyric") return { gap: spaceBefore > 0 };
  return kind === "action" && above === "action" && spaceBefore === 0 ? { gap: false } : {};
}

function kindOf({ type, isCentered }: FdxParagraph): ScriptElement["kind"] {
  const kind = kinds[type.trim().toLowerCase()] ?? "action";
  return kind === "action" && isCentered ? "centered" : kind;
}

const isCue = (kind: ScriptElement["kind"]) => kind === "character" || kind === "dual-character";

/** Sections and synopses travel as notes with a mark. */
function sorted(notes: readonly string[]): { outline: ScriptElement[]; notes: string[] } {
  const outline: ScriptElement[] = [];
  const rest: string[] = [];
  for (const note of notes) {
    const section = /^(#{1,6})\s+(\S.*)$/.exec(note);
    const synopsis = /^=\s+(\S.*)$/.exec(note);
    if (section) outline.push({ kind: "section", text: section[2] as string, depth: (section[1] as string).length });
    else if (synopsis) outline.push({ kind: "synopsis", text: synopsis[1] as string });
    else rest.push(note);
  }
  return { outline, notes: rest };
}

/** Final Draft shows cues in capitals however they were typed. A few in small letters are meant so, as is McCLANE. */
function cuesAreCapitals(blocks: readonly FdxBlock[]): boolean {
  const names = blocks
    .flatMap((block) => ("dual" in block ? block.dual : [block]))
    .filter((paragraph) => kindOf(paragraph) === "character")
    .map(({ runs }) => textOf(runs).replace(/\([^()]*\)/g, ""));
  const typedSmall = names.filter((name) => name !== name.toUpperCase() && !/\p{Lu}{2}/u.test(name));
  return typedSmall.length * 2 <= names.length;
}
