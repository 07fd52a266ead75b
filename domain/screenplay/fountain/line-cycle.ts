/**
 * What Enter and Tab do in a script, as writers know it: Enter goes on to what usually follows, Tab to what may follow
 * as well, and on an empty line Tab goes round the kinds. An empty line has no kind in the text, so the editor
 * remembers what it is meant to be until it is written.
 */
import { cueName, isBlank, type FountainKind } from "#domain/screenplay/fountain.ts";
import { lineKindOf, type LineKind } from "./line-kinds.ts";
import type { LexedLine } from "./relex.ts";

export interface CaretPlace {
  lines: readonly LexedLine[];
  /** Line of the caret, from 0, and characters before it in the line. */
  at: number;
  column: number;
  /** What the line is meant to be; null when nobody said. */
  meant: LineKind | null;
}

export type KeyStep =
  /** `text` takes the place of [from, to) of the line; the caret comes behind `caret` characters of it. */
  | { does: "write"; from: number; to: number; text: string; caret: number; next: LineKind | null; makes?: LineKind }
  /** The empty line is meant to be this now. */
  | { does: "mean"; kind: LineKind | null }
  /** The written line becomes the first of these that is possible. */
  | { does: "turn"; into: LineKind[] };

export function kindHere({ lines, at, meant }: CaretPlace): LineKind | null {
  const line = lines[at];
  if (!line) return null;
  return isOpen(line.kind) && meant ? meant : lineKindOf(line.kind);
}

/** Text that reads as nothing special may be meant as something else until it is finished. */
export const isOpen = (kind: FountainKind) => kind === "action" || kind === "blank";

/** @returns null for a plain new line */
export function onEnter(place: CaretPlace): KeyStep | null {
  const text = place.lines[place.at]?.text ?? "";
  if (isBlank(text)) return onEnterEmpty(place);
  const kind = kindHere(place);
  if (kind === null || !isAtEnd(text, place.column, kind) || !isWrittenWithKeys(place)) return null;
  const goesOn = !isBlank(place.lines[place.at + 1]?.text ?? "");
  switch (kind) {
    case "scene-heading":
      return newLine(text, "\n\n", "action", kind);
    case "transition":
      return newLine(text, "\n\n", "scene-heading", kind);
    case "character":
      return newLine(text, "\n", "dialogue", "character");
    case "parenthetical":
      return newLine(text, "\n", "dialogue");
    case "dialogue":
      return goesOn ? null : newLine(text, "\n\n", "action");
    case "action":
      if (looksLikeName(place)) return newLine(text, "\n", "dialogue", "character");
      return goesOn ? null : newLine(text, "\n\n", "action");
  }
}

function onEnterEmpty({ lines, at, meant }: CaretPlace): KeyStep | null {
  if (meant === null) return null;
  const below = at > 0 && !isBlank(lines[at - 1]?.text ?? "");
  // Words that do not come: the speech ends, and an empty line has to stand under it.
  if (below && (meant === "dialogue" || meant === "parenthetical"))
    return { does: "write", from: 0, to: lines[at]?.text.length ?? 0, text: "\n", caret: 1, next: null };
  // The line is new and empty already: one who presses Enter twice for a paragraph gets one empty line as well.
  return { does: "mean", kind: null };
}

/** @returns null when Tab has nothing to do here */
export function onTab(place: CaretPlace): KeyStep | null {
  const text = place.lines[place.at]?.text ?? "";
  const kind = kindHere(place);
  if (kind === null) return null;
  if (isBlank(text)) return onTabEmpty(place, kind, 1);
  if (kind === "parenthetical" && /^\s*\(\s*\)\s*$/.test(text))
    return { does: "write", from: 0, to: text.length, text: "", caret: 0, next: "dialogue" };
  if (!isWrittenWithKeys(place)) return null;
  if (!isAtEnd(text, place.column, kind)) return { does: "turn", into: ringFrom(kind, 1) };
  switch (kind) {
    case "scene-heading":
      return hasTime(text) ? newLine(text, "\n\n", "action", kind) : behind(text, " - ");
    case "transition":
      return newLine(text, "\n\n", "scene-heading", kind);
    case "action":
      return newLine(text, "\n\n", "character");
    case "character":
      return bracketBelow(text);
    case "parenthetical":
      return newLine(text, "\n", "dialogue");
    case "dialogue":
      return bracketBelow(text);
  }
}

