/** Plans an episode: by a language model where one is set, by rules where none is or it has nothing usable to say. */
import {
  instructionsFor,
  isEnough,
  mendPlan,
  ModelPlan,
  planOfModel,
  questionFor,
} from "#domain/episode/plan-by-model.ts";
import { planByRules } from "#domain/episode/plan-by-rules.ts";
import { defaultBeats, type EpisodePlan, type PlannedBy, type PlanWish } from "#domain/episode/plan.ts";
import type { StudioParts } from "../studio-parts.ts";
import { openLanguageModel, type LanguageModel } from "./llm.ts";

export interface Planned {
  plan: EpisodePlan;
  by: PlannedBy;
}

/** @returns a plan in any case; `by` says who wrote it and why it was not the model */
export async function planEpisode(parts: Pick<StudioParts, "env" | "log">, wish: PlanWish): Promise<Planned> {
  const { llm } = parts.env;
  if (llm === undefined) return { plan: planByRules(wish), by: { planner: "rules" } };
  const asked = await askModel(openLanguageModel(llm), wish);
  if ("plan" in asked) return asked;
  parts.log.warn({ why: asked.why, detail: asked.detail, model: llm.model }, "the language model planned nothing");
  return { plan: planByRules(wish), by: { planner: "rules", note: `${asked.sentence} Planned by rules instead.` } };
}

async function askModel(
  model: LanguageModel,
  wish: PlanWish,
): Promise<Planned | { why: string; sentence: string; detail: string }> {
  const answer = await model.ask({
    name: "episode_plan",
    system: instructionsFor(wish),
    user: questionFor(wish),
    schema: ModelPlan,
    mend: (json, cutOff) => mendPlan(json, cutOff, wish),
  });
  if (answer.status === "failed") return answer;
  const { beats } = answer.value;
  const wanted = wish.beats ?? defaultBeats;
  if (!isEnough(answer.value, wish)) {
    const sentence = "The language model's answer was cut off too early.";
    return { why: "cut-off", sentence, detail: `${beats.length} of ${wanted} beats` };
  }
  const note = beats.length < wanted ? `The model wrote ${beats.length} of ${wanted} beats.` : undefined;
  return {
    plan: planOfModel(answer.value),
    by: { planner: "llm", model: model.model.slice(0, 200), ...(note === undefined ? {} : { note }) },
  };
}
