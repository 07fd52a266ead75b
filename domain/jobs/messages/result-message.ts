/** Agent → director, durable: how an attempt ended, and what really ran. */
import { z } from "zod";
import { Id } from "#domain/ids.ts";
import { Artifact } from "./artifact.ts";
import { ClaimId } from "./lease.ts";
import { protocolVersion } from "./protocol-version.ts";

/**
 * Failure classes. The first six say what became of the machine; the others, of S2-37, what a check of the picture says
 * is wrong with it: who is seen, what was meant, what is there, how it is framed, how it moves. `unknown`: none of ours.
 */
export const failureKinds = [
  "retryable",
  "permanent",
  "capacity",
  "missing-model",
  "licence",
  "infrastructure",
  "identity",
  "intent",
  "entity",
  "framing",
  "temporal",
  "uncertain",
  "unknown",
] as const;
export const FailureKind = z.enum(failureKinds);
export type FailureKind = z.infer<typeof FailureKind>;

/** What really ran, said on every label. */
export const Runtime = z.object({
  engine: z.string().max(60),
  model: z.string().max(200).optional(),
  device: z.string().max(200),
  seconds: z.number().min(0),
});
export type Runtime = z.infer<typeof Runtime>;

/** Agent → director, durable, one per claim; Nats-Msg-Id `<job>:<claim>:done`. */
export const ResultMessage = z.object({
  v: z.literal(protocolVersion),
  jobId: Id,
  projectId: Id,
  attempt: z.number().int().min(1),
  claim: ClaimId,
  agentId: Id,
  outcome: z.discriminatedUnion("status", [
    z.object({
      status: z.literal("succeeded"),
      artifacts: z.array(Artifact).max(1000),
      /** What the engine answers beside its files, JSON, at most 64 KiB. */
      output: z.unknown().optional(),
    }),
    z.object({
      status: z.literal("failed"),
      kind: FailureKind,
      /** A sentence for people. */
      message: z.string().max(2000),
      /** For operators: traces, hosts, paths. */
      detail: z.string().max(8000).optional(),
    }),
    z.object({ status: z.literal("cancelled") }),
    /** The agent goes away and did not get so far; this is nobody's failure. */
    z.object({ status: z.literal("handed_back") }),
  ]),
  runtime: Runtime,
});
export type ResultMessage = z.infer<typeof ResultMessage>;
