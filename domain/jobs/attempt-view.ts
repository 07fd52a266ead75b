import { z } from "zod";
import { Id } from "#domain/ids.ts";

/** One try at a job, as people and programs read it back. Times are ISO; what did not happen is absent. */
export const AttemptView = z.object({
  attempt: z.number().int(),
  agentId: Id,
  /** Absent while it goes on. */
  outcome: z.enum(["succeeded", "failed", "cancelled", "lost", "handed_back", "superseded"]).optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  engine: z.string().optional(),
  model: z.string().optional(),
  device: z.string().optional(),
  /** Of work, as the agent measured it. */
  seconds: z.number().optional(),
  /** How often the queue had handed the job out by then. */
  deliveries: z.number().int().optional(),
  leasedAt: z.string(),
  runningAt: z.string().optional(),
  uploadingAt: z.string().optional(),
  finishedAt: z.string().optional(),
});
export type AttemptView = z.infer<typeof AttemptView>;
