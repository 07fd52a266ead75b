/** Places without people's work in them. */
import { land } from "./land.ts";
import type { Place } from "./place.ts";

export const wild: Record<"desert" | "mountain" | "beach", Place> = {
  desert: { ...land.exterior, name: "desert" },
  mountain: { ...land.exterior, name: "mountain pass" },
  beach: { ...land.exterior, name: "beach" },
};
