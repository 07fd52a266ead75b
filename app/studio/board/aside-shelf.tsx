import { useVirtualizer } from "@tanstack/react-virtual";
import { Archive } from "lucide-react";
import { useRef } from "react";
import type { Shot } from "#domain/film/shot.ts";
import type { FrameRate } from "#domain/time.ts";
import { AsideCard } from "./aside-card.tsx";

const cardWidth = 204;

/** The shots that were set aside, side by side: below whatever else the board shows. Nothing where there are none. */
export function AsideShelf({ shots, fps }: { shots: readonly Shot[]; fps: FrameRate }) {
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoized by a compiler
  const virtual = useVirtualizer({
    horizontal: true,
    count: shots.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => cardWidth,
    getItemKey: (index) => shots[index]?.id ?? index,
    initialRect: { width: cardWidth * 4, height: 0 },
    overscan: 2,
    useFlushSync: false,
  });
  if (shots.length === 0) return null;
  return (
    <section className="board-shelf" aria-label="Set aside">
      <AsideHead count={shots.length} />
      <div ref={scroller} className="board-shelf-cards board-aside">
        <div className="board-shelf-row" style={{ width: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const shot = shots[item.index];
            return shot ? (
              <div key={item.key} className="board-shelf-card" style={{ left: item.start, width: cardWidth }}>
                <AsideCard shot={shot} fps={fps} />
              </div>
            ) : null;
          })}
        </div>
      </div>
    </section>
  );
}

export function AsideHead({ count }: { count: number }) {
  return (
    <header className="board-scene-head board-aside-head">
      <Archive className="small" />
      <h3>Set aside</h3>
      <span className="faint small">
        The board no longer has {count === 1 ? "this shot" : `these ${count} shots`}. Takes are kept.
      </span>
    </header>
  );
}
