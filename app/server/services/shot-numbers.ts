import type { Db } from "#db/client.ts";
import type { Id } from "#domain/ids.ts";
import { loadFilm } from "./film-reader.ts";

const freshMs = 30_000;
const mostFilms = 200;

/** Numbers of shots, by id: they are in the film's document alone, which is not read again for every look. */
export type ShotNumbers = (projectId: Id) => Promise<ReadonlyMap<Id, string>>;

/** @param now  milliseconds */
export function openShotNumbers(db: Db, now: () => number): ShotNumbers {
  const known = new Map<Id, { at: number; numbers: Promise<ReadonlyMap<Id, string>> }>();
  return (projectId) => {
    const before = known.get(projectId);
    if (before !== undefined && now() - before.at < freshMs) return before.numbers;
    if (known.size >= mostFilms) known.clear();
    const numbers = loadFilm(db, projectId).then(
      (film) => new Map(film.shots.map((shot) => [shot.id, shot.number])),
      // A film that cannot be read now has no numbers to tell; the job is shown without.
      () => new Map<Id, string>(),
    );
    known.set(projectId, { at: now(), numbers });
    return numbers;
  };
}
