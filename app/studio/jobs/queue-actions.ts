import type { Id } from "#domain/ids.ts";
import { api } from "#app/studio/session/api.ts";
import { currentProjectId } from "#app/studio/session/current-project.ts";

/** What people do with the film's queue. Each throws a StudioError with a sentence; everybody's lists follow. */
export const queueActions = {
  /** @param before  null: behind all the others */
  async moveBefore(jobId: Id, before: Id | null) {
    await api.patch(`/v1/jobs/${jobId}`, { before });
  },
  async setPriority(jobId: Id, priority: number) {
    await api.patch(`/v1/jobs/${jobId}`, { priority });
  },
  async pause(paused: boolean) {
    await api.post(`/v1/projects/${currentProjectId()}/queue`, { paused });
  },
  async cancelAll(whose: "mine" | "everybody's") {
    await api.post(`/v1/projects/${currentProjectId()}/jobs/cancel`, whose === "mine" ? { mine: true } : {});
  },
};
