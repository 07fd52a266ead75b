import type { PlannedCharacter } from "#domain/screenplay/scene-plan.ts";
import type { Shown } from "#domain/screenplay/plan/instrument-words.ts";
import type { Pose } from "../pose.ts";
import type { Gait } from "../way.ts";

/** One moment of a deed. */
export type MotionMoment = {
  /** Of the shot. */
  seconds: number;
  /** Of this deed: gone, and still to come. */
  into: number;
  left: number;
  /** How much they talk now, 0..1. */
  talk: number;
  /** Each person's own rhythm. */
  offset: number;
  energy: number;
  /** Their height over 1.75 m: what a metre of the set is for them. */
  scale: number;
  person: PlannedCharacter;
  /** Height of what they sit on, their own metres; 0 = they stand. */
  seat: number;
  /** Only while they go: the stride they are in, 0..1 from the left foot's landing, and how fast over their usual. */
  stride: number;
  pace: number;
  /** Of the music and the deeds. */
  beatSeconds: number;
  /** What is played by whoever plays. */
  instrument: Shown;
  /** What they do with whom, their own frame: metres ahead and to the left of it; null = nobody. */
  partner: { x: number; y: number; z: number; first: boolean } | null;
};

export type Posture = "standing" | "seated" | "ground";

export type MotionMaker = {
  /** Of those who go. */
  gait?: Gait;
  /** Of somebody of 1.75 m above what they stand or sit on. */
  eyeHeight: number | ((m: MotionMoment) => number);
  /** Seconds to come into it from something else. */
  lead: number;
  /** What the legs do; "any": it is done standing or sitting. */
  posture: Posture | "any";
  /** What of the posture is otherwise. It is given as somebody who stands, or sits, would have it. */
  pose(pose: Pose, m: MotionMoment): void;
  /** How far the trunk leans forward on the way into it, radians: what no blend of two poses shows. */
  leans?: number;
  /** Done in between by whoever comes from standing. */
  through?: "crouch";
  /** Whether the feet stay on the floor. Default: they do. */
  afoot?: (m: MotionMoment) => boolean;
  /** Its feet are not where those of somebody who just stands are. */
  ownLegs?: boolean;
  /** Where the head turns to is the motion's own. */
  ownGaze?: boolean;
};
