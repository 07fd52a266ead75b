import { useCallback } from "react";
import { z } from "zod";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import { isTerminal } from "#domain/jobs/lifecycle.ts";
import { api, sentenceOf } from "#app/studio/session/api.ts";
import { useOpenFilm, useSession } from "#app/studio/session/film-session.tsx";
import { sameShallow, useStore } from "#app/studio/session/store.ts";
import { jobActions } from "#app/studio/session/use-jobs.ts";
import { toast } from "#app/ui/toast.tsx";

const Thumbnails = z.object({ queued: z.number(), skipped: z.number() });

/** Which shots have no take, which no picture at all, which no render under way, and what starts the work on them. */
export function useUnrendered(shots: readonly Shot[]) {
  const { projectId } = useSession();
  const { work } = useOpenFilm().work;
  const busyOrDone = useStore(
    work,
    ({ takes, jobs }) => [
      ...new Set([
        ...takes.map((take) => take.shotId),
        ...jobs.flatMap((job) => (job.kind === "shot" && job.shotId && !isTerminal(job.state) ? [job.shotId] : [])),
      ]),
    ],
    sameShallow,
  );
  const active = useStore(
    work,
    ({ jobs }) =>
      jobs.flatMap((job) => (job.kind === "shot" && job.shotId && !isTerminal(job.state) ? [job.shotId] : [])),
    sameShallow,
  );
  const pictured = useStore(
    work,
    ({ jobs }) => [
      ...new Set(
        jobs.flatMap((job) =>
          job.kind === "thumbnail" && job.shotId && (job.state === "succeeded" || !isTerminal(job.state))
            ? [job.shotId]
            : [],
        ),
      ),
    ],
    sameShallow,
  );
  const unrendered = shots.filter((shot) => !busyOrDone.includes(shot.id)).map((shot) => shot.id);
  const idle = shots.filter((shot) => !active.includes(shot.id)).map((shot) => shot.id);
  const unpictured = unrendered.filter((id) => !pictured.includes(id));

  const generate = useCallback(async (ids: Id[]) => {
    await jobActions.generateAll(ids).catch((error: unknown) => toast.wrong(sentenceOf(error)));
  }, []);
  const thumbnails = useCallback(
    async (shotIds: Id[]) => {
      try {
        const { queued, skipped } = Thumbnails.parse(
          await api.post(`/v1/projects/${projectId}/storyboard/thumbnails`, { shotIds }),
        );
        toast.say(
          `${queued} thumbnail${queued === 1 ? "" : "s"} queued${skipped > 0 ? `, ${skipped} there already` : ""}.`,
        );
      } catch (error) {
        toast.wrong(sentenceOf(error));
      }
    },
    [projectId],
  );
  return { unrendered, unpictured, idle, generate, thumbnails };
}
