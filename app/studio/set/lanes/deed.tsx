import { timecode } from "#domain/time.ts";
import { Check } from "lucide-react";
import { useRef } from "react";
import type { DeedSpan, SpanGrip } from "#domain/film/deed-spans.ts";
import { motions, type Motion } from "#domain/screenplay/scene-plan.ts";
import { ContextMenu } from "#app/ui/menu.tsx";
import { setState } from "../set-state.ts";
import { motionNames } from "../set-words.ts";
import type { ShotSet } from "../use-set.ts";
import type { LaneScale } from "./lane-scale.ts";

/** What can be done to a deed by its name; to one that is gone, nothing. */
export interface DeedChanges {
  motion(name: string, to: Motion): void;
  split(name: string, frame: number): void;
  remove(name: string): void;
  /** The script says again what this person does. */
  restore(): void;
}

interface DeedProps {
  set: ShotSet;
  who: string;
  name: string;
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
export function Deed({ set, who, name, span, scale, isHeld, mayEdit, onChoose, onGrip, onNudge, onChange }: DeedProps) {
  const { plan } = set;
  const [from, to] = [scale.at(span.fromFrame), scale.at(Math.min(span.toFrame, scale.last))];
  const words = motionNames[span.motion];
  const opened = useRef(name);
  const [start, end] = [span.fromFrame, span.toFrame].map((frame) => timecode(frame, plan.fps));
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
        byKey(event, mayEdit ? onNudge : nothing, mayEdit ? () => onChange.remove(name) : nothing);
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
      onOpenChange={(isOpen) => {
        if (isOpen) opened.current = name;
      }}
      items={[
        { name: "Split at playhead", run: () => onChange.split(opened.current, setState.get().frame) },
        { name: "Remove", shortcut: "Delete", danger: true, run: () => onChange.remove(opened.current) },
        ...(span.id === null ? [] : [{ name: "Reset to script", run: onChange.restore }]),
        "line",
        { label: `${who} …` },
        ...motions.map((motion) => ({
          name: motionNames[motion],
          ...(motion === span.motion ? { icon: <Check className="small" /> } : {}),
          run: () => onChange.motion(opened.current, motion),
        })),
      ]}
    >
      {face}
    </ContextMenu>
  );
}

/** Keys on what is locked are for it all the same, not for whoever does it. */
const nothing = () => undefined;

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
