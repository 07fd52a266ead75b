/** What a person can do about beats that did not come to be; one sentence each, the most particular first. */
import type { FailureKind } from "#domain/jobs/messages/result-message.ts";
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

const again = "Retry the run: POST /v1/runs/:id/retry does only what did not succeed.";
const byFailure: Record<FailureKind, string> = {
  capacity: `No engine had room for some beats. Make their shots shorter, or connect an agent with more memory. ${again}`,
  infrastructure: `Some beats were lost with the machines they were on. ${again}`,
  retryable: `Some beats failed for reasons that may pass. ${again}`,
  permanent: "Some beats cannot be rendered as they are. Change their shots in the film and render them from there.",
  "missing-model": "An engine lacks a model that it needs. Install it on an agent, or render with another engine.",
  licence: "A model's licence is not accepted. Accept it on the agent, or render with another engine.",
  identity: "Somebody did not look like themselves. Describe them in the world, then render the shot again.",
  intent: "Some pictures do not show what was meant. Say it more plainly in the shot's prompt and render it again.",
  entity: "Something that was asked for is not in the picture. Name it in the shot's prompt and render it again.",
  framing: "Some pictures are framed otherwise than asked. Choose another shot type and render the shot again.",
  temporal: "The motion of some beats is broken. Make their shots shorter and render them again.",
  uncertain: `It could not be judged whether some beats are good. Look at their takes. ${again}`,
  unknown: `Some beats failed for a reason nobody foresaw. ${again}`,
};

export function suggestionsFor(trouble: Trouble): string[] {
  const out: string[] = [];
  if (trouble.waiting > 0 && trouble.agents === 0)
    out.push("No render agent that makes videos is connected: the beats wait in the queue until one is.");
  for (const code of trouble.failures) out.push(byFailure[kindIn(code)]);
  if (trouble.removed > 0)
    out.push("Shots of some beats were taken out of the film before it was rendered; they were left out.");
  if (trouble.plannerNote !== undefined) out.push(trouble.plannerNote);
  if (trouble.state === "ABANDONED")
    out.push("Its budget is used up. Go on with a larger one: POST /v1/episodes/:id/execute with `budget`.");
  if (trouble.state === "IMPOSSIBLE")
    out.push(
      "Trying again as it is cannot help: mend what is said above, then retry the run: POST /v1/runs/:id/retry.",
    );
  if (trouble.state === "CREATED") out.push("It has no plan yet: POST /v1/episodes/:id/plan.");
  if (trouble.state === "PLANNED") out.push("It is planned and not rendered yet: POST /v1/episodes/:id/execute.");
  return [...new Set(out)];
}

function kindIn(code: string): FailureKind {
  const kind = code.replace(/^job\//, "");
  return Object.hasOwn(byFailure, kind) ? (kind as FailureKind) : "unknown";
}
