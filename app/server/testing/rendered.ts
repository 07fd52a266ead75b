import { createHash, randomUUID } from "node:crypto";
import { getJob } from "#db/queries/jobs.ts";
import { recordResult } from "#db/queries/results.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import type { TestStudio } from "./test-studio.ts";

/** Every job comes to its take, as if an agent had rendered it. */
export async function rendered(studio: TestStudio, jobs: readonly JobView[]): Promise<void> {
  for (const job of jobs) {
    const sha256 = createHash("sha256").update(job.id).digest("hex");
    const artifact = { role: "video" as const, name: "video", sha256, bytes: 9, contentType: "video/mp4", meta: {} };
    await recordResult(
      studio.parts.db,
      {
        ...{ v: protocolVersion, jobId: job.id, projectId: job.projectId },
        ...{ attempt: 1, claim: randomUUID(), agentId: "a1" },
        outcome: { status: "succeeded", artifacts: [artifact] },
        runtime: { engine: "previz", device: "test", seconds: 1 },
      },
      null,
      () => ({ retry: false }),
    );
    const now = await getJob(studio.parts.db, job.id);
    if (now?.state !== "succeeded") throw new Error(`${job.id} is ${now?.state ?? "gone"}`);
  }
}
