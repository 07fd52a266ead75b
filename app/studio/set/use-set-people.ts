import { usePeersSlice } from "#app/studio/session/use-peers.ts";
import { shareStructure } from "#domain/share-structure.ts";
import { peersIn, personOnSet, type SetPerson } from "./set-presence.ts";
import type { ShotSet } from "./use-set.ts";

/** The others in the set of this scene. */
export function useSetPeople({ shot, things }: ShotSet): SetPerson[] {
  return usePeersSlice(
    (peers) => peersIn(peers, shot.sceneId).map((peer) => personOnSet(peer, { shotId: shot.id, things })),
    (a, b) => shareStructure(a, b) === a,
  );
}
