import { useEffect, useRef, type CSSProperties } from "react";
import { initialsOf } from "#domain/collab/presence.ts";
import { setState } from "../set-state.ts";
import { useSetPeople } from "../use-set-people.ts";
import type { ShotSet } from "../use-set.ts";

/** Moved past React: it goes with every frame. */
export function OwnHead({ at }: { at(frame: number): number }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = () => {
      if (line.current) line.current.style.transform = `translateX(${at(setState.get().frame)}px)`;
    };
    place();
    return setState.subscribe(place);
  }, [at]);
  return (
    <div ref={line} className="playhead mine" aria-hidden="true">
      <svg className="cap" viewBox="0 0 13 14">
        <path d="M1 0h11v8l-5.5 6L1 8Z" />
      </svg>
    </div>
  );
}

/** Where the others are in the same shot. */
export function PeerHeads({ set, at }: { set: ShotSet; at(frame: number): number }) {
  return (
    <>
      {useSetPeople(set).map(({ clientId, name, color, frame }) =>
        frame === null ? null : (
          <div
            key={clientId}
            className="playhead peer"
            data-peer-playhead={name}
            style={{ transform: `translateX(${at(frame)}px)`, "--c": color } as CSSProperties}
            title={name}
          >
            <span className="initials">{initialsOf(name)}</span>
          </div>
        ),
      )}
    </>
  );
}
