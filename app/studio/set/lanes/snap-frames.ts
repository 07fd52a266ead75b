import { deedSpans } from "#domain/film/deed-spans.ts";
import { canonicalName } from "#domain/screenplay/plan/plan-cast.ts";
import { setState } from "../set-state.ts";
import type { ShotSet } from "../use-set.ts";

/**
 * @param index  of the deed, or where nobody is said of the key; -1 for a light
 * @returns the frames a hand on a lane is drawn to: playhead, keys, others' deeds, both ends; not what it holds itself,
 *          nor keys for a key, which would take the place of the other
 */
export function snapFrames(
  { plan, staging }: Pick<ShotSet, "plan" | "staging">,
  who: string | null,
  index: number,
): number[] {
  const deeds = plan.cast.flatMap((person) => {
    const spans = deedSpans(person, plan, staging.deeds);
    const isOwn = canonicalName(person.name) === who;
    // Its neighbours go with it: they are nothing to be drawn to.
    return spans
      .filter((_, place) => !isOwn || Math.abs(place - index) > 1)
      .flatMap(({ fromFrame, toFrame }) => [fromFrame, toFrame]);
  });
  const keys = who === null && index >= 0 ? [] : staging.keys.map(({ frame }) => frame);
  return [0, plan.frames, setState.get().frame, ...keys, ...deeds];
}
