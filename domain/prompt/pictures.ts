/** Pictures that go with a shot's words: what its people, places and things look like, and where the shot goes on from. */
import type { ElementInShot } from "#domain/elements/in-shot.ts";
import { playingTake } from "#domain/film/playing-take.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Film } from "#domain/film/snapshot.ts";
import type { Id } from "#domain/ids.ts";
import { mostReferences, type ReferencePicture } from "#domain/jobs/messages/render-request.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import { shotBefore } from "./inputs.ts";

/**
 * Reference pictures of the elements in a shot, each picture once: the first of every element, then their second ones,
 * so that nobody is left out for somebody of whom there are many.
 */
export function referencesOf(elements: readonly ElementInShot[]): ReferencePicture[] {
  const found = new Map<Id, ReferencePicture>();
  const rounds = Math.max(0, ...elements.map(({ refs }) => refs.length));
  for (let round = 0; round < rounds; round++) {
    for (const { id, kind, name, refs } of elements) {
      const assetId = refs[round]?.assetId;
      if (assetId !== undefined && !found.has(assetId)) found.set(assetId, { assetId, elementId: id, kind, name });
    }
  }
  return [...found.values()].slice(0, mostReferences);
}

/** What a shot goes on from: the end of a film that is there, or of another shot that is rendered before it. */
export type StartsFrom = { assetId: Id } | { shotId: Id };

/**
 * Within a scene each shot starts from the last frame of the one before: from the render that is being asked for beside
 * it, else from the take that plays. The first of a scene, and one after a shot without a take, starts from nothing.
 * @param asked  ids of all shots that are asked for at once
 * @param takes  by shot
 */
export function startsFrom(
  film: Pick<Film, "shots">,
  shot: Shot,
  asked: ReadonlySet<Id>,
  takes: ReadonlyMap<Id, readonly Pick<TakeView, "id" | "number" | "videoAssetId">[]>,
): StartsFrom | null {
  const before = shotBefore(film, shot);
  if (before === null) return null;
  if (asked.has(before.id)) return { shotId: before.id };
  const take = playingTake(before, takes.get(before.id) ?? []);
  return take === null ? null : { assetId: take.videoAssetId };
}
