/**
 * Reads Fountain 1.1 line by line: https://fountain.io/syntax. The text is the truth: every character of it is in
 * exactly one line, and `text + eol` of all lines joined gives it back byte for byte. What a line is depends on the
 * lines round it only through three facts (blank before, blank after, inside a speech), so that an editor can later
 * re-read from the nearest blank line on.
 */
import { cutRanges, hiddenRanges, overlapping, type HiddenRange } from "./fountain-hidden.ts";

export const fountainKinds = [
  "title-page",
  "scene-heading",
  "action",
  "character",
  "dual-character",
  "parenthetical",
  "dialogue",
  "transition",
  "centered",
  "lyric",
  "section",
  "synopsis",
  "note",
  "boneyard",
  "page-break",
  "blank",
] as const;
export type FountainKind = (typeof fountainKinds)[number];

export interface FountainLine {
  kind: FountainKind;
  /** Offset of the first character, UTF-16 units. */
  from: number;
  /** Offset behind the last character, ahead of the line's end. */
  to: number;
  /** As written, without its line end. */
  text: string;
  eol: "" | "\n" | "\r\n" | "\r";
  /** What is meant: without forcing marks, notes, boneyard, scene number and outer space. */
  content: string;
  /** The scene number between `#`, e.g. `12A`. */
  number?: string;
  /** How many `#` a section has. */
  depth?: number;
}

export function lexFountain(text: string): FountainLine[] {
  const raw = splitLines(text);
  const hidden = hiddenRanges(text);
  const titleEnd = titlePageEnd(raw);
  const lines: FountainLine[] = [];
  const state: LexState = { afterBlank: true, speech: "none" };
  let nextHidden = 0;
  for (let index = 0; index < raw.length; index += 1) {
    const line = raw[index] as RawLine;
    while ((hidden[nextHidden]?.to ?? Infinity) <= line.from) nextHidden += 1;
    const cut = overlapping(hidden, nextHidden, line.from, line.to);
    if (index < titleEnd) {
      lines.push(Object.assign(line, { kind: "title-page" as const, content: line.text.trim() }));
      continue;
    }
    const read = readLine(line, cut, state, (raw[index + 1]?.text.trim() ?? "") === "");
    lines.push(Object.assign(line, read));
    step(state, read.kind, line.text);
  }
  return lines;
}

/** The name in a cue: `@McAvoy (V.O.) ^` → `McAvoy`. */
export function cueName(content: string): string {
  return content
    .replace(/^@/, "")
    .replace(/\s*\^\s*$/, "")
    .replace(/\s*\([^)]*\)?/g, "")
    .trim();
}

/** Takes the marks of bold, italics and underline away, leaving escaped ones. */
export function withoutEmphasis(text: string): string {
  if (!/[*_\\]/.test(text)) return text;
  return text
    .replace(/(?<!\\)(\*{1,3})(?=\S)([^*\n]*[^\s*\\])\1/g, "$2")
    .replace(/(?<!\\)_(?=\S)([^_\n]*[^\s_\\])_/g, "$1")
    .replace(/\\([*_])/g, "$1");
}

type RawLine = Pick<FountainLine, "from" | "to" | "text" | "eol">;
type ReadLine = Pick<FountainLine, "kind" | "content" | "number" | "depth">;

interface LexState {
  /** The line before is blank, the start, or something that is not running text. */
  afterBlank: boolean;
  /** Whether a cue has been read: directly before, or some speech ago. */
  speech: "none" | "cued" | "speaking";
}

function splitLines(text: string): RawLine[] {
  const lines: RawLine[] = [];
  const end = /\r\n|\n|\r/g;
  let from = 0;
  for (let match = end.exec(text); match; match = end.exec(text)) {
    lines.push({ from, to: match.index, text: text.slice(from, match.index), eol: match[0] as RawLine["eol"] });
    from = end.lastIndex;
  }
  if (from < text.length) lines.push({ from, to: text.length, text: text.slice(from), eol: "" });
  return lines;
}

/** Any key may follow, but the page must begin with a usual one: prose often begins with a word and a colon too. */
const titleKey =
  /^\s*(title|credit|authors?|written by|source|notes?|draft(?: date)?|date|contact(?: info)?|copyright|revision|format|font|episode|series|language|watermark)\s*:/i;

function titlePageEnd(lines: readonly RawLine[]): number {
  if (!titleKey.test(lines[0]?.text.replace(/^\uFEFF/, "") ?? "")) return 0;
  let end = 0;
  while (end < lines.length && lines[end]?.text.trim() !== "") end += 1;
  return end;
}

