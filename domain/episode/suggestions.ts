/** What a person can do about beats that did not come to be; one sentence each, the most particular first. */
import type { EpisodeState } from "./states.ts";

export interface Trouble {
  state: EpisodeState;
  /** Error codes of beats that failed, e.g. `job/capacity`. */
  failures: readonly string[];
  /** Beats that wait for an agent. */
  waiting: number;
  /** Agents that take videos now. */
  agents: number;
  /** Beats whose shot people took out of the film. */
  removed: number;
  /** Why it was planned by rules although it need not have been. */
  plannerNote?: string | undefined;
}

const byFailure: Record<string, string> = {
  "job/capacity":
    "No engine had room for some beats. Make their shots shorter, or connect an agent with more memory, and retry the run.",
  "job/infrastructure": "Some beats were lost with their agents. Retry the run: what succeeded is kept.",
  "job/retryable": "Some beats failed for reasons that may pass. Retry the run: what succeeded is kept.",
  "job/permanent":
    "Some beats cannot be rendered as they are. Change their shots in the film and render them from there.",
  "job/missing-model": "The engine lacks a model that it needs. Install it on an agent, or ask for another engine.",
  "job/licence": "A model's licence is not accepted on the agent. Accept it there, or ask for another engine.",
};

export function suggestionsFor(trouble: Trouble): string[] {
  const out: string[] = [];
  if (trouble.waiting > 0 && trouble.agents === 0)
    out.push("No render agent that makes videos is connected: the beats wait in the queue until one is.");
  for (const code of new Set(trouble.failures))
    out.push(byFailure[code] ?? "Some beats failed. See their attempts, change their shots, and retry the run.");
  if (trouble.removed > 0)
    out.push(
      `${trouble.removed === 1 ? "A beat's shot was" : `${trouble.removed} beats' shots were`} taken out of the film and not rendered. Put the shots you want on the board and render them from there.`,
    );
  if (trouble.plannerNote !== undefined) out.push(trouble.plannerNote);
  if (trouble.state === "CREATED") out.push("It has no plan yet: POST /v1/episodes/:id/plan.");
  if (trouble.state === "PLANNED") out.push("It is planned and not rendered yet: POST /v1/episodes/:id/execute.");
  return [...new Set(out)];
}
