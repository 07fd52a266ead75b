import { useOpenFilm } from "./film-session.tsx";
import type { Peer, PresenceWriter } from "./session-contract.ts";
import { sameShallow, useStore } from "./store.ts";

/** Everybody in the room in order of arrival, this tab included (`isMe`). */
export function usePeers(): Peer[] {
  return useStore(useOpenFilm().peers, (peers) => peers);
}

/** A slice of the room, e.g. who has a shot selected; renders again only when the slice changed. */
export function usePeersSlice<S>(select: (peers: Peer[]) => S, equal: (a: S, b: S) => boolean = sameShallow): S {
  return useStore(useOpenFilm().peers, select, equal);
}

/** Tells the others what this person does, at most thirty times a second. */
export function usePresence(): PresenceWriter {
  return useOpenFilm().presence;
}
