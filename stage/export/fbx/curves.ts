import type { FrameRate } from "#domain/time.ts";
import type { BoneTrack } from "../performance.ts";
import { ticksAt } from "./clock.ts";
import { anglesOf, momentsThatMatter, type Triples } from "./keys.ts";
import { type FbxObjects, factor, moment, properties } from "./objects.ts";
import { double, record } from "./records.ts";

/** Place in centimetres, turn in degrees and scale of a thing, moment by moment, in its parent's frame. */
export type FbxMotion = { places: Triples; turns: Triples; scales: Triples };

/** Where a thing is, and how, while nothing moves it. */
export type FbxPose = { place: readonly number[]; turn: readonly number[]; scale: readonly number[] };

/**
 * What a line between two keys may be off. A hand hangs on a chain of some seven turns and a reach of a metre: together
 * these stay below a millimetre.
 */
const tolerance = { places: 0.005, turns: 0.005, scales: 0.0002 };
const parts = [
  { of: "places", short: "T", property: "Lcl Translation" },
  { of: "turns", short: "R", property: "Lcl Rotation" },
  { of: "scales", short: "S", property: "Lcl Scaling" },
] as const;
/** A straight line to the next key. */
const linear = 0x6104;
/** Slopes and weights of a key, which a straight line has no use for: none, and a third for both weights. */
const slopes = new Float32Array(Int32Array.of(0, 0, 0x0d050d05, 0).buffer);

/** @param unit  what a metre of the track is here */
export function motionOf(track: BoneTrack, unit: number, scale = 1): FbxMotion {
  return {
    places: Float64Array.from(track.places, (n) => n * unit),
    turns: anglesOf(track.turns),
    scales: Float64Array.from(track.scales, (n) => n * scale),
  };
}

export function poseAt(motion: FbxMotion, frame: number): FbxPose {
  const of = (values: Triples) => [...values.subarray(frame * 3, frame * 3 + 3)];
  return { place: of(motion.places), turn: of(motion.turns), scale: of(motion.scales) };
}

/** Puts the file's one animation into it. @returns its layer, to which all that moves belongs */
export function addTake(objects: FbxObjects, name: string, fps: FrameRate, lastFrame: number): bigint {
  const end = ticksAt(lastFrame, fps);
  const span = [moment("LocalStart", 0n), moment("LocalStop", end)];
  const stack = objects.add(
    "AnimationStack",
    name,
    "",
    [properties([...span, moment("ReferenceStart", 0n), moment("ReferenceStop", end)])],
    "AnimStack",
  );
  const layer = objects.add("AnimationLayer", "BaseLayer", "", [], "AnimLayer");
  objects.connect(layer, stack);
  return layer;
}

/** Lets a thing move: curves for what is ever other than at rest, with the keys that matter. */
export function addMotion(
  objects: FbxObjects,
  layer: bigint,
  model: bigint,
  motion: FbxMotion,
  rest: FbxPose,
  fps: FrameRate,
): void {
  const resting = { places: rest.place, turns: rest.turn, scales: rest.scale };
  for (const { of, short, property } of parts) {
    const values = motion[of];
    if (values.every((n, at) => Math.abs(n - resting[of][at % 3]!) < 1e-4)) continue;
    const moments = momentsThatMatter(values, tolerance[of]);
    const axis = (k: number) => Float32Array.from(moments, (at) => values[at * 3 + k]!);
    const axes = { "d|X": axis(0), "d|Y": axis(1), "d|Z": axis(2) };
    const node = objects.add(
      "AnimationCurveNode",
      short,
      "",
      [properties(Object.entries(axes).map(([name, row]) => factor(name, row[0]!)))],
      "AnimCurveNode",
    );
    objects.connect(node, layer);
    objects.connect(node, model, property);
    const times = BigInt64Array.from(moments, (at) => ticksAt(at, fps));
    for (const [name, row] of Object.entries(axes)) objects.connect(addCurve(objects, times, row), node, name);
  }
}

function addCurve(objects: FbxObjects, times: BigInt64Array, values: Float32Array): bigint {
  return objects.add(
    "AnimationCurve",
    "",
    "",
    [
      record("Default", [double(values[0]!)]),
      record("KeyVer", [4008]),
      record("KeyTime", [times]),
      record("KeyValueFloat", [values]),
      record("KeyAttrFlags", [Int32Array.of(linear)]),
      record("KeyAttrDataFloat", [slopes]),
      record("KeyAttrRefCount", [Int32Array.of(values.length)]),
    ],
    "AnimCurve",
  );
}
