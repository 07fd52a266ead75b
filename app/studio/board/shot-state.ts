/** What the work around a shot comes to: one word and a few numbers that every view shows alike. */
import type { InputChange } from "#domain/film/staleness.ts";
import { isTerminal } from "#domain/jobs/lifecycle.ts";
import type { JobView, TakeView } from "#domain/jobs/messages/views.ts";
import { failureLine } from "#app/studio/jobs/failure-words.ts";

export type ShotState =
  | { kind: "draft" }
  | { kind: "queued"; job: JobView; position: number | null }
  | { kind: "running"; job: JobView; fraction: number }
  | { kind: "cancelling"; job: JobView }
  | { kind: "failed"; job: JobView; reason: string }
  | { kind: "ready"; take: TakeView; changes: readonly InputChange[] };

/**
 * @param jobs  the shot's jobs, newest first
 * @param take  the take that plays, null when there is none
 * @param changes  what of the shot has changed since: it is stale where there is any
 */
export function shotStateOf(
  jobs: readonly JobView[],
  take: TakeView | null,
  changes: readonly InputChange[] = [],
): ShotState {
  // A thumbnail never stands for the shot itself (S1-H08).
  const own = jobs.filter((job) => job.kind === "shot");
  const active =
    own.find((job) => !isTerminal(job.state) && job.state !== "queued") ?? own.find((job) => job.state === "queued");
  if (active) {
    if (active.state === "cancelling") return { kind: "cancelling", job: active };
    if (active.state === "queued") return { kind: "queued", job: active, position: active.queuePosition ?? null };
    return { kind: "running", job: active, fraction: active.progress };
  }
  const newest = own[0];
  const failed = newest && (newest.state === "failed" || newest.state === "expired") ? newest : null;
  if (failed && (!take || failed.createdAt > take.createdAt))
    return { kind: "failed", job: failed, reason: failureSentence(failed) };
  return take ? { kind: "ready", take, changes } : { kind: "draft" };
}

export function failureSentence(job: JobView): string {
  if (job.state === "expired") return "It waited too long in the queue.";
  return failureLine(job.error);
}
