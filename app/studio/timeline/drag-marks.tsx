import type { RefObject } from "react";
import { useStore } from "../session/store.ts";
import { drag, timelineState } from "./timeline-state.ts";

/** Where an edge has snapped. */
export function SnapLine() {
  const at = useStore(drag, (one) => one?.snapAt ?? null);
  const zoom = useStore(timelineState, (state) => state.zoom);
  return at === null ? null : <div className="snap-line" style={{ transform: `translateX(${at * zoom}px)` }} />;
}

/** The new place or edge and the difference, beside the hand. */
export function DragTip({ lanes }: { lanes: RefObject<HTMLDivElement | null> }) {
  const tip = useStore(drag, (one) => one?.tip ?? null);
  const zoom = useStore(timelineState, (state) => state.zoom);
  if (!tip) return null;
  const lane = lanes.current?.parentElement?.querySelector<HTMLElement>(`[data-lane="${CSS.escape(tip.trackId)}"]`);
  const top = (lane?.parentElement?.offsetTop ?? 30) + 30;
  return (
    <div
      className="drag-tip num"
      role="presentation"
      style={{ transform: `translate(${tip.frame * zoom + 10}px, ${top}px)` }}
    >
      {tip.text}
    </div>
  );
}
