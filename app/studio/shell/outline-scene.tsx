import { memo, type CSSProperties } from "react";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { SceneMeasure } from "#domain/screenplay/pages/measure-scenes.ts";
import { linesOfShot } from "#domain/screenplay/reparse/places.ts";
import { pagesInEighths } from "#domain/screenplay/script-outline.ts";
import { timecode } from "#domain/time.ts";
import { changesSentence } from "#app/studio/board/change-words.ts";
import { ShotPicture } from "#app/studio/board/shot-picture.tsx";
import { shotStateOf, type ShotState } from "#app/studio/board/shot-state.ts";
import { useShotWork } from "#app/studio/board/use-shot-work.ts";
import { showInScript } from "#app/studio/script/show-in-script.ts";
import { shareStructure } from "#domain/share-structure.ts";
import { useProposalSlice } from "#app/studio/session/use-live-proposal.ts";
import { useOpenFilm } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { usePeersSlice } from "#app/studio/session/use-peers.ts";
import { inspectedShotIn } from "#app/studio/inspector/use-inspected-shot.ts";
import { useSelectActions, useSelection } from "#app/studio/session/use-selection.ts";
import { useStaleShots } from "#app/studio/session/use-stale.ts";
import { playingTake } from "#app/studio/session/use-takes.ts";
import { AvatarStack, type Person } from "#app/ui/avatar.tsx";
import { StateLabel } from "#app/ui/state-label.tsx";
import { count } from "./count.ts";
import { clock, placeOf, sceneColor, whenOf } from "./outline-words.ts";
import type { ViewId } from "./views.ts";

interface SceneProps {
  scene: Scene;
  /** Where it is in the script and how long there; null when the script doesn't have it. */
  measure: SceneMeasure | null;
  shots: Shot[];
  view: ViewId;
  isOpen: boolean;
  isCurrent: boolean;
  onToggle(sceneId: string): void;
}

export const OutlineScene = memo(function OutlineScene(props: SceneProps) {
  const { scene, measure, shots, view, isOpen, isCurrent, onToggle } = props;
  const fps = useFilm((film) => film.meta.fps);
  const people = usePeopleAmong(shots);
  const stepInto = useStepInto();
  const frames = shots.reduce((sum, shot) => sum + shot.durationFrames, 0);
  const color = sceneColor(scene.number);
  return (
    <>
      <button
        type="button"
        className="scene"
        style={{ "--k": color } as CSSProperties}
        aria-expanded={isOpen}
        data-current={isCurrent}
        onClick={() => {
          onToggle(scene.id);
          if (view === "script" && measure) showInScript(measure.line);
          if (view === "3d") stepInto(scene.id, shots);
        }}
      >
        <i />
        <span className="name cut">
          <b className="num">{scene.scriptNumber ?? scene.number}</b> {placeOf(scene)}
        </span>
        <span className="length num">{timecode(frames, fps)}</span>
        <span className="more">
          <span className="cut">{whenOf(scene)}</span>
          <span className="num">{count(shots.length, "shot")}</span>
          {measure ? <PagesOf measure={measure} /> : null}
          <SceneState shots={shots} />
          {people.length > 0 ? <AvatarStack people={people} size="small" label="Working in this scene" /> : null}
        </span>
      </button>
      {isOpen ? (
        <ul className="scene-shots">
          {shots.map((shot) => (
            <OutlineShot key={shot.id} shot={shot} scene={scene} line={measure?.line ?? null} view={view} />
          ))}
        </ul>
      ) : null}
    </>
  );
});

/** @returns brings a scene's first shot into the set, unless one of that scene stands there */
function useStepInto(): (sceneId: string, shots: readonly Shot[]) => void {
  const { film, selection } = useOpenFilm();
  const { selectShots } = useSelectActions();
  return (sceneId, [first]) => {
    const { shot } = inspectedShotIn(film.get(), selection.get());
    if (first && shot?.sceneId !== sceneId) selectShots([first.id]);
  };
}

