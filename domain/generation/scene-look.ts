import { defaultFrameRate, type Seconds } from "#domain/time.ts";
import type { PlaceKind } from "#domain/screenplay/plan/plan-places.ts";
import type { Hour, Weather } from "#domain/screenplay/plan/plan-words.ts";
import { scenePlanOf } from "./generation-plan.ts";
import { planByRules } from "./plan-by-rules.ts";

/** What a scene looks like at a glance, for a drawing of it before anything is made. */
export interface SceneLook {
  place: PlaceKind;
  interior: boolean;
  hour: Hour;
  weather: Weather;
  /** How many are in the picture. */
  people: number;
  seed: number;
}

/** As rules read the prompt, whoever plans the scene: a drawing promises no more. */
export function lookOf({ prompt, seed, seconds }: { prompt: string; seed: number; seconds: Seconds }): SceneLook {
  const { place, interior, hour, weather, cast } = scenePlanOf(
    planByRules({ prompt, seed, seconds, fps: defaultFrameRate }),
  );
  return { place, interior, hour, weather, people: cast.filter(({ offScreen }) => !offScreen).length, seed };
}
