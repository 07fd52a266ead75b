import { randomUUID } from "node:crypto";
import type { Unreadable } from "#bus/job-queue.ts";
import type { Leases } from "#bus/leases.ts";
import type { Bus } from "#bus/connection.ts";
import { publishResult } from "#bus/results.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import { type Claimant, claimLease } from "./lease.ts";

/**
 * A job that this version of the agent cannot read counts as an attempt that failed here: another agent may know
 * better, and when none does the job ends with what was seen, instead of going round for ever.
 */
export async function refuseUnreadable(
  parts: { bus: Bus; leases: Leases; agentId: string } & Pick<Claimant, "leaseSeconds" | "brokerNow">,
  job: Unreadable,
): Promise<void> {
  const { jobId, projectId, attemptsSoFar } = job;
  const outcome = await claimLease(
    parts.leases,
    { jobId, attemptsSoFar, isFirst: false },
    { ...parts, id: randomUUID() },
  );
  if (outcome.status === "held") return job.handBack((parts.leaseSeconds * 1000) / 3);
  const { claim } = outcome;
  await publishResult(parts.bus, {
    v: protocolVersion,
    jobId,
    projectId,
    attempt: claim.attempt,
    claim: claim.id,
    agentId: parts.agentId,
    outcome: {
      status: "failed",
      kind: "infrastructure",
      message: "The machine that renders could not read the job: it runs another version of the studio.",
      detail: job.problem.slice(0, 8000),
    },
    runtime: { engine: "none", device: "none", seconds: 0 },
  });
  await job.finish();
  await claim.release();
}
