/** How often one person may have the language model asked: it costs somebody's money or the only card there is. */
import type { Caller } from "../auth.ts";
import type { StudioParts } from "../studio-parts.ts";

export const modelTurnsPerMinute = 30;

/** @throws StudioError "rate/limited" */
export function takeModelTurn({ env, modelLimit }: Pick<StudioParts, "env" | "modelLimit">, caller: Caller): void {
  if (env.llm !== undefined) modelLimit.take(caller.userId);
}
