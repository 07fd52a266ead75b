import { z } from "zod";
import { ClipRecord } from "#domain/film/clip.ts";
import { CommentRecord } from "#domain/film/comment.ts";
import { ElementRecord } from "#domain/film/element.ts";
import { MarkerRecord } from "#domain/film/marker.ts";
import { FilmMeta } from "#domain/film/meta.ts";
import { SceneRecord } from "#domain/film/scene.ts";
import { CameraFields, SetFields } from "#domain/film/set-fields.ts";
import { ShotChoices, ShotRecord } from "#domain/film/shot.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { StagingRecord } from "#domain/film/staging.ts";
import { TrackRecord } from "#domain/film/track.ts";

const SceneView = SceneRecord.omit({ order: true, source: true }).extend({ number: z.number().int(), ...SetFields });
const ShotView = ShotRecord.omit({ order: true, source: true }).extend({
  number: z.string(),
  ...ShotChoices,
  ...CameraFields,
});

/** The plain, validated snapshot of a film document; lists in order. */
export const FilmView = z.object({
  meta: FilmMeta,
  screenplay: z.string(),
  scenes: z.array(SceneView),
  shots: z.array(ShotView),
  asideScenes: z.array(SceneView),
  asideShots: z.array(ShotView),
  elements: z.array(ElementRecord.omit({ order: true })),
  tracks: z.array(TrackRecord.omit({ order: true })),
  clips: z.array(ClipRecord),
  markers: z.array(MarkerRecord),
  comments: z.array(CommentRecord),
  staging: z.array(StagingRecord),
  problems: z.array(z.string()),
});
export type FilmView = z.infer<typeof FilmView>;

/** What records were last committed from is our own business. */
export function viewFilm(film: Film): FilmView {
  const bare = <T extends { source?: unknown }>({ source: _source, ...rest }: T): Omit<T, "source"> => rest;
  const { committedScenes: _committed, ...shown } = film;
  return {
    ...shown,
    scenes: film.scenes.map(bare),
    shots: film.shots.map(bare),
    asideScenes: film.asideScenes.map(bare),
    asideShots: film.asideShots.map(bare),
  };
}
