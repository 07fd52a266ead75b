/** What a language model answered about one part of a scene, as shots: with the script's own words and lines. */
import { maxShotFrames, type DialogueLine } from "#domain/film/shot.ts";
import { secondsToFrames } from "#domain/time.ts";
import type { Block, Speech } from "#domain/screenplay/fountain/blocks.ts";
import type { ProposedShot } from "#domain/screenplay/breakdown.ts";
import type { ModelScene, ModelShot, ScriptPart } from "./breakdown-by-model.ts";
import { blockKey, linesOfBlocks, passageKey } from "./known-passages.ts";
import { actionSeconds, speechSeconds, type SceneContext } from "./shots-of-scene.ts";
import { piecesOf, wordCount } from "./sentences.ts";

export interface PartRead {
  shots: ProposedShot[];
  /** What the answer did not come to, because its end is missing: for rules to read. */
  left: Block[];
}

/** @param isCutOff  the answer may lack what follows its last shot */
export function shotsOfPart(
  { blocks }: ScriptPart,
  answer: ModelScene,
  isCutOff: boolean,
  context: Pick<SceneContext, "people" | "fps">,
): PartRead {
  const answered = answer.shots.filter((shot) => saysSomething(shot, blocks));
  if (answered.length === 0)
    return isCutOff ? { shots: [], left: blocks } : { shots: [oneShot(blocks, context)], left: [] };
  const read = isCutOff ? Math.max(...answered.map(({ last }) => last)) : blocks.length;
  const shots = withoutGaps(answered, read);
  const said = speechesOf(shots, blocks);
  const proposed = passagesOf(shots).flatMap(({ from, to, own }) => {
    const key = passageKey(blocks.slice(from, to).map(blockKey));
    return own.map((shot, at): ProposedShot => {
      const place = { from: shot.first - 1, to: shot.last };
      const fields = fieldsOf(shot, said.get(shot) ?? [], context);
      const passage = { key, blocks: to - from, at, from: place.from - from, to: place.to - from };
      return { ...fields, read: { ...fields, passage }, lines: linesOfBlocks(blocks, place) };
    });
  });
  return { shots: proposed, left: blocks.slice(read) };
}

function saysSomething(shot: ModelShot, blocks: readonly Block[]): boolean {
  return wordCount(shot.action) > 0 || blocks.slice(shot.first - 1, shot.last).some(({ kind }) => kind === "speech");
}

/** A scene that the model saw no shot in is one shot, with all that stands there (S1-G05). */
function oneShot(blocks: readonly Block[], context: Pick<SceneContext, "people" | "fps">): ProposedShot {
  const action = blocks.flatMap((block) => (block.kind === "action" ? [block.text] : [])).join(" ");
  const shot: ModelShot = {
    first: 1,
    last: blocks.length,
    type: "medium",
    move: "static",
    action,
    characters: context.people.namedIn(action),
    seconds: 0,
  };
  const fields = fieldsOf(shot, speechesOf([shot], blocks).get(shot) ?? [], context);
  const passage = { key: passageKey(blocks.map(blockKey)), blocks: blocks.length, at: 0, from: 0, to: blocks.length };
  return { ...fields, read: { ...fields, passage }, lines: linesOfBlocks(blocks) };
}

/** Paragraphs that no shot shows go to the shot before: no word of the script may be lost. */
function withoutGaps(answered: readonly ModelShot[], read: number): ModelShot[] {
  const shots = answered.map((shot) => ({ ...shot }));
  const first = shots[0] as ModelShot;
  first.first = 1;
  let reach = first;
  for (const shot of shots) {
    if (shot.first > reach.last + 1) reach.last = shot.first - 1;
    if (shot.last >= reach.last) reach = shot;
  }
  reach.last = Math.max(reach.last, read);
  return shots;
}

/** Shots that share paragraphs are of one passage. Offsets from 0, half open. */
function passagesOf(shots: readonly ModelShot[]): { from: number; to: number; own: ModelShot[] }[] {
  const out: { from: number; to: number; own: ModelShot[] }[] = [];
  for (const shot of shots) {
    const open = out.at(-1);
    if (open && shot.first - 1 < open.to) {
      open.own.push(shot);
      open.to = Math.max(open.to, shot.last);
    } else out.push({ from: shot.first - 1, to: shot.last, own: [shot] });
  }
  return out;
}

/** Each speech is heard once: in the shot that shows it, or in parts over all shots that do. */
function speechesOf(shots: readonly ModelShot[], blocks: readonly Block[]): Map<ModelShot, Speech[]> {
  const said = new Map<ModelShot, Speech[]>(shots.map((shot) => [shot, []]));
  for (const [at, block] of blocks.entries()) {
    if (block.kind !== "speech") continue;
    const own = shots.filter((shot) => shot.first - 1 <= at && at < shot.last);
    const pieces = own.length < 2 ? [block.text] : piecesOf(block.text, Math.ceil(wordCount(block.text) / own.length));
    for (const [index, shot] of own.entries()) {
      const text = index === own.length - 1 ? pieces.slice(index).join(" ") : (pieces[index] ?? "");
      if (text === "" && (index > 0 || block.parenthetical === "")) continue;
      said.get(shot)?.push({ ...block, text, parenthetical: index === 0 ? block.parenthetical : "" });
    }
  }
  return said;
}

function fieldsOf(shot: ModelShot, said: readonly Speech[], { people, fps }: Pick<SceneContext, "people" | "fps">) {
  const dialogue = said.map((speech): DialogueLine => ({
    character: people.byCue(speech.character).slice(0, 100),
    ...(speech.parenthetical === "" ? {} : { parenthetical: speech.parenthetical.slice(0, 500) }),
    text: speech.text.slice(0, 5000),
  }));
  const named = shot.characters.map((name) => people.byCue(name));
  const seen = named.length > 0 ? named : dialogue.map(({ character }) => character);
  const spoken = dialogue.reduce((sum, line) => sum + speechSeconds(line), 0);
  const asked = shot.seconds > 0 ? shot.seconds : actionSeconds([shot.action]) + spoken;
  // Whole and half seconds, and never shorter than what is said.
  const seconds = Math.ceil(Math.max(1, asked, spoken) * 2) / 2;
  return {
    type: shot.type,
    move: shot.move,
    action: shot.action,
    dialogue: dialogue.slice(0, 200),
    characters: [...new Set(seen.map((name) => name.slice(0, 100)))].slice(0, 40),
    durationFrames: Math.max(1, Math.min(maxShotFrames, secondsToFrames(seconds, fps))),
  };
}
