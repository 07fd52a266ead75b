import { useEffect, useRef, type CSSProperties } from "react";
import { initialsOf } from "#domain/collab/presence.ts";
import { transport } from "../session/transport.ts";
import { usePeersSlice } from "../session/use-peers.ts";
import { sameShallow, useStore } from "../session/store.ts";
import { timelineState } from "./timeline-state.ts";

/** This tab's playhead. Moved past React: it goes with every frame. */
export function Playhead() {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = () => {
      if (line.current) line.current.style.transform = `translateX(${transport.frame * timelineState.get().zoom}px)`;
    };
    place();
    const stops = [transport.subscribe(place), timelineState.subscribe(place)];
    return () => stops.forEach((stop) => stop());
  }, []);
  return (
    <div ref={line} className="playhead mine" aria-hidden="true">
      <svg className="cap" viewBox="0 0 13 14">
        <path d="M1 0h11v8l-5.5 6L1 8Z" />
      </svg>
    </div>
  );
}

/** Where the others are, thin and with initials. */
export function PeerPlayheads() {
  const zoom = useStore(timelineState, (state) => state.zoom);
  const peers = usePeersSlice(
    (all) =>
      all.flatMap(({ clientId, isMe, presence }) =>
        isMe || !presence.playhead || presence.view !== "timeline"
          ? []
          : [{ clientId, name: presence.user.name, color: presence.user.color, frame: presence.playhead.frame }],
      ),
    (a, b) => a.length === b.length && a.every((one, index) => sameShallow(one, b[index])),
  );
  return (
    <>
      {peers.map(({ clientId, name, color, frame }) => (
        <div
          key={clientId}
          className="playhead peer"
          data-peer-playhead={name}
          style={{ transform: `translateX(${frame * zoom}px)`, "--c": color } as CSSProperties}
          title={name}
        >
          <span className="initials">{initialsOf(name)}</span>
        </div>
      ))}
    </>
  );
}
