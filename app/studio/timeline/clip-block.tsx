import { ArrowUp, CircleDashed, Clock, Link2Off } from "lucide-react";
import { memo, type CSSProperties } from "react";
import type { Clip } from "#domain/film/clip.ts";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { InputChange } from "#domain/film/staleness.ts";
import type { JobView, TakeView } from "#domain/jobs/messages/views.ts";
import type { FrameRate } from "#domain/time.ts";
import { join } from "#app/ui/button.tsx";
import { NameTag } from "#app/ui/avatar.tsx";
import { shotTypeNames } from "#domain/film/shot.ts";
import { changesSentence } from "../board/change-words.ts";
import { cardText } from "../board/shot-words.ts";
import { Sketch } from "../board/sketch.tsx";
import type { Pixels } from "./scale.ts";
import { Waveform } from "./waveform.tsx";

/** Somebody else's hand on a clip. */
export interface PeerMark {
  name: string;
  color: string;
  /** e.g. `is trimming`; null when only selected. */
  doing: string | null;
}

export interface ClipBlockProps {
  clip: Clip;
  /** For screen readers: name, start, length. */
  sentence: string;
  name: string;
  kind: "video" | "audio";
  shot: Shot | null;
  scene: Scene | null;
  take: TakeView | null;
  /** What of the shot has changed since the take: it is stale where there is any. */
  changes: readonly InputChange[];
  /** The shot's newest take, when it is newer than the one that plays. */
  newer: TakeView | null;
  job: JobView | null;
  preview: string | null;
  rate: FrameRate;
  zoom: number;
  /** The window that is in view, px. */
  from: Pixels;
  to: Pixels;
  selected: boolean;
  peer: PeerMark | null;
  flashing: boolean;
  editable: boolean;
  /** While a hand carries it: how far from where it lies. */
  carried: { x: number; y: number } | null;
  trimming: "in" | "out" | null;
}

/** One clip. Gestures are read by the lanes, from the data attributes here. */
export const ClipBlock = memo(function ClipBlock(props: ClipBlockProps) {
  const { clip, kind, zoom, selected, peer, carried, trimming } = props;
  const left = clip.start * zoom;
  // One pixel of bed between neighbours, so that a cut is seen.
  const width = Math.max(3, clip.duration * zoom - 1);
  const style: Record<string, string | number> = { left, width, "--c": peer?.color ?? "var(--accent)" };
  if (kind === "video") style["--k"] = `var(--scene-${(((props.scene?.number ?? 1) + 4) % 5) + 1})`;
  if (carried) style.transform = `translate(${carried.x}px, ${carried.y}px)`;
  return (
    <div className={join("clip-place", carried && "carried")} style={style as CSSProperties}>
      <button
        type="button"
        className={join(
          "clip",
          kind === "video" ? "picture" : "sound",
          selected && "selected",
          peer && "peer",
          props.flashing && "flash",
        )}
        data-clip={clip.id}
        data-shot={clip.shotId}
        data-state={stateOf(props)}
        aria-label={props.sentence}
        aria-pressed={selected}
      >
        {kind === "video" ? (
          <PictureFace {...props} width={width} />
        ) : (
          <SoundFace {...props} left={left} width={width} />
        )}
      </button>
      {props.editable ? (
        <>
          <span className="trim-edge" data-edge="in" data-clip={clip.id} data-active={trimming === "in"} />
          <span className="trim-edge" data-edge="out" data-clip={clip.id} data-active={trimming === "out"} />
        </>
      ) : null}
      {peer?.doing ? (
        <span className="clip-busy">
          <NameTag color={peer.color}>
            {peer.name} {peer.doing}
          </NameTag>
        </span>
      ) : null}
    </div>
  );
});

function stateOf({ kind, take, job }: ClipBlockProps): string {
  if (kind === "audio") return "sound";
  if (job) return job.state === "queued" ? "queued" : "rendering";
  return take ? "ready" : "empty";
}

function PictureFace({
  name,
  shot,
  scene,
  take,
  changes,
  newer,
  job,
  preview,
  width,
}: ClipBlockProps & { width: Pixels }) {
  const poster = preview ?? take?.posterUrl;
  const percent = job && job.state !== "queued" ? `${Math.round(job.progress * 100)}%` : null;
  return (
    <>
      <span className="clip-head">
        <b>{name}</b>
        {width > 44 ? (
          <span className="cut">{shot ? cardText(shot) || shotTypeNames[shot.type] : "Set aside"}</span>
        ) : null}
      </span>
      <span
        className="clip-strip"
        data-narrow={width < 140}
        style={poster ? { backgroundImage: `url("${poster}")` } : undefined}
      >
        {!poster && shot ? <ShotSketch shot={shot} scene={scene} /> : null}
      </span>
      {width > 26 ? (
        <span className="clip-badges">
          {percent ? (
            <span className="plate running">{percent}</span>
          ) : job ? (
            <span className="plate">
              <Clock />
              {width > 70 ? "Queued" : null}
            </span>
          ) : take ? (
            <span
              className={join("plate", changes.length > 0 && "stale")}
              title={changes.length > 0 ? changesSentence(changes, take.number) : undefined}
            >
              {changes.length > 0 ? <CircleDashed /> : null}T{take.number}
              {changes.length > 0 && width > 88 ? " Stale" : null}
              {width > (changes.length > 0 ? 150 : 88) ? <span className="engine">{take.engine}</span> : null}
            </span>
          ) : (
            <span className="plate">{width > 70 ? "No take" : "–"}</span>
          )}
          {newer && width > 64 ? (
            <span className="plate newer">
              <ArrowUp />T{newer.number}
            </span>
          ) : null}
        </span>
      ) : null}
      {percent ? <span className="clip-progress" style={{ width: percent }} /> : null}
    </>
  );
}

function SoundFace({
  clip,
  name,
  rate,
  zoom,
  from,
  to,
  left,
  width,
}: ClipBlockProps & { left: Pixels; width: Pixels }) {
  const begin = Math.max(0, Math.min(width, from - left));
  const end = Math.max(begin, Math.min(width, to - left));
  return (
    <>
      <span className="clip-title cut">{name}</span>
      {clip.assetId === undefined ? (
        <span className="clip-note">
          <Link2Off className="small" /> No sound
        </span>
      ) : end > begin ? (
        <Waveform clip={clip} rate={rate} zoom={zoom} from={begin} to={end} />
      ) : null}
    </>
  );
}

/** For as long as there is no picture: how it will be framed. */
function ShotSketch({ shot, scene }: { shot: Shot; scene: Scene | null }) {
  const { id, sceneId, type, move } = shot;
  const place = { setting: scene?.setting ?? "", time: scene?.time ?? "" };
  return (
    <span className="clip-sketch" title={shotTypeNames[type]}>
      <Sketch id={id} sceneId={sceneId} type={type} move={move} people={shot.characters.length} {...place} />
    </span>
  );
}
