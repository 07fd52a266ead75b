/**
 * Reads a script again after a change, as little of it as the change touches. It ends where a line begins as it began
 * before, for then everything below reads as before too. What reaches further is looked for: a closing mark may hide
 * lines far above it, and the first line may turn those below it into a title page.
 *
 * Lines end with "\n" alone here, as in the editor; `lexFountain` reads every line end and knows offsets in the text.
 */
import {
  isBlank,
  readLine,
  readTitleLine,
  step,
  titlePageLength,
  type FountainLine,
  type ReadLine,
} from "#domain/screenplay/fountain.ts";
import { beginningOf, openness, packState, unpackState, type Openness } from "./line-states.ts";
import { hiddenInLine, lookAhead } from "./hidden-in-line.ts";

/** A line of the script, wherever it stands: it keeps its identity while only lines elsewhere change. */
export type LexedLine = Omit<FountainLine, "from" | "to" | "eol">;

export interface LexedScript {
  /** Line n is the editor's line n + 1; there is always one, maybe empty. */
  readonly lines: readonly LexedLine[];
  readonly memory: ReadingMemory;
}

/** How far the reading had come, for the next one. */
interface ReadingMemory {
  /** The state in which each line began, packed. */
  readonly states: Uint8Array;
  readonly titleLength: number;
  /** Above this line no boneyard begins that is never closed. */
  readonly unclosedFrom: number;
}

/** Lines [from, toBefore) became [from, toAfter). */
export interface LineChange {
  from: number;
  toBefore: number;
  toAfter: number;
}

const nothing: LexedScript = {
  lines: [],
  memory: { states: new Uint8Array(0), titleLength: 0, unclosedFrom: Infinity },
};

export function lexScript(text: string): LexedScript {
  return reread(nothing, { from: 0, to: 0, added: text.split("\n") }).script;
}

/**
 * Lines [from, to) were replaced by the lines of `text`, which has at least one: "" is an empty line.
 * @returns the script as `lexScript` would read it, and which lines are others than before
 */
export function relexScript(
  before: LexedScript,
  change: { from: number; to: number; text: string },
): { script: LexedScript; changed: LineChange } {
  const edit = withoutWhatStays(before.lines, { from: change.from, to: change.to, added: change.text.split("\n") });
  if (edit.from === edit.to && edit.added.length === 0)
    return { script: before, changed: { from: edit.from, toBefore: edit.from, toAfter: edit.from } };
  return reread(before, edit);
}

interface LineEdit {
  from: number;
  to: number;
  added: readonly string[];
}

function withoutWhatStays(lines: readonly LexedLine[], { from, to, added }: LineEdit): LineEdit {
  let head = 0;
  while (from + head < to && head < added.length && lines[from + head]?.text === added[head]) head += 1;
  let tail = 0;
  const most = Math.min(to - from, added.length) - head;
  while (tail < most && lines[to - 1 - tail]?.text === added[added.length - 1 - tail]) tail += 1;
  return { from: from + head, to: to - tail, added: added.slice(head, added.length - tail) };
}

function reread(before: LexedScript, edit: LineEdit): { script: LexedScript; changed: LineChange } {
  const { from, to, added } = edit;
  const old = before.lines;
  const shift = added.length - (to - from);
  const count = old.length + shift;
  const editEnd = from + added.length;
  const textAt = (line: number) =>
    line < from ? old[line]?.text : line < editEnd ? added[line - from] : old[line - shift]?.text;

  const titleLength = titlePageLength(textAt);
  const oldTitle = before.memory.titleLength;
  const titleMoved =
    Math.min(oldTitle, from) !== Math.min(titleLength, from) ||
    Math.max(oldTitle, to) + shift !== Math.max(titleLength, editEnd);
  const start = titleMoved ? 0 : startOf(before, edit);
  const settled = titleMoved ? Math.max(editEnd, titleLength, oldTitle + shift) : editEnd;

  const ahead = lookAhead(textAt, count);
  const { state, open } = unpackState(start < old.length ? before.memory.states[start] : undefined);
  let opened: Openness = open;
  let unclosed = Infinity;
  const lines: LexedLine[] = [];
  const states: number[] = [];
  let line = start;
  for (; line < count; line += 1) {
    const packed = packState(state, opened);
    if (line >= settled && before.memory.states[line - shift] === packed) break;
    states.push(packed);
    const text = textAt(line) as string;
    const hidden = hiddenInLine(text, opened, line, ahead);
    opened = hidden.open;
    if (hidden.unclosedBoneyard && unclosed === Infinity) unclosed = line;
    const isTitle = line < titleLength;
    const read = isTitle ? readTitleLine(text) : readLine(text, hidden.cut, state, isBlank(textAt(line + 1) ?? ""));
    if (!isTitle) step(state, read.kind, text);
    const known = line < from ? old[line] : line >= editEnd ? old[line - shift] : undefined;
    lines.push(known && isSame(known, read) ? known : Object.assign(read, { text }));
  }
  const script: LexedScript = {
    lines: withLines(old, start, lines, line - shift),
    memory: {
      states: splice(before.memory.states, start, states, line - shift),
      titleLength,
      unclosedFrom: unclosedFrom(before.memory.unclosedFrom, edit, { start, end: line, found: unclosed }),
    },
  };
  return { script, changed: changedLines(old, script.lines, { from: start, toAfter: line, shift }, edit) };
}