const pageBreak = /^={3,}$/;
const numbered = /\s*#([^\s#]+)#$/;
const dottedPrefix = /^(?:int|ext|est|int\.?\s?\/\s?ext|ext\.?\s?\/\s?int|i\.?\/e|e\.?\/i)\.(?=\s|$|[\p{L}\p{N}])/iu;
const barePrefix = /^(?:INT|EXT|EST|INT\.?\s?\/\s?EXT|EXT\.?\s?\/\s?INT|I\.?\/E|E\.?\/I)\s+\S/i;
const transitionWords =
  /^(?:FADE (?:IN|OUT|UP|TO (?:BLACK|WHITE))|CUT TO BLACK|SMASH CUT|MATCH CUT|JUMP CUT|CROSSFADE|IRIS (?:IN|OUT)|TITLE OVER|THE END)[.:!]?$/;

function readLine(line: RawLine, cut: readonly HiddenRange[], state: LexState, blankAfter: boolean): ReadLine {
  const bare = cut.length === 0 ? line.text : cutRanges(line.text, line.from, cut);
  const content = bare.trim().replace(/^\uFEFF/, "");
  if (content === "") {
    const inside = cut[0];
    if (inside) return { kind: inside.kind, content: "" };
    // Two spaces keep a speech going over an empty line.
    const held = state.speech !== "none" && line.text.length >= 2;
    return { kind: held ? "dialogue" : "blank", content: "" };
  }
  const forced = readForced(content);
  if (forced) return forced;
  if (state.speech !== "none" && !(state.speech === "speaking" && isHeading(content) && isCapitals(content))) {
    return { kind: /^\(.*\)$/.test(content) ? "parenthetical" : "dialogue", content };
  }
  if (isHeading(content) && (state.afterBlank || isCapitals(content))) return heading(content);
  if (state.afterBlank && blankAfter && isTransition(content)) return { kind: "transition", content };
  if (state.afterBlank && !blankAfter && isCue(content)) return cue(content);
  return { kind: "action", content: bare.trimEnd().replace(/^\uFEFF/, "") };
}

function readForced(content: string): ReadLine | null {
  switch (content[0]) {
    case "!":
      return { kind: "action", content: content.slice(1) };
    case ".":
      return /^\.[\p{L}\p{N}]/u.test(content) ? heading(content.slice(1)) : null;
    case "@":
      return /^@\s*[\p{L}\p{N}]/u.test(content) ? cue(content.slice(1).trim()) : null;
    case "~":
      return { kind: "lyric", content: content.slice(1).trim() };
    case "#": {
      const depth = /^#+/.exec(content)?.[0].length ?? 1;
      return { kind: "section", content: content.slice(depth).trim(), depth };
    }
    case "=":
      return pageBreak.test(content)
        ? { kind: "page-break", content: "" }
        : { kind: "synopsis", content: content.slice(1).trim() };
    case ">":
      return content.length > 1 && content.endsWith("<")
        ? { kind: "centered", content: content.slice(1, -1).trim() }
        : { kind: "transition", content: content.slice(1).trim() };
    default:
      return null;
  }
}

function heading(content: string): ReadLine {
  const number = numbered.exec(content);
  if (!number?.[1]) return { kind: "scene-heading", content };
  return { kind: "scene-heading", content: content.slice(0, number.index).trim(), number: number[1] };
}

function cue(content: string): ReadLine {
  return content.endsWith("^")
    ? { kind: "dual-character", content: content.slice(0, -1).trim() }
    : { kind: "character", content };
}

const isCapitals = (text: string) => /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text);
const isHeading = (text: string) =>
  /^[IiEe]/.test(text) && (dottedPrefix.test(text) || (barePrefix.test(text) && /^[\p{Lu}./\s]+\s/u.test(text)));
const isTransition = (text: string) => isCapitals(text) && (/\bTO:$/.test(text) || transitionWords.test(text));

/** Capitals in any alphabet that has them; scripts without capitals mark their cues with `@`. */
function isCue(content: string): boolean {
  const name = cueName(content);
  return name.length > 0 && name.length < 60 && isCapitals(name) && !name.endsWith(":");
}

/** Notes and boneyard are as if they were not there; headings and outline lines end what ran before them. */
function step(state: LexState, kind: FountainKind, text: string): void {
  if (kind === "note" || kind === "boneyard") return;
  const speaking = kind === "dialogue" || kind === "parenthetical" || (kind === "lyric" && state.speech !== "none");
  if (kind === "character" || kind === "dual-character") state.speech = "cued";
  else state.speech = speaking ? "speaking" : "none";
  const running = kind === "action" || kind === "lyric" || kind === "centered";
  state.afterBlank = !(running || state.speech !== "none") || text.trim() === "";
}
