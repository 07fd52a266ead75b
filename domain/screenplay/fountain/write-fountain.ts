/**
 * Writes a script that was read from another format as Fountain. What reads right by itself is written plainly; what
 * would read as something else gets its forcing mark. Words are never changed: where no mark helps they stand as they
 * are, under another kind. Only what would hide words, and maybe all that follows, is broken up with a space.
 */
import { runsOf, type Run } from "./emphasis.ts";
import { lexFountain, type FountainKind } from "#domain/screenplay/fountain.ts";
import type { TitleEntry } from "./title-page.ts";

export interface ScriptElement {
  kind: Exclude<FountainKind, "title-page" | "boneyard" | "blank">;
  /** With Fountain's marks of emphasis; "\n" is a line end that the writer set. */
  text: string;
  /** A scene's own number. */
  number?: string;
  /** Of a section, from 1. */
  depth?: number;
  /** What is noted at the end of the text, on its last line. */
  notes?: readonly string[];
  /** Whether an empty line stands above; absent: as is usual, below all but what is said in a speech. */
  gap?: boolean;
}

/** @returns Fountain with "\n" alone; "" when there is nothing */
export function writeFountain(elements: readonly ScriptElement[], title: readonly TitleEntry[] = []): string {
  const lines = linesOf(elements);
  const head = title.length > 0 ? `${writeTitlePage(title)}\n` : "";
  // A mark on one line may change how the next one reads, so it is read again until nothing is left to mend.
  for (let reading = 0; reading < 3; reading += 1) {
    const read = lexFountain(head + textOf(lines));
    const from = read.length - lines.length;
    let isMended = false;
    for (const [index, line] of lines.entries()) {
      if (line.element === null || line.isForced || read[from + index]?.kind === line.element.kind) continue;
      line.isForced = true;
      isMended = true;
    }
    if (!isMended) break;
  }
  return head + textOf(lines);
}

export function writeTitlePage(entries: readonly TitleEntry[]): string {
  return entries
    .filter(({ values }) => values.some((value) => value.trim() !== ""))
    .map(({ key, values }) => {
      const said = values.map((value) => shown(value).trim()).filter((value) => value !== "");
      const name = shown(key).replaceAll(":", " ").trim() || "Notes";
      return said.length === 1
        ? `${name}: ${said[0]}\n`
        : `${name}:\n${said.map((value) => `    ${value}\n`).join("")}`;
    })
    .join("");
}

interface WrittenLine {
  /** null: an empty line. */
  element: ScriptElement | null;
  text: string;
  isForced: boolean;
}

const textOf = (lines: readonly WrittenLine[]) =>
  lines.map((line) => `${line.element === null ? "" : marked(line.element, line.text, line.isForced)}\n`).join("");

function linesOf(elements: readonly ScriptElement[]): WrittenLine[] {
  const lines: WrittenLine[] = [];
  const empty = () => lines.push({ element: null, text: "", isForced: false });
  let inSpeech = false;
  for (const element of elements) {
    const isSaid = element.kind === "dialogue" || element.kind === "parenthetical" || element.kind === "lyric";
    const goesOn: boolean = element.gap === undefined ? inSpeech && isSaid : !element.gap;
    const texts = withNotes(textsOf(element), element.notes ?? []);
    if (texts.length === 0) continue;
    if (lines.length > 0 && !goesOn) empty();
    for (const text of texts) lines.push({ element, text, isForced: false });
    inSpeech = isCue(element.kind) || (inSpeech && goesOn && isSaid);
  }
  return lines;
}

const isCue = (kind: FountainKind) => kind === "character" || kind === "dual-character";

/** Boneyard and notes begin with marks that no writer of another format meant so. */
const shown = (text: string) => text.replace(/\/(?=\*)|\[(?=\[)/g, "$& ");

/** What stands in a note must not end it. */
function noteOf(text: string): string {
  const said = text.replace(/\](?=\])/g, "] ");
  return said.endsWith("]") ? `${said} ` : said;
}

