/** What a language model is told about understanding a prompt, and how its answer becomes a plan. */
import { cameraMoves, shotTypes } from "#domain/film/shot.ts";
import type { PlanRequest } from "#domain/jobs/messages/render-request.ts";
import { list, oneOf, record, text } from "#domain/loose-json.ts";
import { usualMoves } from "#domain/screenplay/breakdown/camera-words.ts";
import { canonicalName } from "#domain/screenplay/plan/plan-cast.ts";
import type { GivenBrief } from "./brief.ts";
import { composePlan } from "./compose-plan.ts";
import type { GenerationPlan } from "./generation-plan.ts";
import { planByRules } from "./plan-by-rules.ts";

export function briefInstructions(seconds: number): string {
  return [
    `You prepare one short scene of ${seconds} seconds for a studio that builds it from words.`,
    "Say what the person's prompt means, in English, in plain concrete words: alley, harbour, kitchen, forest, ship deck; rain, snow, fog, clear; DAWN, DAY, DUSK, NIGHT.",
    "action is what is seen, one to four sentences in the present tense, in the order in which it happens: Maya sits, then stands up and leaves. Every person in it is called by the name in people. Use plain verbs: walks, runs, sneaks, enters, leaves, sits, stands up, looks at, points, waves, picks up, pushes, climbs, falls, fights, dances, plays, drives.",
    "people lists who is there, each once, with how they look: age, clothes, hair. Nobody is there whom the prompt does not speak of or plainly mean.",
    "dialogue has only words that the prompt puts into somebody's mouth. music says tempo, kind and feeling where the prompt does, and is empty otherwise.",
    "colours says how the picture looks where the prompt does: black and white, sepia, neon, golden light, candlelit, moonlit, grainy. sounds says what is heard beside the music: A door slams. A bell tolls. crowd counts the people who only stand about. Empty or 0 otherwise.",
  ].join("\n");
}

/** Puts right what models like to get wrong. What is missing altogether is left for the check to refuse. */
export function mendBrief(json: unknown): unknown {
  const given = record(json);
  const shot = oneOf(shotTypes, given["shot"], "wide");
  return {
    place: text(given["place"], 300),
    setting: /^in/i.test(text(given["setting"], 20)) ? "int" : "ext",
    time: text(given["time"], 60).toUpperCase(),
    weather: text(given["weather"], 60).toLowerCase(),
    action: text(given["action"], 2000),
    people: list(given["people"])
      .map((one) => (typeof one === "string" ? { name: one } : record(one)))
      .map((one) => ({ name: text(one["name"], 60), look: text(one["look"], 300) }))
      .filter((one) => one.name !== "")
      .slice(0, 6),
    dialogue: list(given["dialogue"])
      .map(record)
      .map((line) => ({ character: text(line["character"], 60), text: text(line["text"], 300) }))
      .filter((line) => line.character !== "" && line.text !== "")
      .slice(0, 10),
    shot,
    move: oneOf(cameraMoves, given["move"], usualMoves[shot]),
    music: text(given["music"], 300),
    colours: text(given["colours"], 300),
    sounds: text(given["sounds"], 300),
    crowd: Math.round(Math.min(60, Math.max(0, Number(given["crowd"]) || 0))),
  };
}

/** @returns the plan of the brief that came with the request, else of the rules */
export function planGenerationScene(request: Omit<PlanRequest, "role">): GenerationPlan {
  return request.given === undefined ? planByRules(request) : planByBrief(request, request.given);
}

function planByBrief(request: Omit<PlanRequest, "role">, { brief, model }: GivenBrief): GenerationPlan {
  const people = [...new Set(brief.people.map(({ name }) => canonicalName(name)))];
  return composePlan(request, model, {
    setting: brief.setting,
    location: brief.place,
    sceneText: [
      brief.place,
      brief.weather,
      brief.colours,
      brief.action,
      brief.crowd > 0 ? `${brief.crowd + people.length} people` : "",
    ]
      .filter(Boolean)
      .join(". "),
    sounds: brief.sounds,
    time: brief.time,
    action: brief.action,
    people,
    looks: Object.fromEntries(brief.people.map(({ name, look }) => [canonicalName(name), look])),
    dialogue: brief.dialogue.map((line) => ({ ...line, character: canonicalName(line.character) })),
    camera: { type: brief.shot, move: brief.move },
    heard: brief.music,
  });
}
