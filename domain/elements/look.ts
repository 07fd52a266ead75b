import type { ElementInShot } from "./in-shot.ts";
import { lookFor, personOf, type Look } from "#domain/screenplay/plan/plan-cast.ts";

/**
 * How somebody of the element library looks, in every shot alike. The name and the script's introduction give a whole
 * look; what the element's description says of it goes before that, its colours before the description, and what
 * people set by hand before all.
 * @param introductions  what `castFromScript` read
 */
export function lookOf(element: ElementInShot, introductions: Readonly<Record<string, string>>): Look {
  const { name, notes } = personOf(element.name, introductions);
  const [garmentColour, legsColour, headwearColour] = element.colours;
  const coloured = Object.entries({ garmentColour, legsColour, headwearColour }).filter(([, hex]) => hex !== undefined);
  const set = Object.entries(element.look).filter(([, value]) => value !== undefined);
  return {
    ...lookFor(name, notes.slice(0, 400)),
    ...saidBy(name, element.description.slice(0, 400)),
    ...Object.fromEntries([...coloured, ...set]),
  };
}

/** What a description decides: where it makes another look than the name alone. */
function saidBy(name: string, description: string): Partial<Look> {
  const alone = lookFor(name, "");
  const described = lookFor(name, description);
  const differing = Object.entries(described).filter(([part, value]) => alone[part as keyof Look] !== value);
  return Object.fromEntries(differing);
}
