/** Turns the paragraphs and speeches of one scene into shots, as an editor would cut it on paper. */
import type { DialogueLine, ShotType } from "#domain/film/shot.ts";
import { maxShotFrames } from "#domain/film/shot.ts";
import type { SceneSetting } from "#domain/film/scene.ts";
import { secondsToFrames, type FrameRate } from "#domain/time.ts";
import type { ProposedShot, ScriptLines } from "#domain/screenplay/breakdown.ts";
import type { Block, Speech } from "#domain/screenplay/fountain/blocks.ts";
import { cameraCue, feels, hurries, travels, usualMoves } from "./camera-words.ts";
import {
  append,
  bothLines,
  linesOfParts,
  newRunningText,
  type RunningText,
} from "#domain/screenplay/pages/running-text.ts";
import type { People } from "./people.ts";
import { cutToLength, lettersOf, piecesOf, sentencesOf, wordCount, wordsOf, type Letters } from "./sentences.ts";

const wordsPerSecond = 2.5;
const longestSeconds = 10;
/** About what is said in the longest shot. */
const mostWords = 22;
const mostActionLetters = 9_000;

/** Framings that a conversation walks through, so that no two neighbours are the same picture. */
const conversation: readonly ShotType[] = [
  "medium",
  "over_shoulder",
  "close_up",
  "over_shoulder",
  "medium",
  "close_up",
];
const monologue: readonly ShotType[] = ["close_up", "medium"];

interface Draft {
  sentences: string[];
  /** Of the sentences together, so that each is counted once. */
  said: Letters & { length: number };
  dialogue: DialogueLine[];
  type: ShotType | null;
  move: ProposedShot["move"] | null;
  characters: string[];
  lines: ScriptLines;
}

export interface SceneContext {
  setting: SceneSetting;
  people: People;
  fps: FrameRate;
  /** Every paragraph is one shot, as people number them. */
  onePerBlock: boolean;
  /** The blocks begin the scene: the first shot shows where we are. */
  opens: boolean;
}

export function shotsOfScene(blocks: readonly Block[], context: SceneContext): ProposedShot[] {
  const drafts: Draft[] = [];
  const recent: string[] = [];
  const speakers = new Set(
    blocks.flatMap((block) => (block.kind === "speech" ? [context.people.byCue(block.character)] : [])),
  );
  let pending = newRunningText();
  let turn = 0;
  for (const block of blocks) {
    if (block.kind === "speech") {
      turn = speak(block, drafts, recent, speakers.size, turn, context);
      continue;
    }
    turn = 0;
    // "CLOSE ON:" on a line of its own is about the paragraph that follows.
    if (isLoneCue(block.text)) {
      append(pending, block);
      continue;
    }
    append(pending, block);
    drafts.push(...draftsOfParagraph(pending, recent, context));
    pending = newRunningText();
  }
  if (pending.text !== "") drafts.push(...draftsOfParagraph(pending, recent, context));
  return drafts.map((draft, index) => finished(draft, context.opens && index === 0, context));
}

const isLoneCue = (text: string) => wordCount(text) <= 5 && /[:\-–—]$/.test(text) && cameraCue(text)?.begins === true;

