import { useState } from "react";
import type { StagedKey } from "#domain/film/staging.ts";
import { timecode } from "#domain/time.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import { changeSetState, setState } from "./set-state.ts";
import { useSetActions } from "./use-set-actions.ts";
import type { ShotSet } from "./use-set.ts";

interface KeyLaneProps {
  set: ShotSet;
  keys: readonly StagedKey[];
  at(frame: number): number;
  zoom: number;
  isFirst?: boolean;
}

/** The keys of one row. Only those of the first can be taken hold of; the others say what changes there. */
export function KeyLane({ set, keys, at, zoom, isFirst = false }: KeyLaneProps) {
  const { mayEdit } = useSession();
  const selected = useStore(setState, (state) => state.selected);
  const frame = useStore(setState, (state) => state.frame);
  const actions = useSetActions(set);
  const [drag, setDrag] = useState<{ id: string; from: number; by: number } | null>(null);
  const [first, end] = [keys[0], keys.at(-1)];
  const most = set.plan.frames - 1;
  const moved = (key: StagedKey) =>
    drag?.id === key.id ? Math.min(most, Math.max(0, Math.round(key.frame + drag.by / zoom))) : key.frame;
  return (
    <div className="lane">
      {first && end && first !== end ? (
        <i className="way" style={{ left: at(first.frame), width: at(end.frame) - at(first.frame) }} />
      ) : null}
      {keys.map((key) =>
        isFirst ? (
          <button
            key={key.id}
            type="button"
            className="key"
            aria-label={`Camera key at ${timecode(key.frame, set.plan.fps).slice(-8)}${key.name ? `, ${key.name}` : ""}`}
            aria-pressed={selected === `key:${key.id}` || (selected === "camera" && key.frame === frame)}
            style={{ left: at(moved(key)) }}
            onPointerDown={(event) => {
              event.stopPropagation();
              event.currentTarget.setPointerCapture(event.pointerId);
              changeSetState({ selected: `key:${key.id}`, frame: key.frame, playing: false });
              if (mayEdit && key.locked !== true) setDrag({ id: key.id, from: event.clientX, by: 0 });
            }}
            onPointerMove={(event) => {
              event.stopPropagation();
              if (drag) setDrag({ ...drag, by: event.clientX - drag.from });
            }}
            onPointerUp={() => {
              const to = moved(key);
              setDrag(null);
              if (to === key.frame) return;
              actions.moveKey(key.id, to);
              changeSetState({ frame: to });
            }}
            onClick={() => changeSetState({ selected: `key:${key.id}`, frame: key.frame })}
          />
        ) : (
          <i
            key={key.id}
            className="key"
            aria-hidden="true"
            data-now={key.frame === frame}
            style={{ left: at(moved(key)) }}
          />
        ),
      )}
    </div>
  );
}
