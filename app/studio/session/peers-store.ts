import type { Awareness } from "y-protocols/awareness";
import { Presence } from "#domain/collab/presence.ts";
import { nextFrame } from "./film-store.ts";
import type { Peer } from "./session-contract.ts";
import { shareStructure } from "#domain/share-structure.ts";
import { createStore, type Store } from "./store.ts";

/** Everybody in the room by awareness, oldest first, states that do not parse left out. */
export function watchPeers(awareness: Awareness): { peers: Store<Peer[]>; stop: () => void } {
  const peers = createStore<Peer[]>([]);
  const seen = new Map<number, number>();
  let arrivals = 0;
  let cancel: (() => void) | null = null;

  const refresh = () => {
    cancel = null;
    const list: Peer[] = [];
    for (const [clientId, state] of awareness.getStates()) {
      const presence = Presence.safeParse(state);
      if (!presence.success) continue;
      if (!seen.has(clientId)) seen.set(clientId, (arrivals += 1));
      list.push({ clientId, presence: presence.data, isMe: clientId === awareness.clientID });
    }
    list.sort((a, b) => (seen.get(a.clientId) ?? 0) - (seen.get(b.clientId) ?? 0));
    peers.set((before) => byClient(before, list));
  };
  const onChange = () => {
    cancel ??= nextFrame(refresh);
  };
  awareness.on("change", onChange);
  onChange();
  return {
    peers,
    stop() {
      awareness.off("change", onChange);
      cancel?.();
    },
  };
}

function byClient(before: Peer[], next: Peer[]): Peer[] {
  const shared = next.map((peer) =>
    shareStructure(
      before.find((other) => other.clientId === peer.clientId),
      peer,
    ),
  );
  return shared.length === before.length && shared.every((peer, index) => peer === before[index]) ? before : shared;
}
