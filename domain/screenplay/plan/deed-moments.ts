/** The moments of deeds that are both seen and heard: the stage moves by them, the sheet of sounds has its cues there. */

/** Seconds into a fall at which the body strikes the ground, and at which it lies flat. */
export const fallStrikes = 0.78;
export const fallLies = 1.12;

/** How far into a blow it lands, of the whole. */
export const blowLands = 0.4;
const usualBlow = 1.15;

/** @returns seconds of one blow and what answers it: so many whole beats as come near to how long one takes */
export function blowSeconds(beatSeconds: number): number {
  return beatSeconds * Math.max(1, Math.round(usualBlow / beatSeconds));
}

/**
 * Who fights strikes by the shot's clock, so that every blow lands on a beat.
 * @returns which blow of the shot it is, and how far into it, 0 to 1
 */
export function blowAt(seconds: number, beatSeconds: number): { count: number; u: number } {
  const n = seconds / blowSeconds(beatSeconds) + blowLands;
  const count = Math.floor(n + 1e-9);
  return { count, u: Math.max(0, n - count) };
}

/** @returns whether a blow goes by whom it is meant for */
export const slipped = (count: number): boolean => count % 4 === 1;

/** Seconds that picking something up takes, of a deed that is as long as said. */
export const pickingSeconds = (deedSeconds: number): number => Math.min(2.4, deedSeconds);

/** @returns when the hand closes, seconds into a deed of that length */
export const grabAt = (deedSeconds: number): number => pickingSeconds(deedSeconds) * 0.47;
