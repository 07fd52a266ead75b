/** Scenes as runs of paragraphs and speeches: what the lexer's lines mean together. */
import type { ParseMode } from "./breakdown.ts";
import { withoutEmphasis } from "./emphasis.ts";
import { cueName, type FountainLine } from "./fountain.ts";

export interface Speech {
  character: string;
  parenthetical: string;
  text: string;
  /** Spoken at the same time as the speech before. */
  dual: boolean;
}
export type Block = { kind: "action"; text: string } | ({ kind: "speech" } & Speech);
export interface SceneBlocks {
  heading: string;
  synopsis: string;
  blocks: Block[];
}
export type ReadMode = Exclude<ParseMode, "auto">;

const item = /^\s*(?:shot\s+|beat\s+|scene\s+)?(?:\(?\d{1,4}[.):]|#\d{1,4}[.):]?|\d{1,4}\s*[-–—])\s+(?=\S)/i;

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
  let scene: SceneBlocks = { heading: "", synopsis: "", blocks: [] };
  let paragraph: string[] = [];
  let speech: Speech | null = null;

  const endParagraph = () => {
    if (paragraph.length > 0) scene.blocks.push({ kind: "action", text: withoutEmphasis(paragraph.join(" ")) });
    paragraph = [];
  };
  const endSpeech = () => {
    if (speech && (speech.text !== "" || speech.parenthetical !== "")) {
      scene.blocks.push({ kind: "speech", ...speech, text: withoutEmphasis(speech.text) });
    }
    speech = null;
  };
  const endScene = () => {
    endParagraph();
    endSpeech();
    if (scene.heading !== "" || scene.blocks.length > 0) scenes.push(scene);
  };

  for (const line of lines) {
    switch (line.kind) {
      case "scene-heading":
        endScene();
        scene = { heading: withoutEmphasis(line.content), synopsis: "", blocks: [] };
        break;
      case "character":
      case "dual-character":
        endParagraph();
        endSpeech();
        speech = {
          character: cueName(line.content),
          parenthetical: "",
          text: "",
          dual: line.kind === "dual-character",
        };
        break;
      case "parenthetical":
        if (speech) (speech as Speech).parenthetical ||= line.content.slice(1, -1).trim();
        break;
      case "dialogue":
        if (speech) (speech as Speech).text = joined((speech as Speech).text, line.content);
        break;
      case "lyric":
        if (speech) (speech as Speech).text = joined((speech as Speech).text, line.content);
        else paragraph.push(line.content);
        break;
      case "action":
        endSpeech();
        paragraph.push(line.content.trim());
        break;
      case "centered":
        endParagraph();
        endSpeech();
        if (!/^(?:the )?(?:end|fin|ende)[.!]?$/i.test(line.content))
          scene.blocks.push({ kind: "action", text: `Title: ${line.content}` });
        break;
      case "synopsis":
        scene.synopsis = joined(scene.synopsis, line.content);
        break;
      case "section":
        // Without headings, sections are what tells one scene from the next.
        if (scene.blocks.length > 0 || paragraph.length > 0) {
          endScene();
          scene = { heading: "", synopsis: "", blocks: [] };
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
  endScene();
  return scenes;
}

/** One scene whose paragraphs are the items; what stands ahead of the first item is what the scene is about. */
function numberedScene(lines: readonly FountainLine[]): SceneBlocks[] {
  const scene: SceneBlocks = { heading: "", synopsis: "", blocks: [] };
  let current: { kind: "action"; text: string } | null = null;
  for (const line of lines) {
    if (line.content === "" || line.kind === "title-page") continue;
    const plain = withoutEmphasis(line.content.trim());
    if (item.test(line.text)) {
      current = { kind: "action", text: withoutEmphasis(line.text.replace(item, "").trim()) };
      scene.blocks.push(current);
    } else if (current) current.text = joined(current.text, plain);
    else scene.synopsis = joined(scene.synopsis, plain);
  }
  return scene.blocks.length > 0 ? [scene] : [];
}

const joined = (a: string, b: string) => (a === "" ? b : b === "" ? a : `${a} ${b}`);
