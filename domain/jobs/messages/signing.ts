/** Agent ↔ director, request and reply: agents know no store, only addresses signed for the holder of the lease. */
import { z } from "zod";
import { Id } from "#domain/ids.ts";
import { Artifact, ArtifactRole } from "./artifact.ts";
import { ClaimId } from "./lease.ts";
import { protocolVersion } from "./protocol-version.ts";

/** Agent → director, request/reply: a URL to put an artifact to, or to get an input from. Needs the current lease. */
export const SignRequest = z.object({
  v: z.literal(protocolVersion),
  jobId: Id,
  attempt: z.number().int().min(1),
  claim: ClaimId,
  agentId: Id,
  want: z.discriminatedUnion("op", [
    z.object({
      op: z.literal("put"),
      sha256: Artifact.shape.sha256,
      bytes: z.number().int().min(1),
      contentType: z.string().max(100),
      role: ArtifactRole,
    }),
    z.object({ op: z.literal("get"), assetId: Id }),
  ]),
});
export type SignRequest = z.infer<typeof SignRequest>;

export const SignReply = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("signed"),
    method: z.enum(["PUT", "GET"]),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
  }),
  /** The same bytes are in the store already; nothing to send. */
  z.object({ status: z.literal("present") }),
  z.object({ status: z.literal("refused"), reason: z.string() }),
]);
export type SignReply = z.infer<typeof SignReply>;
