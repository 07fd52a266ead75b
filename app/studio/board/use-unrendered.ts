import { useCallback, useMemo } from "react";
import { z } from "zod";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import { isTerminal } from "#domain/jobs/lifecycle.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { api, sentenceOf } from "#app/studio/session/api.ts";
import { useOpenFilm, useSession } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import { jobActions } from "#app/studio/session/use-jobs.ts";
import { toast } from "#app/ui/toast.tsx";

const Thumbnails = z.object({ queued: z.number(), skipped: z.number() });

/** Shots that a render is queued or running for. */
export function useActiveShots(): ReadonlySet<Id> {
  const { work } = useOpenFilm().work;
  return useStore(work, ({ jobs }) => new Set(jobs.flatMap(activeFor)), sameMembers);
}

function activeFor(job: JobView): Id[] {
  return job.kind === "shot" && job.shotId && !isTerminal(job.state) ? [job.shotId] : [];
}

function picturedBy(job: JobView): Id[] {
  const isMade = job.state === "succeeded" || !isTerminal(job.state);
  return job.kind === "thumbnail" && job.shotId && isMade ? [job.shotId] : [];
}

function sameMembers(a: ReadonlySet<Id>, b: ReadonlySet<Id>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id));
}

/** Which shots have no take, which no picture at all, which no render under way, and what starts the work on them. */
export function useUnrendered(shots: readonly Shot[]) {
  const { projectId } = useSession();
  const { work } = useOpenFilm().work;
  const rendered = useStore(work, ({ takes }) => new Set(takes.map((take) => take.shotId)), sameMembers);
  const pictured = useStore(work, ({ jobs }) => new Set(jobs.flatMap(picturedBy)), sameMembers);
  const active = useActiveShots();
  const { unrendered, unpictured, idle } = useMemo(() => {
    const waiting = shots.map((shot) => shot.id).filter((id) => !active.has(id));
    const without = waiting.filter((id) => !rendered.has(id));
    return { idle: waiting, unrendered: without, unpictured: without.filter((id) => !pictured.has(id)) };
  }, [shots, active, rendered, pictured]);

  const generate = useCallback(async (ids: Id[]) => {
    await jobActions.generateAll(ids).catch((error: unknown) => toast.wrong(sentenceOf(error)));
  }, []);
  const thumbnails = useCallback(
    async (shotIds: Id[], force = false) => {
      try {
        const { queued, skipped } = Thumbnails.parse(
          await api.post(`/v1/projects/${projectId}/storyboard/thumbnails`, { shotIds, force }),
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
