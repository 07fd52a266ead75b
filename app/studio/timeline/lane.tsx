import { memo } from "react";
import type { Clip } from "#domain/film/clip.ts";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { InputChange } from "#domain/film/staleness.ts";
import type { Track } from "#domain/film/track.ts";
import { endOf } from "#domain/film/timeline/cut.ts";
import type { JobView, TakeView } from "#domain/jobs/messages/views.ts";
import type { FrameRate } from "#domain/time.ts";
import { join } from "#app/ui/button.tsx";
import { takeOf } from "../player/playback-plan.ts";
import { useJobPreview } from "../session/use-jobs.ts";
import { ClipBlock, type ClipBlockProps, type PeerMark } from "./clip-block.tsx";
import type { Pixels } from "./scale.ts";
import type { Drag } from "./timeline-state.ts";

/** What clips are drawn from, looked up once for all lanes. */
export interface LaneScene {
  rate: FrameRate;
  shots: ReadonlyMap<string, Shot>;
  scenes: ReadonlyMap<string, Scene>;
  takes: readonly TakeView[];
  /** Running and queued renders by shot. */
  jobs: ReadonlyMap<string, JobView>;
  /** What of a shot has changed since a take of it. */
  changesOf(shot: Shot, take: TakeView): readonly InputChange[];
  marks: ReadonlyMap<string, PeerMark>;
  selected: ReadonlySet<string>;
  flashing: ReadonlySet<string>;
  sentenceOf(clip: Clip): string;
  nameOf(clip: Clip): string;
}

export interface LaneProps {
  track: Track;
  /** Clips of this track as they are to be drawn, by start. */
  clips: readonly Clip[];
  scene: LaneScene;
  zoom: number;
  from: Pixels;
  to: Pixels;
  editable: boolean;
  dragged: Drag | null;
  /** Where carried clips lie while they follow the hand, by id. */
  resting: ReadonlyMap<string, Clip>;
}

/** One track's clips; those outside the window are not drawn. */
export const Lane = memo(function Lane({ track, clips, scene, zoom, from, to, editable, dragged, resting }: LaneProps) {
  const inView = clips.filter((clip) => {
    const carried = dragged?.carried && dragged.ids.includes(clip.id);
    return carried || (endOf(clip) * zoom >= from && clip.start * zoom <= to);
  });
  return (
    <div
      className={join(
        "lane",
        track.kind === "video" ? "picture" : "sound",
        track.locked && "locked",
        track.hidden && "hidden",
      )}
      data-lane={track.id}
    >
      {inView.map((clip) => {
        const isCarried = dragged?.kind === "moving" && dragged.carried !== null && dragged.ids.includes(clip.id);
        // The clip itself follows the hand from where it lay; a dashed place shows where it would land.
        const lying = isCarried ? (resting.get(clip.id) ?? clip) : clip;
        return (
          <ClipOnLane
            key={clip.id}
            {...facts(lying, track, scene)}
            zoom={zoom}
            from={from}
            to={to}
            editable={editable && !track.locked}
            carried={isCarried ? dragged.carried : null}
            trimming={dragged?.kind === "trimming" && dragged.ids.includes(clip.id) ? dragged.edge : null}
          />
        );
      })}
      {dragged?.kind === "moving"
        ? inView
            .filter((clip) => dragged.ids.includes(clip.id))
            .map((clip) => (
              <span
                key={clip.id}
                className="landing"
                style={{ left: clip.start * zoom, width: Math.max(3, clip.duration * zoom - 1) }}
              />
            ))
        : null}
    </div>
  );
});

type Facts = Omit<ClipBlockProps, "zoom" | "from" | "to" | "editable" | "carried" | "trimming" | "preview">;

const none: readonly InputChange[] = [];

function facts(clip: Clip, track: Track, scene: LaneScene): Facts {
  const shot = (clip.shotId === undefined ? undefined : scene.shots.get(clip.shotId)) ?? null;
  const shots = shot ? [shot] : [];
  const take = takeOf(clip, { shots, asideShots: [] }, scene.takes);
  const newest = shot
    ? takeOf({ ...clip, takeId: "" }, { shots: [{ ...shot, takeId: "" }], asideShots: [] }, scene.takes)
    : null;
  return {
    clip,
    kind: track.kind,
    shot,
    take,
    changes: shot && take ? scene.changesOf(shot, take) : none,
    newer: take && newest && newest.number > take.number ? newest : null,
    scene: (shot && scene.scenes.get(shot.sceneId)) ?? null,
    job: (shot && scene.jobs.get(shot.id)) ?? null,
    rate: scene.rate,
    name: scene.nameOf(clip),
    sentence: scene.sentenceOf(clip),
    selected: scene.selected.has(clip.id),
    peer: scene.marks.get(clip.id) ?? null,
    flashing: scene.flashing.has(clip.id),
  };
}

function ClipOnLane(props: Omit<ClipBlockProps, "preview">) {
  const preview = useJobPreview(props.job?.id);
  return <ClipBlock {...props} preview={preview} />;
}
