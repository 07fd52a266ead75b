import type { Motion, ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { buildCharacter } from "../characters/character.ts";
import type { Footfall, Ground } from "./steps.ts";

const floors: Readonly<Record<ScenePlan["place"], Ground>> = {
  ...{
    harbour: "wood",
    "ferry-lounge": "carpet",
    "ship-deck": "metal",
    "lighthouse-rock": "stone",
    "car-deck": "metal",
  },
  ...{ street: "stone", alley: "stone", rooftop: "stone", market: "stone", road: "stone" },
  ...{ room: "wood", cafe: "wood", office: "carpet", corridor: "stone", interior: "wood", theatre: "wood" },
  ...{ forest: "earth", field: "earth", exterior: "earth", mountain: "earth", desert: "sand", beach: "sand" },
  ...{ cave: "stone", spaceship: "metal" },
};
/** How hard feet come down; turning on the spot and all else is soft. */
const hard: Partial<Record<Motion, number>> = { walk: 0.5, run: 0.7, sneak: 0.16, push: 0.5, dance: 0.4 };
const soft = 0.22;
const far: readonly string[] = ["extreme-wide", "establishing", "wide"];

/** @returns what people walk on; rain lies on what is hard, snow on everything out of doors */
export function groundOf(plan: Pick<ScenePlan, "place" | "interior" | "weather">): Ground {
  const floor = floors[plan.place];
  if (plan.interior) return floor;
  if (plan.weather === "snow") return "snow";
  const rains = plan.weather === "rain" || plan.weather === "storm";
  return rains && floor !== "earth" && floor !== "sand" ? "wet" : floor;
}

/** @returns when everybody's feet come down in the picture, in order; `who` is a place in the cast */
export function footfallsOf(plan: ScenePlan): (Footfall & { who: number })[] {
  const seconds = (plan.frames * plan.fps.den) / plan.fps.num;
  const ground = groundOf(plan);
  const distance = far.includes(plan.camera.framing) ? 0.7 : 1;
  const heard = plan.cast.flatMap((person, who) => {
    if (person.offScreen) return [];
    const { track } = buildCharacter(person, who, plan);
    const loud = (at: number) => (hard[track.acts[track.actAt(at)]?.motion ?? "stand"] ?? soft) * distance;
    const steps = track.ways.flatMap((way) =>
      way.steps.flatMap(({ to, foot, long }) =>
        // A foot that is only set down again beside itself makes no sound.
        to > 0 && to < Math.min(seconds, way.to + 0.01) && long > 0.06 && track.wayAt(to - 0.01) === way
          ? [{ at: to, foot }]
          : [],
      ),
    );
    const danced = track.acts.flatMap((act) => {
      if (act.motion !== "dance") return [];
      const first = Math.ceil((act.from + act.lead) / plan.beatSeconds);
      const count = Math.max(0, Math.ceil(Math.min(act.to, seconds) / plan.beatSeconds) - first);
      return Array.from({ length: count }, (_, i) => ({ at: (first + i) * plan.beatSeconds, foot: (i % 2) as 0 | 1 }));
    });
    return [...steps, ...danced].map(({ at, foot }) => ({
      ...{ at, who, ground, loud: loud(at - 0.01) },
      pan: (foot === 0 ? -0.07 : 0.07) + (who % 2 === 0 ? 0.08 : -0.08) * Math.min(1, plan.cast.length - 1),
    }));
  });
  return heard.sort((a, b) => a.at - b.at);
}