/** The first line that the edit may make another one, from what stands above it. */
function startOf({ lines, memory }: LexedScript, { from, to, added }: LineEdit): number {
  // Whether a line stands alone depends on the line below it.
  let start = Math.max(0, from - 1);
  const removed = lines.slice(from, to);
  const takes = (mark: string) => removed.some((line) => line.text.includes(mark));
  const brings = (mark: string) => added.some((text) => text.includes(mark));
  const open = openness(memory.states[from]);
  if (brings("*/")) start = Math.min(start, memory.unclosedFrom);
  else if (open === "boneyard" && takes("*/")) start = Math.min(start, beginningOf(memory.states, from));
  if (open === "note" && (takes("]]") || added.some(isEmpty)))
    start = Math.min(start, beginningOf(memory.states, from));
  if (brings("]]") || removed.some((line) => isEmpty(line.text))) start = Math.min(start, noteAbove(lines, from));
  return start;
}

/** The first line of the paragraph above `from` in which a note may begin. */
function noteAbove(lines: readonly LexedLine[], from: number): number {
  let first = from;
  for (let line = from - 1; line >= 0; line -= 1) {
    const { text } = lines[line] as LexedLine;
    if (isEmpty(text)) break;
    if (text.includes("[[")) first = line;
  }
  return first;
}

const isEmpty = (text: string) => text === "" || text === "\r";

function unclosedFrom(was: number, edit: LineEdit, read: { start: number; end: number; found: number }): number {
  const shift = edit.added.length - (edit.to - edit.from);
  const now = was < edit.from ? was : was < edit.to ? edit.from : was + shift;
  if (now < read.start) return now;
  if (read.found < Infinity) return read.found;
  // There may be more of them below, where nothing was read: a guess too early costs time, one too late is wrong.
  return was === Infinity ? Infinity : Math.max(now, read.end);
}

const isSame = (known: LexedLine, read: ReadLine) =>
  known.kind === read.kind &&
  known.content === read.content &&
  known.contentFrom === read.contentFrom &&
  known.number === read.number &&
  known.depth === read.depth;

/** Most keys change lines in their place; one copy of a long list is enough then. */
function withLines(old: readonly LexedLine[], from: number, added: readonly LexedLine[], to: number): LexedLine[] {
  if (added.length !== to - from) return old.slice(0, from).concat(added, old.slice(to));
  const all = old.slice();
  for (const [index, line] of added.entries()) all[from + index] = line;
  return all;
}

function splice(states: Uint8Array, from: number, added: readonly number[], to: number): Uint8Array {
  const all = new Uint8Array(from + added.length + Math.max(0, states.length - to));
  all.set(states.subarray(0, from));
  all.set(added, from);
  all.set(states.subarray(to), from + added.length);
  return all;
}

/** Of what was read again, only what came out otherwise. */
function changedLines(
  old: readonly LexedLine[],
  now: readonly LexedLine[],
  read: { from: number; toAfter: number; shift: number },
  edit: LineEdit,
): LineChange {
  let { from, toAfter } = read;
  const { shift } = read;
  while (from < edit.from && old[from] === now[from]) from += 1;
  const editEnd = edit.from + edit.added.length;
  while (toAfter > Math.max(from, editEnd) && old[toAfter - 1 - shift] === now[toAfter - 1]) toAfter -= 1;
  return { from, toBefore: toAfter - shift, toAfter };
}
