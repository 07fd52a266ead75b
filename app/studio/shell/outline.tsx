import { useEffect, useMemo, useState } from "react";
import { minutesAndSeconds } from "#domain/time.ts";
import type { Shot } from "#domain/film/shot.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { count } from "./count.ts";
import { OutlineScene } from "./outline-scene.tsx";
import type { ViewId } from "./views.ts";

/** The film at a glance: scenes, and the shots of those that are open. */
export function Outline({ view }: { view: ViewId }) {
  const scenes = useFilm((film) => film.scenes);
  const shots = useFilm((film) => film.shots);
  const fps = useFilm((film) => film.meta.fps);
  const { shotIds } = useSelection();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const byScene = useMemo(() => groupByScene(shots), [shots]);
  const total = shots.reduce((sum, shot) => sum + shot.durationFrames, 0);
  const selectedScene = shots.find((shot) => shot.id === shotIds[0])?.sceneId;
  useEffect(() => {
    if (selectedScene)
      setOpened((before) => (before.has(selectedScene) ? before : new Set([...before, selectedScene])));
  }, [selectedScene]);

  return (
    <>
      <div className="panel-head">
        <h2>Scenes</h2>
        {shots.length > 0 ? (
          <span className="faint small num cut">
            {count(shots.length, "shot")} · {minutesAndSeconds(total, fps)}
          </span>
        ) : null}
      </div>
      {scenes.length === 0 ? (
        <NoScenes />
      ) : (
        <ul className="scenes">
          {scenes.map((scene) => (
            <OutlineScene
              key={scene.id}
              scene={scene}
              shots={byScene.get(scene.id) ?? noShots}
              view={view}
              isOpen={opened.has(scene.id)}
              isCurrent={scene.id === selectedScene}
              onToggle={() => setOpened((before) => toggled(before, scene.id))}
            />
          ))}
        </ul>
      )}
    </>
  );
}

const noShots: Shot[] = [];

function NoScenes() {
  return (
    <div className="no-scenes">
      <div className="ghosts" aria-hidden="true">
        <i />
        <i />
        <i />
      </div>
      <p>
        A line that starts with <span className="strong">INT.</span> or <span className="strong">EXT.</span> becomes a
        scene here, once the script is parsed into shots.
      </p>
    </div>
  );
}

function groupByScene(shots: readonly Shot[]): Map<string, Shot[]> {
  const groups = new Map<string, Shot[]>();
  for (const shot of shots) {
    const group = groups.get(shot.sceneId);
    if (group) group.push(shot);
    else groups.set(shot.sceneId, [shot]);
  }
  return groups;
}

function toggled(set: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
