import { eased } from "#domain/screenplay/ease.ts";
import type { Easing } from "#domain/screenplay/scene-plan.ts";

export { eased };

const between = (k: number) => Math.min(1, Math.max(0, k));

/** A shot is cut into its move, which begins before and ends after it: a smooth move does not quite come to rest. */
export const easedMove = (ease: Easing, share: number) =>
  ease === "smooth" ? eased("smooth", share) * 0.6 + between(share) * 0.4 : eased(ease, share);

/** Smooth chance: three sines that never line up. */
export const drift = (t: number, seed: number) =>
  Math.sin(t * 1.7 + seed) * 0.5 + Math.sin(t * 3.1 + seed * 2.3) * 0.3 + Math.sin(t * 0.63 + seed * 5.1) * 0.6;
