import { useMemo } from "react";
import type { Id } from "#domain/ids.ts";
import { usePeersSlice } from "#app/studio/session/use-peers.ts";

/** Who else has which shot selected; the first in the room where several have. */
export function usePeerSelections(): Readonly<Record<Id, { name: string; color: string }>> {
  const said = usePeersSlice((peers) =>
    peers
      .filter((peer) => !peer.isMe)
      .flatMap((peer) =>
        peer.presence.selection.shotIds.map((id) =>
          JSON.stringify([id, peer.presence.user.name, peer.presence.user.color]),
        ),
      ),
  );
  return useMemo(() => {
    const out: Record<Id, { name: string; color: string }> = {};
    for (const line of said) {
      const [id, name, color] = JSON.parse(line) as [string, string, string];
      out[id] ??= { name, color };
    }
    return out;
  }, [said]);
}
