import { useMemo } from "react";
import { JobView } from "#domain/jobs/messages/views.ts";
import { isActive } from "#domain/jobs/lifecycle.ts";
import type { Id } from "#domain/ids.ts";
import { api } from "./api.ts";
import { currentProjectId } from "./current-project.ts";
import { useOpenFilm } from "./film-session.tsx";
import type { JobActions, JobsState } from "./session-contract.ts";
import { sameShallow, useStore } from "./store.ts";

export function useJobs(): JobsState {
  const {
    jobs: all,
    agents,
    isPaused,
  } = useStore(useOpenFilm().work.work, ({ jobs, agents, isPaused }) => ({
    jobs,
    agents,
    isPaused,
  }));
  // Parts of a long shot are seen in the shot's own job.
  const jobs = useMemo(() => all.filter((job) => job.part === undefined), [all]);
  const running = jobs.filter((job) => isActive(job.state)).length;
  const queued = jobs.filter((job) => job.state === "queued").length;
  return { jobs, agents, isPaused, running, queued };
}

/** Engines that make pictures on the connected agents, by id. */
export function useEngines(): string[] {
  return useStore(useOpenFilm().work.work, (work) => work.engines);
}

/** Jobs of one shot, newest first. */
export function useShotJobs(shotId: Id): JobView[] {
  return useStore(useOpenFilm().work.work, (work) => work.jobs.filter((job) => job.shotId === shotId), sameShallow);
}

/** The newest live picture of a running job as a data URL, null when there is none. */
export function useJobPreview(jobId: Id | null | undefined): string | null {
  return useStore(useOpenFilm().work.work, (work) => (jobId ? (work.previews[jobId] ?? null) : null));
}

/** What people do with jobs. Each throws a StudioError with a sentence; the lists follow by themselves. */
export const jobActions: JobActions = {
  generateShot: async (shotId) => jobOf(await api.post(`/v1/projects/${currentProjectId()}/shots/${shotId}/generate`)),
  async generateAll(shotIds) {
    await api.post(`/v1/projects/${currentProjectId()}/generate`, shotIds ? { shotIds } : {});
  },
  async reshootStale(shotIds) {
    await api.post(`/v1/projects/${currentProjectId()}/generate`, { shotIds, stale: true });
  },
  async cancel(jobId) {
    await api.post(`/v1/jobs/${jobId}/cancel`);
  },
  async retry(jobId) {
    await api.post(`/v1/jobs/${jobId}/retry`);
  },
  exportFilm: async (format, frame) =>
    jobOf(
      await api.post(`/v1/projects/${currentProjectId()}/exports`, {
        format,
        ...(frame === undefined ? {} : { frame }),
      }),
    ),
  makeScore: async () => jobOf(await api.post(`/v1/projects/${currentProjectId()}/score`)),
};

function jobOf(answer: unknown): JobView {
  const inner: unknown = typeof answer === "object" && answer !== null && "job" in answer ? answer.job : answer;
  return JobView.parse(inner);
}
