import { Clapperboard } from "lucide-react";
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from "react";
import { changesSince } from "#domain/film/staleness.ts";
import { filmLength, layOut } from "#domain/film/timeline/cut.ts";
import type { Track } from "#domain/film/track.ts";
import { isTerminal } from "#domain/jobs/lifecycle.ts";
import { Button } from "#app/ui/button.tsx";
import { togglePlay } from "../player/move-playhead.ts";
import { playerSettings } from "../player/player-settings.ts";
import { useOpenFilm, useSession } from "../session/film-session.tsx";
import { useStore } from "../session/store.ts";
import { transport } from "../session/transport.ts";
import { useFilm, useReadFilm } from "../session/use-film.ts";
import { useJobs } from "../session/use-jobs.ts";
import { usePeersSlice, usePresence } from "../session/use-peers.ts";
import { useSelection } from "../session/use-selection.ts";
import { useAllTakes } from "../session/use-takes.ts";
import { clipName, clipSentence } from "./clip-words.ts";
import { DragTip, SnapLine } from "./drag-marks.tsx";
import { editActions, type EditActions } from "./edit-actions.ts";
import { Lane, type LaneScene } from "./lane.tsx";
import { PeerCursors, timelineSurface } from "./peer-cursors.tsx";
import { marksOn } from "./peer-marks.ts";
import { PeerPlayheads, Playhead } from "./playheads.tsx";
import { Ruler } from "./ruler.tsx";
import { changeTimeline, drag, spoken, timelineState } from "./timeline-state.ts";
import { ToolStrip } from "./tool-strip.tsx";
import { TrackHead } from "./track-head.tsx";
import { useFlashing } from "./use-flashing.ts";
import { useGestures } from "./use-gestures.ts";
import { usePlayheadPresence } from "./use-playhead-presence.ts";
import { useTimelineKeys } from "./use-timeline-keys.ts";
import { useZoom } from "./use-zoom.ts";
import "./timeline.css";

/** The cut: tools, ruler, tracks with their clips, everybody's playheads. */
export function Timeline() {
  const session = useSession();
  const readFilm = useReadFilm();
  const selection = useSelection();
  const presence = usePresence();
  const { selection: chosen } = useOpenFilm();
  const { selectShots, selectClips } = selection;
  const readSelection = useCallback(
    () => ({ ...chosen.get(), selectShots, selectClips }),
    [chosen, selectShots, selectClips],
  );
  const actions = useMemo(
    () => editActions({ session, film: readFilm, selection: readSelection }),
    [session, readFilm, readSelection],
  );

  const scroller = useRef<HTMLDivElement>(null);
  const lanes = useRef<HTMLDivElement>(null);
  const [marquee, setMarquee] = useState<{ left: number; top: number; width: number; height: number } | null>(null);
  const zooming = useZoom(scroller);
  const onPointerDown = useGestures({
    scroller,
    lanes,
    film: readFilm,
    selection: readSelection,
    actions,
    presence,
    mayEdit: session.mayEdit,
    onMarquee: setMarquee,
  });
  useTimelineKeys({ film: readFilm, selection: readSelection, actions, zoomBy: zooming.zoomBy, fit: zooming.fit });
  usePlayheadPresence();
  useFollowPlayhead(scroller);

  const showPointer = (event: PointerEvent) => {
    const box = lanes.current?.getBoundingClientRect();
    if (!box) return;
    presence.set({
      pointer: {
        surface: timelineSurface,
        x: (event.clientX - box.left) / timelineState.get().zoom,
        y: event.clientY - box.top,
      },
    });
  };

  const film = useFilm(({ clips, tracks, markers, comments, meta, shots }) => ({
    clips,
    tracks,
    markers,
    comments,
    fps: meta.fps,
    hasShots: shots.length > 0,
  }));
  const dragged = useStore(drag, (one) => one);
  const { zoom, tool, scroll, width } = useStore(timelineState, ({ zoom, tool, scroll, width }) => ({
    zoom,
    tool,
    scroll,
    width,
  }));
  const { markIn, markOut } = useStore(playerSettings, ({ markIn, markOut }) => ({ markIn, markOut }));
  const scene = useLaneScene();
  const laid = useMemo(() => layOut(film.clips), [film.clips]);
  const resting = useMemo(() => new Map(laid.map((clip) => [clip.id, clip])), [laid]);
  const drawn = dragged?.clips ?? laid;
  const length = filmLength(drawn);
  // Room to drop behind the end.
  const content = Math.max(width, length * zoom + Math.max(240, width * 0.4));
  // In steps, so that scrolling does not draw all lanes anew at every pixel.
  const from = Math.floor((scroll - 400) / 200) * 200;
  const to = from + width + 1200;
  const isEmpty = film.clips.length === 0;
  const labels = labelsOf(film.tracks);

  return (
    <section
      className="timeline"
      aria-label="Timeline"
      data-tool={tool}
      data-dragging={dragged?.kind}
      onKeyDown={playFromClip}
    >
      <ToolStrip
        actions={actions}
        lowest={zooming.lowest}
        zoomTo={zooming.zoomTo}
        zoomBy={zooming.zoomBy}
        fit={zooming.fit}
      />
      <div
        ref={scroller}
        className="timeline-scroll"
        onPointerDown={onPointerDown}
        onPointerMove={showPointer}
        onPointerLeave={() => presence.set({ pointer: null })}
        onAuxClick={(event) => event.preventDefault()}
      >
        <div className="timeline-sheet" style={{ width: headWidth + content }}>
          <div className="timeline-row ruler-row">
            <div className="ruler-head num">{Math.round((film.fps.num / film.fps.den) * 100) / 100} fps</div>
            <Ruler
              rate={film.fps}
              zoom={zoom}
              from={from}
              to={to}
              markers={film.markers}
              comments={film.comments}
              markIn={markIn}
              markOut={markOut}
            />
          </div>
          {stacked(film.tracks).map((track) => (
            <div key={track.id} className="timeline-row" data-kind={track.kind}>
              <TrackHead track={track} label={labels.get(track.id) ?? ""} />
              <Lane
                track={track}
                clips={drawn.filter((clip) => clip.trackId === track.id)}
                scene={scene}
                zoom={zoom}
                from={from}
                to={to}
                editable={session.mayEdit}
                dragged={dragged}
                resting={resting}
              />
            </div>
          ))}
          <div ref={lanes} className="timeline-over" style={{ left: headWidth, width: content }}>
            {marquee ? <div className="marquee" style={marquee} /> : null}
            <SnapLine />
            <PeerPlayheads />
            <Playhead />
            <DragTip lanes={lanes} />
            <PeerCursors />
          </div>
        </div>
        {isEmpty ? <NothingCut hasShots={film.hasShots} mayEdit={session.mayEdit} actions={actions} /> : null}
      </div>
      <Announcer />
    </section>
  );
}

