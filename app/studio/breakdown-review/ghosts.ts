import type { Film } from "#domain/film/snapshot.ts";
import type { Id } from "#domain/ids.ts";
import type { Proposal } from "#domain/screenplay/reparse/proposal.ts";
import type { GhostShot } from "#app/studio/board/rows.ts";

/**
 * Shots that the script has and the board has not, each where it would come: behind the nearest shot ahead of it that
 * is on the board in that scene. Shots of scenes that are new themselves have no place yet.
 */
export function ghostsOf(
  film: Pick<Film, "scenes" | "shots">,
  { scenes, changes }: Pick<Proposal, "scenes" | "changes">,
  notNow: ReadonlySet<string>,
): GhostShot[] {
  const sceneIds = new Set(film.scenes.map(({ id }) => id));
  const sceneOf = new Map<Id | undefined, Id>(film.shots.map((shot) => [shot.id, shot.sceneId]));
  return changes.flatMap((change): GhostShot[] => {
    if (change.kind !== "shot-new" || notNow.has(change.id)) return [];
    const scene = scenes[change.sceneAt];
    const shot = scene?.shots[change.at];
    if (!shot || scene.id === undefined || !sceneIds.has(scene.id)) return [];
    const ahead = scene.shots.slice(0, change.at).findLast(({ id }) => sceneOf.get(id) === scene.id);
    return [{ changeId: change.id, sceneId: scene.id, afterId: ahead?.id ?? null, shot }];
  });
}
