/** What the set's view calls things. */
import type { PassName } from "#domain/jobs/passes.ts";
import type { Hour, Weather } from "#domain/screenplay/plan/plan-words.ts";
import type { Easing, Framing, Motion, Move, PlannedLight } from "#domain/screenplay/scene-plan.ts";
import { pieceKinds, type PieceKind } from "#domain/screenplay/plan/plan-words.ts";
import { placeKinds, type PlaceKind } from "#domain/screenplay/plan/plan-places.ts";

const sentence = (id: string) => id.charAt(0).toUpperCase() + id.slice(1).replaceAll("-", " ");

export const pieceNames = Object.fromEntries(pieceKinds.map((kind) => [kind, sentence(kind)])) as Record<
  PieceKind,
  string
>;
export const placeNames = Object.fromEntries(
  placeKinds.map((kind) => [kind, sentence(kind === "theatre" ? "stage" : kind)]),
) as Record<PlaceKind, string>;

export const lightNames: Record<PlannedLight["kind"], string> = {
  key: "Key light",
  fill: "Fill light",
  rim: "Rim light",
  lamp: "Lamp",
  spot: "Spot",
  beam: "Beam",
};
export const hourNames: Record<Hour, string> = { dawn: "Dawn", day: "Day", dusk: "Dusk", night: "Night" };
export const weatherNames: Record<Weather, string> = {
  clear: "Clear",
  rain: "Rain",
  snow: "Snow",
  fog: "Fog",
  storm: "Storm",
};
export const easeNames: Record<Easing, string> = {
  linear: "Linear",
  smooth: "Smooth",
  in: "Slow start",
  out: "Slow end",
  hold: "Hold",
};
export const framingNames: Record<Framing, string> = {
  "extreme-wide": "Extreme wide",
  establishing: "Establishing",
  wide: "Wide",
  full: "Full",
  medium: "Medium",
  "medium-close": "Medium close",
  "close-up": "Close-up",
  "extreme-close-up": "Extreme close-up",
  insert: "Insert",
  "over-shoulder": "Over shoulder",
  "two-shot": "Two shot",
  pov: "POV",
};
export const moveWords: Record<Move, string> = {
  static: "Static",
  pan: "Pan",
  tilt: "Tilt",
  "push-in": "Push in",
  "pull-out": "Pull out",
  dolly: "Dolly",
  track: "Track",
  crane: "Crane",
  orbit: "Orbit",
  handheld: "Handheld",
  "zoom-in": "Zoom in",
  "zoom-out": "Zoom out",
  "rack-focus": "Rack focus",
  path: "Path",
};
export const motionNames: Record<Motion, string> = {
  stand: "Stands",
  walk: "Walks",
  run: "Runs",
  sneak: "Sneaks",
  sit: "Sits",
  "stand-up": "Stands up",
  talk: "Talks",
  point: "Points",
  look: "Looks",
  wave: "Waves",
  "pick-up": "Picks up",
  push: "Pushes",
  climb: "Climbs",
  fall: "Falls",
  fight: "Fights",
  dance: "Dances",
  play: "Plays",
  drive: "Drives",
  hold: "Holds on",
  crouch: "Crouches",
  lie: "Lies",
};
export const passNamesShown: Record<PassName, string> = {
  beauty: "Picture",
  depth: "Depth",
  pose: "Pose",
  edge: "Edges",
  normal: "Normals",
  ids: "Masks",
  clean: "Clean plate",
};
