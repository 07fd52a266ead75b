import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jobAttempts, jobs } from "#db/schema/work.ts";
import type { ProgressMessage } from "#domain/jobs/messages/progress-message.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import type { ResultMessage } from "#domain/jobs/messages/result-message.ts";
import { applyProgress, returnToQueue } from "./job-lease.ts";
import { recordResult } from "./results.ts";
import { openTestFilm, type TestFilm } from "./testing/test-film.ts";

let film: TestFilm;
beforeAll(async () => {
  film = await openTestFilm();
});
afterAll(() => film.close());

type Claim = { jobId: string; attempt: number; claim: string; agentId: string };
const aClaim = (jobId: string, attempt: number, agentId: string): Claim => ({
  jobId,
  attempt,
  claim: randomUUID(),
  agentId,
});
async function aReleasedJob(): Promise<string> {
  const { jobs: made } = await film.queue([{}]);
  await film.db.update(jobs).set({ releasedAt: new Date() }).where(eq(jobs.id, made[0]!.id));
  return made[0]!.id;
}
const progressOf = (claim: Claim, state: ProgressMessage["state"], fraction = 0): ProgressMessage => ({
  v: protocolVersion,
  projectId: film.projectId,
  stage: "render",
  state,
  fraction,
  ...claim,
});
const tell = (claim: Claim, state: ProgressMessage["state"], isVouched = true, fraction = 0) =>
  applyProgress(film.db, progressOf(claim, state, fraction), isVouched);
const resultOf = (claim: Claim, outcome: ResultMessage["outcome"]): ResultMessage => ({
  v: protocolVersion,
  projectId: film.projectId,
  outcome,
  runtime: { engine: "test", device: "none", seconds: 1 },
  ...claim,
});
const success = {
  status: "succeeded",
  artifacts: [
    { role: "video", name: "video", sha256: "0".repeat(64), bytes: 1, contentType: "video/mp4", meta: {} },
    { role: "video", name: "video", sha256: "1".repeat(64), bytes: 1, contentType: "video/mp4", meta: {} },
  ],
} satisfies ResultMessage["outcome"];
const failure = {
  status: "failed",
  kind: "retryable",
  message: "No luck.",
  detail: "at render (/srv/x.ts:1)",
} satisfies ResultMessage["outcome"];
const again = () => ({ retry: true, delaySeconds: 0 }) as const;
/** @param held  whose claim the lease names; null when the broker has lost it */
const record = (claim: Claim, outcome: ResultMessage["outcome"], held: Claim | null = claim) =>
  recordResult(film.db, resultOf(claim, outcome), held?.claim ?? null, again);
const attemptsOf = (jobId: string) =>
  film.db.select().from(jobAttempts).where(eq(jobAttempts.jobId, jobId)).orderBy(asc(jobAttempts.attempt));

test("a late word of an attempt that has failed does not wake the job that waits for its retry", async () => {
  const first = aClaim(await aReleasedJob(), 1, "a1");
  await tell(first, "running");
  expect((await record(first, failure)).status).toBe("retrying");
  // Its lease may still stand when the word arrives.
  expect(await tell(first, "uploading", true, 0.9)).toBe("ignored");
  expect(await film.row(first.jobId)).toMatchObject({ state: "queued", progress: 0, claim: null });
  expect(await attemptsOf(first.jobId)).toMatchObject([{ outcome: "failed", errorDetail: failure.detail }]);
});

test("a zombie's success is refused while another holds the lease, also when nobody has heard of that one yet", async () => {
  const jobId = await aReleasedJob();
  const [zombie, holder] = [aClaim(jobId, 1, "a1"), aClaim(jobId, 2, "a2")];
  await tell(zombie, "running");
  expect(await record(zombie, success, holder)).toEqual({ status: "ignored", reason: "stale" });
  expect(await tell(holder, "running")).toBe("moved");
  expect(await tell(zombie, "uploading", false, 0.9)).toBe("ignored");
  expect(await film.row(jobId)).toMatchObject({ state: "running", attempt: 2, agentId: "a2", claim: holder.claim });
  expect(await record(holder, success)).toMatchObject({ status: "succeeded", job: { attempt: 2, agentId: "a2" } });
  expect((await attemptsOf(jobId)).map((attempt) => attempt.outcome)).toEqual(["lost", "succeeded"]);
});

