import { useEffect, useState, type CSSProperties } from "react";
import { NameTag } from "#app/ui/avatar.tsx";
import { usePeersSlice } from "../session/use-peers.ts";
import { sameShallow, useStore } from "../session/store.ts";
import { timelineState } from "./timeline-state.ts";

/** The surface by which pointers on the timeline are known: x in frames, y in px from the top of the lanes. */
export const timelineSurface = "timeline-lanes";

const idleMs = 5000;

/** Others' pointers over the lanes. They stand on frames, so everybody's own zoom and scroll hold. */
export function PeerCursors() {
  const peers = usePeersSlice(
    (all) =>
      all.flatMap(({ clientId, isMe, presence }) =>
        isMe || presence.pointer?.surface !== timelineSurface
          ? []
          : [
              {
                clientId,
                name: presence.user.name,
                color: presence.user.color,
                x: presence.pointer.x,
                y: presence.pointer.y,
              },
            ],
      ),
    (a, b) => a.length === b.length && a.every((one, index) => sameShallow(one, b[index])),
  );
  return (
    <>
      {peers.map((peer) => (
        <Cursor key={peer.clientId} {...peer} />
      ))}
    </>
  );
}

function Cursor({ name, color, x, y }: { name: string; color: string; x: number; y: number }) {
  const zoom = useStore(timelineState, (state) => state.zoom);
  const place = `${x} ${y}`;
  const [idleAt, setIdleAt] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setIdleAt(place), idleMs);
    return () => clearTimeout(timer);
  }, [place]);
  if (idleAt === place) return null;
  return (
    <div
      className="peer-cursor"
      style={{ transform: `translate(${x * zoom}px, ${y}px)`, "--c": color } as CSSProperties}
      aria-hidden="true"
    >
      <svg viewBox="0 0 16 18">
        <path d="M1.5 1.2 14 8.2 8.2 9.6 5.4 15.2Z" />
      </svg>
      <NameTag color={color}>{name.split(" ")[0]}</NameTag>
    </div>
  );
}