function draftsOfParagraph(paragraph: RunningText, recent: string[], context: SceneContext): Draft[] {
  const drafts: Draft[] = [];
  let open: Draft | null = null;
  const sentences = sentencesOf(paragraph.text).flatMap((sentence) => cutToLength(sentence, mostActionLetters));
  const places = linesOfParts(paragraph, sentences);
  for (const [index, sentence] of sentences.entries()) {
    const lines = places[index] as ScriptLines;
    const cue = cameraCue(sentence);
    const who = whoIsIn(sentence, recent, context.people);
    const isFull = open !== null && open.said.length + sentence.length > mostActionLetters;
    const begins =
      open === null || isFull || (!context.onePerBlock && startsNew(open, sentence, who, cue?.begins === true));
    if (begins) {
      open = { sentences: [], said: nothingSaid(), dialogue: [], type: null, move: null, characters: [], lines };
      drafts.push(open);
    }
    const draft = open as Draft;
    draft.sentences.push(sentence);
    const letters = lettersOf(sentence);
    draft.said.words += letters.words;
    draft.said.unspaced += letters.unspaced;
    draft.said.length += sentence.length + 1;
    draft.lines = bothLines(draft.lines, lines);
    if (cue?.type && (draft.type === null || cue.begins)) draft.type = cue.type;
    if (cue?.move && draft.move === null) draft.move = cue.move;
    for (const name of who.names) if (!draft.characters.includes(name)) draft.characters.push(name);
    for (const name of who.names) remember(recent, name);
  }
  return drafts;
}

const nothingSaid = (): Draft["said"] => ({ words: 0, unspaced: 0, length: 0 });

/** A new picture begins where the camera is told so, where people enter a description, and where a shot grows too long. */
function startsNew(open: Draft, sentence: string, who: { names: string[] }, begins: boolean): boolean {
  const words = wordsOf(open.said);
  if (begins) return words >= 3;
  const entering = open.characters.length === 0 && who.names.length > 0 && words >= 5;
  const other =
    who.names.length > 0 &&
    open.characters.length > 0 &&
    !who.names.some((name) => open.characters.includes(name)) &&
    words >= 8;
  return entering || other || words + wordCount(sentence) > 42;
}

/** Those a sentence names, else those its pronouns can mean. */
function whoIsIn(sentence: string, recent: readonly string[], people: People): { names: string[] } {
  const names = people.namedIn(sentence);
  if (/\b(?:them both|both of them|they|the two of them)\b/i.test(sentence)) {
    for (const name of recent.slice(0, 2)) if (!names.includes(name)) names.push(name);
    return { names };
  }
  if (names.length > 0) return { names };
  const pronoun = /\b(he|she|him|her|his|hers)\b/i.exec(sentence)?.[1]?.toLowerCase();
  if (!pronoun) return { names };
  const wanted = pronoun.startsWith("h") && !pronoun.startsWith("her") ? "he" : "she";
  const meant = recent.find((name) => people.fits(name, wanted));
  return { names: meant === undefined ? [] : [meant] };
}

function remember(recent: string[], name: string): void {
  const at = recent.indexOf(name);
  if (at >= 0) recent.splice(at, 1);
  recent.unshift(name);
  recent.length = Math.min(recent.length, 6);
}

/** Adds one speech; @returns which turn of the conversation comes next */
function speak(
  speech: Speech,
  drafts: Draft[],
  recent: string[],
  speakers: number,
  turn: number,
  context: SceneContext,
): number {
  const character = context.people.byCue(speech.character).slice(0, 100);
  const last = drafts.at(-1);
  const pieces = piecesOf(speech.text, mostWords);
  const places = linesOfPieces(speech, pieces);
  const lineOf = (text: string, index: number): DialogueLine => ({
    character,
    ...(speech.parenthetical !== "" && index === 0 ? { parenthetical: speech.parenthetical.slice(0, 500) } : {}),
    text: text.slice(0, 5000),
  });
  const other = recent.find((name) => name !== character);
  let next = turn;
  pieces.forEach((piece, index) => {
    const line = lineOf(piece, index);
    const lines = places[index] as ScriptLines;
    if (index === 0 && last && speech.dual && last.dialogue.length > 0) {
      last.dialogue.push(line);
      last.lines = bothLines(last.lines, lines);
      if (!last.characters.includes(character)) last.characters.push(character);
      last.type = "two_shot";
      return;
    }
    if (index === 0 && last && speech.goesOn && goesOnIn(last, character, line)) {
      last.dialogue.push(line);
      last.lines = bothLines(last.lines, lines);
      return;
    }
    if (index === 0 && last && carries(last, character, line)) {
      last.dialogue.push(line);
      last.lines = bothLines(last.lines, lines);
      if (last.characters.length === 0) last.characters.push(character);
      next += 1;
      return;
    }
    const row = speakers > 1 ? conversation : monologue;
    const type = row[next % row.length] as ShotType;
    next += 1;
    const listens = type === "over_shoulder" && other !== undefined;
    drafts.push({
      sentences: [],
      said: nothingSaid(),
      dialogue: [line],
      type: type === "over_shoulder" && !listens ? "medium" : type,
      move: null,
      characters: listens ? [character, other] : [character],
      lines,
    });
  });
  remember(recent, character);
  return next;
}

