import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { aShotPlan } from "../../gpu-agent/engines/previz/cli-shots.ts";

/** What is drawn: much weather outside, much set, and close people with a soft background. */
const shots: Record<string, Parameters<typeof aShotPlan>[0]> = {
  harbour: {
    heading: "EXT. HARBOUR - DUSK",
    type: "wide",
    action: "Rain. MAYA hurries down the pier with a cello case on her back.",
  },
  market: { heading: "EXT. MARKET - DAY", type: "medium", action: "NORA walks among the stalls." },
  cafe: {
    heading: "INT. CAFE - DAY",
    type: "two_shot",
    action: "NORA and TOM sit.",
    who: ["NORA", "TOM"],
    say: ["NORA: You came back.", "TOM: I never left."],
  },
};

export const shotNames = Object.keys(shots);

/** @throws RangeError for a name that is none of `shotNames` */
export function shotPlan(name: string, frames: number): ScenePlan {
  const shot = shots[name];
  if (shot === undefined) throw new RangeError(`there is no shot "${name}"; there are ${shotNames.join(", ")}`);
  return aShotPlan({ ...shot, frames, seed: 7 });
}
