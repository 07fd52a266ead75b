import { setTimeout as sleep } from "node:timers/promises";
import { subscribe, type Subscription } from "#bus/messages.ts";
import { applyProgress } from "#db/queries/job-lease.ts";
import { openClaims } from "#db/queries/open-claims.ts";
import { ProgressMessage } from "#domain/jobs/messages/progress-message.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import type { Parts } from "./parts.ts";

const storeEveryMs = 1000;
const rememberedJobs = 5000;
/** Messages are gathered for so long: of a job that is quick only the last one counts, or none when it is over by then. */
const gatherMs = 30;
/** Rows changed at once; as many connections are taken. */
const atOnce = 4;
/** A job that has just ended has messages on their way; who still speaks of it after this has to be told. */
const lateMs = 1000;

type Seen = { claim: string; state: ProgressMessage["state"]; storedAt: number; overAt: number | null; told: boolean };

/**
 * Keeps each job's row up with what its agent says: changes of state at once, the rest at most once a second. Editors
 * hear the agent's own messages; the row is for those who come later.
 */
export function followProgress(parts: Parts): Subscription {
  const seen = new Map<string, Seen>();
  let gathered = new Map<string, ProgressMessage>();
  let working: Promise<void> | null = null;

  const remember = (message: ProgressMessage, what: Pick<Seen, "overAt" | "told">): void => {
    seen.delete(message.jobId);
    seen.set(message.jobId, { claim: message.claim, state: message.state, storedAt: performance.now(), ...what });
    if (seen.size > rememberedJobs) seen.delete(seen.keys().next().value ?? "");
  };

  const take = (message: ProgressMessage): void => {
    const before = seen.get(message.jobId);
    const isNews = before === undefined || message.claim !== before.claim || message.state !== before.state;
    if (!isNews && performance.now() - before.storedAt < storeEveryMs) return;
    gathered.set(message.jobId, message);
    working ??= work().finally(() => (working = null));
  };

  const work = async (): Promise<void> => {
    while (gathered.size > 0) {
      await sleep(gatherMs);
      const messages = [...gathered.values()];
      gathered = new Map();
      try {
        const claims = await openClaims(
          parts.db,
          messages.map((message) => message.jobId),
        );
        for (const message of messages) if (!claims.has(message.jobId)) await tellLate(message);
        const open = messages.filter((message) => claims.has(message.jobId));
        const lines = Array.from({ length: Math.min(atOnce, open.length) }, async () => {
          for (let message = open.shift(); message !== undefined; message = open.shift())
            await apply(message, claims.get(message.jobId) ?? null);
        });
        await Promise.all(lines);
      } catch (reason) {
        // The next message of each says it again.
        parts.log.warn({ subject: subjects.allProgress, reason }, "progress could not be taken");
      }
    }
  };

  /** @param knownClaim  that the job's row names */
  const apply = async (message: ProgressMessage, knownClaim: string | null): Promise<void> => {
    // Asked once per claim; the row knows the claims that were heard before.
    const isVouched = knownClaim !== message.claim && (await isHolder(parts, message));
    // Of one that has let go meanwhile, or never held it, the result says all there is to say.
    if (!isVouched && knownClaim !== message.claim) return void seen.delete(message.jobId);
    const outcome = await applyProgress(parts.db, message, isVouched);
    if (outcome === "over") return tellLate(message);
    // Not yet the holder, or no longer: the next message is looked at as if it were the first.
    if (outcome === "ignored") return void seen.delete(message.jobId);
    remember(message, { overAt: null, told: false });
  };

  /** Somebody still works on a job that has ended: its end was not confirmed, or it was called off. */
  const tellLate = async (message: ProgressMessage): Promise<void> => {
    const before = seen.get(message.jobId);
    const overAt = before?.overAt ?? performance.now();
    const isLate = performance.now() - overAt > lateMs;
    if (isLate && before?.told !== true) await parts.cancels.set(message.jobId);
    remember(message, { overAt, told: before?.told === true || isLate });
  };

  const subscription = subscribe(parts.bus, subjects.allProgress, ProgressMessage, take, {
    // One of the directors takes each message.
    queue: "director",
    onProblem: (problem) => parts.log.warn(problem, "progress could not be taken"),
  });
  return {
    stop: async () => {
      await subscription.stop();
      await working;
    },
  };
}

async function isHolder(parts: Parts, message: ProgressMessage): Promise<boolean> {
  const held = await parts.leases.read(message.jobId);
  return held?.lease.claim === message.claim && held.lease.released !== true;
}
