import * as THREE from "three";
import { clamp01, type Leg, mix, rolled, smooth } from "./pose.ts";
import type { Spot, Step, Way } from "./way.ts";
import { wrap } from "./way.ts";

/** What a foot does at a moment of a way. */
type FootMoment =
  | { down: true; at: Spot; pitch: number; flat: boolean }
  | { down: false; from: Spot; to: Spot; q: number; off: number; strike: number; long: number };

function momentOf(way: Way, foot: 0 | 1, seconds: number): FootMoment {
  let [before, after]: [Step | null, Step | null] = [null, null];
  for (const step of way.steps) {
    if (step.foot !== foot) continue;
    if (step.from <= seconds) before = step;
    else {
      after = step;
      break;
    }
  }
  const { gait } = way;
  const much = (step: Step | null) => (step === null ? 0 : clamp01(step.long / (gait.stepLength * 1.5)));
  // A foot that has just come down, or has stood since before the way, does not roll off in no time.
  const offOf = (step: Step | null) =>
    step === null ? 0 : gait.off * much(step) * clamp01((step.from - stoodSince(way, step)) / 0.2);
  if (before !== null && seconds < before.to) {
    const stood = standsBefore(way, before);
    return {
      down: false,
      from: stood,
      to: before.lands,
      q: (seconds - before.from) / Math.max(1e-6, before.to - before.from),
      off: offOf(before),
      strike: gait.strike * much(before),
      long: before.long,
    };
  }
  const at = before?.lands ?? way.feet[foot];
  const since = before?.to ?? way.from;
  const until = after?.from ?? Infinity;
  const stay = Math.min(until - since, 3);
  const on = (1 - clamp01((seconds - since) / (0.16 * stay))) * gait.strike * much(before);
  const toGo = (until - seconds) / (0.38 * stay);
  const off = Math.pow(1 - clamp01(toGo), 1.4) * offOf(after);
  return { down: true, at, pitch: off - on, flat: on < 0.02 };
}

function stepBefore(way: Way, step: Step): Step | null {
  const index = way.steps.indexOf(step);
  for (let i = index - 1; i >= 0; i -= 1) if (way.steps[i]!.foot === step.foot) return way.steps[i]!;
  return null;
}

const standsBefore = (way: Way, step: Step): Spot => stepBefore(way, step)?.lands ?? way.feet[step.foot];
const stoodSince = (way: Way, step: Step): number => stepBefore(way, step)?.to ?? way.from;

/** @returns both legs in the frame of somebody who is at `root` */
export function wayLegs(way: Way, seconds: number, root: Spot): [Leg, Leg] {
  return [legOf(way, 0, seconds, root), legOf(way, 1, seconds, root)];
}

/** @returns for each foot whether it stands flat or rolls over its ball, and must not slide */
export function wayPlanted(way: Way, seconds: number): [boolean, boolean] {
  const planted = (foot: 0 | 1) => {
    const moment = momentOf(way, foot, seconds);
    return moment.down && moment.flat;
  };
  return [planted(0), planted(1)];
}

function legOf(way: Way, foot: 0 | 1, seconds: number, root: Spot): Leg {
  const moment = momentOf(way, foot, seconds);
  if (moment.down) {
    const roll = rolled(moment.pitch);
    return place(way, root, moment.at, roll.ahead, roll.up, moment.pitch);
  }
  const { q, off, strike, long } = moment;
  const [a, b] = [rolled(off), rolled(-strike)];
  const gone = smooth(q);
  const spot = between(moment.from, moment.to, gone);
  const lift = way.gait.lift * clamp01(0.35 + long) * Math.sin(Math.pow(q, 0.8) * Math.PI);
  const kick = (way.gait.kick ?? 0) * clamp01(long) * Math.sin(Math.min(1, q * 1.7) * Math.PI);
  const pitch = off * Math.pow(1 - q, 1.2) - strike * q * q + kick * 1.6;
  return place(way, root, spot, mix(a.ahead, b.ahead, gone) - kick * 0.5, mix(a.up, b.up, gone) + lift + kick, pitch);
}

function between(a: Spot, b: Spot, k: number): Spot {
  return { x: mix(a.x, b.x, k), y: mix(a.y, b.y, k), z: mix(a.z, b.z, k), yaw: a.yaw + wrap(b.yaw - a.yaw) * k };
}

/** A foot on the floor as a leg in its owner's frame; `ahead` along the foot, `up` from the floor, own metres. */
function place(way: Way, root: Spot, print: Spot, ahead: number, up: number, pitch: number): Leg {
  const { scale } = way;
  const turn = wrap(print.yaw - root.yaw);
  const [dx, dz] = [(print.x - root.x) / scale, (print.z - root.z) / scale];
  const [c, s] = [Math.cos(root.yaw), Math.sin(root.yaw)];
  return {
    foot: new THREE.Vector3(
      c * dx - s * dz + Math.sin(turn) * ahead,
      (print.y - root.y) / scale + up,
      s * dx + c * dz + Math.cos(turn) * ahead,
    ),
    pitch,
    turn,
    pole: new THREE.Vector3(Math.sin(turn * 0.8), 0, Math.cos(turn * 0.8)),
  };
}
