import { useEffect, useRef, useState } from "react";
import type { SpanGrip } from "#domain/film/deed-spans.ts";

/** Something of a lane in the hand. */
export interface LaneHold {
  id: string;
  grip: SpanGrip;
  /** How far it was carried, in frames; a part of one before it is snapped. */
  by: number;
  /** Without snapping. */
  isFree: boolean;
}

interface Start extends LaneHold {
  x: number;
  pointer: number;
  from: Element;
}

export interface LaneDrag {
  hold: LaneHold | null;
  start(event: React.PointerEvent, id: string, grip: SpanGrip): void;
}

/** A hand has to go so far before it carries anything: a press chooses. */
const leastWay = 3;

/**
 * Carries things along a lane. It is dropped where the hand lets go; Escape, or a pointer that is taken away, leaves it
 * where it was.
 */
export function useLaneDrag(zoom: number, onDrop: (hold: LaneHold) => void): LaneDrag {
  const [start, setStart] = useState<Start | null>(null);
  const latest = useRef({ onDrop, zoom });
  latest.current = { onDrop, zoom };
  const now = useRef<Start | null>(null);
  const isHeld = start !== null;
  useEffect(() => {
    if (!isHeld) return;
    const leaving = new AbortController();
    const put = (next: Start | null) => {
      now.current = next;
      setStart(next);
    };
    const isMine = (event: PointerEvent) => event.pointerId === now.current?.pointer;
    const move = (event: PointerEvent) => {
      const was = now.current;
      if (was === null || !isMine(event)) return;
      const way = event.clientX - was.x;
      if (was.by === 0 && Math.abs(way) < leastWay) return;
      put({ ...was, by: way / latest.current.zoom, isFree: event.altKey });
    };
    const drop = (event: PointerEvent) => {
      const was = now.current;
      if (was === null || !isMine(event)) return;
      put(null);
      if (was.by === 0) return;
      latest.current.onDrop(was);
      swallowClick();
    };
    const options = { signal: leaving.signal };
    addEventListener("pointermove", move, options);
    addEventListener("pointerup", drop, options);
    addEventListener("pointercancel", (event) => (isMine(event) ? put(null) : undefined), options);
    addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        put(null);
      },
      { ...options, capture: true },
    );
    return () => leaving.abort();
  }, [isHeld]);
  return {
    hold: start !== null && start.by !== 0 ? start : null,
    start(event, id, grip) {
      event.stopPropagation();
      if (event.button !== 0) return;
      const next = {
        id,
        grip,
        by: 0,
        isFree: event.altKey,
        x: event.clientX,
        pointer: event.pointerId,
        from: event.currentTarget,
      };
      now.current = next;
      setStart(next);
    },
  };
}

/** Letting go of what was carried is a click to the browser, and none to whoever let go. */
function swallowClick(): void {
  const over = new AbortController();
  const options = { capture: true, once: true, signal: over.signal };
  addEventListener("click", (event) => event.stopPropagation(), options);
  // It comes with the letting go or not at all.
  setTimeout(() => over.abort());
}
