/**
 * The newest progress and the newest picture of every job that runs, for who comes later: a late editor, a program, a
 * collab-server that was started anew. Agents write it at most once a second beside what they shout; the bucket forgets
 * what nobody renews.
 */
import { headers } from "nats";
import type { Id } from "#domain/ids.ts";
import { ProgressMessage } from "#domain/jobs/messages/progress-message.ts";
import { progressBucket } from "#domain/jobs/subjects.ts";
import { lazyBucket } from "./buckets.ts";
import type { Bus } from "./connection.ts";
import { decode, encode } from "./messages.ts";

const subjectOf = (projectId: Id, jobId: Id) => `$KV.${progressBucket}.${projectId}.${jobId}`;

/**
 * Keeps what is newest, with the newest picture in it. Straight to the bucket's subject, without waiting for its word:
 * the next one comes in a second, and a broker that is away has no late comers either.
 */
export function keepProgress(bus: Bus, message: ProgressMessage): void {
  if (bus.nc.isClosed()) return;
  bus.nc.publish(subjectOf(message.projectId, message.jobId), encode(message));
}

/** The job has ended, or is another's now. */
export function forgetProgress(bus: Bus, job: Pick<ProgressMessage, "projectId" | "jobId">): void {
  if (bus.nc.isClosed()) return;
  const gone = headers();
  gone.set("KV-Operation", "PURGE");
  gone.set("Nats-Rollup", "sub");
  bus.nc.publish(subjectOf(job.projectId, job.jobId), new Uint8Array(), { headers: gone });
}

export type KeptProgress = {
  /** @returns null when nothing is known of the job */
  read: (projectId: Id, jobId: Id) => Promise<ProgressMessage | null>;
  /** Of one project, or of all. */
  list: (projectId?: Id) => Promise<ProgressMessage[]>;
};

export function openKeptProgress(bus: Bus): KeptProgress {
  const open = lazyBucket(bus, progressBucket);
  const prefix = `$KV.${progressBucket}.`;
  const read = async (key: string): Promise<ProgressMessage | null> => {
    const entry = await (await open()).get(key);
    if (entry === null || entry.operation !== "PUT") return null;
    return ProgressMessage.safeParse(decode({ data: entry.value })).data ?? null;
  };
  return {
    read: (projectId, jobId) => read(`${projectId}.${jobId}`),
    list: async (projectId) => {
      await open();
      const filter = projectId === undefined ? `${prefix}>` : `${prefix}${projectId}.*`;
      const info = await bus.jsm.streams.info(`KV_${progressBucket}`, { subjects_filter: filter });
      const keys = Object.keys(info.state.subjects ?? {}).map((subject) => subject.slice(prefix.length));
      return (await Promise.all(keys.map(read))).filter((message) => message !== null);
    },
  };
}
