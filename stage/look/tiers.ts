import type { Tier } from "#domain/jobs/tiers.ts";

/** The most that is drawn for one picture: more is memory that software and small GPUs do not have. */
const mostPixels = 4096 * 2304;

/**
 * How much wider and taller a picture is drawn than it is shown; what is too much becomes its average.
 * @param isSoftware  whether it is drawn without a GPU, where each pixel counts
 */
export function supersampling(
  tier: Tier,
  { width, height, isSoftware }: { width: number; height: number; isSoftware: boolean },
): number {
  if (tier !== "fine") return 1;
  const wanted = isSoftware ? 1.5 : 2;
  const affordable = Math.sqrt(mostPixels / (width * height));
  // A little more than once blurs and smooths nothing.
  return affordable < 1.25 ? 1 : Math.min(wanted, affordable);
}
