/** Who works on a job, and how whatever is said about its attempt is told from what another one says. */
import { z } from "zod";
import { Id } from "#domain/ids.ts";

/**
 * One claim of one job by one agent, a UUID that the agent makes. Numbers of attempts can come twice when the broker has
 * lost its store; a claim cannot. Whatever is said about an attempt carries it.
 */
export const ClaimId = z.string().min(8).max(64);

/** Value of `lease.<job>`: who works on it, as which attempt. Written by compare-and-set only. */
export const Lease = z.object({
  agentId: Id,
  attempt: z.number().int().min(1),
  /** Empty in leases of version 1: nobody's. */
  claim: z.string().max(64).default(""),
  at: z.string(),
  /** Handed back or finished: the next one need not wait for silence. */
  released: z.boolean().optional(),
});
export type Lease = z.infer<typeof Lease>;
