/**
 * Reads Fountain 1.1 line by line: https://fountain.io/syntax. The text is the truth: every character of it is in
 * exactly one line, and `text + eol` of all lines joined gives it back byte for byte. What a line is depends on the
 * lines round it only through a few facts (blank before, blank after, inside a speech, hidden), so that an editor
 * re-reads what a change touches and no more: `relex.ts`.
 */
import { cutRanges, hiddenRanges, overlapping, placeInText, type HiddenRange } from "./fountain/fountain-hidden.ts";

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
  /** Where `content` begins in `text`, UTF-16 units; what is hidden may stand inside. */
  contentFrom: number;
  /** The scene number between `#`, e.g. `12A`. */
  number?: string;
  /** How many `#` a section has. */
  depth?: number;
}

export function lexFountain(text: string): FountainLine[] {
  const raw = splitLines(text);
  const hidden = hiddenRanges(text);
  const titleEnd = titlePageLength((line) => raw[line]?.text);
  const lines: FountainLine[] = [];
  const state: LexState = { afterBlank: true, speech: "none" };
  let nextHidden = 0;
  for (let index = 0; index < raw.length; index += 1) {
    const line = raw[index] as RawLine;
    while ((hidden[nextHidden]?.to ?? Infinity) <= line.from) nextHidden += 1;
    if (index < titleEnd) {
      lines.push(Object.assign(line, readTitleLine(line.text)));
      continue;
    }
    const cut = overlapping(hidden, nextHidden, line.from, line.to).map((range) => within(range, line));
    const read = readLine(line.text, cut, state, isBlank(raw[index + 1]?.text ?? ""));
    lines.push(Object.assign(line, read));
    step(state, read.kind, line.text);
  }
  return lines;
}

/** The name in a cue: `@McAvoy (V.O.) ^` → `McAvoy`. */
export function cueName(content: string): string {
  const name = (content.startsWith("@") ? content.slice(1) : content).trimEnd();
  return withoutBrackets(name.endsWith("^") ? name.slice(0, -1) : name).trim();
}

/** Without what stands in brackets, and the space before it; a bracket that stays open goes to the end. */
export function withoutBrackets(text: string): string {
  let kept = "";
  let from = 0;
  for (let open = text.indexOf("("); open !== -1; open = text.indexOf("(", from)) {
    kept += text.slice(from, open).trimEnd();
    const close = text.indexOf(")", open);
    if (close === -1) return kept;
    from = close + 1;
  }
  return from === 0 ? text : kept + text.slice(from);
}

type RawLine = Pick<FountainLine, "from" | "to" | "text" | "eol">;

/** What is found out about a line. */
export type ReadLine = Pick<FountainLine, "kind" | "content" | "contentFrom" | "number" | "depth">;

/** What a line has to know of the lines above it. */
export interface LexState {
  /** The line before is blank, the start, or something that is not running text. */
  afterBlank: boolean;
  /** Whether a cue has been read: directly before, or some speech ago. */
  speech: "none" | "cued" | "speaking";
}

export const isBlank = (text: string) => text.trim() === "";

const within = ({ kind, from, to }: HiddenRange, line: RawLine): HiddenRange => ({
  kind,
  from: Math.max(0, from - line.from),
  to: to - line.from,
});

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

const sureKeys =
  "title|credit|authors?|written by|draft(?: date)?|contact(?: info)?|copyright|revision|format|font|episode|series|language|watermark";
/** Keys that prose begins with as well: `Notes: we open on a beach.` */
const wordKeys = "source|notes?|date";
const sureTitleKey = new RegExp(`^\\s*(?:${sureKeys})\\s*:`, "i");
const usualTitleKey = new RegExp(`^\\s*(?:${sureKeys}|${wordKeys})\\s*:`, "i");
const titleKey = /^[\p{L}\p{N}][^:.?!]{0,39}:(?:\s|$)/u;
const belowTitleKey = /^(?:\t| {3})/;

/**
 * How many lines the title page has: all up to the first blank one, if it is one. Prose often begins with a word and a
 * colon too, so either the first key is a sure one, or all lines, two at least, are keys (or indented below one) and one
 * is usual.
 */
export function titlePageLength(textAt: (line: number) => string | undefined): number {
  const first = (textAt(0) ?? "").replace(/^\uFEFF/, "");
  const isSure = sureTitleKey.test(first);
  if (!isSure && !titleKey.test(first)) return 0;
  let isUsual = usualTitleKey.test(first);
  let length = 1;
  for (let text = textAt(1); text !== undefined && !isBlank(text); text = textAt(length)) {
    isUsual ||= usualTitleKey.test(text);
    if (!isSure && !titleKey.test(text) && !belowTitleKey.test(text)) return 0;
    length += 1;
  }
  return isSure || (isUsual && length > 1) ? length : 0;
}

export function readTitleLine(text: string): ReadLine {
  return { kind: "title-page", content: text.trim(), contentFrom: indentOf(text) };
}

const indentOf = (text: string) => text.length - text.trimStart().length;

