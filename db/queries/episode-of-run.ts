import { eq } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { episodes } from "#db/schema/episodes.ts";
import { StudioError } from "#domain/errors.ts";
import type { Id } from "#domain/ids.ts";

/**
 * Checks that a run may be gone on with: that of an episode which was ended may not, or its end and its budget would be
 * words only. Holds the episode as it is until the transaction ends, and so comes ahead of locking the run.
 * @throws StudioError episode/wrong-state
 */
export async function needEpisodeNotEnded(tx: DbOrTx, runId: Id): Promise<void> {
  const rows = await tx.select({ state: episodes.state }).from(episodes).where(eq(episodes.runId, runId)).for("share");
  const state = rows[0]?.state;
  if (state !== "TERMINATED" && state !== "ABANDONED") return;
  const message =
    state === "TERMINATED"
      ? "The episode of this run was terminated. Render its shots from the film, or begin another episode."
      : "The episode of this run has used up its budget. Go on with a larger one: POST /v1/episodes/:id/execute.";
  throw new StudioError("episode/wrong-state", message, { details: { state } });
}
