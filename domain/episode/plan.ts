import { z } from "zod";
import { SceneSetting } from "#domain/film/scene.ts";
import { CameraMove, DialogueLine, ShotType } from "#domain/film/shot.ts";
import { PlannedWorld, WorldElements } from "./world.ts";

/** Most beats one episode may have; each is a shot that is rendered. */
export const maxBeats = 24;
export const defaultBeats = 3;
/** A beat's length unless the planner says otherwise, seconds. */
export const defaultBeatSeconds = 5;

/** One picture of an episode: it becomes one shot of the film. */
export const Beat = z.object({
  /** What is seen. */
  description: z.string().trim().min(1).max(2000),
  /** Where, without INT. or EXT.; neighbours in one place at one time are one scene. */
  place: z.string().trim().max(200),
  setting: SceneSetting,
  /** DAY, DUSK, … */
  time: z.string().trim().max(60),
  characters: z.array(z.string().trim().min(1).max(100)).max(20),
  dialogue: z.array(DialogueLine).max(20),
  shot: ShotType,
  move: CameraMove,
  seconds: z.number().min(0.5).max(60),
});
export type Beat = z.infer<typeof Beat>;

export const EpisodePlan = z.object({
  title: z.string().trim().min(1).max(200),
  beats: z.array(Beat).min(1).max(maxBeats),
  /** Who and what the plan speaks of; what is new among it is kept in the world. */
  elements: WorldElements,
});
export type EpisodePlan = z.infer<typeof EpisodePlan>;

export const PlannerName = z.enum(["rules", "llm"]);
export type PlannerName = z.infer<typeof PlannerName>;

/** Who wrote a plan, and why it was not somebody else. */
export const PlannedBy = z.object({
  planner: PlannerName,
  model: z.string().max(200).optional(),
  note: z.string().max(1000).optional(),
});
export type PlannedBy = z.infer<typeof PlannedBy>;

/** What an episode's row keeps once it is planned. */
export const KeptPlan = z.object({ plan: EpisodePlan, by: PlannedBy, world: PlannedWorld });
export type KeptPlan = z.infer<typeof KeptPlan>;

/** A beat's place in the run, from 1: `beat:1`. */
export function stepOfBeat(number: number): string {
  return `beat:${number}`;
}

/** What a planner is asked. */
export interface PlanWish {
  intent: string;
  /** How many beats, 1 to {@link maxBeats}; absent: a script's own, else {@link defaultBeats}. */
  beats?: number;
  /** How long each, seconds. */
  seconds: number;
  world: z.infer<typeof WorldElements>;
}

/** An intent in a few words: its first sentence, cut between words. */
export function titleOf(intent: string): string {
  const first = intent.trim().split(/(?<=[.!?])\s|\n/)[0] ?? "";
  const plain = first.replace(/[.!?,;:\s]+$/, "").replace(/\s+/g, " ");
  if (plain.length <= 60) return plain === "" ? "Untitled episode" : capital(plain);
  const cut = plain.slice(0, 60);
  const space = cut.lastIndexOf(" ");
  return capital(`${space > 30 ? cut.slice(0, space) : cut}…`);
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