/** The first piece stands with the cue, the last one goes to the speech's end. */
function linesOfPieces(speech: Speech, pieces: readonly string[]): ScriptLines[] {
  const places = linesOfParts(speech, pieces);
  const first = places[0];
  const last = places.at(-1);
  if (first) first.from = speech.lines.from;
  if (last) last.to = speech.lines.to;
  return places;
}

/** Whether the shot in which somebody speaks can hold what they say next. */
function goesOnIn(last: Draft, character: string, line: DialogueLine): boolean {
  if (last.dialogue.at(-1)?.character !== character) return false;
  const said = [...last.dialogue, line].reduce((sum, each) => sum + speechSeconds(each), 0);
  return actionSeconds(last.sentences) + said <= longestSeconds;
}

/** Whether the shot that shows the speaker acting can hold the words too. */
function carries(last: Draft, character: string, line: DialogueLine): boolean {
  if (last.dialogue.length > 0 || last.sentences.length === 0) return false;
  if (last.characters.length !== 1 || last.characters[0] !== character) return false;
  if (last.type !== null && last.type !== "medium" && last.type !== "close_up" && last.type !== "tracking")
    return false;
  return actionSeconds(last.sentences) + speechSeconds(line) <= longestSeconds;
}

export const actionSeconds = (sentences: readonly string[]) => {
  const words = wordCount(sentences.join(" "));
  return words === 0 ? 0 : Math.min(8, Math.max(2, 1.4 + words * 0.2));
};
export const speechSeconds = (line: DialogueLine) => 0.7 + wordCount(line.text) / wordsPerSecond;

function finished(draft: Draft, first: boolean, context: SceneContext): ProposedShot {
  const action = draft.sentences.join(" ");
  const type = draft.type ?? typeFor(draft, action, first, context);
  const spoken = draft.dialogue.reduce((sum, line) => sum + speechSeconds(line), 0);
  const seconds = Math.max(2, Math.min(Math.max(longestSeconds, spoken), actionSeconds(draft.sentences) + spoken));
  // Whole and half seconds: lengths that people can read, and cut to.
  const frames = secondsToFrames(Math.round(seconds * 2) / 2, context.fps);
  return {
    type,
    move: draft.move ?? usualMoves[type],
    action: action.slice(0, 10_000),
    dialogue: draft.dialogue,
    characters: draft.characters.slice(0, 40).map((name) => name.slice(0, 100)),
    durationFrames: Math.max(1, Math.min(maxShotFrames, frames)),
    lines: draft.lines,
  };
}

function typeFor(draft: Draft, action: string, first: boolean, context: SceneContext): ShotType {
  const people = draft.characters.length;
  if (/^title(?: card| over)?: /i.test(action)) return "insert";
  if (first && !context.onePerBlock) return people === 0 && context.setting !== "int" ? "establishing" : "wide";
  if (people === 0)
    return first ||
      /\b(?:sky|sea|horizon|street|city|crowd|market|field|forest|mountains?|waves|beam|landscape|skyline)\b/i.test(
        action,
      )
      ? "wide"
      : "medium";
  if (people >= 2) return "two_shot";
  if (hurries.test(action)) return "tracking";
  if (feels.test(action)) return "close_up";
  return travels.test(action) ? "wide" : "medium";
}
