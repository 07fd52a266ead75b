import { subscribe, type Subscription } from "#bus/messages.ts";
import { applyProgress } from "#db/queries/job-lease.ts";
import { ProgressMessage } from "#domain/jobs/messages.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import type { Parts } from "./parts.ts";

const storeEveryMs = 1000;
const rememberedJobs = 5000;

type Seen = { claim: string; state: ProgressMessage["state"]; storedAt: number; told: boolean };

/**
 * Keeps each job's row up with what its agent says: changes of state at once, the rest at most once a second. Editors
 * hear the agent's own messages; the row is for those who come later.
 */
export function followProgress(parts: Parts): Subscription {
  const seen = new Map<string, Seen>();
  const take = async (message: ProgressMessage): Promise<void> => {
    const before = seen.get(message.jobId);
    const now = performance.now();
    const isNews = before === undefined || message.claim !== before.claim || message.state !== before.state;
    if (!isNews && now - before.storedAt < storeEveryMs) return;
    // Asked once per claim; the row knows the claims that were heard before.
    const isVouched = before?.claim !== message.claim && (await isHolder(parts, message));
    const outcome = await applyProgress(parts.db, message, isVouched);
    // Not yet the holder, or no longer: the next message is looked at as if it were the first.
    if (outcome === "ignored") return void seen.delete(message.jobId);
    let told = before?.told ?? false;
    if (outcome === "over" && !told) {
      // Somebody still works on a job that has ended: its end was not confirmed, or it was called off.
      await parts.cancels.set(message.jobId);
      told = true;
    }
    seen.delete(message.jobId);
    seen.set(message.jobId, { claim: message.claim, state: message.state, storedAt: now, told });
    if (seen.size > rememberedJobs) seen.delete(seen.keys().next().value ?? "");
  };
  return subscribe(parts.bus, subjects.allProgress, ProgressMessage, take, {
    // One of the directors takes each message.
    queue: "director",
    onProblem: (problem) => parts.log.warn(problem, "progress could not be taken"),
  });
}

async function isHolder(parts: Parts, message: ProgressMessage): Promise<boolean> {
  const held = await parts.leases.read(message.jobId);
  return held?.lease.claim === message.claim && held.lease.released !== true;
}
