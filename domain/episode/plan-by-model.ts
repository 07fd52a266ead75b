/** What a language model is told about planning an episode, and how its answer becomes a plan. */
import { z } from "zod";
import { cameraMoves, shotTypes } from "#domain/film/shot.ts";
import { list, oneOf, record, text } from "#domain/loose-json.ts";
import { usualMoves } from "#domain/screenplay/breakdown/camera-words.ts";
import { defaultBeats, maxBeats, titleOf, type EpisodePlan, type PlanWish } from "./plan.ts";
import { growWorld, type WorldElement } from "./world.ts";

/** The shape asked for. No field is optional: servers that hold a model to a schema want it so. */
export const ModelPlan = z.object({
  title: z.string().trim().min(1).max(200),
  beats: z
    .array(
      z.object({
        description: z.string().trim().min(1).max(2000),
        place: z.string().trim().max(200),
        setting: z.enum(["int", "ext", "int-ext"]),
        time: z.string().trim().max(60),
        characters: z.array(z.string().trim().min(1).max(100)).max(20),
        dialogue: z
          .array(z.object({ character: z.string().trim().min(1).max(100), text: z.string().max(2000) }))
          .max(20),
        shot: z.enum(shotTypes),
        move: z.enum(cameraMoves),
        seconds: z.number().min(0.5).max(60),
      }),
    )
    .min(1)
    .max(maxBeats),
  elements: z
    .array(
      z.object({
        kind: z.enum(["character", "location", "object"]),
        name: z.string().trim().min(1).max(200),
        description: z.string().max(1000),
      }),
    )
    .max(100),
});
export type ModelPlan = z.infer<typeof ModelPlan>;

export function instructionsFor(wish: PlanWish): string {
  const beats = wish.beats ?? defaultBeats;
  return [
    "You plan a short film as a storyboard artist would.",
    `Turn what the person wants into exactly ${beats} ${beats === 1 ? "beat" : "beats"}: one picture each, in the order in which they are seen, about ${wish.seconds} seconds long.`,
    "A beat's description says in one or two sentences what is seen: who, doing what, where, in which light and weather. Nothing that cannot be seen.",
    "place is where it plays, without INT. or EXT.; time is a word such as DAY, DUSK or NIGHT. Beats in one place at one time share both, word for word.",
    "Name people the same way every time. Things of the world below keep their names and looks. elements lists every person, place and important thing of the plan with how it looks.",
    "Write in the language of the person.",
  ].join("\n");
}

export function questionFor(wish: PlanWish): string {
  const world = wish.world.map((one) => `- ${one.kind} ${one.name}: ${one.description || "no description"}`);
  return [
    `What the person wants:\n${wish.intent}`,
    ...(world.length === 0 ? [] : [`The world it plays in:\n${world.slice(0, 100).join("\n").slice(0, 20_000)}`]),
  ].join("\n\n");
}

/**
 * Puts right what models like to get wrong: framings nobody knows, lengths out of reach, beats without a picture, and
 * what a cut-off answer ends with.
 */
export function mendPlan(json: unknown, cutOff: boolean, wish: PlanWish): unknown {
  const given = Array.isArray(json) ? { beats: json } : record(json);
  const beats = list(given["beats"]).map(record);
  // The last one of a cut-off answer may end in the middle of its sentence.
  const whole = cutOff && beats.length > 1 && !isWhole(beats.at(-1) ?? {}) ? beats.slice(0, -1) : beats;
  return {
    title: text(given["title"], 200) || titleOf(wish.intent),
    beats: whole
      .filter((beat) => text(beat["description"], 2000) !== "")
      .slice(0, wish.beats ?? defaultBeats)
      .map((beat) => {
        const shot = oneOf(shotTypes, beat["shot"], "medium");
        const seconds = Number(beat["seconds"]);
        return {
          description: text(beat["description"], 2000),
          place: text(beat["place"], 200).replace(/^(?:INT|EXT)\b\.?\s*/i, ""),
          setting: oneOf(["int", "ext", "int-ext"] as const, beat["setting"], "ext"),
          time: text(beat["time"], 60).toUpperCase(),
          characters: [...new Set(list(beat["characters"]).map((name) => text(name, 100)))]
            .filter(Boolean)
            .slice(0, 20),
          dialogue: list(beat["dialogue"])
            .map(record)
            .map((line) => ({ character: text(line["character"], 100), text: text(line["text"], 2000) }))
            .filter((line) => line.character !== "" && line.text !== "")
            .slice(0, 20),
          shot,
          move: oneOf(cameraMoves, beat["move"], usualMoves[shot]),
          seconds: Number.isFinite(seconds) && seconds > 0 ? Math.min(60, Math.max(0.5, seconds)) : wish.seconds,
        };
      }),
    elements: list(given["elements"])
      .map(record)
      .map((one) => ({
        kind: oneOf(["character", "location", "object"] as const, one["kind"], "object"),
        name: text(one["name"], 200),
        description: text(one["description"], 1000),
      }))
      .filter((one) => one.name !== "")
      .slice(0, 100),
  };
}

/** Whether an answer that was cut off still is a plan: at least half of what was asked for. */
export function isEnough(plan: ModelPlan, wish: PlanWish): boolean {
  return plan.beats.length * 2 >= (wish.beats ?? defaultBeats);
}

export function planOfModel(plan: ModelPlan): EpisodePlan {
  const named = plan.elements.map((one): WorldElement => ({ ...one, triggerWords: [] }));
  const people = plan.beats.flatMap((beat) => beat.characters);
  const places = plan.beats.map((beat) => beat.place).filter((place) => place !== "");
  const plain = (kind: WorldElement["kind"]) => (name: string) => ({ kind, name, description: "", triggerWords: [] });
  return {
    title: plan.title,
    beats: plan.beats,
    elements: growWorld([], [...named, ...people.map(plain("character")), ...places.map(plain("location"))]),
  };
}

function isWhole(beat: Record<string, unknown>): boolean {
  return "seconds" in beat && /[.!?…。！？]["'”’)]?\s*$/.test(String(beat["description"] ?? ""));
}
