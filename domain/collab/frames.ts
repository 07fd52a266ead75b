/**
 * Frames on `/collab/<documentId>`: y-websocket's own (0 sync, 1 awareness, 2 auth, 3 query-awareness), so that the stock
 * client works unchanged, and ours beyond it. A frame is varUint type, then:
 *
 * - 100 job event: varString JSON of a `JobFrame`
 * - 101 saved: varUint n. The first n update-carrying frames (sync step 2 or update) received on this socket are stored.
 * - 102 ephemeral: varString JSON of an `EphemeralFrame`; live previews, drags. Never stored.
 * - 103 generation: varString. Which document this is; sent first, to a client that asked by naming the generation of its
 *   own copy in the URL (`&generation=…`, empty when it has none). The generation changes when a document is begun anew,
 *   and then an old copy must not be merged into it: a client that names another one is closed with 4410.
 *
 * A frame 101 says that the first n of this socket are stored; one that is refused is never stored, and nothing after it
 * is acknowledged. Whoever may not make a change is told by frame 2: varUint 0 (permission denied), varString reason.
 */
import { z } from "zod";
import { ProgressMessage } from "#domain/jobs/messages/progress-message.ts";
import { ProjectEvent } from "#domain/jobs/messages/project-event.ts";

export const frameTypes = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  job: 100,
  saved: 101,
  ephemeral: 102,
  generation: 103,
} as const;

/** What frame 100 carries: an event of the project, or progress of one of its jobs (without the picture). */
export const JobFrame = z.discriminatedUnion("type", [
  ...ProjectEvent.options,
  z.object({ type: z.literal("progress"), progress: ProgressMessage }),
]);
export type JobFrame = z.infer<typeof JobFrame>;

/** What frame 102 carries from the server: the small picture of a running render, base64 JPEG. */
export const EphemeralFrame = z.discriminatedUnion("type", [
  z.object({ type: z.literal("preview"), jobId: z.string(), shotId: z.string().optional(), jpeg: z.string() }),
  /** Between people, through the server: a drag that is not dropped yet. */
  z.object({
    type: z.literal("drag"),
    from: z.string(),
    clipIds: z.array(z.string()),
    deltaFrames: z.number(),
    trackId: z.string().optional(),
  }),
]);
export type EphemeralFrame = z.infer<typeof EphemeralFrame>;
