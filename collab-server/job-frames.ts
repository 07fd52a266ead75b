/** News of jobs, takes and assets, from NATS to the editors of that project only. */
import type { Logger } from "pino";
import type { Id } from "#domain/ids.ts";
import { isTerminal } from "#domain/jobs/lifecycle.ts";
import { ProgressMessage } from "#domain/jobs/messages/progress-message.ts";
import { ProjectEvent } from "#domain/jobs/messages/project-event.ts";
import { ephemeralMessage, jobMessage, type Message } from "./frames.ts";

interface Running {
  /** Newest progress and newest picture, for who joins while it runs. */
  progress: Message;
  preview: Message | null;
  heardAt: number;
}

/** @param key  a later message with the same key takes this one's place */
type Send = (projectId: Id, key: string, message: Message) => void;

/** Agents report at least every few seconds; a job that was silent this long shows nothing to newcomers. */
const forgetAfterMs = 120_000;

export class JobFrames {
  readonly #running = new Map<Id, Map<Id, Running>>();
  readonly #send: Send;
  #count = 0;
  readonly #log: Logger;
  readonly #now: () => number;

  constructor(send: Send, log: Logger, now: () => number) {
    this.#send = send;
    this.#log = log;
    this.#now = now;
  }

  /** @param projectId  from the subject: who may hear of it */
  takeEvent(projectId: Id, message: unknown): void {
    const parsed = ProjectEvent.safeParse(message);
    if (!parsed.success)
      return this.#log.warn({ projectId, issues: parsed.error.issues.slice(0, 3) }, "an event that is none");
    const event = parsed.data;
    if (event.type === "job" && isTerminal(event.job.state)) this.#forget(projectId, event.job.id);
    // Of events each one counts.
    this.#count += 1;
    this.#send(projectId, `event ${this.#count}`, jobMessage(event));
  }

  takeProgress(projectId: Id, received: unknown): void {
    const parsed = ProgressMessage.safeParse(received);
    if (!parsed.success)
      return this.#log.warn({ projectId, issues: parsed.error.issues.slice(0, 3) }, "progress that is none");
    this.#take(projectId, parsed.data);
  }

  #take(projectId: Id, { preview: jpeg, ...progress }: ProgressMessage): void {
    const { jobId, shotId } = progress;
    const jobs = this.#running.get(projectId) ?? new Map<Id, Running>();
    this.#running.set(projectId, jobs);
    const message = jobMessage({ type: "progress", progress });
    const preview =
      jpeg === undefined ? null : ephemeralMessage(JSON.stringify({ type: "preview", jobId, shotId, jpeg }));
    jobs.set(jobId, { progress: message, preview: preview ?? jobs.get(jobId)?.preview ?? null, heardAt: this.#now() });
    this.#send(projectId, `progress ${jobId}`, message);
    if (preview !== null) this.#send(projectId, `preview ${jobId}`, preview);
  }

  /** What a newcomer is told of the jobs that run. */
  greeting(projectId: Id): Message[] {
    const jobs = [...(this.#running.get(projectId)?.values() ?? [])];
    return jobs.flatMap(({ progress, preview }) => (preview === null ? [progress] : [progress, preview]));
  }

  /** What the broker has kept of jobs under way, for an instance that was not there when it was told. */
  begin(kept: readonly ProgressMessage[]): void {
    for (const progress of kept)
      if (this.#running.get(progress.projectId)?.has(progress.jobId) !== true) this.#take(progress.projectId, progress);
  }

  sweep(now: number): void {
    for (const [projectId, jobs] of this.#running) {
      for (const [jobId, job] of jobs) if (now - job.heardAt > forgetAfterMs) this.#forget(projectId, jobId);
    }
  }

  #forget(projectId: Id, jobId: Id): void {
    const jobs = this.#running.get(projectId);
    jobs?.delete(jobId);
    if (jobs?.size === 0) this.#running.delete(projectId);
  }
}
