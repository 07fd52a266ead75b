import { timecode } from "#domain/time.ts";
import type { CSSProperties } from "react";
import { movedSpans, type Stretch } from "#domain/film/deed-spans.ts";
import { burningIn } from "#domain/film/light-burns.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import type { SetPerson } from "../set-presence.ts";
import { changeSetState, setState } from "../set-state.ts";
import { innerId, type Thing } from "../things.ts";
import { useSetActions } from "../use-set-actions.ts";
import type { ShotSet } from "../use-set.ts";
import { snappedBy, type LaneScale } from "./lane-scale.ts";
import { snapFrames } from "./snap-frames.ts";
import { useLaneDrag, type LaneHold } from "./use-lane-drag.ts";
import { useLaneHold } from "./use-lane-hold.ts";

interface LightLaneProps {
  set: ShotSet;
  thing: Thing;
  scale: LaneScale;
  others: readonly SetPerson[];
}

/** From when to when a light burns in the shot: all the time unless somebody trims it. */
export function LightLane({ set, thing, scale, others }: LightLaneProps) {
  const { mayEdit } = useSession();
  const actions = useSetActions(set);
  const snaps = useStore(setState, (state) => state.snaps);
  const isChosen = useStore(setState, ({ selected }) => selected === thing.id);
  const { plan } = set;
  const light = set.staging.lights.find(({ id }) => id === innerId(thing.id));
  const here = set.staging.burns.find((burn) => burn.light === light?.id);
  const burning = burningIn(plan.frames, here);
  const span: Stretch = { fromFrame: burning.from, toFrame: burning.to, locked: thing.locked };
  const after = ({ grip, by, isFree }: LaneHold): Stretch => {
    const edges =
      grip === "start" ? [span.fromFrame] : grip === "end" ? [span.toFrame] : [span.fromFrame, span.toFrame];
    const targets = snaps && !isFree ? snapFrames(set, null, -1) : [];
    return movedSpans([span], 0, grip, snappedBy(by, edges, targets, scale.zoom), {
      frames: plan.frames,
      least: 1,
    })[0]!;
  };
  const write = ({ fromFrame, toFrame }: Stretch) => {
    if (fromFrame === span.fromFrame && toFrame === span.toFrame) return;
    const isWhole = fromFrame === 0 && toFrame === plan.frames;
    actions.burns(innerId(thing.id), isWhole ? null : { from: fromFrame, to: toFrame });
  };
  const { hold, start } = useLaneDrag(scale.zoom, (dropped) => write(after(dropped)));
  const shown = hold === null ? span : after(hold);
  useLaneHold(hold && thing.id, shown.fromFrame, shown.toFrame);
  const holder = others.find((other) => other.span?.id === thing.id);
  const [from, to] = [scale.at(shown.fromFrame), scale.at(Math.min(shown.toFrame, scale.last))];
  const grip = (event: React.PointerEvent, by: LaneHold["grip"]) => {
    changeSetState({ selected: thing.id });
    if (mayEdit && !thing.locked) start(event, thing.id, by);
    else event.stopPropagation();
  };
  const [begins, ends] = [shown.fromFrame, shown.toFrame].map((frame) => timecode(frame, plan.fps));
  return (
    <div className="lane deeds" data-chosen={isChosen}>
      <button
        type="button"
        className="deed light"
        data-held={hold !== null}
        aria-label={`${thing.name}, on from ${begins} to ${ends}`}
        style={{ left: from, width: Math.max(4, to - from), "--k": light?.colour ?? "#ffffff" } as CSSProperties}
        onPointerDown={(event) => grip(event, "move")}
        onFocus={() => changeSetState({ selected: thing.id })}
        onDoubleClick={() => {
          if (mayEdit && !thing.locked) write({ fromFrame: 0, toFrame: plan.frames });
        }}
        onKeyDown={(event) => {
          const by = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
          if (by === 0 || !mayEdit) return;
          event.preventDefault();
          event.stopPropagation();
          const way = event.ctrlKey || event.metaKey ? (event.altKey ? "start" : "end") : "move";
          const size = { frames: plan.frames, least: 1 };
          write(movedSpans([span], 0, way, by * (event.shiftKey ? 10 : 1), size)[0]!);
        }}
      >
        <span className="cut">{here ? "On" : ""}</span>
        {mayEdit && !thing.locked ? (
          <>
            <i className="edge start" onPointerDown={(event) => grip(event, "start")} />
            <i className="edge end" onPointerDown={(event) => grip(event, "end")} />
          </>
        ) : null}
      </button>
      {holder?.span ? (
        <span
          className="deed ghost"
          style={
            {
              left: scale.at(holder.span.from),
              width: Math.max(4, scale.at(holder.span.to) - scale.at(holder.span.from)),
              "--c": holder.color,
            } as CSSProperties
          }
        />
      ) : null}
    </div>
  );
}
