/** Agent → everyone, lossy: how far an attempt is. */
import { z } from "zod";
import { Id } from "#domain/ids.ts";
import { ClaimId } from "./lease.ts";
import { protocolVersion } from "./protocol-version.ts";

/** Agent → everyone, core NATS, at most 5/s. `fraction` never goes back within an attempt. */
export const ProgressMessage = z.object({
  v: z.literal(protocolVersion),
  jobId: Id,
  projectId: Id,
  shotId: Id.optional(),
  attempt: z.number().int().min(1),
  claim: ClaimId,
  agentId: Id,
  state: z.enum(["leased", "running", "uploading"]),
  stage: z.string().max(40),
  step: z.number().int().min(0).optional(),
  total: z.number().int().min(0).optional(),
  fraction: z.number().min(0).max(1),
  etaSeconds: z.number().min(0).optional(),
  message: z.string().max(300).optional(),
  /** A small JPEG of what is being rendered, base64, at most 24 KiB of bytes, at most 2/s. */
  preview: z.string().max(34_000).optional(),
});
export type ProgressMessage = z.infer<typeof ProgressMessage>;
