import { MousePointer2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { usePeersSlice, usePresence } from "#app/studio/session/use-peers.ts";
import { sameShallow } from "#app/studio/session/store.ts";
import { NameTag } from "#app/ui/avatar.tsx";
import { placeOfPointer, pointOnScreen, type PointerPlace } from "./pointer.ts";
import "./cursors.css";

const idleMs = 5000;
const nameShrinksMs = 2000;

interface ShownCursor extends PointerPlace {
  clientId: number;
  name: string;
  color: string;
}

/**
 * Tells the others where this person points, and draws where they point. The timeline does both by itself, on frames;
 * its surface is not one of ours. In a set everybody has a camera instead: a point of one view is no point of another.
 */
export function Cursors({ view }: { view: string }) {
  useOwnPointer();
  const cursors = usePeersSlice(
    (peers) =>
      peers.flatMap(({ clientId, isMe, presence }): ShownCursor[] =>
        isMe ||
        view === "3d" ||
        presence.view !== view ||
        presence.pointer === null ||
        presence.pointer.surface === "timeline"
          ? []
          : [{ clientId, name: presence.user.name, color: presence.user.color, ...presence.pointer }],
      ),
    (a, b) => a.length === b.length && a.every((one, index) => sameShallow(one, b[index])),
  );
  return (
    <div className="cursors" aria-hidden="true">
      {cursors.map((cursor) => (
        <Cursor key={cursor.clientId} cursor={cursor} />
      ))}
    </div>
  );
}

function Cursor({ cursor }: { cursor: ShownCursor }) {
  const mark = useRef<HTMLSpanElement>(null);
  const [rest, setRest] = useState<"moving" | "still" | "idle">("moving");
  const { surface, x, y } = cursor;

  useEffect(() => {
    setRest("moving");
    const still = setTimeout(() => setRest("still"), nameShrinksMs);
    const idle = setTimeout(() => setRest("idle"), idleMs);
    return () => {
      clearTimeout(still);
      clearTimeout(idle);
    };
  }, [surface, x, y]);

  useEffect(() => {
    const place = () => {
      const point = pointOnScreen({ surface, x, y });
      if (!mark.current) return;
      const center = document.querySelector(".stage-center")?.getBoundingClientRect();
      const isInside =
        point &&
        center &&
        point.x >= center.left &&
        point.x <= center.right &&
        point.y >= center.top &&
        point.y <= center.bottom;
      mark.current.style.visibility = isInside ? "visible" : "hidden";
      if (point) mark.current.style.transform = `translate(${point.x}px, ${point.y}px)`;
    };
    place();
    // Scrolling and resizing move the surface under a pointer that stands still.
    document.addEventListener("scroll", place, { capture: true, passive: true });
    addEventListener("resize", place);
    return () => {
      document.removeEventListener("scroll", place, { capture: true });
      removeEventListener("resize", place);
    };
  }, [surface, x, y]);

  return (
    <span ref={mark} className="cursor" data-rest={rest} style={{ color: cursor.color }}>
      <MousePointer2 fill="currentColor" stroke="var(--bg-0)" />
      <NameTag color={cursor.color}>{cursor.name}</NameTag>
    </span>
  );
}

function useOwnPointer(): void {
  const presence = usePresence();
  useEffect(() => {
    const onMove = (event: PointerEvent) => {
      if (event.pointerType === "touch") return;
      const place = placeOfPointer(event);
      // The timeline writes its own pointer, in frames.
      if (place?.surface !== "timeline") presence.set({ pointer: place });
    };
    const onLeave = () => presence.set({ pointer: null });
    document.addEventListener("pointermove", onMove, { passive: true });
    document.documentElement.addEventListener("pointerleave", onLeave);
    return () => {
      document.removeEventListener("pointermove", onMove);
      document.documentElement.removeEventListener("pointerleave", onLeave);
    };
  }, [presence]);
}
