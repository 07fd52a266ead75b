import { z } from "zod";
import { ElementKind, nameKey } from "#domain/film/element.ts";

/** The caller's own name for a world; a workspace keeps one element library under it. */
export const WorldKey = z.string().trim().min(1, "a world has a name").max(200);

export const WorldElement = z.object({
  kind: ElementKind,
  name: z.string().trim().min(1).max(200),
  description: z.string().max(5000).default(""),
  triggerWords: z.array(z.string().max(100)).max(50).default([]),
});
export type WorldElement = z.infer<typeof WorldElement>;

/** Most elements one world keeps. */
export const maxWorldElements = 500;
export const WorldElements = z.array(WorldElement).max(maxWorldElements);

/** How a planner came to know the world: it was kept, it was read out of pictures, or there was nothing. */
export const worldSources = ["stored", "extracted", "empty"] as const;
export const WorldSource = z.enum(worldSources);
export type WorldSource = z.infer<typeof WorldSource>;

/** A world as an episode was planned in it. `note` says why it is no fuller, where there is something to say. */
export const PlannedWorld = z.object({ source: WorldSource, note: z.string().max(1000).optional() });
export type PlannedWorld = z.infer<typeof PlannedWorld>;

/**
 * What is known, and what was found beside it. A thing is known by kind and name, whatever their case; what is known
 * stays as it is, so that a world never changes under the episodes that play in it.
 */
export function growWorld(known: readonly WorldElement[], found: readonly WorldElement[]): WorldElement[] {
  const all = [...known];
  const names = new Set(known.map(nameKey));
  for (const element of found) {
    if (all.length >= maxWorldElements || names.has(nameKey(element))) continue;
    names.add(nameKey(element));
    all.push(element);
  }
  return all;
}
