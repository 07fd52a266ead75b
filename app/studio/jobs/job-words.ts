import type { JobView } from "#domain/jobs/messages/views.ts";
import { isTerminal } from "#domain/jobs/lifecycle.ts";
import { aboutSeconds } from "./estimate.ts";
import { failureLine } from "./failure-words.ts";
import { priorityName } from "./queue-order.ts";

/** What a job makes, for people. `number` is its shot's, when it has one. */
export function jobName(job: Pick<JobView, "kind">, number: string | null): string {
  switch (job.kind) {
    case "shot":
      return number ? `Shot ${number}` : "A shot that is gone";
    case "thumbnail":
      return number ? `Thumbnail of ${number}` : "Thumbnail";
    case "score":
      return "Score";
    case "export":
      return "Film, MP4";
    case "stage":
      return "Step of a generation";
    case "chunk":
      return number ? `Part of shot ${number}` : "Part of a shot";
    case "image":
      return "Image";
    case "edit":
      return "Edit of an image";
  }
}

/** Stages as engines name them, in words; one nobody has words for is shown as it is. */
const stageWords: Record<string, string> = {
  loading: "Loading",
  planning: "Planning",
  building: "Building the set",
  rendering: "Rendering",
  render: "Rendering",
  frames: "Rendering frames",
  encoding: "Encoding",
  encode: "Encoding",
  muxing: "Putting picture and sound together",
  uploading: "Uploading",
  upload: "Uploading",
};

/** Where a job stands, in one line: `Rendering 18 of 48 · 38% · about 12 s left`. */
export function jobLine(job: JobView): string {
  switch (job.state) {
    case "queued": {
      const place = job.queuePosition === undefined ? "Queued" : `Queued, number ${job.queuePosition}`;
      return [place, waitWords(job)].filter(Boolean).join(" · ");
    }
    case "leased":
      return withAttempt(job, "Starting");
    case "running":
    case "uploading":
      return withAttempt(
        job,
        [stageLine(job), `${Math.round(job.progress * 100)}%`, leftWords(job)]
          .filter((part) => part !== "")
          .join(" · "),
      );
    case "cancelling":
      return "Cancelling";
    case "succeeded":
      return job.engine ? `Made by ${job.engine}` : "";
    case "failed":
      return failureLine(job.error);
    case "cancelled":
      return "Somebody stopped it.";
    case "expired":
      return "It waited too long in the queue.";
  }
}

export function stageLine(job: Pick<JobView, "state" | "stage" | "step" | "total">): string {
  if (job.state === "uploading") return "Uploading";
  const stage = job.stage
    ? (stageWords[job.stage] ?? job.stage.charAt(0).toUpperCase() + job.stage.slice(1))
    : "Rendering";
  return job.step !== undefined && job.total ? `${stage} ${job.step} of ${job.total}` : stage;
}

export function leftWords(job: Pick<JobView, "etaSeconds">): string {
  return job.etaSeconds === undefined ? "" : `${aboutSeconds(job.etaSeconds)} left`;
}

function withAttempt(job: Pick<JobView, "attempt">, words: string): string {
  return job.attempt > 1 ? `${words} · attempt ${job.attempt}` : words;
}

function waitWords(job: Pick<JobView, "waitSeconds">): string {
  if (job.waitSeconds === undefined) return "";
  return job.waitSeconds < 5 ? "starts next" : `starts in ${aboutSeconds(job.waitSeconds)}`;
}

/** The same beside a label that says "Queued" already: `Number 3 · starts in about 40 s · high priority`. */
export function queueLine(job: JobView): string {
  if (job.state !== "queued") return jobLine(job);
  const priority = priorityName(job.priority);
  return [
    job.queuePosition === undefined ? "" : `Number ${job.queuePosition}`,
    waitWords(job),
    priority === "normal" ? "" : `${priority} priority`,
    job.message ?? "",
  ]
    .filter(Boolean)
    .join(" · ");
}

/** Running first, then the queue in its order, then what ended, newest first. */
export function trayOrder(jobs: readonly JobView[]): JobView[] {
  const rank = (job: JobView) => (isTerminal(job.state) ? 2 : job.state === "queued" ? 1 : 0);
  return [...jobs].sort(
    (a, b) => rank(a) - rank(b) || (rank(a) === 1 ? inQueue(a, b) : 0) || (a.createdAt < b.createdAt ? 1 : -1),
  );
}

/** As the film's own follow each other, also while its queue is paused and nothing has a number. */
function inQueue(a: JobView, b: JobView): number {
  return b.priority - a.priority || (a.place ?? Infinity) - (b.place ?? Infinity) || 0;
}
