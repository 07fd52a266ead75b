import { CircleAlert, CircleDashed, Clock, LoaderCircle } from "lucide-react";
import { memo, type CSSProperties } from "react";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import { timecode, type FrameRate } from "#domain/time.ts";
import { ElementChips } from "#app/studio/elements/element-chips.tsx";
import { NameTag } from "#app/ui/avatar.tsx";
import { ProgressBar } from "#app/ui/progress-bar.tsx";
import { StateLabel } from "#app/ui/state-label.tsx";
import { changesSentence } from "./change-words.ts";
import type { ShotState } from "./shot-state.ts";
import { ShotPicture } from "./shot-picture.tsx";
import { cardText, framingWords } from "./shot-words.ts";
import { useShotWork } from "./use-shot-work.ts";
import "./shot-card.css";

export interface ShotCardProps {
  shot: Shot;
  scene: Pick<Scene, "setting" | "time"> | null;
  fps: FrameRate;
  selected?: boolean;
  peer?: { name: string; color: string } | null;
  /** Is in the hand: drawn above everything, a little turned. */
  lifted?: boolean;
}

/** The face of a shot on the board. What the pointer and keys do with it is the list's business. */
export const ShotCard = memo(function ShotCard({ shot, scene, fps, selected, peer, lifted }: ShotCardProps) {
  const { state, take, picture, madeBy } = useShotWork(shot.id);
  const text = cardText(shot);
  return (
    <div
      className="shot-card"
      data-selected={selected}
      data-peer={peer != null}
      data-lifted={lifted}
      style={peer ? ({ "--c": peer.color } as CSSProperties) : undefined}
    >
      {peer ? <NameTag color={peer.color}>{peer.name}</NameTag> : null}
      <div className="shot-card-picture">
        <ShotPicture shot={shot} scene={scene} picture={picture} />
        {take && picture?.kind !== "live" ? (
          <span className="plate shot-card-take" title={`Take ${take.number}, made by ${take.engine}`}>
            T{take.number} <small>{take.engine}</small>
          </span>
        ) : null}
        {picture?.kind === "live" || picture?.kind === "thumbnail" ? (
          <span className="plate shot-card-take">
            {picture.kind === "live" ? "Live" : "Thumbnail"} {madeBy ? <small>{madeBy}</small> : null}
          </span>
        ) : null}
        <span className="plate shot-card-length" title={`${shot.durationFrames} frames`}>
          {timecode(shot.durationFrames, fps)}
        </span>
        {state.kind === "running" ? (
          <div className="shot-card-progress">
            <ProgressBar fraction={state.fraction} label={`Rendering ${shot.number}`} />
          </div>
        ) : null}
      </div>
      <div className="shot-card-text">
        <div className="shot-card-head">
          <b>{shot.number}</b>
          <span className="faint cut">{framingWords(shot)}</span>
          <CardState state={state} />
        </div>
        <p className={text === "" ? "faint" : ""}>{text === "" ? "Nothing is written here yet." : text}</p>
        {state.kind === "failed" ? <p className="shot-card-reason">{state.reason}</p> : null}
        <ElementChips shot={shot} />
      </div>
    </div>
  );
});

export function CardState({ state }: { state: ShotState }) {
  switch (state.kind) {
    case "draft":
      return <StateLabel state="draft">Draft</StateLabel>;
    case "queued":
      return (
        <span className="ui-state num" data-state="queued">
          <Clock />
          {state.position === null ? "Queued" : `Queued #${state.position}`}
        </span>
      );
    case "running":
      return (
        <span
          className="ui-state num"
          data-state="running"
          aria-label={`Rendering ${Math.round(state.fraction * 100)}%`}
        >
          <LoaderCircle className="shot-spin" />
          {Math.round(state.fraction * 100)}%
        </span>
      );
    case "cancelling":
      return (
        <span className="ui-state" data-state="queued">
          <LoaderCircle className="shot-spin" />
          Cancelling
        </span>
      );
    case "failed":
      return (
        <span className="ui-state" data-state="failed" title={state.reason}>
          <CircleAlert />
          Failed
        </span>
      );
    case "ready":
      if (state.changes.length > 0)
        return (
          <span className="ui-state" data-state="stale" title={changesSentence(state.changes, state.take.number)}>
            <CircleDashed />
            Stale
          </span>
        );
      return <StateLabel state="ready">{`T${state.take.number}`}</StateLabel>;
  }
}
