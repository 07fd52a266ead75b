import type { CSSProperties } from "react";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import { minutesAndSeconds } from "#domain/time.ts";
import { ShotPicture } from "#app/studio/board/shot-picture.tsx";
import { shotStateOf, type ShotState } from "#app/studio/board/shot-state.ts";
import { slateLength } from "#app/studio/board/shot-words.ts";
import { useShotWork } from "#app/studio/board/use-shot-work.ts";
import { showInScript } from "#app/studio/script/show-in-script.ts";
import { shareStructure } from "#domain/share-structure.ts";
import { useOpenFilm } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { usePeersSlice } from "#app/studio/session/use-peers.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { playingTake } from "#app/studio/session/use-takes.ts";
import { AvatarStack, type Person } from "#app/ui/avatar.tsx";
import { StateLabel } from "#app/ui/state-label.tsx";
import { count } from "./count.ts";
import type { ViewId } from "./views.ts";

interface SceneProps {
  scene: Scene;
  shots: Shot[];
  view: ViewId;
  isOpen: boolean;
  isCurrent: boolean;
  onToggle(): void;
}

const sceneColors = 5;

export function OutlineScene({ scene, shots, view, isOpen, isCurrent, onToggle }: SceneProps) {
  const fps = useFilm((film) => film.meta.fps);
  const people = usePeopleAmong(shots);
  const frames = shots.reduce((sum, shot) => sum + shot.durationFrames, 0);
  const color = `var(--scene-${((scene.number - 1) % sceneColors) + 1})`;
  return (
    <li>
      <button
        type="button"
        className="scene"
        style={{ "--k": color } as CSSProperties}
        aria-expanded={isOpen}
        data-current={isCurrent}
        onClick={() => {
          onToggle();
          if (view === "script") showInScript(scene.number);
        }}
      >
        <i />
        <span className="name cut">
          <b className="num">{scene.number}</b> {placeOf(scene)}
        </span>
        <span className="length num">{minutesAndSeconds(frames, fps)}</span>
        <span className="more">
          <span className="cut">{whenOf(scene)}</span>
          <span className="num">{count(shots.length, "shot")}</span>
          <SceneState shots={shots} />
          {people.length > 0 ? <AvatarStack people={people} size="small" label="Working in this scene" /> : null}
        </span>
      </button>
      {isOpen ? (
        <ul className="scene-shots">
          {shots.map((shot) => (
            <OutlineShot key={shot.id} shot={shot} scene={scene} view={view} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

function OutlineShot({ shot, scene, view }: { shot: Shot; scene: Scene; view: ViewId }) {
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
          if (view === "script") showInScript(scene.number);
        }}
      >
        <span className="thumb">
          <ShotPicture shot={shot} scene={scene} picture={picture} />
        </span>
        <span className="cut">
          <b className="num">{shot.number}</b> {shot.action.trim() || shot.dialogue[0]?.text || "Untitled shot"}
        </span>
        <ShotRowEnd state={state} length={slateLength(shot.durationFrames, fps)} />
      </button>
    </li>
  );
}

/** A state that is under way or wrong takes the place of the length. */
function ShotRowEnd({ state, length }: { state: ShotState; length: string }) {
  if (state.kind === "running") return <StateLabel state="running">{Math.round(state.fraction * 100)}%</StateLabel>;
  if (state.kind === "queued" || state.kind === "failed") return <StateLabel state={state.kind} />;
  return <span className="length num">{length}</span>;
}

/** The one thing worth saying of a scene: rendering, failed, or all there. */
function SceneState({ shots }: { shots: Shot[] }) {
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

function placeOf(scene: Scene): string {
  const place = scene.location.trim();
  if (place === "") return scene.heading || "Untitled scene";
  const lower = place === place.toUpperCase() ? place.toLowerCase() : place;
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}

const settingNames = { int: "INT", ext: "EXT", "int-ext": "INT/EXT", "": "" } as const;

function whenOf(scene: Scene): string {
  return [settingNames[scene.setting], scene.time.toUpperCase()].filter(Boolean).join(" · ");
}
