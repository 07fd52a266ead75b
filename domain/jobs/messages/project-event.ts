/** Director or app → collab-server and SSE: what changed in Postgres that editors show. */
import { z } from "zod";
import { AssetView, JobView, TakeView } from "./views.ts";

/** Director or app → collab-server and SSE: what changed in Postgres that editors show. */
export const ProjectEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("job"), job: JobView }),
  z.object({ type: z.literal("take"), take: TakeView }),
  z.object({ type: z.literal("asset"), asset: AssetView }),
  /** The fleet or the queue moved: positions of queued jobs, agents online. */
  z.object({
    type: z.literal("queue"),
    positions: z.record(z.string(), z.number()),
    /** How long each will wait still, seconds, coarsely. */
    waits: z.record(z.string(), z.number()).optional(),
    agents: z.number().int(),
    /** Whether somebody has paused the project's queue. */
    paused: z.boolean().optional(),
  }),
]);
export type ProjectEvent = z.infer<typeof ProjectEvent>;
