/** What may come next on a line, from what the script has already: names, places, times, transitions. */
import { cueName, isBlank } from "./fountain.ts";
import { readHeading } from "./fountain/heading.ts";
import { isOpen } from "./fountain/line-cycle.ts";
import type { LineKind } from "./fountain/line-kinds.ts";
import type { LexedLine } from "./fountain/relex.ts";

export interface Suggestion {
  kind: "character" | "new-character" | "voice" | "setting" | "place" | "time" | "transition";
  label: string;
  /** Takes the place of the line from `Suggestions.from` to the caret. */
  text: string;
}
export interface Suggestions {
  from: number;
  options: Suggestion[];
}

const mostOptions = 8;

/**
 * @param text of the line, up to the caret, which stands at its end
 * @param meant what the line is meant to be, if somebody said
 * @returns null when there is nothing to say
 */
export function suggestAt(
  lines: readonly LexedLine[],
  at: number,
  text: string,
  meant: LineKind | null,
): Suggestions | null {
  const read = lines[at]?.kind ?? "blank";
  const kind = isOpen(read) ? meant : read;
  const found =
    kind === "scene-heading"
      ? headingWords(lines, at, text)
      : kind === "transition"
        ? transitions(lines, at, text)
        : kind === "character" || kind === "dual-character"
          ? names(lines, at, text)
          : isOpen(read) && meant === null && standsAlone(lines, at)
            ? openLine(lines, at, text)
            : null;
  if (!found || found.options.length === 0) return null;
  return { from: found.from, options: found.options.slice(0, mostOptions) };
}

