/** A camera that people have keyed: it goes through every key, smoothly, at its time. Plain numbers, the same for all. */
import { eased } from "./ease.ts";
import { fovOf, lensOf } from "./lens.ts";
import type { Easing, Vec3 } from "./scene-plan.ts";

/** What a camera does at a time, in beats, frames or whatever the others of its path are in. */
export interface KeyAt {
  time: number;
  eye: Vec3;
  look: Vec3;
  lensMm: number;
  /** Degrees; absent: level. */
  roll?: number | undefined;
  /** Distance of what is sharp; absent: what it looks at. */
  focus?: number | undefined;
  /** From here to the next; absent: "smooth". */
  ease?: Easing | undefined;
}

export interface KeyedView {
  eye: Vec3;
  look: Vec3;
  lensMm: number;
  roll: number;
  /** null = what it looks at. */
  focus: number | null;
}

/** @param keys  at least one, by their times; before the first and after the last the camera stays as there */
export function viewAlong(keys: readonly [KeyAt, ...KeyAt[]], time: number): KeyedView {
  let i = 0;
  while (i < keys.length - 2 && keys[i + 1]!.time <= time) i += 1;
  const [from, to] = [keys[i]!, keys[i + 1]];
  if (to === undefined || time < from.time) return viewOf(from);
  if (time >= to.time) return viewOf(to);
  const ease = from.ease ?? "smooth";
  const share = (time - from.time) / (to.time - from.time);
  const k = eased(ease, share);
  // A smooth way does not rest at every key: the curve itself begins and ends gently.
  const along = ease === "smooth" ? share : k;
  return {
    eye: between(keys, "eye", i, along),
    look: between(keys, "look", i, along),
    lensMm: lensOf(mix(fovOf(from.lensMm), fovOf(to.lensMm), k)),
    roll: mix(from.roll ?? 0, to.roll ?? 0, k),
    focus: focusBetween(from, to, k),
  };
}

const mix = (a: number, b: number, k: number) => a + (b - a) * k;
const viewOf = ({ eye, look, lensMm, roll = 0, focus }: KeyAt): KeyedView => ({
  eye,
  look,
  lensMm,
  roll,
  focus: focus ?? null,
});

function focusBetween(from: KeyAt, to: KeyAt, k: number): number | null {
  if (from.focus === undefined && to.focus === undefined) return null;
  const own = ({ focus, eye, look }: KeyAt) => focus ?? lengthOf(difference(look, eye));
  // As a focus ring turns: by how far is near, not by metres.
  return 1 / mix(1 / own(from), 1 / own(to), k);
}

/**
 * A curve through the points (Catmull-Rom over the keys' own times, so that a long leg after a short one does not
 * overshoot); a linear leg is straight.
 */
function between(keys: readonly KeyAt[], what: "eye" | "look", i: number, k: number): Vec3 {
  const [from, to] = [keys[i]!, keys[i + 1]!];
  const [a, b] = [from[what], to[what]];
  if (from.ease === "linear" || from.ease === "hold") return point((axis) => mix(a[axis], b[axis], k));
  const span = to.time - from.time;
  const [m, n] = [slope(keys, what, i), slope(keys, what, i + 1)];
  const [k2, k3] = [k * k, k * k * k];
  return point(
    (axis) =>
      a[axis] * (2 * k3 - 3 * k2 + 1) +
      m[axis] * span * (k3 - 2 * k2 + k) +
      b[axis] * (-2 * k3 + 3 * k2) +
      n[axis] * span * (k3 - k2),
  );
}

/** How fast and where to the camera goes through a key; it rests at the ends of its path, and where it has been held. */
function slope(keys: readonly KeyAt[], what: "eye" | "look", j: number): Vec3 {
  const [before, here, after] = [keys[j - 1], keys[j]!, keys[j + 1]];
  if (before === undefined || after === undefined || before.ease === "hold") return [0, 0, 0];
  const [dt0, dt1] = [here.time - before.time, after.time - here.time];
  if (dt0 <= 0 || dt1 <= 0) return [0, 0, 0];
  const [way0, way1] = [difference(here[what], before[what]), difference(after[what], here[what])];
  const through = point((axis) => ((way0[axis] / dt0) * dt1 + (way1[axis] / dt1) * dt0) / (dt0 + dt1));
  // No faster than three times the slower leg: a camera that waits at a key does not swing past it.
  const most = 3 * Math.min(lengthOf(way0) / dt0, lengthOf(way1) / dt1);
  const speed = lengthOf(through);
  return speed > most ? point((axis) => (through[axis] * most) / speed) : through;
}

type Axis = 0 | 1 | 2;
const point = (of: (axis: Axis) => number): Vec3 => [of(0), of(1), of(2)];
const difference = (a: Vec3, b: Vec3): Vec3 => point((axis) => a[axis] - b[axis]);
const lengthOf = ([x, y, z]: Vec3) => Math.hypot(x, y, z);