function withNotes(texts: readonly string[], notes: readonly string[]): readonly string[] {
  if (notes.length === 0) return texts;
  const inline = notes.map((note) => {
    const lines = note.split(/[\r\n]+/).map((line) => line.trim());
    return ` [[${noteOf(lines.filter((line) => line !== "").join(" "))}]]`;
  });
  return [...texts.slice(0, -1), ((texts.at(-1) ?? "") + inline.join("")).trimStart()];
}

function textsOf({ kind, text }: ScriptElement): string[] {
  const written = text.replace(/\r\n?/g, "\n");
  const lines = (kind === "note" ? written : shown(written)).split("\n");
  switch (kind) {
    case "page-break":
      return [""];
    case "dialogue":
      // Two spaces keep a speech going over an empty line.
      return trimEmpty(lines).map((line) => (line.trim() === "" ? "  " : line));
    case "note": {
      const said = trimEmpty(lines).map((line) => noteOf(line.trim()) || "  ");
      return said.map((line, index) => `${index === 0 ? "[[" : ""}${line}${index === said.length - 1 ? "]]" : ""}`);
    }
    case "action":
    case "lyric":
    case "centered":
      return trimEmpty(lines).filter((line) => line.trim() !== "");
    default: {
      const joined = lines.join(" ").replace(/\s+/g, " ").trim();
      return joined === "" ? [] : [joined];
    }
  }
}

function trimEmpty(lines: readonly string[]): string[] {
  let from = 0;
  let to = lines.length;
  while (from < to && lines[from]?.trim() === "") from += 1;
  while (to > from && lines[to - 1]?.trim() === "") to -= 1;
  return lines.slice(from, to);
}

function marked(element: ScriptElement, text: string, isForced: boolean): string {
  switch (element.kind) {
    case "scene-heading": {
      const number = shown(element.number ?? "").replace(/[\s#]+/g, "");
      return `${isForced ? "." : ""}${text}${number === "" ? "" : ` #${number}#`}`;
    }
    case "action":
      return isForced ? `!${text}` : text;
    case "character":
      return isForced ? `@${text}` : text;
    case "dual-character":
      return `${isForced ? "@" : ""}${text} ^`;
    case "parenthetical":
      return text.startsWith("(") && text.endsWith(")") ? text : `(${text})`;
    case "transition":
      return isForced ? `> ${text}` : text;
    case "centered":
      return `> ${text} <`;
    case "lyric":
      return `~${text}`;
    case "section":
      return `${"#".repeat(Math.min(6, Math.max(1, element.depth ?? 1)))} ${text}`;
    case "synopsis":
      return `= ${text}`;
    case "page-break":
      return "===";
    case "note":
    case "dialogue":
      return text;
  }
}

/** Styled text with Fountain's marks. Signs that would be taken for marks are escaped; what cannot be told stays plain. */
export function writeRuns(runs: readonly Run[]): string {
  const joined = joinEqual(runs);
  const plain = joined.map((run) => run.text).join("");
  const isStyled = joined.some((run) => run.bold || run.italic || run.underline);
  const readsAs = (text: string) =>
    runsOf(text)
      .map((run) => run.text)
      .join("");
  if (!isStyled) return readsAs(plain) === plain && !hasStyle(plain) ? plain : escaped(plain);
  const text = joined.map((run) => wrapped(run)).join("");
  return readsAs(text) === plain ? text : escaped(plain);
}

const hasStyle = (text: string) => runsOf(text).some((run) => run.bold || run.italic || run.underline);
const escaped = (text: string) => text.replace(/[*_]|\\(?=[*_\\])/g, "\\$&");

function wrapped({ text, bold, italic, underline }: Run): string {
  const inner = text.trim();
  if (inner === "") return text;
  const before = text.slice(0, text.length - text.trimStart().length);
  const after = text.slice(text.trimEnd().length);
  const stars = "*".repeat((bold ? 2 : 0) + (italic ? 1 : 0));
  const line = underline ? "_" : "";
  return `${before}${line}${stars}${escaped(inner)}${stars}${line}${after}`;
}

function joinEqual(runs: readonly Run[]): Run[] {
  const out: Run[] = [];
  for (const run of runs) {
    const last = out.at(-1);
    if (last && last.bold === run.bold && last.italic === run.italic && last.underline === run.underline)
      last.text += run.text;
    else if (run.text !== "") out.push({ ...run });
  }
  return out;
}
