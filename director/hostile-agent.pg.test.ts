/** What an agent that is broken or wicked may say: the director believes nobody but the holder of a lease, and not all of that. */
import { createHash, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLeases } from "#bus/leases.ts";
import { ask, publish } from "#bus/messages.ts";
import { publishResult } from "#bus/results.ts";
import { assets, jobAttempts, jobs } from "#db/schema/work.ts";
import { projects, workspaces } from "#db/schema/workspace.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import type { ResultMessage } from "#domain/jobs/messages/result-message.ts";
import { SignReply, type SignRequest } from "#domain/jobs/messages/signing.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import { startTestStudio, type TestStudio } from "./testing/studio.ts";

const page = Buffer.from("<script>alert(1)</script>");
const sha256 = createHash("sha256").update(page).digest("hex");

let studio: TestStudio;
beforeAll(async () => {
  studio = await startTestStudio();
  await studio.startDirector();
}, 60_000);
afterAll(() => studio.stop());

/** A job that an agent has the lease of and works on. */
async function heldJob() {
  const [job] = await studio.queue([{}]);
  const holder = { jobId: job!.id, attempt: 1, claim: randomUUID(), agentId: "wicked" };
  const { attempt, claim, agentId } = holder;
  await openLeases(studio.bus).write(job!.id, { attempt, claim, agentId, at: new Date().toISOString() }, null);
  publish(studio.bus, subjects.progress(studio.projectId, job!.id), {
    ...{ v: protocolVersion, ...holder, projectId: studio.projectId, state: "running", stage: "render", fraction: 0 },
  });
  await studio.until(job!.id, (one) => one.state === "running");
  return holder;
}

const sign = (request: Omit<SignRequest, "v">) =>
  ask(studio.bus, subjects.sign, { v: protocolVersion, ...request }, SignReply, 5000);
const put = (contentType: string, role: "video" | "splat") =>
  ({ op: "put", sha256, bytes: page.byteLength, contentType, role }) as const;

test("links are signed for the holder of the lease, for what its job makes and what its film has", async () => {
  const holder = await heldJob();
  const { db } = studio.handle;
  const [other] = await db.insert(workspaces).values({ name: "Ines's" }).returning();
  const [film] = await db.insert(projects).values({ workspaceId: other!.id, title: "Secret" }).returning();
  const [asset] = await db
    .insert(assets)
    .values({
      ...{ workspaceId: other!.id, projectId: film!.id, kind: "image", name: "a.png", contentType: "image/png" },
      ...{ bytes: 9, sha256, objectKey: `w/${other!.id}/aa/${sha256}.png`, state: "ready", source: "upload", meta: {} },
    })
    .returning();
  const refused = { status: "refused" };
  expect(await sign({ ...holder, claim: randomUUID(), want: put("application/octet-stream", "splat") })).toMatchObject(
    refused,
  );
  expect(await sign({ ...holder, agentId: "other", want: put("application/octet-stream", "splat") })).toMatchObject(
    refused,
  );
  expect(await sign({ ...holder, want: put("text/html", "video") })).toMatchObject(refused);
  expect(await sign({ ...holder, want: { op: "get", assetId: asset!.id } })).toMatchObject(refused);
  expect(await sign({ ...holder, want: put("application/octet-stream", "splat") })).toMatchObject({ status: "signed" });
});

test("a page that says it is a film is kept as nothing of the kind", async () => {
  const holder = await heldJob();
  const link = await sign({ ...holder, want: put("application/octet-stream", "splat") });
  if (link.status !== "signed") throw new Error("no link");
  expect((await fetch(link.url, { method: "PUT", headers: link.headers, body: page })).ok).toBe(true);
  await publishResult(studio.bus, {
    ...{ v: protocolVersion, ...holder, projectId: studio.projectId },
    outcome: {
      status: "succeeded",
      artifacts: [{ role: "video", name: "video", sha256, bytes: page.byteLength, contentType: "text/html", meta: {} }],
    },
    runtime: { engine: "wicked", device: "none", seconds: 1 },
  } satisfies ResultMessage);
  await expect
    .poll(() => studio.handle.db.select().from(jobAttempts).where(eq(jobAttempts.jobId, holder.jobId)))
    .toMatchObject([{ outcome: "failed", errorKind: "infrastructure" }]);
  expect(await studio.handle.db.select().from(assets).where(eq(assets.contentType, "text/html"))).toEqual([]);
  expect((await studio.handle.db.select().from(jobs).where(eq(jobs.id, holder.jobId)))[0]!.state).toBe("queued");
});