/** On a clip Space means the film: the clip is pressed with Enter. */
function playFromClip(event: KeyboardEvent): void {
  if (event.key !== " " || !(event.target instanceof Element) || event.target.closest("button.clip") === null) return;
  event.preventDefault();
  togglePlay();
}

/** Width of the track heads; the same in the style sheet. */
const headWidth = 176;

/** As people see them: upper video tracks first, then the sounds. */
function stacked(tracks: readonly Track[]): Track[] {
  return [
    ...tracks.filter((track) => track.kind === "video").reverse(),
    ...tracks.filter((track) => track.kind === "audio"),
  ];
}

function labelsOf(tracks: readonly Track[]): Map<string, string> {
  const counts = { video: 0, audio: 0 };
  return new Map(
    tracks.map((track) => [track.id, `${track.kind === "video" ? "V" : "A"}${(counts[track.kind] += 1)}`]),
  );
}

function useLaneScene(): LaneScene {
  const film = useFilm(({ shots, asideShots, scenes, asideScenes, elements, staging, meta }) => ({
    ...{ shots, asideShots, scenes, asideScenes, elements, staging, meta },
  }));
  const takes = useAllTakes();
  const { jobs } = useJobs();
  const { clipIds } = useSelection();
  const peers = usePeersSlice((all) => all);
  const flashing = useFlashing();
  return useMemo(() => {
    const { shots, asideShots, scenes, meta } = film;
    const running = jobs.filter((job) => job.kind === "shot" && job.shotId !== undefined && !isTerminal(job.state));
    return {
      rate: meta.fps,
      shots: new Map([...asideShots, ...shots].map((shot) => [shot.id, shot])),
      scenes: new Map(scenes.map((scene) => [scene.id, scene])),
      takes,
      changesOf: (shot, take) => changesSince(film, shot, take),
      jobs: new Map(running.reverse().map((job) => [job.shotId!, job])),
      marks: marksOn(peers),
      selected: new Set(clipIds),
      flashing,
      nameOf: (clip) => clipName(clip, { shots }),
      sentenceOf: (clip) => clipSentence(clip, { shots, meta }),
    };
  }, [film, takes, jobs, clipIds, peers, flashing]);
}

/** Playing turns the page when the playhead leaves the window; a jump brings it into view. */
function useFollowPlayhead(scroller: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    let before = transport.frame;
    return transport.subscribe(() => {
      const element = scroller.current;
      if (!element || transport.frame === before) return;
      before = transport.frame;
      // A hand that drags looks after the window by itself.
      if (drag.get()) return;
      const { zoom, width } = timelineState.get();
      const x = transport.frame * zoom - element.scrollLeft;
      if (x < 0 || x > width - 12)
        element.scrollLeft = Math.max(0, transport.frame * zoom - (transport.playing ? 24 : width / 2));
    });
  }, [scroller]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const read = () => changeTimeline({ scroll: element.scrollLeft, width: element.clientWidth - headWidth });
    const watch = new ResizeObserver(read);
    watch.observe(element);
    element.addEventListener("scroll", read, { passive: true });
    read();
    return () => {
      watch.disconnect();
      element.removeEventListener("scroll", read);
    };
  }, [scroller]);
}

function NothingCut({ hasShots, mayEdit, actions }: { hasShots: boolean; mayEdit: boolean; actions: EditActions }) {
  return (
    <div className="nothing-cut">
      <p>
        {hasShots
          ? "Lay the storyboard out here in order, ready to cut."
          : "Nothing to cut yet. Write a scene and break it down into shots first."}
      </p>
      {hasShots && mayEdit ? (
        <Button look="primary" onClick={() => actions.assembleBoard()}>
          <Clapperboard />
          Assemble from storyboard
        </Button>
      ) : null}
    </div>
  );
}

function Announcer() {
  const sentence = useStore(spoken, (text) => text);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {sentence}
    </div>
  );
}