test("of two claims with the same number the one that the lease names decides", async () => {
  const jobId = await aReleasedJob();
  const [one, other] = [aClaim(jobId, 1, "a1"), aClaim(jobId, 1, "a2")];
  await tell(one, "running");
  expect(await tell(other, "running")).toBe("moved");
  expect(await tell(one, "uploading", false)).toBe("ignored");
  expect(await record(one, success, other)).toEqual({ status: "ignored", reason: "stale" });
  expect(await record(other, success)).toMatchObject({ status: "succeeded", job: { agentId: "a2" } });
});

test("without a lease the row says whose result counts", async () => {
  const jobId = await aReleasedJob();
  const [known, stranger] = [aClaim(jobId, 1, "a1"), aClaim(jobId, 2, "a2")];
  await tell(known, "running");
  expect(await record(stranger, success, null)).toEqual({ status: "ignored", reason: "stale" });
  expect(await record(known, success, null)).toMatchObject({ status: "succeeded" });
  // Nobody was heard of: the first to say that it is done is believed.
  const unheard = aClaim(await aReleasedJob(), 1, "a1");
  expect(await record(unheard, success, null)).toMatchObject({ status: "succeeded", job: { attempt: 1 } });
});

test("a result that comes twice counts once", async () => {
  const first = aClaim(await aReleasedJob(), 1, "a1");
  await tell(first, "running");
  await record(first, failure);
  expect(await record(first, failure)).toEqual({ status: "ignored", reason: "repeated" });
  expect(await record(first, success)).toEqual({ status: "ignored", reason: "repeated" });
  expect(await film.row(first.jobId)).toMatchObject({ state: "queued", failures: 1 });
});

test("an attempt that was given up for lost and comes back before anybody else goes on", async () => {
  const first = aClaim(await aReleasedJob(), 1, "a1");
  await tell(first, "running", true, 0.5);
  expect(await returnToQueue(film.db, await film.row(first.jobId), true)).toBe(true);
  expect(await film.row(first.jobId)).toMatchObject({ state: "queued", claim: null, handovers: 1, progress: 0 });
  expect(await tell(first, "running", false)).toBe("ignored");
  expect(await tell(first, "running", true, 0.6)).toBe("moved");
  expect(await record(first, success)).toMatchObject({ status: "succeeded", job: { attempt: 1 } });
  expect((await attemptsOf(first.jobId)).map((attempt) => attempt.outcome)).toEqual(["succeeded"]);
});

test("a job that is handed back waits again, and that is nobody's failure", async () => {
  const first = aClaim(await aReleasedJob(), 1, "a1");
  await tell(first, "running");
  expect((await record(first, { status: "handed_back" })).status).toBe("retrying");
  expect(await film.row(first.jobId)).toMatchObject({ state: "queued", failures: 0, handovers: 1, releasedAt: null });
  expect(await attemptsOf(first.jobId)).toMatchObject([{ outcome: "handed_back" }]);
});

test("a result may be the first that is heard of an attempt, and then it keeps what the job was", async () => {
  const first = aClaim(await aReleasedJob(), 1, "a1");
  expect((await record(first, { ...success, output: { beats: 3 } })).status).toBe("succeeded");
  expect(await film.row(first.jobId)).toMatchObject({ output: { beats: 3 } });
  expect(await attemptsOf(first.jobId)).toMatchObject([
    { claim: first.claim, capability: "video", frames: 4, width: 640, height: 360, units: 4 },
  ]);
});

test("two files of one name are both kept", async () => {
  const first = aClaim(await aReleasedJob(), 1, "a1");
  await record(first, success);
  const names = await film.db.query.jobArtifacts.findMany({
    where: (table, { eq: is }) => is(table.jobId, first.jobId),
  });
  expect(names.map((artifact) => artifact.name).sort()).toEqual(["video", "video-2"]);
});
