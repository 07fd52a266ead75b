import { z } from "zod";
import { SceneSetting } from "#domain/film/scene.ts";
import { CameraMove, DialogueLine, DurationFrames, ShotType } from "#domain/film/shot.ts";
import { Id } from "#domain/ids.ts";
import { secondsToFrames, type FrameRate } from "#domain/time.ts";
import { blocksOf, modeOf, type Block, type SceneBlocks } from "./fountain/blocks.ts";
import { lexFountain } from "./fountain.ts";
import { readHeading, timeInProse } from "./fountain/heading.ts";
import { KnownPassages, noModelReadings, type ModelReadings } from "./breakdown/known-passages.ts";
import { findPeople, type People } from "./breakdown/people.ts";
import { shotsOfScene, type SceneContext } from "./breakdown/shots-of-scene.ts";

export const ParseMode = z.enum(["auto", "screenplay", "freeform", "numbered"]);
export type ParseMode = z.infer<typeof ParseMode>;

/**
 * What a language model read a shot from: some paragraphs and speeches in a row. As long as the script still has them
 * word for word, they are not read again.
 */
export const Passage = z.object({
  /** Hash of their words. Shots that share a paragraph share the passage. */
  key: z.string().max(40),
  /** How many paragraphs and speeches the passage has. */
  blocks: z.number().int().min(1).max(1000),
  /** Which of the passage's shots this is, from 0. */
  at: z.number().int().min(0).max(500),
  /** Those of its blocks that the shot itself shows, half open. */
  from: z.number().int().min(0),
  to: z.number().int().min(1),
});
export type Passage = z.infer<typeof Passage>;

/** What the parser read for a shot. Committed as the shot's `source`: what the next re-parse compares with. */
export const ShotReading = z.object({
  type: ShotType,
  move: CameraMove,
  action: z.string().max(10_000),
  dialogue: z.array(DialogueLine).max(200),
  characters: z.array(z.string().max(100)).max(40),
  durationFrames: DurationFrames,
  /** Absent when rules read it. */
  passage: Passage.optional(),
});
export type ShotReading = z.infer<typeof ShotReading>;

/** Lines of the script, counted from 0; `to` is the first one behind. They go out of date with the text: never stored. */
export const ScriptLines = z.object({ from: z.number().int().min(0), to: z.number().int().min(0) });
export type ScriptLines = z.infer<typeof ScriptLines>;

/** A shot as the parser proposes it and the person edits it, ahead of any id in the document. */
export const ProposedShot = z.object({
  /** Present when the proposal is about a shot that exists (a re-parse). */
  id: Id.optional(),
  type: ShotType,
  move: CameraMove,
  action: z.string().max(10_000),
  dialogue: z.array(DialogueLine).max(200),
  characters: z.array(z.string().max(100)).max(40),
  durationFrames: DurationFrames,
  /** Present when the fields above are no longer just what was read: merged with a shot that exists, or edited. */
  read: ShotReading.optional(),
  lines: ScriptLines.optional(),
});
export type ProposedShot = z.infer<typeof ProposedShot>;

export const ProposedScene = z.object({
  id: Id.optional(),
  heading: z.string().max(500),
  setting: SceneSetting,
  location: z.string().max(300),
  time: z.string().max(100),
  synopsis: z.string().max(5000),
  shots: z.array(ProposedShot).max(500),
  /** Texts of shots that a person does not want though the script has them: they are not proposed again. */
  leftOut: z.array(z.string()).max(500).optional(),
  /** Heading and synopsis as the parser read them, when the fields above were merged or edited. */
  read: z.object({ heading: z.string().max(500), synopsis: z.string().max(5000) }).optional(),
  /** The number that the script itself gives the scene, e.g. `12A`. */
  scriptNumber: z.string().max(20).optional(),
  lines: ScriptLines.optional(),
});
export type ProposedScene = z.infer<typeof ProposedScene>;

export interface Breakdown {
  scenes: ProposedScene[];
  parser: "rules" | "llm";
  mode: Exclude<ParseMode, "auto">;
}

/** Most text a screenplay may hold, bytes of UTF-8. */
export const maxScreenplayBytes = 2_000_000;

/** Most scenes that are put on the board at once. */
export const maxScenes = 12_000;

/** Most shots one scene may have; a longer one goes on under the same heading. */
const maxShots = 500;

