import { useMemo } from "react";
import { changedTo, deedSpans, movedSpans, splitSpan, type DeedSpan, type SpanGrip } from "#domain/film/deed-spans.ts";
import { canonicalName } from "#domain/screenplay/plan/plan-cast.ts";
import type { PlannedCharacter } from "#domain/screenplay/scene-plan.ts";
import { nameWords } from "#app/studio/board/shot-words.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import type { SetPerson } from "../set-presence.ts";
import { changeSetState, setState } from "../set-state.ts";
import { personId } from "../things.ts";
import { useSetActions } from "../use-set-actions.ts";
import type { ShotSet } from "../use-set.ts";
import { Deed } from "./deed.tsx";
import { snappedBy, type LaneScale } from "./lane-scale.ts";
import { snapFrames } from "./snap-frames.ts";
import { useLaneDrag, type LaneHold } from "./use-lane-drag.ts";
import { useLaneHold } from "./use-lane-hold.ts";

/** A deed is at least so long as one can see it. */
const leastSeconds = 0.25;

interface DeedLaneProps {
  set: ShotSet;
  person: PlannedCharacter;
  scale: LaneScale;
  others: readonly SetPerson[];
}

/** What somebody does when; taken by the middle it moves, by an end it is trimmed. */
export function DeedLane({ set, person, scale, others }: DeedLaneProps) {
  const { mayEdit } = useSession();
  const actions = useSetActions(set);
  const { plan, staging } = set;
  const who = canonicalName(person.name);
  const isChosen = useStore(setState, ({ selected }) => selected === personId(person.name));
  const snaps = useStore(setState, (state) => state.snaps);
  const spans = useMemo(() => deedSpans(person, plan, staging.deeds), [person, plan, staging.deeds]);
  const room = {
    frames: plan.frames,
    least: Math.max(1, Math.round((leastSeconds * plan.fps.num) / plan.fps.den)),
  };
  const after = ({ id, grip, by, isFree }: LaneHold): DeedSpan[] => {
    const index = Number(id);
    const span = spans[index];
    if (span === undefined) return spans;
    const edges = grip === "move" ? [span.fromFrame, span.toFrame] : [grip === "start" ? span.fromFrame : span.toFrame];
    const targets = snaps && !isFree ? snapFrames(set, who, index) : [];
    return movedSpans(spans, index, grip, snappedBy(by, edges, targets, scale.zoom), room);
  };
  const write = (next: DeedSpan[]) => {
    const isSame = next.every(
      (span, index) => span.fromFrame === spans[index]?.fromFrame && span.toFrame === spans[index].toFrame,
    );
    if (!isSame) actions.deeds(who, next);
  };
  const { hold, start } = useLaneDrag(scale.zoom, (dropped) => write(after(dropped)));
  const shown = hold === null ? spans : after(hold);
  const held = hold === null ? null : (shown[Number(hold.id)] ?? null);
  useLaneHold(held && `deed:${who}`, held?.fromFrame ?? 0, held?.toFrame ?? 0);
  const ghosts = others.filter(({ span }) => span?.id === `deed:${who}`);
  return (
    <div className="lane deeds" data-chosen={isChosen}>
      {shown.map((span, index) => (
        <Deed
          key={index}
          set={set}
          who={nameWords(person.name)}
          span={span}
          scale={scale}
          isHeld={held === span}
          mayEdit={mayEdit && span.locked !== true}
          onChoose={() => changeSetState({ selected: personId(person.name) })}
          onGrip={(event: React.PointerEvent, grip: SpanGrip) => start(event, String(index), grip)}
          onNudge={(grip, by) => write(movedSpans(spans, index, grip, by, room))}
          onChange={{
            motion: (to) =>
              actions.deeds(
                who,
                spans.map((each, place) => (place === index ? changedTo(each, to) : each)),
              ),
            split(frame) {
              const next = splitSpan(spans, index, frame);
              if (next.length > spans.length) actions.deeds(who, next);
            },
            remove: () => actions.deeds(who, spans.toSpliced(index, 1)),
          }}
        />
      ))}
      {ghosts.map(({ clientId, name, color, span }) => (
        <span
          key={clientId}
          className="deed ghost"
          title={`${name} is timing it`}
          style={ghostStyle(scale, span ?? { from: 0, to: 0 }, color)}
        />
      ))}
    </div>
  );
}

function ghostStyle({ at }: LaneScale, { from, to }: { from: number; to: number }, color: string): React.CSSProperties {
  return { left: at(from), width: Math.max(4, at(to) - at(from)), "--c": color } as React.CSSProperties;
}
