import { z } from "zod";
import { deedsOf } from "#domain/screenplay/scene-plan.ts";
import { cueKinds, effects } from "#domain/screenplay/plan/sound-kinds.ts";
import { FrameRate, framesToSeconds } from "#domain/time.ts";
import type { GenerationPlan } from "./generation-plan.ts";

/**
 * When what happens: the file that lets a viewer play scene, people and sound together. Times are seconds from the
 * start. Positions are metres, y is up; angles degrees.
 */
const Vec3 = z.tuple([z.number(), z.number(), z.number()]);

export const CameraSample = z.object({
  at: z.number().min(0),
  eye: Vec3,
  target: Vec3,
  /** Vertical. */
  fov: z.number().min(1).max(179),
  roll: z.number(),
  /** Distance of what is sharp, metres. */
  focus: z.number().min(0),
  /** How soft what lies behind is, 0 to 1. */
  blur: z.number().min(0).default(0),
});
export type CameraSample = z.infer<typeof CameraSample>;

/** What the stage says of a shot: the way of its camera, in frames of the film or fewer. */
export const CameraPath = z.object({ samples: z.array(CameraSample).min(1).max(20_000) });
export type CameraPath = z.infer<typeof CameraPath>;

const Span = { at: z.number().min(0), seconds: z.number().min(0) };
export const TimelineEvent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("scene"), ...Span, place: z.string(), hour: z.string(), weather: z.string() }),
  z.object({ kind: z.literal("action"), ...Span, who: z.string(), action: z.string() }),
  z.object({ kind: z.literal("line"), ...Span, who: z.string() }),
  z.object({ kind: z.literal("camera"), ...Span, move: z.string(), framing: z.string() }),
  z.object({ kind: z.literal("music"), ...Span, mood: z.string(), tempo: z.number() }),
  z.object({ kind: z.literal("bar"), at: z.number().min(0), number: z.number().int().min(1) }),
  /** A sound or an accent of the music, of one moment. */
  z.object({
    kind: z.literal("cue"),
    at: z.number().min(0),
    what: z.enum(cueKinds),
    effect: z.enum(effects).optional(),
  }),
  z.object({ kind: z.literal("step"), at: z.number().min(0), who: z.string() }),
]);
export type TimelineEvent = z.infer<typeof TimelineEvent>;

export const TimelineTrack = z.object({
  /** File name, as in the manifest. */
  file: z.string().max(80),
  /** A stem is a part of the audio, to be played instead of it with the other stems. */
  plays: z.enum(["scene", "background", "animation", "motion", "audio", "stem"]),
  start: z.number().min(0),
  seconds: z.number().min(0),
});
export type TimelineTrack = z.infer<typeof TimelineTrack>;

export const GenerationTimeline = z.object({
  version: z.literal(1),
  seconds: z.number().min(0),
  frames: z.number().int().min(1),
  fps: FrameRate,
  tracks: z.array(TimelineTrack).max(100),
  /** In order of time. */
  events: z.array(TimelineEvent).max(20_000),
  camera: CameraPath,
});
export type GenerationTimeline = z.infer<typeof GenerationTimeline>;

/** When a foot comes down, and of whom in the cast. */
export const TimedStep = z.object({ at: z.number().min(0), who: z.number().int().min(0) });
export type TimedStep = z.infer<typeof TimedStep>;
/** With the most of everything else there is room for them. */
const mostSteps = 8000;

/** Footfalls begin a little into a section, as the sound has them. */
const firstStep = 0.12;

/**
 * Lays everything along the film's time.
 * @param tracks  files of the earlier stages, with how long they play
 * @param steps   when feet come down, where the stage has said so; else as often as the sound's sections say
 */
export function timelineOf(
  plan: GenerationPlan,
  camera: CameraPath,
  tracks: readonly TimelineTrack[],
  steps?: readonly TimedStep[],
): GenerationTimeline {
  const seconds = framesToSeconds(plan.frames, plan.fps);
  const whole = { at: 0, seconds };
  const { place, hour, weather } = plan.environment;
  const events: TimelineEvent[] = [
    { kind: "scene", ...whole, place, hour, weather },
    { kind: "camera", ...whole, move: plan.camera.move, framing: plan.camera.framing },
    ...plan.characters.flatMap((person) =>
      deedsOf(person, plan).map(({ motion, from, to }) => ({
        kind: "action" as const,
        at: round(from * plan.beatSeconds),
        seconds: round((to - from) * plan.beatSeconds),
        who: person.name,
        action: motion,
      })),
    ),
    ...plan.cues.flatMap(({ beat, kind, effect }) => {
      const at = round(beat * plan.beatSeconds);
      return at >= seconds
        ? []
        : [{ kind: "cue" as const, at, what: kind, ...(effect === undefined ? {} : { effect }) }];
    }),
    ...plan.lines.map((line) => ({
      kind: "line" as const,
      at: Math.min(line.start, seconds),
      seconds: Math.min(line.seconds, Math.max(0, seconds - line.start)),
      who: plan.characters[line.who]?.name ?? "",
    })),
    ...plan.audio.sections.map((section) => ({
      kind: "music" as const,
      at: Math.min(section.start, seconds),
      seconds: Math.min(section.seconds, Math.max(0, seconds - section.start)),
      mood: section.mood,
      tempo: plan.audio.tempo,
    })),
    ...barsOf(plan, seconds),
    ...stepsOf(plan, steps).filter(({ at }) => at < seconds),
  ];
  return GenerationTimeline.parse({
    version: 1,
    seconds,
    frames: plan.frames,
    fps: plan.fps,
    tracks,
    events: events.sort((a, b) => a.at - b.at),
    camera,
  });
}

function stepsOf(plan: GenerationPlan, steps: readonly TimedStep[] | undefined): TimelineEvent[] {
  if (steps !== undefined)
    return steps.slice(0, mostSteps).map(({ at, who }) => {
      return { kind: "step" as const, at: round(at), who: plan.characters[who]?.name ?? "" };
    });
  const walker = plan.characters.find(({ action }) => action === "walk" || action === "run");
  return plan.audio.sections.flatMap((section) =>
    section.steps <= 0
      ? []
      : every(1 / section.steps, section.start + firstStep, section.start + section.seconds - 0.1).map((at) => {
          return { kind: "step" as const, at: round(at), who: walker?.name ?? "" };
        }),
  );
}

function barsOf(plan: GenerationPlan, seconds: number): TimelineEvent[] {
  const bar = 240 / plan.audio.tempo;
  return every(bar, 0, seconds).map((at, index) => ({ kind: "bar", at: round(at), number: index + 1 }));
}

function every(step: number, from: number, to: number): number[] {
  const times: number[] = [];
  for (let index = 0; from + index * step < to && index < 10_000; index++) times.push(from + index * step);
  return times;
}

const round = (n: number) => Math.round(n * 1000) / 1000;
