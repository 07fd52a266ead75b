import {
  BetweenVerticalStart,
  Bookmark,
  Clapperboard,
  Magnet,
  Minus,
  MousePointer2,
  Music,
  Plus,
  Scissors,
} from "lucide-react";
import { timecode } from "#domain/time.ts";
import { isTerminal } from "#domain/jobs/lifecycle.ts";
import { Button } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Slider } from "#app/ui/slider.tsx";
import { toast } from "#app/ui/toast.tsx";
import { AddSound } from "../library/add-sound.tsx";
import { keepFocus } from "../player/keep-focus.ts";
import { playerSettings } from "../player/player-settings.ts";
import { sentenceOf } from "../session/api.ts";
import { useSession } from "../session/film-session.tsx";
import { useStore } from "../session/store.ts";
import { useFilm } from "../session/use-film.ts";
import { jobActions, useJobs } from "../session/use-jobs.ts";
import type { EditActions } from "./edit-actions.ts";
import { sliderToZoom, zoomToSlider } from "./scale.ts";
import { changeTimeline, timelineState } from "./timeline-state.ts";
import { toggleMagnet, toggleSnap } from "./use-timeline-keys.ts";

export interface ToolStripProps {
  actions: EditActions;
  /** The smallest zoom, px per frame. */
  lowest: number;
  zoomTo(zoom: number): void;
  zoomBy(factor: number): void;
  fit(): void;
}

export function ToolStrip({ actions, lowest, zoomTo, zoomBy, fit }: ToolStripProps) {
  const { mayEdit } = useSession();
  const { tool, snap, magnet, zoom } = useStore(timelineState, ({ tool, snap, magnet, zoom }) => ({
    tool,
    snap,
    magnet,
    zoom,
  }));
  const rate = useFilm((film) => film.meta.fps);
  const hasShots = useFilm((film) => film.shots.length > 0);
  return (
    <div className="timeline-tools" role="toolbar" aria-label="Timeline tools" onMouseDown={keepFocus}>
      <IconButton
        name="Select"
        shortcut="V"
        side="top"
        pressed={tool === "select"}
        onClick={() => changeTimeline({ tool: "select" })}
      >
        <MousePointer2 />
      </IconButton>
      <IconButton
        name="Blade"
        shortcut="C"
        side="top"
        disabled={!mayEdit}
        pressed={tool === "blade"}
        onClick={() => changeTimeline({ tool: "blade" })}
      >
        <Scissors />
      </IconButton>
      <IconButton
        name={magnet ? "Ripple on: gaps close by themselves" : "Ripple off: gaps are kept"}
        shortcut="B"
        side="top"
        disabled={!mayEdit}
        pressed={magnet}
        look={magnet ? "accent" : "plain"}
        onClick={toggleMagnet}
      >
        <BetweenVerticalStart />
      </IconButton>
      <span className="rule" />
      <IconButton name="Snap" shortcut="S" side="top" pressed={snap} onClick={toggleSnap}>
        <Magnet />
      </IconButton>
      <IconButton name="Marker" shortcut="M" side="top" disabled={!mayEdit} onClick={() => actions.mark()}>
        <Bookmark />
      </IconButton>
      <span className="rule" />
      <Button look="quiet" size="small" disabled={!mayEdit || !hasShots} onClick={() => actions.assembleBoard()}>
        <Clapperboard />
        Assemble from storyboard
      </Button>
      <MakeScore disabled={!mayEdit || !hasShots} />
      <AddSound disabled={!mayEdit} />
      <span className="grow" />
      <Marks />
      <IconButton name="Zoom out" shortcut="−" size="small" side="top" onClick={() => zoomBy(1 / 1.3)}>
        <Minus className="small" />
      </IconButton>
      <span className="zoom">
        <Slider
          label="Zoom"
          value={zoomToSlider(zoom, lowest, rate)}
          min={0}
          max={1}
          step={0.01}
          onChange={(value) => zoomTo(sliderToZoom(value, lowest, rate))}
        />
      </span>
      <IconButton name="Zoom in" shortcut="=" size="small" side="top" onClick={() => zoomBy(1.3)}>
        <Plus className="small" />
      </IconButton>
      <Button look="quiet" size="small" title="Fit the film (\)" onClick={fit}>
        Fit
      </Button>
    </div>
  );
}

/** The in and out marks, once there is one. */
function Marks() {
  const rate = useFilm((film) => film.meta.fps);
  const { markIn, markOut } = useStore(playerSettings, ({ markIn, markOut }) => ({ markIn, markOut }));
  if (markIn === null && markOut === null) return null;
  const length = markIn !== null && markOut !== null && markOut > markIn ? timecode(markOut - markIn, rate) : null;
  return (
    <span className="marks num small faint">
      {markIn === null ? null : <span>In {timecode(markIn, rate)}</span>}
      {markOut === null ? null : <span>Out {timecode(markOut, rate)}</span>}
      {length ? <span>{length}</span> : null}
    </span>
  );
}

/** Asks the engine for a score from the scenes; the director lays it on the timeline when it is done. */
function MakeScore({ disabled }: { disabled: boolean }) {
  const job = useJobs().jobs.find((one) => one.kind === "score" && !isTerminal(one.state));
  const make = () => {
    jobActions.makeScore().then(
      () => toast.say("Making the score. It will be placed on the audio track when it is ready."),
      (error: unknown) => toast.wrong(sentenceOf(error)),
    );
  };
  const percent = job && job.state !== "queued" ? ` ${Math.round(job.progress * 100)}%` : "";
  return (
    <Button
      look="quiet"
      size="small"
      disabled={disabled || job !== undefined}
      onClick={make}
      title="A temp score with ambience, made by the previz engine"
    >
      <Music />
      {job ? (job.state === "queued" ? "Score queued" : `Making score${percent}`) : "Make score"}
    </Button>
  );
}
