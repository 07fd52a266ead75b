import { z } from "zod";
import { CueSheet } from "#domain/screenplay/plan/cue-sheet.ts";
import { planVersion, ScenePlan } from "#domain/screenplay/scene-plan.ts";

/**
 * What a generation is made from: the answer of its planning stage, and the input of all others. Everything that comes
 * later follows from it alone, so that one plan always gives one film. Lengths are metres, angles degrees, times
 * seconds; positions are those of a {@link ScenePlan}.
 */
const scene = ScenePlan.shape;

export const GenerationPlan = z.object({
  version: z.literal(1),
  /** Who understood the prompt: "rules", or a language model's name. */
  planner: z.string().min(1).max(200),
  prompt: z.string().min(1).max(20_000),
  seed: scene.seed,
  frames: scene.frames,
  fps: scene.fps,
  environment: ScenePlan.pick({
    setSeed: true,
    place: true,
    interior: true,
    hour: true,
    weather: true,
    windy: true,
    mood: true,
    dressing: true,
    palette: true,
    lampsOn: true,
    pieces: true,
    lights: true,
    crowd: true,
  }),
  objects: scene.props,
  characters: scene.cast,
  lines: scene.lines,
  camera: scene.camera,
  beatSeconds: scene.beatSeconds,
  cues: scene.cues,
  music: scene.music,
  audio: CueSheet,
});
export type GenerationPlan = z.infer<typeof GenerationPlan>;

/** @returns the plan as the stage builds and shoots it */
export function scenePlanOf(plan: GenerationPlan): ScenePlan {
  return {
    version: planVersion,
    seed: plan.seed,
    ...plan.environment,
    cast: plan.characters,
    lines: plan.lines,
    props: plan.objects,
    camera: plan.camera,
    frames: plan.frames,
    fps: plan.fps,
    beatSeconds: plan.beatSeconds,
    cues: plan.cues,
    music: plan.music,
  };
}
