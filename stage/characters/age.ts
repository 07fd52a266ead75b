import { clamp01 } from "./pose.ts";
import type { Gait } from "./way.ts";

/** @returns how bent somebody is, 0..1 */
export const stoopOf = (age: number | undefined) => (age === undefined ? 0 : clamp01((age - 58) / 24));

/** @returns how much larger a head is than a grown-up's of that height */
export const headOf = (age: number | undefined) => (age === undefined ? 1 : 1 + 0.32 * clamp01((16 - age) / 12));

/** @returns how somebody of that age goes: the old with short slow steps that hardly leave the ground */
export function gaitAt(age: number | undefined, gait: Gait): Gait {
  const old = stoopOf(age);
  if (old === 0) return gait;
  return {
    ...gait,
    speed: gait.speed * (1 - 0.34 * old),
    stepLength: gait.stepLength * (1 - 0.26 * old),
    width: gait.width + 0.02 * old,
    lift: gait.lift * (1 - 0.35 * old),
    off: gait.off * (1 - 0.25 * old),
  };
}
