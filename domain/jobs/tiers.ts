/** How much care a render takes; what each means in pixels and lights is the stage's. */
export const tiers = ["draft", "standard", "fine"] as const;
export type Tier = (typeof tiers)[number];

/** @returns the tier of a picture that names none, by its height */
export function tierForHeight(height: number): Tier {
  return height <= 432 ? "draft" : height <= 800 ? "standard" : "fine";
}