const pageBreak = /^={3,}$/;
const dottedPrefix = /^(?:int|ext|est|int\.?\s?\/\s?ext|ext\.?\s?\/\s?int|i\.?\/e|e\.?\/i)\.(?=\s|$|[\p{L}\p{N}])/iu;
const barePrefix = /^(?:INT|EXT|EST|INT\.?\s?\/\s?EXT|EXT\.?\s?\/\s?INT|I\.?\/E|E\.?\/I)\s+\S/i;
const transitionWords =
  /^(?:FADE (?:IN|OUT|UP|TO (?:BLACK|WHITE))|CUT TO BLACK|SMASH CUT|MATCH CUT|JUMP CUT|CROSSFADE|IRIS (?:IN|OUT)|TITLE OVER|THE END)[.:!]?$/;

/** @param cut what notes and boneyard hide of the line, in offsets of the line */
export function readLine(text: string, cut: readonly HiddenRange[], state: LexState, blankAfter: boolean): ReadLine {
  const bare = cut.length === 0 ? text : cutRanges(text, cut);
  const content = bare.trim();
  if (content === "") {
    const inside = cut[0];
    if (inside) return { kind: inside.kind, content: "", contentFrom: 0 };
    // Two spaces keep a speech going over an empty line.
    const held = state.speech !== "none" && text.length >= 2;
    return { kind: held ? "dialogue" : "blank", content: "", contentFrom: 0 };
  }
  const read = readContent(content, state, blankAfter);
  if (read) read.contentFrom += indentOf(bare);
  const found = read ?? asAction(bare);
  if (cut.length > 0) found.contentFrom = placeInText(found.contentFrom, cut);
  return found;
}

/** Of action every space counts, but for those at the end. */
function asAction(bare: string): ReadLine {
  const from = bare.charCodeAt(0) === 0xfeff ? 1 : 0;
  return { kind: "action", content: bare.slice(from).trimEnd(), contentFrom: from };
}

/** @returns null for plain action; `contentFrom` counts from the first character that is no space */
function readContent(content: string, state: LexState, blankAfter: boolean): ReadLine | null {
  const forced = readForced(content, state);
  if (forced) return forced;
  if (state.speech !== "none" && !(state.speech === "speaking" && isHeading(content) && isCapitals(content))) {
    return { kind: /^\(.*\)$/.test(content) ? "parenthetical" : "dialogue", content, contentFrom: 0 };
  }
  if (isHeading(content) && (state.afterBlank || isCapitals(content))) return heading(content, 0);
  if (state.afterBlank && blankAfter && isTransition(content)) return { kind: "transition", content, contentFrom: 0 };
  if (state.afterBlank && !blankAfter && isCue(content)) return cue(content, 0);
  return null;
}

/**
 * A mark forces an element, but what people say begins with such characters too: `.45 calibre`, `#1 dad`, `@home`. A
 * speech ends with an empty line, and what needs one above it (heading, cue, section, synopsis) cannot begin inside it.
 * In running text, `#1` and `.45` need one as well.
 */
function readForced(content: string, state: LexState): ReadLine | null {
  const speaks = state.speech !== "none";
  switch (content[0]) {
    case "!":
      return behind(content, 1, "action");
    case ".": {
      const starts = state.afterBlank ? /^\.[\p{L}\p{N}]/u.test(content) : /^\.\p{L}/u.test(content);
      return starts && !speaks ? heading(content, 1) : null;
    }
    case "@":
      return !speaks && /^@\s*[\p{L}\p{N}]/u.test(content) ? cue(content, 1) : null;
    case "~":
      return behind(content, 1, "lyric");
    case "#": {
      if (speaks || !(state.afterBlank || /^#+\s/.test(content))) return null;
      const depth = /^#+/.exec(content)?.[0].length ?? 1;
      return Object.assign(behind(content, depth, "section"), { depth });
    }
    case "=":
      if (pageBreak.test(content)) return { kind: "page-break", content: "", contentFrom: 0 };
      return speaks ? null : behind(content, 1, "synopsis");
    case ">":
      return content.length > 1 && content.endsWith("<")
        ? behind(content.slice(0, -1).trimEnd(), 1, "centered")
        : behind(content, 1, "transition");
    default:
      return null;
  }
}

/** What stands behind a mark of so many characters; action keeps its spaces. */
function behind(content: string, mark: number, kind: FountainKind): ReadLine {
  const rest = content.slice(mark);
  if (kind === "action") return { kind, content: rest, contentFrom: mark };
  return { kind, content: rest.trim(), contentFrom: mark + indentOf(rest) };
}

function heading(line: string, mark: number): ReadLine {
  const read = behind(line, mark, "scene-heading");
  if (!read.content.endsWith("#")) return read;
  const from = read.content.lastIndexOf("#", read.content.length - 2);
  const number = from === -1 ? "" : read.content.slice(from + 1, -1);
  if (number === "" || /\s/.test(number)) return read;
  return Object.assign(read, { content: read.content.slice(0, from).trimEnd(), number });
}

function cue(line: string, mark: number): ReadLine {
  const read = behind(line, mark, "character");
  if (!read.content.endsWith("^")) return read;
  return Object.assign(read, { kind: "dual-character", content: read.content.slice(0, -1).trim() });
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
export function step(state: LexState, kind: FountainKind, text: string): void {
  if (kind === "note" || kind === "boneyard") return;
  const speaking = kind === "dialogue" || kind === "parenthetical" || (kind === "lyric" && state.speech !== "none");
  if (kind === "character" || kind === "dual-character") state.speech = "cued";
  else state.speech = speaking ? "speaking" : "none";
  const running = kind === "action" || kind === "lyric" || kind === "centered";
  state.afterBlank = !(running || state.speech !== "none") || text.trim() === "";
}