/** @returns null when Shift+Tab has nothing to do here */
export function onShiftTab(place: CaretPlace): KeyStep | null {
  const text = place.lines[place.at]?.text ?? "";
  const kind = kindHere(place);
  if (kind === null) return null;
  if (isBlank(text)) return onTabEmpty(place, kind, -1);
  return isWrittenWithKeys(place) ? { does: "turn", into: ringFrom(kind, -1) } : null;
}

/** Outside a speech: what a paragraph can be. */
const ring = ["action", "character", "transition", "scene-heading"] as const satisfies readonly LineKind[];
const speechRing = ["dialogue", "parenthetical", "action"] as const satisfies readonly LineKind[];

/** The kinds after this one, in the order of the ring, without itself. */
function ringFrom(kind: LineKind, step: 1 | -1): LineKind[] {
  const kinds: readonly LineKind[] = kind === "dialogue" || kind === "parenthetical" ? speechRing : ring;
  const at = kinds.indexOf(kind);
  return Array.from({ length: kinds.length - 1 }, (_, index) => {
    const turn = (at + step * (index + 1) + kinds.length * 2) % kinds.length;
    return kinds[turn] as LineKind;
  });
}

function onTabEmpty({ lines, at }: CaretPlace, kind: LineKind, step: 1 | -1): KeyStep {
  const text = lines[at]?.text ?? "";
  const [next = "action"] = ringFrom(kind, step);
  if (next === "parenthetical") return { does: "write", from: 0, to: text.length, text: "()", caret: 1, next };
  if (next === "dialogue") return { does: "mean", kind: next };
  // What is no speech needs an empty line above it, and one below, or it would take what follows for its own.
  const above = at > 0 && !isBlank(lines[at - 1]?.text ?? "") ? "\n" : "";
  const below = isBlank(lines[at + 1]?.text ?? "") ? "" : "\n";
  if (above + below !== "")
    return { does: "write", from: 0, to: text.length, text: above + below, caret: above.length, next };
  return { does: "mean", kind: next };
}

function newLine(text: string, breaks: string, next: LineKind, makes?: LineKind): KeyStep {
  return {
    does: "write",
    from: text.trimEnd().length,
    to: text.length,
    text: breaks,
    caret: breaks.length,
    next,
    ...(makes ? { makes } : {}),
  };
}

/** What is not there yet of `words`, behind the text. */
function behind(text: string, words: string): KeyStep {
  const written = text.trimEnd();
  const from = (written.endsWith("-") ? written.slice(0, -1).trimEnd() : written).length;
  return { does: "write", from, to: text.length, text: words, caret: words.length, next: "scene-heading" };
}

function bracketBelow(text: string): KeyStep {
  const from = text.trimEnd().length;
  return { does: "write", from, to: text.length, text: "\n()", caret: 2, next: "parenthetical" };
}

function isAtEnd(text: string, column: number, kind: LineKind): boolean {
  const rest = text.slice(column).trim();
  return rest === "" || (kind === "parenthetical" && rest === ")");
}

/** Notes, lyrics and the title page are typed as they are. */
function isWrittenWithKeys({ lines, at }: CaretPlace): boolean {
  const kind = lines[at]?.kind ?? "blank";
  return kind === "dual-character" || isOpen(kind) || lineKindOf(kind) === kind;
}

/** INT. FERRY - NIGHT names its time; INT. FERRY does not yet. */
const hasTime = (text: string) => /\s[-–—]\s*\S.*$/.test(text) && !/[-–—]\s*$/.test(text);

/**
 * Capitals that stand alone and end like no sentence: who speaks next. The text decides in the end: with no words under
 * it, it is action.
 */
function looksLikeName({ lines, at, meant }: CaretPlace): boolean {
  if (meant === "action" && isBlank(lines[at]?.text ?? "")) return false;
  const text = (lines[at]?.text ?? "").trim();
  if (at > 0 && !isBlank(lines[at - 1]?.text ?? "")) return false;
  const name = cueName(text);
  return /\p{Lu}/u.test(name) && !/\p{Ll}/u.test(name) && !/[.!?:…,;-]$/.test(name) && name.split(/\s+/).length <= 4;
}
