import type { PlanRequest } from "#domain/jobs/messages/render-request.ts";
import { cueSheetFor } from "#domain/screenplay/plan/cue-sheet.ts";
import { planScene, type ScenePlanInput } from "#domain/screenplay/plan/plan-scene.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { framesToSeconds, secondsToFrames } from "#domain/time.ts";
import { GenerationPlan } from "./generation-plan.ts";
import { ledBy } from "#domain/screenplay/plan/instrument-words.ts";
import { musicIn } from "./prompt-music.ts";

/** A prompt as somebody has understood it, rules or a language model. */
export interface Reading {
  setting: "int" | "ext" | "";
  /** Where, in words. */
  location: string;
  /** Where weather and things are read; what is seen, unless said. */
  sceneText?: string;
  /** DAY, NIGHT, …; empty: as the words say. */
  time: string;
  /** What is seen. */
  action: string;
  /** Names as `canonicalName` has them. */
  people: readonly string[];
  /** How each of them looks, in words. */
  looks: Readonly<Record<string, string>>;
  dialogue: readonly { character: string; text: string }[];
  camera: { type: string; move: string };
  /** What is heard of what happens, in words. */
  sounds?: string;
  /** What is said of the music. */
  heard: string;
}

/** Builds what was understood. Pure: the same reading, seed and length give the same plan. */
export function composePlan(request: Omit<PlanRequest, "role">, planner: string, reading: Reading): GenerationPlan {
  const { prompt, seed, fps } = request;
  const frames = Math.max(1, Math.min(14_400, secondsToFrames(request.seconds, fps)));
  const words: ScenePlanInput = {
    heading: "",
    setting: reading.setting,
    location: reading.location,
    time: reading.time,
    action: reading.action,
    dialogue: [...reading.dialogue],
    characters: [...reading.people],
    shotType: reading.camera.type,
    move: reading.camera.move,
    durationFrames: frames,
    fps,
    seed,
    // Another seed is another set.
    sceneKey: `${prompt.trim().toLowerCase()} ${seed}`,
    castNotes: { ...reading.looks },
    sounds: reading.sounds,
    ...(reading.sceneText === undefined ? {} : { sceneText: reading.sceneText }),
  };
  const asked = musicIn(reading.heard);
  // What somebody plays in the picture leads what is heard.
  const lead = planScene(words).music.instruments?.[0];
  const music =
    lead === undefined || asked.none || asked.instruments?.length === 0
      ? asked
      : { ...asked, instruments: ledBy(lead, asked.instruments) };
  const soundOf = (plan: ScenePlan) =>
    cueSheetFor([{ plan, startSeconds: 0, seconds: framesToSeconds(frames, fps) }], seed);
  // What people do falls on the beats of the music.
  const { tempo } = soundOf({ ...planScene(words), music });
  const plan = { ...planScene({ ...words, beatSeconds: 60 / tempo }), music };
  const { setSeed, place, interior, hour, weather, windy, mood, dressing, palette, lampsOn, pieces, lights, crowd } =
    plan;
  return GenerationPlan.parse({
    version: 1,
    planner,
    prompt: plain(prompt),
    seed: plan.seed,
    frames,
    fps,
    environment: {
      setSeed,
      place,
      interior,
      hour,
      weather,
      windy,
      mood,
      dressing,
      palette,
      lampsOn,
      pieces,
      lights,
      crowd,
    },
    objects: plan.props,
    characters: plan.cast,
    lines: plan.lines,
    beatSeconds: plan.beatSeconds,
    cues: plan.cues,
    music: plan.music,
    camera: plan.camera,
    audio: { ...soundOf(plan), tempo },
  });
}

/** Without what no text has: written as JSON it would be six times as long, and the plan too large for its message. */
function plain(prompt: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what is taken out
  const text = prompt.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|\p{Surrogate}/gu, " ");
  return text.trim() === "" ? "?" : text;
}
