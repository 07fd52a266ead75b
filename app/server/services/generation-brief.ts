/**
 * Has a language model understand a generation's prompt, where one is set, while its planning is held for it. The hold
 * ends by itself: when this process dies, or the model has nothing usable to say, rules understand the prompt.
 */
import { endHold } from "#db/queries/generations.ts";
import { GenerationBrief } from "#domain/generation/brief.ts";
import { briefInstructions, mendBrief } from "#domain/generation/plan-by-model.ts";
import { rulesPlanner } from "#domain/generation/plan-by-rules.ts";
import type { StudioParts } from "../studio-parts.ts";
import { openLanguageModel } from "./llm.ts";

type Parts = Pick<StudioParts, "db" | "env" | "log">;

/** Beyond the model's own time: an answer is checked and written down. */
const graceSeconds = 5;

/** @returns when the planning begins at the latest; undefined, and at once, where no model is set */
export function heldForBrief({ env }: Pick<Parts, "env">): Date | undefined {
  return env.llm === undefined ? undefined : new Date(Date.now() + (env.llm.timeoutSeconds + graceSeconds) * 1000);
}

/** Asks, and lets the planning begin. Never throws: the hold ends without it. */
export async function askForBrief(parts: Parts, id: string, order: { prompt: string; seconds: number }): Promise<void> {
  const { llm } = parts.env;
  if (llm === undefined) return;
  try {
    const answer = await openLanguageModel(llm).ask({
      name: "scene_brief",
      system: briefInstructions(order.seconds),
      user: order.prompt,
      schema: GenerationBrief,
      mend: mendBrief,
      maxTokens: 2048,
    });
    const model = llm.model.slice(0, 200);
    if (answer.status === "answered") {
      await endHold(parts.db, id, { planner: model }, { model, brief: answer.value });
      return;
    }
    parts.log.warn({ why: answer.why, detail: answer.detail, model }, "the language model did not understand a prompt");
    const note = `${answer.sentence} Planned by rules instead.`;
    await endHold(parts.db, id, { planner: rulesPlanner, planner_note: note }, null);
  } catch (error) {
    parts.log.warn({ err: error, generationId: id }, "a generation's brief could not be written down");
  }
}
