import { timecode } from "#domain/time.ts";
import { Image as ImageIcon } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { sceneName } from "#app/studio/board/shot-words.ts";
import { useShotWork } from "#app/studio/board/use-shot-work.ts";
import { TakeGrid } from "#app/studio/shots/take-grid.tsx";
import { useFilm } from "#app/studio/session/use-film.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { useTakes } from "#app/studio/session/use-takes.ts";
import { Tabs } from "#app/ui/tabs.tsx";
import { GenerateFoot } from "./generate-foot.tsx";
import { ShotFields } from "./shot-fields.tsx";
import { StalePart } from "./stale-part.tsx";
import type { ViewId } from "#app/studio/shell/views.ts";
import { useInspectedShot } from "./use-inspected-shot.ts";
import "./inspector.css";

const CameraTab = lazy(async () => ({ default: (await import("#app/studio/set/camera-tab.tsx")).CameraTab }));

/** What can be set on the selected shot, its takes, and the button that makes the next one. */
export function Inspector({ view }: { view: ViewId }) {
  const { shot, scene, count } = useInspectedShot();
  const { shotIds } = useSelection();
  const fps = useFilm((film) => film.meta.fps);
  const takes = useTakes(shot?.id ?? "");
  const { state } = useShotWork(shot?.id ?? "");
  const isInSet = view === "3d";
  const [tab, setTab] = useState(isInSet ? "camera" : "shot");
  useEffect(() => setTab((now) => (isInSet ? "camera" : now === "camera" ? "shot" : now)), [isInSet]);
  if (!shot)
    return (
      <div className="inspector inspector-empty">
        <div className="inspector-tabs-ghost">
          <span>Shot</span>
          <span>Takes</span>
        </div>
        <div className="inspector-nothing">
          <span className="inspector-nothing-picture" aria-hidden="true">
            <ImageIcon />
          </span>
          <p>Select a shot to see its prompt, its camera and what a take would cost.</p>
        </div>
      </div>
    );
  return (
    <div className="inspector">
      <Tabs
        label="Inspector"
        value={tab}
        onChange={setTab}
        tabs={[
          ...(isInSet
            ? [
                {
                  id: "camera",
                  name: "Camera",
                  body: (
                    <Suspense fallback={null}>
                      <CameraTab />
                    </Suspense>
                  ),
                },
              ]
            : []),
          {
            id: "shot",
            name: "Shot",
            body: (
              <div className="inspector-body">
                <header className="inspector-head">
                  <b>{shot.number}</b>
                  <span className="cut dim">{scene ? sceneName(scene) : ""}</span>
                  <span className="faint num">
                    {count > 1 ? `and ${count - 1} more` : timecode(shot.durationFrames, fps)}
                  </span>
                </header>
                {state.kind === "ready" && state.changes.length > 0 ? (
                  <StalePart shot={shot} take={state.take} changes={state.changes} />
                ) : null}
                <ShotFields key={shot.id} shot={shot} />
              </div>
            ),
          },
          {
            id: "takes",
            name: "Takes",
            count: takes.length,
            body: (
              <div className="inspector-body inspector-takes">
                <TakeGrid shot={shot} />
              </div>
            ),
          },
        ]}
      />
      <GenerateFoot key={shot.id} shot={shot} shotIds={count > 1 ? shotIds : [shot.id]} />
    </div>
  );
}
