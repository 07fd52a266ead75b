/**
 * What the studio knows of the work around a film: jobs, takes, assets, previews. Lists are read once and after every
 * break of the connection; in between, frames of the socket are folded in.
 */
import { z } from "zod";
import type { EphemeralFrame, JobFrame } from "#domain/collab/frames.ts";
import { isTerminal } from "#domain/jobs/lifecycle.ts";
import type { ProgressMessage } from "#domain/jobs/messages/progress-message.ts";
import { AssetView, JobView, TakeView } from "#domain/jobs/messages/views.ts";
import { shownJob } from "#domain/jobs/parts.ts";
import type { Id } from "#domain/ids.ts";
import { api, itemsOf } from "./api.ts";
import { shareStructure } from "#domain/share-structure.ts";
import { createStore, type Store } from "./store.ts";

export interface Work {
  /** Newest first. */
  jobs: JobView[];
  /** Newest first. */
  takes: TakeView[];
  /** Newest first. */
  assets: AssetView[];
  agents: number | null;
  /** Somebody has paused the film's queue. */
  isPaused: boolean;
  /** Ids of the engines that make pictures on the connected agents, e.g. `previz`. */
  engines: string[];
  /** Object data URL of the newest preview, by job. */
  previews: Readonly<Record<Id, string>>;
}

export const noWork: Work = {
  jobs: [],
  takes: [],
  assets: [],
  agents: null,
  isPaused: false,
  engines: [],
  previews: {},
};

/** Folds one frame into what is known. Late news never undoes newer: a finished job stays finished. */
export function foldJobFrame(work: Work, frame: JobFrame): Work {
  switch (frame.type) {
    case "job":
      return {
        ...work,
        jobs: upsert(
          work.jobs,
          newerJob(
            work.jobs.find((job) => job.id === frame.job.id),
            frame.job,
          ),
        ),
      };
    case "progress":
      return { ...work, jobs: progressed(work.jobs, frame.progress) };
    case "take":
      return { ...work, takes: upsert(work.takes, frame.take) };
    case "asset":
      return { ...work, assets: upsert(work.assets, frame.asset) };
    case "queue":
      return {
        ...work,
        agents: frame.agents,
        isPaused: frame.paused ?? work.isPaused,
        jobs: work.jobs.map((job) =>
          frame.paused === true ? withoutPlace(job) : withPlace(job, ...placeIn(frame, job, work.jobs)),
        ),
      };
  }
}

function newerJob(known: JobView | undefined, told: JobView): JobView {
  if (!known) return told;
  if (isTerminal(known.state) && !isTerminal(told.state)) return known;
  if (told.attempt < known.attempt) return known;
  // A job's own event does not know the queue; the queue's news go on counting.
  if (told.state === "queued" && known.state === "queued") {
    const { queuePosition, waitSeconds } = known;
    return {
      ...(queuePosition === undefined ? {} : { queuePosition }),
      ...(waitSeconds === undefined ? {} : { waitSeconds }),
      ...told,
    };
  }
  const isSameAttempt = told.attempt === known.attempt && !isTerminal(told.state);
  // Progress frames run ahead of what Postgres wrote down.
  return isSameAttempt && known.progress > told.progress ? { ...told, progress: known.progress } : told;
}

/** A part's progress is its whole's, too. */
function progressed(jobs: JobView[], progress: ProgressMessage): JobView[] {
  const now = jobs.map((job) => (job.id === progress.jobId ? withProgress(job, progress) : job));
  const headId = jobs.find((job) => job.id === progress.jobId)?.part?.headJobId;
  if (headId === undefined) return now;
  const parts = now.filter((job) => job.part?.headJobId === headId && job.supersededBy === undefined);
  return now.map((job) => (job.id === headId ? shownJob(job, parts) : job));
}

function withProgress(job: JobView, progress: ProgressMessage): JobView {
  if (isTerminal(job.state) || job.state === "cancelling" || progress.attempt < job.attempt) return job;
  const isNewAttempt = progress.attempt > job.attempt;
  const { queuePosition: _position, waitSeconds: _wait, ...rest } = job;
  return {
    ...rest,
    state: progress.state,
    stage: progress.stage,
    attempt: progress.attempt,
    progress: isNewAttempt ? progress.fraction : Math.max(job.progress, progress.fraction),
    ...(progress.step === undefined ? {} : { step: progress.step }),
    ...(progress.total === undefined ? {} : { total: progress.total }),
    ...(progress.etaSeconds === undefined ? {} : { etaSeconds: progress.etaSeconds }),
    ...(progress.message === undefined ? {} : { message: progress.message }),
  };
}

/** A long shot stands where its part does whose turn is next. @returns position and seconds of waiting */
function placeIn(
  { positions, waits }: Extract<JobFrame, { type: "queue" }>,
  job: JobView,
  jobs: readonly JobView[],
): [number | undefined, number | undefined] {
  const isPlaced = (one: JobView) => positions[one.id] !== undefined;
  const isPart = (one: JobView) => one.part?.headJobId === job.id;
  const id = job.capability === "join" ? (jobs.find((one) => isPart(one) && isPlaced(one))?.id ?? job.id) : job.id;
  return [positions[id], waits?.[id]];
}

