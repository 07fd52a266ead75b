/** Scenes as runs of paragraphs and speeches: what the lexer's lines mean together. */
import type { ParseMode, ScriptLines } from "#domain/screenplay/breakdown.ts";
import { withoutEmphasis } from "./emphasis.ts";
import { cueName, type FountainLine } from "#domain/screenplay/fountain.ts";
import { append, newRunningText, type RunningText } from "#domain/screenplay/pages/running-text.ts";

export interface Speech extends RunningText {
  character: string;
  parenthetical: string;
  /** Spoken at the same time as the speech before. */
  dual: boolean;
  /** The same person goes on, said in another way. */
  goesOn?: true;
  /** With the cue. */
  lines: ScriptLines;
}
export type Block = ({ kind: "action" } & RunningText) | ({ kind: "speech" } & Speech);
export interface SceneBlocks {
  heading: string;
  synopsis: string;
  blocks: Block[];
  /** The number between `#`; "" when the script gives none. */
  number: string;
  /** From the heading up to the next one. */
  lines: ScriptLines;
}
export type ReadMode = Exclude<ParseMode, "auto">;

const item = /^\s*(?:shot\s+|beat\s+|scene\s+)?(?:\(?\d{1,4}[.):]|#\d{1,4}[.):]?|\d{1,4}\s*[-–—])\s+(?=\S)/i;

/** Lines in capitals that say how what follows is cut, and show nothing by themselves. */
const seriesBegins =
  /^\s*(?:BEGIN |START |A )?(?:SERIES OF (?:SHOTS|IMAGES)|(?:QUICK |TRAINING )?MONTAGE|QUICK CUTS|INTERCUT(?:TING)?)(?![\p{L}])[^\p{Ll}]*$/u;
const seriesEnds =
  /^\s*(?:END (?:OF )?(?:THE )?(?:SERIES|MONTAGE|INTERCUT|FLASHBACK|QUICK CUTS)|BACK TO (?:SCENE|PRESENT))(?![\p{L}])[^\p{Ll}]*$/u;
const isSeriesLine = (content: string) => seriesBegins.test(content) || seriesEnds.test(content);
/** `A) …`, `-- …`, `• …`, `3. …`: one picture of a series each. */
const seriesItem = /^\s*(?:[-–—]{1,3}|[•*]|\(?(?:\p{L}|\d{1,3})[.)])\s+(?=\S)/u;

/** Headings: a screenplay. Two numbered lines or more, and at least half of them: a list. Else prose by paragraphs. */
export function modeOf(lines: readonly FountainLine[]): ReadMode {
  let written = 0;
  let numbered = 0;
  for (const line of lines) {
    if (line.kind === "scene-heading") return "screenplay";
    if (line.content === "" || line.kind === "title-page") continue;
    written += 1;
    if (item.test(line.text)) numbered += 1;
  }
  return numbered >= 2 && numbered * 2 >= written ? "numbered" : "freeform";
}

export function blocksOf(lines: readonly FountainLine[], mode: ReadMode): SceneBlocks[] {
  return mode === "numbered" ? numberedScene(lines) : scenesOf(lines);
}

function scenesOf(lines: readonly FountainLine[]): SceneBlocks[] {
  const scenes: SceneBlocks[] = [];
  let scene = newScene(lines.findIndex((line) => line.kind !== "title-page" && line.kind !== "blank"));
  let paragraph = newRunningText();
  let inSeries = false;
  let speech: Speech | null = null;

  /** What stands in brackets is about what follows it: words before them were said as before. */
  const howSaid = (now: Speech, how: string, at: number): Speech => {
    if (now.text === "")
      return { ...now, parenthetical: withComma(now.parenthetical, how), lines: { ...now.lines, to: at + 1 } };
    endSpeech();
    const { character, dual } = now;
    return { ...newRunningText(), character, parenthetical: how, dual, goesOn: true, lines: { from: at, to: at + 1 } };
  };
  const endParagraph = () => {
    if (paragraph.text !== "") scene.blocks.push({ kind: "action", ...paragraph });
    paragraph = newRunningText();
  };
  const endSpeech = () => {
    if (speech && (speech.text !== "" || speech.parenthetical !== "")) scene.blocks.push({ kind: "speech", ...speech });
    speech = null;
  };
  const endScene = (at: number) => {
    endParagraph();
    endSpeech();
    scene.lines.to = at;
    if (scene.heading !== "" || scene.blocks.length > 0) scenes.push(scene);
  };
  for (const [at, line] of lines.entries()) {
    switch (line.kind) {
      case "scene-heading":
        endScene(at);
        inSeries = false;
        scene = newScene(at, withoutEmphasis(line.content), line.number);
        break;
      case "character":
      case "dual-character":
        endParagraph();
        endSpeech();
        speech = {
          ...newRunningText(),
          character: cueName(line.content),
          parenthetical: "",
          dual: line.kind === "dual-character",
          lines: { from: at, to: at + 1 },
        };
        break;
      case "parenthetical":
        if (speech) speech = howSaid(speech, line.content.slice(1, -1).trim(), at);
        break;
      case "dialogue":
      case "lyric":
        if (speech) {
          append(speech, lineOfText(at, line.content));
          if (line.content !== "") (speech as Speech).lines.to = at + 1;
        } else if (line.kind === "lyric") append(paragraph, lineOfText(at, line.content));
        break;
      case "action":
        endSpeech();
        if (seriesEnds.test(line.content)) inSeries = false;
        if (seriesBegins.test(line.content)) inSeries = true;
        if (isSeriesLine(line.content)) endParagraph();
        else if (inSeries && seriesItem.test(line.content)) {
          endParagraph();
          append(paragraph, lineOfText(at, line.content.replace(seriesItem, "").trim()));
        } else append(paragraph, lineOfText(at, line.content.trim()));
        break;
      case "centered":
        endParagraph();
        endSpeech();
        if (!/^(?:the )?(?:end|fin|ende)[.!]?$/i.test(line.content))
          scene.blocks.push({ kind: "action", ...lineOfText(at, `Title: ${line.content}`) });
        break;
      case "synopsis":
        scene.synopsis = joined(scene.synopsis, line.content);
        break;
      case "section":
        // Without headings, sections are what tells one scene from the next.
        if (scene.blocks.length > 0 || paragraph.text !== "") {
          endScene(at);
          scene = newScene(at);
        }
        break;
      case "blank":
      case "transition":
      case "page-break":
        endParagraph();
        endSpeech();
        break;
      case "title-page":
      case "note":
      case "boneyard":
        break;
      default:
        line.kind satisfies never;
    }
  }
  endScene(lines.length);
  return scenes;
}

/** One scene whose paragraphs are the items; what stands ahead of the first item is what the scene is about. */
function numberedScene(lines: readonly FountainLine[]): SceneBlocks[] {
  const scene = newScene(lines.findIndex((line) => line.kind !== "title-page" && line.kind !== "blank"));
  let current: RunningText | null = null;
  for (const [at, line] of lines.entries()) {
    if (line.content === "" || line.kind === "title-page") continue;
    if (item.test(line.text)) {
      if (current) scene.blocks.push({ kind: "action", ...current });
      current = lineOfText(at, line.text.replace(item, "").trim());
    } else if (current) append(current, lineOfText(at, line.content.trim()));
    else scene.synopsis = joined(scene.synopsis, withoutEmphasis(line.content.trim()));
  }
  if (current) scene.blocks.push({ kind: "action", ...current });
  scene.lines.to = lines.length;
  return scene.blocks.length > 0 ? [scene] : [];
}

const lineOfText = (line: number, content: string): RunningText => ({
  text: withoutEmphasis(content),
  starts: [{ at: 0, line }],
});

const newScene = (from: number, heading = "", number = ""): SceneBlocks => ({
  heading,
  number,
  synopsis: "",
  blocks: [],
  lines: { from: Math.max(0, from), to: from },
});

const withComma = (a: string, b: string) => (a === "" ? b : b === "" ? a : `${a}, ${b}`);
const joined = (a: string, b: string) => (a === "" ? b : b === "" ? a : `${a} ${b}`);
