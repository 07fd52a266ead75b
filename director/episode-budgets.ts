import { budgetedUnderWay, spentBy } from "#db/queries/episode-budgets.ts";
import { beatJobs, changeEpisode, lockEpisode } from "#db/queries/episodes.ts";
import { cancelRun } from "#db/queries/run-cancel.ts";
import { overBudget } from "#domain/episode/budget.ts";
import { callTable, episodeState } from "#domain/episode/states.ts";
import type { Id } from "#domain/ids.ts";
import { isTerminal } from "#domain/jobs/lifecycle.ts";
import type { Parts } from "./parts.ts";

/**
 * Ends runs of episodes that have cost what they may. An attempt that begins between two looks is called off like the
 * others: a budget is kept to within seconds, not to the attempt.
 * @returns how many were ended
 */
export async function abandonOverBudget(parts: Pick<Parts, "db" | "log">): Promise<number> {
  let ended = 0;
  for (const id of await budgetedUnderWay(parts.db)) if (await abandonIfOver(parts, id)) ended += 1;
  return ended;
}

function abandonIfOver({ db, log }: Pick<Parts, "db" | "log">, id: Id): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { budget, runId, state } = await lockEpisode(tx, id);
    if (budget === null || runId === null) return false;
    const beats = await beatJobs(tx, [runId]);
    if (callTable.abandon[episodeState(state, beats)] !== "do") return false;
    const spent = (await spentBy(tx, [runId])).get(runId) ?? { attempts: 0, running: 0, gpuSeconds: 0 };
    const reason = overBudget(budget, spent, {
      open: beats.filter((beat) => !isTerminal(beat.state)).length,
      failed: beats.filter((beat) => beat.state === "failed" || beat.state === "expired").length,
    });
    if (reason === null) return false;
    await changeEpisode(tx, id, { state: "ABANDONED", terminatedReason: reason });
    // In the same transaction: an abandoned episode whose jobs go on would be worse than none.
    await cancelRun(tx, runId);
    log.info({ episodeId: id, reason }, "an episode was abandoned");
    return true;
  });
}
