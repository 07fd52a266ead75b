import { planByRules } from "#domain/generation/plan-by-rules.ts";
import type { PlanRequest } from "#domain/jobs/messages/render-request.ts";
import type { RenderedFile, RunContext } from "../engine.ts";

/** Answers a prompt with a plan made by rules; stores nothing. */
export async function renderPlan(request: PlanRequest, context: RunContext): Promise<RenderedFile[]> {
  context.answer?.(planByRules(request));
  return [];
}
