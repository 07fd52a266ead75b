import * as THREE from "three";
import type { Tier } from "#domain/jobs/tiers.ts";
import { places } from "#domain/screenplay/plan/plan-places.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { seededRandom } from "#domain/screenplay/seeded.ts";
import type { Weathering } from "../look/finishes.ts";
import { type Palette, paletteOf } from "../look/palette.ts";
import { free } from "./free.ts";
import type { KitContext } from "./kit.ts";
import { kits } from "./kits/all-kits.ts";
import { type Lamp, buildGlows } from "./lamps.ts";
import { SetBuilder } from "./set-builder.ts";
import { buildSky } from "./sky.ts";
import type { Slender } from "./slender.ts";
import type { Solid } from "./solid.ts";
import { buildWater } from "./water.ts";
import { buildWeather } from "./weather.ts";

/** A place in its hour and weather, without anybody in it. */
export type BuiltSet = {
  group: THREE.Group;
  /** The same object for as long as the set is there: {@link BuiltSet.grade} changes what is in it. */
  palette: Palette;
  solids: readonly Solid[];
  slender: readonly Slender[];
  lamps: readonly Lamp[];
  /** Takes over how a plan wants this set graded. */
  grade(plan: ScenePlan): void;
  /**
   * Brings it to a time of the shot; the camera must be placed first, for the rain goes with it.
   * `flash`: how bright lightning is, 0 to 1.
   */
  update(seconds: number, camera: THREE.Camera, flash?: number): void;
  dispose(): void;
};

/** How much of a lamp's light hangs in the air. */
export const airOf = (plan: ScenePlan) =>
  plan.interior
    ? 0.12
    : { clear: plan.hour === "night" ? 0.16 : 0.08, rain: 0.5, storm: 0.5, snow: 0.4, fog: 0.8 }[plan.weather];

/** What the weather has done to everything in a plan's set. */
export function weatheringOf(plan: ScenePlan): Weathering {
  if (plan.interior) return "dry";
  return plan.weather === "snow" ? "snowed" : plan.weather === "rain" || plan.weather === "storm" ? "wet" : "dry";
}

export function buildSet(plan: ScenePlan, tier: Tier): BuiltSet {
  const palette = paletteOf(plan);
  const random = seededRandom(plan.setSeed);
  const group = new THREE.Group();
  group.name = "set";
  const set = new SetBuilder(random);
  const seas: { level: number; chop: number }[] = [];
  const surface = { tier, weathering: weatheringOf(plan) };
  const context: KitContext = {
    plan,
    palette,
    set,
    surface,
    random,
    lamps: [],
    extra: [],
    moving: [],
    graded: [],
    sea: (options) => seas.push(options),
    solid: (box) => set.solids.push(box),
  };
  kits[plan.place](context);
  group.add(set.build(surface), ...context.extra, buildGlows(context.lamps, airOf(plan)));

  const sky = plan.interior ? null : buildSky(palette, plan.setSeed);
  const sea = seas.at(-1);
  const water = sea === undefined ? null : buildWater(palette, context.lamps, { ...sea, rain: palette.wet ? 0.5 : 0 });
  const weather = buildWeather(plan, palette, { at: places[plan.place].mark.at, reach: sea === undefined ? 8 : 2.6 });
  for (const part of [sky, water, weather]) if (part !== null) group.add(part.object);

  function regrade(): void {
    for (const part of [sky, water]) part?.grade(palette);
    for (const put of context.graded) put(palette);
  }
  regrade();

  return {
    group,
    palette,
    solids: set.solids,
    slender: set.slender,
    lamps: context.lamps,
    grade(next) {
      Object.assign(palette, paletteOf(next));
      regrade();
    },
    update(seconds, camera, flash = 0) {
      for (const move of context.moving) move(seconds);
      sky?.update(seconds, flash);
      water?.update(seconds);
      weather?.update(seconds, camera, flash);
    },
    dispose() {
      group.removeFromParent();
      free(group);
    },
  };
}
