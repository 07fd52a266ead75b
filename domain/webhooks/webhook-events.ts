import { z } from "zod";
import type { JobState } from "#domain/jobs/lifecycle.ts";

const ends = ["succeeded", "failed", "cancelled", "expired"] as const satisfies readonly JobState[];

/**
 * What a webhook can ask to be told of. `job` is every change of a job's state, `job.<state>` one of its ends; `take` and
 * `asset` are a finished render and a file of the library.
 */
export const webhookEvents = ["job", ...ends.map((end) => `job.${end}` as const), "take", "asset"] as const;
export const WebhookEvent = z.enum(webhookEvents);
export type WebhookEvent = z.infer<typeof WebhookEvent>;

/** What most programs wait for. */
export const usualWebhookEvents: readonly WebhookEvent[] = [...ends.map((end) => `job.${end}` as const), "take"];

/**
 * What a stored event is called in a message, e.g. "job.running", "take".
 * @param jobState  of the job, where the event is one of a job
 */
export function webhookTypeOf(eventType: string, jobState: string | null): string {
  return eventType === "job" && jobState !== null ? `job.${jobState}` : eventType;
}

/** @param asked  the events a webhook wants @param type  see {@link webhookTypeOf} */
export function isAskedFor(asked: readonly string[], type: string): boolean {
  return asked.includes(type) || (type.startsWith("job.") && asked.includes("job"));
}
