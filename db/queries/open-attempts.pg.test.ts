import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jobAttempts, jobs } from "#db/schema/work.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import type { ResultMessage } from "#domain/jobs/messages/result-message.ts";
import { recordResult } from "./results.ts";
import { recordPlainSuccesses } from "./success-batch.ts";
import { openTestFilm, type TestFilm } from "./testing/test-film.ts";

let film: TestFilm;
beforeAll(async () => {
  film = await openTestFilm();
});
afterAll(() => film.close());

const ways: Record<string, (result: ResultMessage) => Promise<unknown>> = {
  alone: (result) => recordResult(film.db, result, result.claim, () => ({ retry: false })),
  "with others": (result) => recordPlainSuccesses(film.db, [{ result, heldClaim: result.claim }]),
};

test.each(Object.entries(ways))(
  "when an attempt that nobody has heard of succeeds, recorded %s, the one before it is lost",
  async (_way, record) => {
    const { jobs: made } = await film.queue([{}]);
    const jobId = made[0]!.id;
    const first = { jobId, attempt: 1, claim: "claim-one", agentId: "a1", outcome: null };
    await film.db.insert(jobAttempts).values(first);
    const heard = { state: "running", attempt: 1, claim: "claim-one", releasedAt: new Date() } as const;
    await film.db.update(jobs).set(heard).where(eq(jobs.id, jobId));
    await record({
      v: protocolVersion,
      jobId,
      projectId: film.projectId,
      attempt: 2,
      claim: "claim-two",
      agentId: "a2",
      outcome: { status: "succeeded", artifacts: [] },
      runtime: { engine: "test", device: "none", seconds: 1 },
    });
    const attempts = await film.db.select().from(jobAttempts).where(eq(jobAttempts.jobId, jobId));
    expect(attempts.map(({ attempt, outcome }) => [attempt, outcome]).sort()).toEqual([
      [1, "lost"],
      [2, "succeeded"],
    ]);
    expect(await film.row(jobId)).toMatchObject({ state: "succeeded", attempt: 2 });
  },
);
