import { randomUUID } from "node:crypto";
import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { retryRules } from "#db/schema/queue.ts";
import { jobAttempts, jobs } from "#db/schema/work.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import type { ResultMessage } from "#domain/jobs/messages/result-message.ts";
import { decideRetry } from "#domain/jobs/retry.ts";
import { viewJobs } from "./job-views.ts";
import { applyProgress, endJob, listExpired } from "./job-lease.ts";
import { requestCancel } from "./jobs.ts";
import { eventsAfter } from "./project-events.ts";
import { recordResult } from "./results.ts";
import { readRetryRules } from "./retry-rules.ts";
import { recordPlainSuccesses } from "./success-batch.ts";
import { openTestFilm, type TestFilm } from "./testing/test-film.ts";

let film: TestFilm;
beforeAll(async () => {
  film = await openTestFilm();
});
afterAll(() => film.close());

type Claim = { jobId: string; attempt: number; claim: string; agentId: string };
type Outcome = ResultMessage["outcome"];

async function released(
  count: number,
  nodes: Parameters<TestFilm["queue"]>[0] = Array.from({ length: count }, () => ({})),
) {
  const { jobs: made } = await film.queue(nodes);
  const ids = made.map((job) => job.id);
  await film.db.update(jobs).set({ releasedAt: new Date() }).where(inArray(jobs.id, ids));
  return ids;
}
const claimOf = (jobId: string, attempt = 1, agentId = "a1"): Claim => ({
  jobId,
  attempt,
  claim: randomUUID(),
  agentId,
});
const begin = (claim: Claim) =>
  applyProgress(
    film.db,
    { v: protocolVersion, projectId: film.projectId, stage: "render", state: "running", fraction: 0.1, ...claim },
    true,
  );
const resultOf = (claim: Claim, outcome: Outcome, engine = "test"): ResultMessage => ({
  v: protocolVersion,
  projectId: film.projectId,
  outcome,
  runtime: { engine, device: "none", seconds: 1 },
  ...claim,
});
const success: Outcome = { status: "succeeded", artifacts: [] };
const decide = (kind: Parameters<typeof decideRetry>[0], failures: number) => decideRetry(kind, failures, 0);
const record = (claim: Claim, outcome: Outcome, engine?: string) =>
  recordResult(film.db, resultOf(claim, outcome, engine), claim.claim, decide);
const attemptsOf = (jobId: string) =>
  film.db.select().from(jobAttempts).where(eq(jobAttempts.jobId, jobId)).orderBy(jobAttempts.attempt);

test("successes that made no files are written together, each by the rules that hold for one", async () => {
  const [plain, unheard, zombie, ended, cancelling] = (await released(5)) as [string, string, string, string, string];
  const claims = {
    plain: claimOf(plain),
    zombie: claimOf(zombie),
    ended: claimOf(ended),
    cancelling: claimOf(cancelling),
  };
  for (const claim of Object.values(claims)) await begin(claim);
  const newer = claimOf(zombie, 2, "a2");
  await record(claims.ended, success);
  await requestCancel(film.db, cancelling);
  const before = (await eventsAfter(film.db, film.projectId, 0, 10_000)).length;
  const given = [
    { result: resultOf(claims.plain, { ...success, output: { plan: 1 } }), heldClaim: claims.plain.claim },
    { result: resultOf(claimOf(unheard), success), heldClaim: null },
    { result: resultOf(claims.zombie, success), heldClaim: newer.claim },
    { result: resultOf(claims.ended, success), heldClaim: claims.ended.claim },
    { result: resultOf(claims.cancelling, success), heldClaim: claims.cancelling.claim },
    { result: resultOf(claimOf(randomUUID()), success), heldClaim: null },
  ];
  const recorded = await recordPlainSuccesses(film.db, given);
  expect(recorded.sort()).toEqual([plain, unheard, cancelling].sort());
  expect(await film.row(plain)).toMatchObject({ state: "succeeded", engine: "test", output: { plan: 1 }, progress: 1 });
  expect(await film.row(zombie)).toMatchObject({ state: "running", attempt: 1 });
  expect(await attemptsOf(unheard)).toMatchObject([{ outcome: "succeeded", attempt: 1, seconds: 1 }]);
  const told = (await eventsAfter(film.db, film.projectId, 0, 10_000)).slice(before);
  expect(told.map(({ event }) => event.type === "job" && [event.job.id, event.job.state])).toEqual(
    [plain, unheard, cancelling].map((id) => [id, "succeeded"]),
  );
  const rows = await Promise.all([plain, unheard, cancelling].map((id) => film.row(id)));
  expect(told.map(({ event }) => event.type === "job" && event.job)).toEqual(await viewJobs(film.db, rows));
  // And the same results once more change nothing.
  expect(await recordPlainSuccesses(film.db, given)).toEqual([]);
});

test("what waited for several of them has its turn when all are there", async () => {
  const { jobs: made } = await film.queue([
    { key: "a" },
    { key: "b" },
    { key: "c", dependsOn: ["a", "b"] },
    { key: "d", dependsOn: ["b", "c"] },
  ]);
  const [a, b, c, d] = made.map((job) => job.id) as [string, string, string, string];
  const given = [a, b].map((id) => ({ result: resultOf(claimOf(id), success), heldClaim: null }));
  expect(await recordPlainSuccesses(film.db, given)).toHaveLength(2);
  expect((await film.row(c)).blocked).toBe(0);
  expect((await film.row(d)).blocked).toBe(1);
});

