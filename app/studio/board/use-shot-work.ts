import type { Shot } from "#domain/film/shot.ts";
import { changesSince, type InputChange } from "#domain/film/staleness.ts";
import type { Id } from "#domain/ids.ts";
import type { JobView, TakeView } from "#domain/jobs/messages/views.ts";
import { useOpenFilm } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import { useJobPreview, useShotJobs } from "#app/studio/session/use-jobs.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { usePlayingTake } from "#app/studio/session/use-takes.ts";
import { shotStateOf, type ShotState } from "./shot-state.ts";

export interface ShotWork {
  jobs: JobView[];
  take: TakeView | null;
  state: ShotState;
  /** What to show: a live frame while it renders, else the take's poster, else a thumbnail; null: draw a sketch. */
  picture: { url: string; kind: "live" | "take" | "thumbnail" } | null;
  /** Who made that picture, e.g. previz; null for a sketch and where nobody knows. */
  madeBy: string | null;
}

export function useShotWork(shotId: Id): ShotWork {
  const jobs = useShotJobs(shotId);
  const take = usePlayingTake(shotId);
  const state = shotStateOf(jobs, take, useChanges(shotId, take));
  const live = useJobPreview(state.kind === "running" ? state.job.id : null);
  const thumbnail = useThumbnail(shotId);
  const picture = pictureOf(live, take, thumbnail);
  return { jobs, take, state, picture, madeBy: engineOf(picture, jobs, take, state) };
}

/** What of a shot has changed since one of its takes. */
function useChanges(shotId: Id, take: TakeView | null): readonly InputChange[] {
  return useFilm((film) => {
    const shot = take === null ? undefined : shotIn(film.shots, shotId);
    return take === null || shot === undefined ? none : changesSince(film, shot, take);
  });
}

const none: readonly InputChange[] = [];
const indexes = new WeakMap<readonly Shot[], ReadonlyMap<Id, Shot>>();

/** Every card asks at every change of the film: a list is gone through once. */
function shotIn(shots: readonly Shot[], id: Id): Shot | undefined {
  const index = indexes.get(shots) ?? new Map(shots.map((shot) => [shot.id, shot]));
  indexes.set(shots, index);
  return index.get(id);
}

function engineOf(picture: ShotWork["picture"], jobs: JobView[], take: TakeView | null, state: ShotState) {
  if (picture?.kind === "take") return take?.engine ?? null;
  if (picture?.kind === "live") return (state.kind === "running" && state.job.engine) || null;
  if (!picture) return null;
  return jobs.find((job) => job.kind === "thumbnail" && job.state === "succeeded")?.engine ?? null;
}

function pictureOf(live: string | null, take: TakeView | null, thumbnail: string | null): ShotWork["picture"] {
  if (live) return { url: live, kind: "live" };
  if (take?.posterUrl) return { url: take.posterUrl, kind: "take" };
  return thumbnail ? { url: thumbnail, kind: "thumbnail" } : null;
}

/** The newest concept picture of a shot. */
export function useThumbnail(shotId: Id): string | null {
  return useStore(useOpenFilm().work.work, (work) => {
    const job = work.jobs.find((one) => one.kind === "thumbnail" && one.shotId === shotId && one.state === "succeeded");
    const made = job?.artifacts.find((artifact) => artifact.role === "image");
    return (
      made?.url ?? work.assets.find((asset) => asset.kind === "image" && asset.meta["shotId"] === shotId)?.url ?? null
    );
  });
}