function withPlace(job: JobView, position: number | undefined, wait: number | undefined): JobView {
  if (job.state !== "queued" || position === undefined) return job;
  if (job.queuePosition === position && job.waitSeconds === wait) return job;
  const { waitSeconds: _wait, ...rest } = job;
  return { ...rest, queuePosition: position, ...(wait === undefined ? {} : { waitSeconds: wait }) };
}

/** Nothing of a paused queue has a turn. */
function withoutPlace(job: JobView): JobView {
  if (job.state !== "queued" || (job.queuePosition === undefined && job.waitSeconds === undefined)) return job;
  const { waitSeconds: _wait, queuePosition: _position, ...rest } = job;
  return rest;
}

/** Keeps lists newest first; what is known already keeps its place. */
function upsert<T extends { id: Id; createdAt: string }>(list: T[], item: T): T[] {
  const at = list.findIndex((other) => other.id === item.id);
  if (at < 0)
    return [item, ...list].sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0));
  const copy = [...list];
  copy[at] = item;
  return copy;
}

const AgentList = z.array(
  z.object({
    engines: z.array(z.object({ id: z.string(), capabilities: z.array(z.string()).default([]) })).default([]),
  }),
);

const FilmQueue = z.object({ queue: z.object({ paused: z.boolean() }) });

export interface WorkStore {
  work: Store<Work>;
  take(frame: JobFrame): void;
  preview(frame: EphemeralFrame): void;
  /** Reads all lists anew. */
  refresh(): Promise<void>;
}

export function watchWork(projectId: Id): WorkStore {
  const work = createStore<Work>(noWork);
  return {
    work,
    take(frame) {
      work.set((before) => shareStructure(before, foldJobFrame(before, frame)));
      if (frame.type === "job" && isTerminal(frame.job.state))
        work.set((before) => withoutPreview(before, frame.job.id));
    },
    preview(frame) {
      if (frame.type !== "preview") return;
      const picture = `data:image/jpeg;base64,${frame.jpeg}`;
      work.set((before) => {
        // Of a long shot the picture of its part is what people see.
        const headId = before.jobs.find((job) => job.id === frame.jobId)?.part?.headJobId;
        const shown = { [frame.jobId]: picture, ...(headId === undefined ? {} : { [headId]: picture }) };
        return { ...before, previews: { ...before.previews, ...shown } };
      });
    },
    async refresh() {
      const [jobs, takes, assets, agents, isPaused] = await Promise.all([
        readAll(`/v1/projects/${projectId}/jobs`, "jobs", JobView),
        readAll(`/v1/projects/${projectId}/takes`, "takes", TakeView),
        readAll(`/v1/projects/${projectId}/assets`, "assets", AssetView),
        api.get("/v1/agents").then(
          (answer) => AgentList.safeParse(itemsOf(answer, "agents")).data ?? null,
          () => null,
        ),
        api.get(`/v1/projects/${projectId}/queue`).then(
          (answer) => FilmQueue.safeParse(answer).data?.queue.paused ?? null,
          () => null,
        ),
      ]);
      work.set((before) => {
        // What a frame told while the lists were under way is newer than the lists.
        const allJobs = (jobs ?? []).reduce(
          (known, job) =>
            upsert(
              known,
              newerJob(
                known.find((one) => one.id === job.id),
                job,
              ),
            ),
          before.jobs,
        );
        const allTakes = (takes ?? []).reduce(upsert, before.takes);
        const next = {
          ...before,
          jobs: allJobs,
          takes: allTakes,
          assets: assets ?? before.assets,
          agents: agents?.length ?? before.agents,
          isPaused: isPaused ?? before.isPaused,
          engines: enginesOf(agents) ?? before.engines,
        };
        return shareStructure(before, next);
      });
    },
  };
}

function enginesOf(agents: z.infer<typeof AgentList> | null): string[] | null {
  if (!agents) return null;
  const engines = agents.flatMap((agent) => agent.engines);
  return [
    ...new Set(
      engines
        .filter(({ capabilities }) => capabilities.includes("video") || capabilities.includes("image"))
        .map(({ id }) => id),
    ),
  ];
}

function withoutPreview(work: Work, jobId: Id): Work {
  if (!Object.hasOwn(work.previews, jobId)) return work;
  const { [jobId]: _gone, ...previews } = work.previews;
  return { ...work, previews };
}

/** @returns newest first, or null when the list could not be read (what is known stays) */
async function readAll<S extends z.ZodType<{ createdAt: string }>>(
  path: string,
  name: string,
  schema: S,
): Promise<z.infer<S>[] | null> {
  const out: z.infer<S>[] = [];
  let cursor: string | null = null;
  try {
    do {
      const query: string = cursor === null ? "?limit=200" : `?limit=200&cursor=${encodeURIComponent(cursor)}`;
      const answer: unknown = await api.get(path + query);
      for (const item of itemsOf(answer, name)) {
        const parsed = schema.safeParse(item);
        if (parsed.success) out.push(parsed.data);
      }
      cursor = nextCursorOf(answer);
    } while (cursor !== null && out.length < 5000);
  } catch {
    return null;
  }
  return out.sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0));
}

function nextCursorOf(answer: unknown): string | null {
  if (typeof answer !== "object" || answer === null) return null;
  const cursor: unknown = Reflect.get(answer, "cursor");
  return typeof cursor === "string" && cursor !== "" ? cursor : null;
}
