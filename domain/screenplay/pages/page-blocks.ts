/** A script as the blocks that a page is made of: what stands together, and how far from what is above. */
import type { LexedLine } from "#domain/screenplay/fountain/relex.ts";
import { isPrinted, setLine } from "./page-text.ts";
import type { Part } from "./page-flow.ts";

export type PageBlock =
  | { kind: "page-break" }
  | ({ gap: number } & (
      | { kind: "heading" | "flow" | "transition"; parts: Part[] }
      | { kind: "speech"; cue: Part; parts: Part[] }
      | { kind: "dual"; left: Part[]; right: Part[] }
    ));
type Speech = Extract<PageBlock, { kind: "speech" }>;

export function blocksOf(lines: readonly LexedLine[]): PageBlock[] {
  const blocks: PageBlock[] = [];
  let empty = 0;
  let run = 0;
  let speech: { block: Speech; isDual: boolean } | null = null;
  const endSpeech = () => {
    if (!speech) return;
    while (speech.block.parts.at(-1)?.set === null) speech.block.parts.pop();
    if (speech.isDual) joinDual(blocks, lines);
    speech = null;
  };
  for (const [index, line] of lines.entries()) {
    if (line.kind === "blank" || !isPrinted(line)) {
      run = line.kind === "blank" ? run + 1 : 0;
      empty = Math.max(empty, run);
      if (line.kind === "page-break") {
        endSpeech();
        blocks.push({ kind: "page-break" });
      }
      continue;
    }
    const isSpeech: boolean = speech !== null && empty === 0 && isSaid(line);
    if (isSpeech) {
      speech?.block.parts.push(partOf(line, index, false));
    } else {
      endSpeech();
      if (line.kind === "character" || line.kind === "dual-character") {
        const isDual = line.kind === "dual-character";
        const block: Speech = { kind: "speech", gap: 1, cue: partOf(line, index, false), parts: [] };
        speech = { block, isDual };
        blocks.push(block);
      } else {
        addPlain(blocks, line, index, empty);
      }
    }
    empty = 0;
    run = 0;
  }
  endSpeech();
  return blocks;
}

const isSaid = (line: LexedLine) => line.kind === "dialogue" || line.kind === "parenthetical" || line.kind === "lyric";

function partOf(line: LexedLine, index: number, dual: boolean): Part {
  const set = line.kind === "dialogue" && line.content === "" ? null : setLine(line, dual);
  return { line: index, kind: line.kind, set, ...(line.number === undefined ? {} : { number: line.number }) };
}

/** More than a page of empty lines is not a pause any more. */
const longestGap = 40;

function addPlain(blocks: PageBlock[], line: LexedLine, index: number, empty: number): void {
  const part = partOf(line, index, false);
  const last = blocks.at(-1);
  if (line.kind === "scene-heading") blocks.push({ kind: "heading", gap: 2, parts: [part] });
  else if (line.kind === "transition") blocks.push({ kind: "transition", gap: 1, parts: [part] });
  else if (last?.kind === "flow" && empty === 0) last.parts.push(part);
  else blocks.push({ kind: "flow", gap: Math.min(longestGap, Math.max(1, empty)), parts: [part] });
}

/** The speech at the end is said together with the one before it, if there is one directly before. */
function joinDual(blocks: PageBlock[], lines: readonly LexedLine[]): void {
  const second = blocks.at(-1);
  const first = blocks.at(-2);
  if (second?.kind !== "speech" || first?.kind !== "speech") return;
  const halved = ({ cue, parts }: Speech) =>
    [cue, ...parts].map((part) => partOf(lines[part.line] as LexedLine, part.line, true));
  blocks.splice(-2, 2, { kind: "dual", gap: first.gap, left: halved(first), right: halved(second) });
}
