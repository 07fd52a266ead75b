import { OwnPlayhead, PeerPlayhead } from "#app/ui/playhead.tsx";
import { transport } from "../session/transport.ts";
import { usePeersSlice } from "../session/use-peers.ts";
import { sameShallow, useStore } from "../session/store.ts";
import { timelineState } from "./timeline-state.ts";

const ownX = () => transport.frame * timelineState.get().zoom;

function follow(moved: () => void): () => void {
  const stops = [transport.subscribe(moved), timelineState.subscribe(moved)];
  return () => stops.forEach((stop) => stop());
}

/** This tab's playhead. */
export function Playhead() {
  return <OwnPlayhead x={ownX} follow={follow} />;
}

/** Where the others are. */
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
        <PeerPlayhead key={clientId} name={name} color={color} x={frame * zoom} />
      ))}
    </>
  );
}
