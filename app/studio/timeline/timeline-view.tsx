import { useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { ProgramMonitor } from "../player/program-monitor.tsx";
import { Timeline } from "./timeline.tsx";
import "./timeline-view.css";

/** The room of the cut: the picture where views stand, the timeline below it over the whole width of the stage. */
export function TimelineView() {
  const inside = useRef<HTMLDivElement>(null);
  const [stage, setStage] = useState<Element | null>(null);
  useLayoutEffect(() => setStage(inside.current?.closest(".stage") ?? null), []);
  return (
    <div ref={inside} className="timeline-view">
      <ProgramMonitor />
      {stage
        ? createPortal(
            <div className="stage-bottom">
              <Timeline />
            </div>,
            stage,
          )
        : null}
    </div>
  );
}
