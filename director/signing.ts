import { respond, type Subscription } from "#bus/messages.ts";
import { findAsset } from "#db/queries/assets.ts";
import { getJobRow } from "#db/queries/jobs.ts";
import { extensionFor, mayMake } from "#domain/assets/content-types.ts";
import { objectKey } from "#domain/assets/object-key.ts";
import { type SignReply, SignRequest } from "#domain/jobs/messages/signing.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import type { Parts } from "./parts.ts";

const expiresInSeconds = 900;

/** Gives agents signed URLs: to put what they made, to get what they need. Only to whoever holds the job's lease. */
export function answerSigning(parts: Parts): Subscription {
  return respond(parts.bus, subjects.sign, SignRequest, (request) => sign(parts, request), {
    queue: "director",
    onProblem: (problem) => parts.log.warn(problem, "a request for a signed URL could not be answered"),
  });
}

async function sign(parts: Parts, request: SignRequest): Promise<SignReply> {
  const held = await parts.leases.read(request.jobId);
  const isHolder =
    held?.lease.claim === request.claim && held.lease.agentId === request.agentId && held.lease.released !== true;
  if (!isHolder) return refused("the lease is not yours");
  const job = await getJobRow(parts.db, request.jobId);
  if (job === null || job.finishedAt !== null) return refused("the job has ended");
  const { want } = request;
  if (want.op === "get") {
    const asset = await findAsset(parts.db, want.assetId);
    if (asset === null || asset.projectId !== job.projectId || asset.state !== "ready")
      return refused("there is no such asset in this project");
    return {
      status: "signed",
      method: "GET",
      url: await parts.store.signGet(asset.objectKey, { expiresInSeconds }),
      headers: {},
    };
  }
  if (!mayMake(want.role, want.contentType))
    return refused(`${want.contentType} is not something a job makes as ${want.role}`);
  const key = objectKey(job.workspaceId, want.sha256, extensionFor(want.contentType));
  const stored = await parts.store.head(key);
  if (stored?.bytes === want.bytes) return { status: "present" };
  const put = await parts.store.signPut(key, {
    contentType: want.contentType,
    bytes: want.bytes,
    sha256: want.sha256,
    expiresInSeconds,
  });
  return { status: "signed", ...put };
}

function refused(reason: string): SignReply {
  return { status: "refused", reason };
}
