import type { Easing } from "./scene-plan.ts";

/** @returns how much of the way is done after a share of the time, both 0..1; "hold" stays where it is */
export function eased(ease: Easing, share: number): number {
  const c = Math.min(1, Math.max(0, share));
  switch (ease) {
    case "linear":
      return c;
    case "smooth":
      return c * c * (3 - 2 * c);
    case "in":
      return c * c;
    case "out":
      return c * (2 - c);
    case "hold":
      return 0;
  }
}
