import type { Tier } from "#domain/jobs/tiers.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";

/**
 * What a set is built from: two plans with the same key stand in the same set. Who is in it, what is put into it, how it
 * is graded and from where it is seen can change without building it anew.
 */
export function setKeyOf(plan: ScenePlan, tier: Tier = "draft"): string {
  const { place, interior, hour, weather, windy, setSeed, dressing, lampsOn } = plan;
  // A car deck seen in an insert has its dashboard.
  const inserted = place === "car-deck" && plan.props.length > 0;
  return JSON.stringify([place, interior, hour, weather, windy, setSeed, dressing.toSorted(), lampsOn, inserted, tier]);
}