/** Which page, and how much of one, as a schedule has it. */
export function PagesOf({ measure }: { measure: SceneMeasure }) {
  const pages = pagesInEighths(measure.eighths);
  const says = `Begins on page ${measure.page}; ${pages} of a page, about ${clock(measure.seconds)} as it is written`;
  return (
    <span className="num" title={says}>
      p. {measure.page} · {pages}
    </span>
  );
}

interface ShotProps {
  shot: Shot;
  scene: Scene;
  /** Of the scene's heading. */
  line: number | null;
  view: ViewId;
}

function OutlineShot({ shot, scene, line, view }: ShotProps) {
  const shotLine = useProposalSlice((live) => (live ? linesOfShot(live.places, shot.id)?.from : undefined)) ?? line;
  const fps = useFilm((film) => film.meta.fps);
  const { state, picture } = useShotWork(shot.id);
  const { shotIds, selectShots } = useSelection();
  const isSelected = shotIds.includes(shot.id);
  return (
    <li>
      <button
        type="button"
        className="shot-row"
        aria-pressed={isSelected}
        onClick={() => {
          selectShots([shot.id]);
          if (view === "script" && shotLine !== null) showInScript(shotLine);
        }}
      >
        <span className="thumb">
          <ShotPicture shot={shot} scene={scene} picture={picture} />
        </span>
        <span className="cut">
          <b className="num">{shot.number}</b> {shot.action.trim() || shot.dialogue[0]?.text || "Untitled shot"}
        </span>
        <ShotRowEnd state={state} length={timecode(shot.durationFrames, fps)} />
      </button>
    </li>
  );
}

/** A state that is under way or wrong takes the place of the length. */
function ShotRowEnd({ state, length }: { state: ShotState; length: string }) {
  if (state.kind === "running") return <StateLabel state="running">{Math.round(state.fraction * 100)}%</StateLabel>;
  if (state.kind === "ready" && state.changes.length > 0)
    return (
      <span className="row" title={changesSentence(state.changes, state.take.number)}>
        <StateLabel state="stale" />
      </span>
    );
  if (state.kind === "queued" || state.kind === "failed") return <StateLabel state={state.kind} />;
  return <span className="length num">{length}</span>;
}

/** The one thing worth saying of a scene: rendering, failed, stale, or all there. */
function SceneState({ shots }: { shots: Shot[] }) {
  const { shots: staleShots } = useStaleShots();
  const stale = shots.filter((shot) => staleShots.has(shot.id)).length;
  const summary = useStore(useOpenFilm().work.work, (work) => {
    const states = shots.map((shot) =>
      shotStateOf(
        work.jobs.filter((job) => job.shotId === shot.id),
        playingTake(work.takes, shot.id, shot.takeId),
      ),
    );
    const running = states.flatMap((state) => (state.kind === "running" ? [state.fraction] : []));
    return {
      running: running.length,
      percent:
        running.length === 0
          ? 0
          : Math.round((100 * running.reduce((sum, fraction) => sum + fraction, 0)) / running.length),
      queued: states.filter(({ kind }) => kind === "queued").length,
      failed: states.filter(({ kind }) => kind === "failed").length,
    };
  });
  if (summary.running > 0) return <StateLabel state="running">{summary.percent}%</StateLabel>;
  if (summary.failed > 0) return <StateLabel state="failed">{summary.failed} failed</StateLabel>;
  if (summary.queued > 0) return <StateLabel state="queued">{summary.queued} queued</StateLabel>;
  if (stale > 0) return <StateLabel state="stale">{stale} stale</StateLabel>;
  return null;
}

function usePeopleAmong(shots: Shot[]): Person[] {
  return usePeersSlice(
    (peers) => {
      const ids = new Set(shots.map((shot) => shot.id));
      const byUser = new Map<string, Person>();
      for (const { presence, isMe } of peers) {
        if (isMe || !presence.selection.shotIds.some((id) => ids.has(id))) continue;
        byUser.set(presence.user.id, { id: presence.user.id, name: presence.user.name, color: presence.user.color });
      }
      return [...byUser.values()];
    },
    (a, b) => shareStructure(a, b) === a,
  );
}
