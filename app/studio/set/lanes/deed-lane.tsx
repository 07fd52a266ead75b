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
import { Deed, type DeedChanges } from "./deed.tsx";
import { snappedBy, type LaneScale } from "./lane-scale.ts";
import { snapFrames } from "./snap-frames.ts";
import { useLaneDrag, type LaneHold } from "./use-lane-drag.ts";
import { useLaneHold } from "./use-lane-hold.ts";

/** What a deed is called while it is in the hand or its menu is open, whatever becomes of the others. */
const nameOf = ({ id, fromFrame }: DeedSpan): string => id ?? `rule ${fromFrame}`;

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
  // Others may cut one meanwhile: a place in the row is no name.
  const placeOf = (id: string) => spans.findIndex((span) => nameOf(span) === id);
  const after = ({ id, grip, by, isFree }: LaneHold): DeedSpan[] => {
    const index = placeOf(id);
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
  const held = hold === null ? null : (shown[placeOf(hold.id)] ?? null);
  useLaneHold(held && `deed:${who}`, held?.fromFrame ?? 0, held?.toFrame ?? 0);
  const changes: DeedChanges = {
    motion(name, to) {
      const index = placeOf(name);
      if (index >= 0) actions.deeds(who, spans.with(index, changedTo(spans[index]!, to)));
    },
    split(name, frame) {
      const next = splitSpan(spans, placeOf(name), frame);
      if (next.length > spans.length) actions.deeds(who, next);
    },
    remove(name) {
      const index = placeOf(name);
      if (index < 0) return;
      // With no deed at all the script's would be back.
      const stands = { ...changedTo(spans[index]!, "stand"), fromFrame: 0, toFrame: plan.frames };
      actions.deeds(who, spans.length === 1 ? [stands] : spans.toSpliced(index, 1));
    },
    restore: () => actions.deeds(who, []),
  };
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
          onGrip={(event: React.PointerEvent, grip: SpanGrip) => start(event, nameOf(spans[index]!), grip)}
          onNudge={(grip, by) => write(movedSpans(spans, index, grip, by, room))}
          name={nameOf(spans[index]!)}
          onChange={changes}
        />
      ))}
      {ghosts.map(({ clientId, name, color, span }) => (
        <span
          key={clientId}
          className="deed ghost"
          title={`${name} is retiming it`}
          style={ghostStyle(scale, span ?? { from: 0, to: 0 }, color)}
        />
      ))}
    </div>
  );
}

function ghostStyle({ at }: LaneScale, { from, to }: { from: number; to: number }, color: string): React.CSSProperties {
  return { left: at(from), width: Math.max(4, at(to) - at(from)), "--c": color } as React.CSSProperties;
}
