/** Places that close round whoever is in them: rock, hull, house. */
import type { Place } from "./place.ts";
import { rooms } from "./rooms.ts";

export const enclosed: Record<"cave" | "spaceship" | "theatre", Place> = {
  cave: { ...rooms.interior, name: "cave" },
  spaceship: { ...rooms.interior, name: "spaceship" },
  theatre: { ...rooms.interior, name: "theatre stage" },
};