export interface BreakdownOptions {
  mode?: ParseMode;
  fps: FrameRate;
  /** Of the board: what a model read before and the script still says is not read again. */
  known?: ModelReadings;
}

/**
 * Reads scenes and shots out of text by rules alone: instant, always the same, and never throws. Nothing is saved.
 * Text without anything to see or hear gives no scenes.
 * @see behaviours S1-F02…F05, F14
 */
export function breakDown(text: string, options: BreakdownOptions): Breakdown {
  const script = readScript(text, options.mode);
  const known = new KnownPassages(options.known ?? noModelReadings);
  const scenes = proposeScenes(script, options.fps, (scene, context) => {
    const stretches = known.stretchesOf(scene.blocks);
    const shots = stretches.flatMap((stretch, index) =>
      stretch.read ? stretch.shots : shotsOfScene(stretch.blocks, { ...context, opens: index === 0 }),
    );
    return { shots, leftOut: stretches.flatMap((stretch) => (stretch.read ? stretch.leftOut : [])) };
  });
  return { scenes, parser: "rules", mode: script.mode };
}

/** A script as paragraphs and speeches, and who is in it: what rules and models both begin with. */
export interface ReadScript {
  mode: Breakdown["mode"];
  scenes: SceneBlocks[];
  people: People;
}

export function readScript(text: string, wanted: ParseMode = "auto"): ReadScript {
  const lines = lexFountain(text);
  const mode = wanted === "auto" ? modeOf(lines) : wanted;
  const scenes = blocksOf(lines, mode);
  const blocks = scenes.flatMap((scene) => scene.blocks);
  const people = findPeople(
    blocks.flatMap((block) => (block.kind === "speech" ? [block.character] : [])),
    blocks.flatMap((block) => (block.kind === "action" ? [block.text] : [])),
  );
  return { mode, scenes, people };
}

/** @param shotsIn  reads one scene, the `at`th of the script */
export function proposeScenes(
  { mode, scenes, people }: ReadScript,
  fps: FrameRate,
  shotsIn: (
    scene: SceneBlocks,
    context: Omit<SceneContext, "opens">,
    at: number,
  ) => { shots: ProposedShot[]; leftOut: string[] },
): ProposedScene[] {
  return scenes.flatMap((scene, at) => {
    const place = readHeading(scene.heading);
    const time = place.time || timeInProse(firstAction(scene.blocks));
    const context = { setting: place.setting, people, fps, onePerBlock: mode === "numbered" };
    const { shots, leftOut } = shotsIn(scene, context, at);
    if (shots.length === 0 && leftOut.length === 0) shots.push(emptyShot(place, scene.lines.from, fps));
    const fields = sceneFields(scene, { ...place, time });
    const parts: ProposedScene[] = inParts(shots, scene.lines).map((part) => ({ ...fields, ...part }));
    if (leftOut.length > 0 && parts[0]) parts[0].leftOut = leftOut.slice(0, maxShots);
    return parts;
  });
}

function sceneFields(scene: SceneBlocks, place: Pick<ProposedScene, "setting" | "location" | "time">) {
  const number = scene.number.slice(0, 20);
  return {
    heading: scene.heading.slice(0, 500),
    ...place,
    synopsis: scene.synopsis.slice(0, 5000),
    ...(number === "" ? {} : { scriptNumber: number }),
  };
}

function inParts(shots: ProposedShot[], lines: ScriptLines): Pick<ProposedScene, "shots" | "lines">[] {
  const parts: Pick<ProposedScene, "shots" | "lines">[] = [];
  for (let at = 0; at === 0 || at < shots.length; at += maxShots) {
    const from = at === 0 ? lines.from : (shots[at]?.lines?.from ?? lines.from);
    const to = shots[at + maxShots]?.lines?.from ?? lines.to;
    parts.push({ shots: shots.slice(at, at + maxShots), lines: { from, to: Math.max(from, to) } });
  }
  return parts;
}

function firstAction(blocks: readonly Block[]): string {
  const first = blocks.find((block) => block.kind === "action");
  return first ? first.text : "";
}

/** A heading alone is still a place to look at (S1-G05). */
function emptyShot(place: { setting: string; location: string }, line: number, fps: FrameRate): ProposedShot {
  return {
    type: place.setting === "int" ? "wide" : "establishing",
    move: "static",
    action: "",
    dialogue: [],
    characters: [],
    durationFrames: secondsToFrames(3, fps),
    lines: { from: line, to: line + 1 },
  };
}
