import { usePeersSlice } from "#app/studio/session/use-peers.ts";
import { AvatarStack, type Person } from "#app/ui/avatar.tsx";
import { shareStructure } from "#domain/share-structure.ts";

/** Everybody in the room, once each however many tabs they have. */
export function PeopleHere() {
  const people = usePeople();
  return <AvatarStack people={people} label="In this film now" />;
}

export function usePeople(): Person[] {
  return usePeersSlice(
    (peers) => {
      const byUser = new Map<string, Person>();
      for (const { presence, isMe } of peers) {
        const { id, name, color } = presence.user;
        const known = byUser.get(id);
        byUser.set(id, { id, name, color, isMe: isMe || (known?.isMe ?? false) });
      }
      return [...byUser.values()].sort((a, b) => Number(b.isMe ?? false) - Number(a.isMe ?? false));
    },
    (a, b) => shareStructure(a, b) === a,
  );
}
