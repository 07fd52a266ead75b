import { planGenerationScene } from "#domain/generation/plan-by-model.ts";
import type { PlanRequest } from "#domain/jobs/messages/render-request.ts";
import type { RenderedFile, RunContext } from "../engine.ts";

/** Answers a prompt with a plan, as rules or the model whose brief came along understood it; stores nothing. */
export async function renderPlan(request: PlanRequest, context: RunContext): Promise<RenderedFile[]> {
  context.answer?.(planGenerationScene(request));
  return [];
}