/** Two capitals that begin a paragraph may become anything. */
function openLine(lines: readonly LexedLine[], at: number, text: string): Suggestions | null {
  if (!/^\s*\p{Lu}[\p{Lu}\p{N}'’. /-]+(?:\(\S*)?$/u.test(text)) return null;
  const from = indentOf(text);
  const known = names(lines, at, text).options.filter(({ kind }) => kind !== "new-character");
  const cuts = transitions(lines, at, text).options;
  return { from, options: [...settingsFor(text.slice(from), ""), ...known, ...cuts] };
}

const indentOf = (text: string) => text.length - text.trimStart().length;
const standsAlone = (lines: readonly LexedLine[], at: number) => at === 0 || isBlank(lines[at - 1]?.text ?? "");
const begins = (text: string, start: string) => text.toLocaleUpperCase().startsWith(start.toLocaleUpperCase());

// Names

const voices = ["V.O.", "O.S.", "CONT'D", "O.C."];

function names(lines: readonly LexedLine[], at: number, text: string): Suggestions {
  const from = indentOf(text) + (/^\s*@/.test(text) ? 1 : 0);
  const typed = text.slice(from);
  const bracket = typed.indexOf("(");
  if (bracket !== -1) return voicesFor(typed.slice(0, bracket).trim(), typed.slice(bracket + 1), from);
  const speakers = speakersBefore(lines, at);
  const all = byLikelihood(lines, at, speakers);
  const matches = all.filter((name) =>
    name.split(" ").some((_, word, words) => begins(words.slice(word).join(" "), typed)),
  );
  const options: Suggestion[] = matches.map((name) => character(name));
  const first = matches[0];
  if (first !== undefined && typed !== "") {
    const more = [...(speakers[0] === first ? ["CONT'D"] : []), "V.O.", "O.S."];
    options.splice(1, 0, ...more.map((voice) => character(`${first} (${voice})`)));
  }
  const isNew = typed.trim() !== "" && !all.includes(typed.trim().toLocaleUpperCase());
  if (!isNew) return { from, options };
  const name = typed.trim().toLocaleUpperCase();
  const added: Suggestion = { kind: "new-character", label: "New character", text: name };
  return { from, options: [...options.slice(0, mostOptions - 1), added] };
}

const character = (name: string): Suggestion => ({ kind: "character", label: name, text: name });

function voicesFor(name: string, typed: string, from: number): Suggestions {
  const options = voices
    .filter((voice) => begins(voice, typed))
    .map((voice): Suggestion => ({ kind: "voice", label: `(${voice})`, text: `${name} (${voice})` }));
  return { from, options };
}

/** Who spoke in this scene before the line, the last one first. */
function speakersBefore(lines: readonly LexedLine[], at: number): string[] {
  const found: string[] = [];
  for (let line = at - 1; line >= 0 && lines[line]?.kind !== "scene-heading"; line -= 1) {
    const name = nameIn(lines[line]);
    if (name !== null && !found.includes(name)) found.push(name);
  }
  return found;
}

/** People answer each other: the one before last is likeliest, then the others of the scene, then who speaks most. */
function byLikelihood(lines: readonly LexedLine[], at: number, speakers: readonly string[]): string[] {
  const [last, ...others] = speakers;
  const counts = counted(lines, at, (line) => nameIn(line));
  const order = [...others.slice(0, 1), ...(last === undefined ? [] : [last]), ...others.slice(1), ...counts];
  return [...new Set(order)];
}

function nameIn(line: LexedLine | undefined): string | null {
  if (line?.kind !== "character" && line?.kind !== "dual-character") return null;
  const name = cueName(line.content).toLocaleUpperCase();
  return name === "" ? null : name;
}

// Headings

const settings = ["INT. ", "EXT. ", "INT./EXT. "];
const usualTimes = ["DAY", "NIGHT", "DAWN", "DUSK", "MORNING", "EVENING", "CONTINUOUS", "LATER", "MOMENTS LATER"];
const prefix = /^\s*(?:\.\s*)?(?:int\.?\s?\/\s?ext|ext\.?\s?\/\s?int|i\.?\/e|int|ext|est)(?:\.\s*|\s+)/i;

function headingWords(lines: readonly LexedLine[], at: number, text: string): Suggestions {
  const start = prefix.exec(text)?.[0];
  const indent = indentOf(text);
  if (start === undefined) return { from: indent, options: settingsFor(text.slice(indent).trim(), "") };
  const typed = text.slice(start.length);
  const known = counted(lines, at, (line) => (line.kind === "scene-heading" ? placeIn(line) : null));
  const places = known
    .filter((place) => begins(place, typed) && place.length > typed.trim().length)
    .map((place): Suggestion => ({ kind: "place", label: place, text: place }));
  const dash = Math.max(...["-", "–", "—"].map((sign) => typed.lastIndexOf(sign)));
  if (!/\s/.test(typed[dash - 1] ?? "")) return { from: start.length, options: places };
  const place = typed.slice(0, dash + 1);
  const begun = typed.slice(dash + 1).trimStart();
  const used = counted(lines, at, (line) => (line.kind === "scene-heading" ? readHeading(line.content).time : null));
  const times = [...new Set([...used.map((time) => time.toLocaleUpperCase()), ...usualTimes])]
    .filter((time) => begins(time, begun) && time !== begun.trim().toLocaleUpperCase())
    .map((time): Suggestion => ({ kind: "time", label: time, text: `${place} ${time}` }));
  return { from: start.length, options: [...places, ...times] };
}

function placeIn(line: LexedLine): string | null {
  const { location } = readHeading(line.content);
  return location === "" ? null : location.toLocaleUpperCase();
}

function settingsFor(typed: string, before: string): Suggestion[] {
  return settings
    .filter((setting) => begins(setting, typed) && setting.trim() !== typed)
    .map((setting): Suggestion => ({ kind: "setting", label: setting.trim(), text: before + setting }));
}

// Transitions

const usualTransitions = [
  "CUT TO:",
  "DISSOLVE TO:",
  "SMASH CUT TO:",
  "MATCH CUT TO:",
  "FADE IN:",
  "FADE OUT.",
  "FADE TO BLACK.",
];

function transitions(lines: readonly LexedLine[], at: number, text: string): Suggestions {
  const from = /^\s*(?:>\s*)?/.exec(text)?.[0].length ?? 0;
  const typed = text.slice(from);
  const used = counted(lines, at, (line) => (line.kind === "transition" ? line.content.toLocaleUpperCase() : null));
  const options = [...new Set([...used, ...usualTransitions])]
    .filter((words) => begins(words, typed) && words !== typed.trim())
    .map((words): Suggestion => ({ kind: "transition", label: words, text: words }));
  return { from, options };
}

/** What other lines say, the most frequent first. */
function counted(lines: readonly LexedLine[], at: number, say: (line: LexedLine) => string | null): string[] {
  const counts = new Map<string, number>();
  lines.forEach((line, index) => {
    const said = index === at ? null : say(line);
    if (said) counts.set(said, (counts.get(said) ?? 0) + 1);
  });
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([said]) => said);
}
