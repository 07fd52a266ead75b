/** Says in a sentence what a plan shows. */
import {
  deedsOf,
  type Deed,
  type Motion,
  type PlannedCharacter,
  type ScenePlan,
} from "#domain/screenplay/scene-plan.ts";
import { places } from "./plan-places.ts";

/** What somebody does: on its own, and, where it can be about somebody or something, the words that lead to it. */
const doing: Record<Motion, readonly [alone: string, about?: string]> = {
  stand: ["stands"],
  walk: ["walks"],
  run: ["runs"],
  sit: ["sits"],
  climb: ["climbs"],
  look: ["looks on", "looks at"],
  play: ["plays"],
  hold: ["holds on"],
  point: ["points", "points at"],
  wave: ["waves", "waves to"],
  crouch: ["crouches"],
  lie: ["lies"],
  sneak: ["sneaks"],
  "stand-up": ["gets up"],
  talk: ["talks", "talks to"],
  "pick-up": ["picks something up", "picks up"],
  push: ["pushes", "pushes"],
  fall: ["falls"],
  fight: ["fights", "fights"],
  dance: ["dances"],
  drive: ["drives"],
};
/** A sentence that names more is not read. */
const mostDeeds = 4;

/** One sentence for people: "Wide, 25 mm, push in: harbour pier at dusk in rain. MAYA OKAFOR runs." */
export function describePlan(plan: ScenePlan): string {
  const { camera, crowd } = plan;
  const framing = camera.framing.replaceAll("-", " ");
  const subject = camera.subject.kind === "prop" ? ` of ${aThing(plan.props[camera.subject.index]?.kind)}` : "";
  const hour = plan.hour === "day" ? "by day" : `at ${plan.hour}`;
  const people = plan.cast.flatMap((person, index) =>
    person.offScreen ? [] : [`${person.name.trim() || "Somebody"} ${deedsInWords(person, index, plan)}`],
  );
  if (crowd > 0) people.push(crowdInWords(crowd, people.length > 0));
  const who = people.length === 0 ? "" : ` ${people.join("; ")}.`;
  const how = `${camera.lensMm} mm, ${camera.move.replaceAll("-", " ")}`;
  return `${framing.charAt(0).toUpperCase()}${framing.slice(1)}${subject}, ${how}: ${places[plan.place].name} ${hour}${weatherOf(plan)}.${who}`;
}

function deedsInWords(person: PlannedCharacter, index: number, plan: ScenePlan): string {
  const deeds = deedsOf(person, plan);
  /** What each motion is about, in the order in which they begin. */
  const about = new Map<Motion, Set<string>>();
  for (const deed of deeds) {
    const known = about.get(deed.motion) ?? new Set<string>();
    const whom = targetOf(deed, index, plan);
    about.set(deed.motion, whom === null ? known : known.add(whom));
  }
  if (plan.lines.some(({ who }) => who === index) && !about.has("talk")) about.set("talk", new Set());
  // Who gets up stands.
  if (about.has("stand-up")) about.delete("stand");
  return inOneLine(
    [...about].slice(0, mostDeeds).map(([motion, whom]) => {
      const [alone, leads] = doing[motion];
      return whom.size === 0 || leads === undefined ? alone : `${leads} ${inOneLine([...whom])}`;
    }),
  );
}

/** @returns null where a deed is about nothing that has a name */
function targetOf({ towards }: Deed, own: number, plan: ScenePlan): string | null {
  switch (towards?.kind) {
    case "person":
      return towards.index === own ? null : plan.cast[towards.index]?.name.trim() || null;
    case "piece": {
      const piece = plan.pieces.find(({ id }) => id === towards.id);
      return piece === undefined ? null : aThing(piece.kind);
    }
    case "camera":
      return "the camera";
    default:
      return null;
  }
}

function crowdInWords(count: number, isBesides: boolean): string {
  if (count === 1) return isBesides ? "somebody else stands by" : "Somebody stands by";
  return `${count} ${isBesides ? "others" : "people"} stand by`;
}

function weatherOf({ weather, interior }: ScenePlan): string {
  if (interior || weather === "clear") return "";
  return weather === "storm" ? " in a storm" : ` in ${weather}`;
}

function aThing(kind = "thing"): string {
  const name = kind.replaceAll("-", " ");
  return `${/^[aeiou]/.test(name) ? "an" : "a"} ${name}`;
}

const inOneLine = (words: readonly string[]) => words.join(", ").replace(/, ([^,]*)$/, " and $1");
