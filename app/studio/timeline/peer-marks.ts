import type { Peer } from "../session/session-contract.ts";
import type { PeerMark } from "./clip-block.tsx";

/** Others' hands on clips, by clip id. Somebody who is doing something wins over somebody who only selected it. */
export function marksOn(peers: readonly Peer[]): Map<string, PeerMark> {
  const marks = new Map<string, PeerMark>();
  for (const { presence, isMe } of peers) {
    if (isMe) continue;
    const { name, color } = presence.user;
    const short = name.split(" ")[0] ?? name;
    for (const id of presence.selection.clipIds) if (!marks.has(id)) marks.set(id, { name: short, color, doing: null });
    if (presence.activity)
      marks.set(presence.activity.id, { name: short, color, doing: doingOf(presence.activity.kind) });
  }
  return marks;
}

function doingOf(kind: "moving" | "trimming" | "dragging"): string {
  return kind === "trimming" ? "is trimming" : "is moving";
}
