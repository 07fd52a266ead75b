/**
 * Turns a line of a script into another kind. A kind is what the text reads as, so the text changes: capitals, brackets
 * or an empty line round it, and a forcing mark only where nothing plainer is read as that kind.
 */
import type { FountainKind } from "#domain/screenplay/fountain.ts";
import { isBlank } from "#domain/screenplay/fountain.ts";
import { relexScript, type LexedLine, type LexedScript } from "./relex.ts";

/** The kinds that one writes with, in the order of Ctrl+1…6. */
export const lineKinds = ["scene-heading", "action", "character", "dialogue", "parenthetical", "transition"] as const;
export type LineKind = (typeof lineKinds)[number];

/** Lines [from, to) become `lines`; the line in question is `lines[target]`. */
export interface LinesEdit {
  from: number;
  to: number;
  lines: string[];
  target: number;
}

/** @returns null for kinds that are not written with keys: notes, sections, the title page */
export function lineKindOf(kind: FountainKind): LineKind | null {
  if (kind === "dual-character") return "character";
  if (kind === "blank" || kind === "centered" || kind === "lyric" || kind === "synopsis" || kind === "section")
    return "action";
  return lineKinds.find((known) => known === kind) ?? null;
}

export function isKind(line: LexedLine | undefined, kind: LineKind): boolean {
  return line !== undefined && (line.kind === kind || (line.kind === "dual-character" && kind === "character"));
}

/** @returns null when the line can't be of that kind where it stands: words with no name above, a line of the title page */
export function turnInto(script: LexedScript, at: number, kind: LineKind): LinesEdit | null {
  const line = script.lines[at];
  if (!line || isBlank(line.text)) return null;
  if (isKind(line, kind)) return { from: at, to: at + 1, lines: [line.text], target: 0 };
  if (["title-page", "boneyard", "note", "page-break"].includes(line.kind)) return null;
  const bare = withoutMarks(line);
  if (bare === "") return null;
  for (const edit of editsFor(script.lines, at, kind, bare)) {
    const read = relexScript(script, { from: edit.from, to: edit.to, text: edit.lines.join("\n") }).script.lines;
    if (isKind(read[edit.from + edit.target], kind)) return edit;
  }
  return null;
}

/** From the plainest to the most forced. */
function* editsFor(lines: readonly LexedLine[], at: number, kind: LineKind, bare: string): Generator<LinesEdit> {
  for (const text of textsFor(kind, bare)) {
    yield { from: at, to: at + 1, lines: [text], target: 0 };
    if (kind === "dialogue" || kind === "parenthetical") {
      const said = lastWritten(lines, at);
      if (said !== null) yield { from: said + 1, to: at + 1, lines: [text], target: 0 };
      continue;
    }
    yield { from: at, to: at + 1, lines: ["", text], target: 1 };
    // A name over an empty line is none.
    if (kind !== "character") {
      yield { from: at, to: at + 1, lines: [text, ""], target: 0 };
      yield { from: at, to: at + 1, lines: ["", text, ""], target: 1 };
    }
  }
}

function textsFor(kind: LineKind, bare: string): string[] {
  switch (kind) {
    case "scene-heading":
      return [bare.toLocaleUpperCase(), `.${bare.toLocaleUpperCase()}`];
    case "action":
      return [bare, `!${bare}`];
    case "character": {
      const name = capitalName(bare);
      return [name, `@${name}`];
    }
    case "dialogue":
      return [bare];
    case "parenthetical":
      return [`(${bare})`];
    case "transition": {
      const said = bare.toLocaleUpperCase().replace(/\bTO$/, "TO:");
      return [said, `> ${said}`];
    }
  }
}

/** The name in capitals; what stands in brackets behind it stays as written: `MAYA (on the phone)`. */
function capitalName(text: string): string {
  const bracket = text.indexOf("(");
  if (bracket === -1) return text.toLocaleUpperCase();
  return text.slice(0, bracket).toLocaleUpperCase() + text.slice(bracket);
}

function withoutMarks({ kind, text }: LexedLine): string {
  const trimmed = text.trim();
  switch (kind) {
    case "scene-heading":
      return trimmed.replace(/^\.(?!\.)/, "").trim();
    case "action":
      return trimmed.replace(/^!/, "");
    case "character":
    case "dual-character":
      return trimmed.replace(/^@/, "").replace(/\^$/, "").trim();
    case "parenthetical":
      return trimmed.replace(/^\(/, "").replace(/\)$/, "").trim();
    case "centered":
      return trimmed.replace(/^>/, "").replace(/<$/, "").trim();
    case "transition":
      return trimmed.replace(/^>/, "").trim();
    case "lyric":
      return trimmed.replace(/^~/, "").trim();
    case "section":
      return trimmed.replace(/^#+/, "").trim();
    case "synopsis":
      return trimmed.replace(/^=/, "").trim();
    default:
      return trimmed;
  }
}

function lastWritten(lines: readonly LexedLine[], at: number): number | null {
  for (let line = at - 1; line >= 0; line -= 1)
    if (!isBlank(lines[line]?.text ?? "")) return line === at - 1 ? null : line;
  return null;
}
