import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { seededRandom } from "#domain/screenplay/seeded.ts";
import { paletteOf } from "../../look/palette.ts";
import { kits } from "../../scene/kits/all-kits.ts";
import { SetBuilder } from "../../scene/set-builder.ts";
import type { Slender } from "../../scene/slender.ts";
import type { Solid } from "../../scene/solid.ts";

/** @returns what stands in the way in a plan's set, without building what it looks like */
export const solidsOf = (plan: ScenePlan): readonly Solid[] => standingIn(plan).solids;

export function standingIn(plan: ScenePlan): { solids: readonly Solid[]; slender: readonly Slender[] } {
  const random = seededRandom(plan.setSeed);
  const set = new SetBuilder(random);
  kits[plan.place]({
    plan,
    palette: paletteOf(plan),
    set,
    random,
    surface: {},
    lamps: [],
    extra: [],
    moving: [],
    graded: [],
    sea: () => undefined,
    solid: (box) => set.solids.push(box),
  });
  return set;
}
