import { useEffect, useRef, type CSSProperties } from "react";
import { initialsOf } from "#domain/collab/presence.ts";

/**
 * Where this person is in time. Moved past React: it goes with every frame.
 * @param x       pixels from the start of the lane, now
 * @param follow  calls back whenever that may have changed; returns what ends it
 */
export function OwnPlayhead({ x, follow }: { x(): number; follow(moved: () => void): () => void }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = () => {
      if (line.current) line.current.style.transform = `translateX(${x()}px)`;
    };
    place();
    return follow(place);
  }, [x, follow]);
  return (
    <div ref={line} className="playhead mine" aria-hidden="true">
      <svg className="cap" viewBox="0 0 13 14">
        <path d="M1 0h11v8l-5.5 6L1 8Z" />
      </svg>
    </div>
  );
}

/** Where somebody else is, thin and with initials. */
export function PeerPlayhead({ name, color, x }: { name: string; color: string; x: number }) {
  const style = { transform: `translateX(${x}px)`, "--c": color } as CSSProperties;
  return (
    <div className="playhead peer" data-peer-playhead={name} style={style} title={name}>
      <span className="initials">{initialsOf(name)}</span>
    </div>
  );
}
