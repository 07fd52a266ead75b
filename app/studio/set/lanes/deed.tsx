import { Check } from "lucide-react";
import type { DeedSpan, SpanGrip } from "#domain/film/deed-spans.ts";
import { motions, type Motion } from "#domain/screenplay/scene-plan.ts";
import { slateLength } from "#app/studio/board/shot-words.ts";
import { ContextMenu } from "#app/ui/menu.tsx";
import { setState } from "../set-state.ts";
import { motionNames } from "../set-words.ts";
import type { ShotSet } from "../use-set.ts";
import type { LaneScale } from "./lane-scale.ts";

export interface DeedChanges {
  motion(to: Motion): void;
  split(frame: number): void;
  remove(): void;
}

interface DeedProps {
  set: ShotSet;
  who: string;
  span: DeedSpan;
  scale: LaneScale;
  isHeld: boolean;
  mayEdit: boolean;
  onChoose(): void;
  onGrip(event: React.PointerEvent, grip: SpanGrip): void;
  onNudge(grip: SpanGrip, by: number): void;
  onChange: DeedChanges;
}

/** One deed in its lane. */
export function Deed({ set, who, span, scale, isHeld, mayEdit, onChoose, onGrip, onNudge, onChange }: DeedProps) {
  const { plan } = set;
  const [from, to] = [scale.at(span.fromFrame), scale.at(Math.min(span.toFrame, scale.last))];
  const words = motionNames[span.motion];
  const [start, end] = [span.fromFrame, span.toFrame].map((frame) => slateLength(frame, plan.fps));
  const grip = (event: React.PointerEvent, by: SpanGrip) => {
    onChoose();
    if (mayEdit) onGrip(event, by);
    else event.stopPropagation();
  };
  const face = (
    <button
      type="button"
      className="deed"
      aria-label={`${who}: ${words}, ${start} to ${end}`}
      aria-keyshortcuts="ArrowLeft ArrowRight"
      data-held={isHeld}
      style={{ left: from, width: Math.max(4, to - from) }}
      onPointerDown={(event) => grip(event, "move")}
      onFocus={onChoose}
      onKeyDown={(event) => {
        if (mayEdit) byKey(event, onNudge, onChange.remove);
      }}
    >
      <span className="cut">{words}</span>
      {mayEdit ? (
        <>
          <i className="edge start" onPointerDown={(event) => grip(event, "start")} />
          <i className="edge end" onPointerDown={(event) => grip(event, "end")} />
        </>
      ) : null}
    </button>
  );
  if (!mayEdit) return face;
  return (
    <ContextMenu
      items={[
        { name: "Cut at the playhead", run: () => onChange.split(setState.get().frame) },
        { name: "Remove", shortcut: "Delete", danger: true, run: onChange.remove },
        "line",
        { label: `${who} …` },
        ...motions.map((motion) => ({
          name: motionNames[motion],
          ...(motion === span.motion ? { icon: <Check className="small" /> } : {}),
          run: () => onChange.motion(motion),
        })),
      ]}
    >
      {face}
    </ContextMenu>
  );
}

/** Arrows move it by a frame, with Shift by ten; with Ctrl they trim its end, with Ctrl and Alt its start. */
function byKey(event: React.KeyboardEvent, nudge: DeedProps["onNudge"], remove: () => void): void {
  if (event.key === "Delete" || event.key === "Backspace") remove();
  else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    const by = (event.key === "ArrowLeft" ? -1 : 1) * (event.shiftKey ? 10 : 1);
    nudge(event.ctrlKey || event.metaKey ? (event.altKey ? "start" : "end") : "move", by);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}
