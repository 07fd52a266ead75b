import { z } from "zod";
import { cameraMoves, shotTypes } from "#domain/film/shot.ts";

/**
 * A prompt understood: what a language model is asked for about a scene, in words that the rules know how to build.
 * No field is optional: servers that hold a model to a schema want it so.
 */
export const GenerationBrief = z.object({
  /** Where, e.g. "narrow neon alley with puddles". */
  place: z.string().trim().min(1).max(300),
  setting: z.enum(["int", "ext"]),
  /** DAY, DUSK, NIGHT, … */
  time: z.string().trim().max(60),
  /** Rain, snow, fog, wind, or clear. */
  weather: z.string().trim().max(60),
  /** What is seen, in plain sentences; people by their names below. */
  action: z.string().trim().min(1).max(2000),
  people: z.array(z.object({ name: z.string().trim().min(1).max(60), look: z.string().max(300) })).max(6),
  dialogue: z.array(z.object({ character: z.string().trim().min(1).max(60), text: z.string().max(300) })).max(10),
  shot: z.enum(shotTypes),
  move: z.enum(cameraMoves),
  /** e.g. "80 bpm lo-fi, melancholic"; empty where nothing was said of it. */
  music: z.string().max(300),
  /** The picture's colours and light, e.g. "black and white, grainy"; empty where nothing was said of them. */
  colours: z.string().max(300),
  /** What is heard beside the music, e.g. "A door slams."; empty where nothing was said of it. */
  sounds: z.string().max(300),
  /** How many people stand about beside those named. */
  crowd: z.number().int().min(0).max(60),
});
export type GenerationBrief = z.infer<typeof GenerationBrief>;

/** A brief as it goes with the job, and which model wrote it. */
const { colours, sounds, crowd } = GenerationBrief.shape;
export const GivenBrief = z.object({
  model: z.string().min(1).max(200),
  /** One that was written down before it spoke of these reads as one that says nothing of them. */
  brief: GenerationBrief.extend({ colours: colours.default(""), sounds: sounds.default(""), crowd: crowd.default(0) }),
});
export type GivenBrief = z.infer<typeof GivenBrief>;
