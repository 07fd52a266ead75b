import type { Clip } from "#domain/film/clip.ts";
import type { Id } from "#domain/ids.ts";

/** What one person has chosen. The first shot is the one that panels, pictures and the set speak about. */
export interface Chosen {
  shotIds: Id[];
  clipIds: Id[];
}

/** Clips of other shots are let go: two chosen shots in two places would make "this shot" mean either. */
export function chooseShots(before: Chosen, shotIds: Id[], clips: readonly Clip[]): Chosen {
  const shotOf = shotsByClip(clips);
  const stays = (clipId: Id) => {
    const shotId = shotOf.get(clipId);
    return shotId === undefined || shotIds.includes(shotId);
  };
  return { shotIds, clipIds: before.clipIds.filter(stays) };
}

/** The shots that the clips show are chosen with them; clips that show none, and no clip at all, leave the shots as they are. */
export function chooseClips(before: Chosen, clipIds: Id[], clips: readonly Clip[]): Chosen {
  const shotOf = shotsByClip(clips);
  const shown = [...new Set(clipIds.map((id) => shotOf.get(id)).filter((id) => id !== undefined))];
  return { shotIds: shown.length > 0 ? shown : before.shotIds, clipIds };
}

function shotsByClip(clips: readonly Clip[]): Map<Id, Id> {
  return new Map(clips.flatMap(({ id, shotId }) => (shotId === undefined ? [] : [[id, shotId] as const])));
}
