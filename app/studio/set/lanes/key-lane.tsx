import type { CSSProperties } from "react";
import type { StagedKey } from "#domain/film/staging.ts";
import { timecode } from "#domain/time.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import type { SetPerson } from "../set-presence.ts";
import { changeSetState, setState } from "../set-state.ts";
import { useSetActions } from "../use-set-actions.ts";
import type { ShotSet } from "../use-set.ts";
import { easePoints } from "./ease-glyph.tsx";
import { EaseMenu } from "./ease-menu.tsx";
import { snappedBy, type LaneScale } from "./lane-scale.ts";
import { snapFrames } from "./snap-frames.ts";
import { useLaneDrag, type LaneHold } from "./use-lane-drag.ts";
import { useLaneHold } from "./use-lane-hold.ts";

interface KeyLaneProps {
  set: ShotSet;
  scale: LaneScale;
  others: readonly SetPerson[];
}

/** The camera's keys: each can be taken along the lane, and between two of them stands how the camera goes there. */
export function KeyLane({ set, scale, others }: KeyLaneProps) {
  const { mayEdit } = useSession();
  const { keys } = set.staging;
  const selected = useStore(setState, (state) => state.selected);
  const frame = useStore(setState, (state) => state.frame);
  const curves = useStore(setState, (state) => state.curves);
  const snaps = useStore(setState, (state) => state.snaps);
  const actions = useSetActions(set);
  const to = ({ id, by, isFree }: LaneHold): number => {
    const index = keys.findIndex((key) => key.id === id);
    const from = keys[index]?.frame ?? 0;
    const targets = snaps && !isFree ? snapFrames(set, null, index) : [];
    return Math.min(scale.last, Math.max(0, from + snappedBy(by, [from], targets, scale.zoom)));
  };
  const move = (id: string, at: number) => {
    if (actions.moveKey(id, at)) changeSetState({ selected: `key:${id}`, frame: at });
  };
  const { hold, start } = useLaneDrag(scale.zoom, (dropped) => move(dropped.id, to(dropped)));
  const heldAt = hold === null ? 0 : to(hold);
  useLaneHold(hold && `key:${hold.id}`, heldAt, heldAt);
  const shown = keys.map((key) => (key.id === hold?.id ? { ...key, frame: heldAt } : key));
  const inOrder = shown.toSorted((a, b) => a.frame - b.frame);
  return (
    <div className="lane keys" data-curves={curves} data-chosen={selected === "camera" || selected?.startsWith("key:")}>
      {inOrder.slice(1).map((key, index) => (
        <Leg
          key={key.id}
          from={inOrder[index]!}
          to={key}
          number={index + 1}
          scale={scale}
          curves={curves}
          disabled={!mayEdit}
          onChange={(id, ease) => actions.changeKey(id, { ease })}
        />
      ))}
      {shown.map((key, index) => (
        <button
          key={key.id}
          type="button"
          className="key"
          aria-label={`Camera key at ${timecode(key.frame, set.plan.fps)}${key.name ? `, ${key.name}` : ""}`}
          aria-keyshortcuts="ArrowLeft ArrowRight"
          aria-pressed={selected === `key:${key.id}` || (selected === "camera" && key.frame === frame)}
          style={{ left: scale.at(key.frame) }}
          onPointerDown={(event) => {
            changeSetState({ selected: `key:${key.id}`, frame: keys[index]!.frame, playing: false });
            if (mayEdit && key.locked !== true) start(event, key.id, "move");
            else event.stopPropagation();
          }}
          onFocus={() => changeSetState({ selected: `key:${key.id}` })}
          onClick={() => changeSetState({ selected: `key:${key.id}`, frame: keys[index]!.frame })}
          onKeyDown={(event) => {
            const by = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
            if (by === 0 || !mayEdit || key.locked === true) return;
            event.preventDefault();
            event.stopPropagation();
            const next = key.frame + by * (event.shiftKey ? 10 : 1);
            // By hand it may take another's place; a step runs into none.
            if (next < 0 || next > scale.last || keys.some((other) => other.frame === next)) return;
            move(key.id, next);
          }}
        />
      ))}
      {others.map(({ clientId, color, span }) =>
        span?.id.startsWith("key:") ? (
          <i
            key={clientId}
            className="key ghost"
            style={{ left: scale.at(span.from), "--c": color } as CSSProperties}
            aria-hidden="true"
          />
        ) : null,
      )}
    </div>
  );
}

interface LegProps {
  from: StagedKey;
  to: StagedKey;
  number: number;
  scale: LaneScale;
  curves: boolean;
  disabled: boolean;
  onChange(id: string, ease: NonNullable<StagedKey["ease"]>): void;
}

/** Narrower than this there is no room for a button between two keys. */
const leastForGlyph = 44;

/** The way from one key to the next. */
function Leg({ from, to, number, scale, curves, disabled, onChange }: LegProps) {
  const left = scale.at(from.frame);
  const width = scale.at(to.frame) - left;
  if (width < 1) return null;
  return (
    <>
      {curves ? (
        <svg className="curve" style={{ left, width }} viewBox={`0 0 ${width} 16`} aria-hidden="true">
          <polyline points={easePoints(from.ease ?? "smooth", width, 16, 32)} />
        </svg>
      ) : (
        <i className="way" style={{ left, width }} />
      )}
      {width < leastForGlyph ? null : (
        <EaseMenu
          className="ease"
          style={{ left: left + width / 2 }}
          keyed={from}
          number={number}
          disabled={disabled}
          onChange={(ease) => onChange(from.id, ease)}
        />
      )}
    </>
  );
}

/** The frames at which something of the camera changes, without hands of their own. */
export function MarkLane({ keys, scale }: { keys: readonly StagedKey[]; scale: LaneScale }) {
  const frame = useStore(setState, (state) => state.frame);
  const [first, end] = [keys[0], keys.at(-1)];
  return (
    <div className="lane">
      {first && end && first !== end ? (
        <i
          className="way"
          style={{ left: scale.at(first.frame), width: scale.at(end.frame) - scale.at(first.frame) }}
        />
      ) : null}
      {keys.map((key) => (
        <i
          key={key.id}
          className="key"
          aria-hidden="true"
          data-now={key.frame === frame}
          style={{ left: scale.at(key.frame) }}
        />
      ))}
    </div>
  );
}