test("batches beside each other and changes of single jobs do not lock each other up", async () => {
  const ids = await released(60);
  const claims = ids.map((id) => claimOf(id));
  const batch = (some: Claim[]) =>
    recordPlainSuccesses(
      film.db,
      some.map((claim) => ({ result: resultOf(claim, success), heldClaim: null })),
    );
  const shuffled = [...claims].sort(() => Math.random() - 0.5);
  await Promise.all([
    batch(claims.slice(0, 40)),
    batch(shuffled.slice(0, 40)),
    batch([...claims].reverse().slice(0, 40)),
    ...ids.filter((_, index) => index % 5 === 0).map((id) => requestCancel(film.db, id).catch(() => undefined)),
  ]);
  await batch(claims);
  const rows = await film.db.select().from(jobs).where(inArray(jobs.id, ids));
  expect(
    rows.filter((row) => row.state !== "succeeded" && row.state !== "cancelled" && row.state !== "cancelling"),
  ).toEqual([]);
  expect(rows.filter((row) => row.state === "succeeded").length).toBeGreaterThan(40);
});

test("a cancel and a success that race have one winner, in either order", async () => {
  for (const cancelFirst of [true, false]) {
    const [id] = (await released(1)) as [string];
    const claim = claimOf(id);
    await begin(claim);
    const race = [() => requestCancel(film.db, id), () => record(claim, success)];
    if (!cancelFirst) race.reverse();
    await Promise.allSettled(race.map((step) => step()));
    // Whatever came of it: a success that was there in time counts, and nothing changes it any more.
    expect(await film.row(id)).toMatchObject({ state: "succeeded" });
    expect(await endJob(film.db, id, { state: "cancelled" })).toBe(false);
    await expect(requestCancel(film.db, id)).rejects.toMatchObject({ code: "job/wrong-state" });
  }
  const [id] = (await released(1)) as [string];
  const claim = claimOf(id);
  await begin(claim);
  await requestCancel(film.db, id);
  // The agent heard of it first: the same attempt cannot succeed afterwards.
  await record(claim, { status: "cancelled" });
  expect(await record(claim, success)).toEqual({ status: "ignored", reason: "ended" });
  expect(await film.row(id)).toMatchObject({ state: "cancelled" });
  expect(await attemptsOf(id)).toMatchObject([{ outcome: "cancelled" }]);
});

test("what an agent handed back is no failure of the job's, however often", async () => {
  const [id] = (await released(1)) as [string];
  for (let attempt = 1; attempt <= 12; attempt++) {
    const claim = claimOf(id, attempt);
    await begin(claim);
    expect((await record(claim, { status: "handed_back" })).status).toBe("retrying");
  }
  expect(await film.row(id)).toMatchObject({ state: "queued", attempt: 12, failures: 0, handovers: 12 });
  const last = claimOf(id, 13);
  await begin(last);
  await record(last, { status: "failed", kind: "retryable", message: "No luck." });
  expect(await film.row(id)).toMatchObject({ state: "queued", failures: 1 });
});

test("a job remembers the agent that failed it and the engine that had no room, and people read no traces", async () => {
  const [id] = (await released(1)) as [string];
  const trace = "the stage failed: x is null\n    at draw (/srv/page/main.js:1:2)";
  await record(claimOf(id), { status: "failed", kind: "infrastructure", message: trace });
  expect(await film.row(id)).toMatchObject({ state: "queued", avoidAgents: ["a1"], enginesTried: [] });
  await record(claimOf(id, 2, "a2"), { status: "failed", kind: "capacity", message: "Out of memory." }, "big");
  expect(await film.row(id)).toMatchObject({ avoidAgents: ["a1", "a2"], enginesTried: ["big"] });
  await record(claimOf(id, 3, "a1"), { status: "failed", kind: "permanent", message: trace });
  const row = await film.row(id);
  expect(row).toMatchObject({ state: "failed", errorCode: "job/permanent", avoidAgents: ["a1", "a2"] });
  expect(row.errorMessage).not.toContain("at draw");
  expect(row.errorDetail).toContain("/srv/page/main.js");
  const told = await eventsAfter(film.db, film.projectId, 0, 10_000);
  expect(JSON.stringify(told)).not.toContain("/srv/page");
  expect((await attemptsOf(id)).every((attempt) => !attempt.errorMessage!.includes("/srv"))).toBe(true);
});

test("operators say in a table how often a class is tried again", async () => {
  expect(await readRetryRules(film.db)).toMatchObject({ infrastructure: 3, framing: 2, permanent: 0 });
  await film.db.update(retryRules).set({ retries: 5 }).where(eq(retryRules.class, "framing"));
  const rules = await readRetryRules(film.db);
  expect(decideRetry("framing", 5, 0, rules)).toMatchObject({ retry: true });
  expect(decideRetry("framing", 6, 0, rules)).toEqual({ retry: false });
});

test("what waits for longer than it may expires, and what waits for it ends with it", async () => {
  const { jobs: made } = await film.queue([
    { key: "late", expiresAt: new Date(Date.now() + 50) },
    { key: "after", dependsOn: ["late"] },
    { key: "later", expiresAt: new Date(Date.now() + 60_000) },
  ] as Parameters<TestFilm["queue"]>[0]);
  const [late, after, later] = made.map((job) => job.id) as [string, string, string];
  await film.db.execute(sql`select pg_sleep(0.1)`);
  expect((await listExpired(film.db)).map((job) => job.id)).toEqual([late]);
  expect(await endJob(film.db, late, { state: "expired" })).toBe(true);
  expect(await film.row(late)).toMatchObject({ state: "expired", errorCode: "job/expired" });
  expect(await film.row(after)).toMatchObject({ state: "failed", errorCode: "job/expired" });
  expect(await film.row(later)).toMatchObject({ state: "queued" });
  // One that has begun does not expire.
  const claim = claimOf(later);
  await begin(claim);
  expect(await endJob(film.db, later, { state: "expired" })).toBe(false);
});
