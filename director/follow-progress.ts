import { subscribe, type Subscription } from "#bus/messages.ts";
import { applyProgress } from "#db/queries/dispatch.ts";
import { ProgressMessage } from "#domain/jobs/messages.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import type { Parts } from "./parts.ts";

const storeEveryMs = 1000;
const rememberedJobs = 5000;

type Seen = { attempt: number; state: ProgressMessage["state"]; storedAt: number; told: boolean };

/**
 * Keeps each job's row up with what its agent says: changes of state at once, the rest at most once a second. Editors
 * hear the agent's own messages; the row is for those who come later.
 */
export function followProgress(parts: Parts): Subscription {
  const seen = new Map<string, Seen>();
  const take = async (message: ProgressMessage): Promise<void> => {
    const before = seen.get(message.jobId);
    const now = performance.now();
    const isNews = before === undefined || message.attempt !== before.attempt || message.state !== before.state;
    if (!isNews && now - before.storedAt < storeEveryMs) return;
    const outcome = await applyProgress(parts.db, message);
    let told = before?.told ?? false;
    if (outcome === "over" && !told) {
      // Somebody still works on a job that has ended: its end was not confirmed, or it was called off.
      await parts.cancels.set(message.jobId);
      told = true;
    }
    seen.delete(message.jobId);
    seen.set(message.jobId, { attempt: message.attempt, state: message.state, storedAt: now, told });
    if (seen.size > rememberedJobs) seen.delete(seen.keys().next().value ?? "");
  };
  return subscribe(parts.bus, subjects.allProgress, ProgressMessage, take, {
    // One of the directors takes each message.
    queue: "director",
    onProblem: (problem) => parts.log.warn(problem, "progress could not be taken"),
  });
}
