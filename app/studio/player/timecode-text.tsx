import { useEffect, useRef } from "react";
import { timecode, type FrameRate } from "#domain/time.ts";
import { transport } from "../session/transport.ts";

/** The playhead's timecode. Written past React: it changes with every frame. */
export function PlayheadTimecode({ rate, className }: { rate: FrameRate; className?: string }) {
  const ref = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const write = () => {
      const text = timecode(transport.frame, rate);
      if (ref.current && ref.current.textContent !== text) ref.current.textContent = text;
    };
    write();
    return transport.subscribe(write);
  }, [rate]);
  return (
    <span
      ref={ref}
      className={className ? `num ${className}` : "num"}
      role="timer"
      aria-label="Playhead"
      aria-live="off"
    />
  );
}
