/** What the agents page and programs see of the fleet and of the queue in front of it. */
import { z } from "zod";
import { Id } from "#domain/ids.ts";
import { Capability, JobKind } from "./capabilities.ts";
import { AgentControl, AgentInfo } from "./messages/agent-info.ts";
import { JobView } from "./messages/views.ts";

/** A job that an agent works on. What it is of is told only to those who may see its film. */
export const RunningJob = z.object({
  kind: JobKind,
  startedAt: z.string(),
  job: JobView.pick({
    id: true,
    projectId: true,
    shotId: true,
    state: true,
    stage: true,
    step: true,
    total: true,
    progress: true,
    etaSeconds: true,
    message: true,
    attempt: true,
  })
    .extend({
      projectTitle: z.string(),
      /** The shot's number on the board, e.g. "2B". */
      shotNumber: z.string().optional(),
      /** The newest live picture; it has another address when there is a newer one. */
      previewUrl: z.string().optional(),
    })
    .optional(),
});
export type RunningJob = z.infer<typeof RunningJob>;

export const AgentView = AgentInfo.omit({ v: true, running: true }).extend({
  /** How many it works on now, also those that the caller may not see. */
  jobs: z.number().int(),
  running: z.array(RunningJob),
  /** What an operator wants of it; absent when nobody has ever said. */
  control: AgentControl.optional(),
});
export type AgentView = z.infer<typeof AgentView>;

export const FleetView = z.object({
  agents: z.array(AgentView),
  /** Whether the caller may drain and resume agents; if not, a sentence says who may. */
  mayControl: z.boolean(),
  whyNot: z.string().optional(),
});
export type FleetView = z.infer<typeof FleetView>;

/** How much waits and runs somewhere. What waits for an earlier step or for a paused queue is `held`. */
export const Depth = z.object({
  waiting: z.number().int(),
  held: z.number().int(),
  running: z.number().int(),
  /** How long the oldest of those that wait has waited; null when none does. */
  oldestSeconds: z.number().nullable(),
});
export type Depth = z.infer<typeof Depth>;

export const QueueView = Depth.extend({
  capabilities: z.array(
    Depth.extend({
      capability: Capability,
      /** Jobs of this kind that the fleet can work on at once now. */
      slots: z.number().int(),
    }),
  ),
  /** The caller's own; those who run the studio see all. */
  workspaces: z.array(Depth.extend({ id: Id, name: z.string() })),
  /** What is not the caller's to see, as one number. */
  others: Depth.extend({ workspaces: z.number().int() }),
});
export type QueueView = z.infer<typeof QueueView>;
