import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { outlineOf, pagesInEighths, sceneAtLine, type OutlineEntry } from "#domain/screenplay/script-outline.ts";
import { minutesAndSeconds } from "#domain/time.ts";
import type { Shot } from "#domain/film/shot.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { caretLine } from "#app/studio/script/caret-line.ts";
import { useLaidOut } from "#app/studio/script/use-laid-out.ts";
import { useStore } from "#app/studio/session/store.ts";
import { OutlineScene } from "./outline-scene.tsx";
import { clock } from "./outline-words.ts";
import { OutlineWritten } from "./outline-written.tsx";
import type { ViewId } from "./views.ts";

/** The film at a glance: scenes, and the shots of those that are open. */
export function Outline({ view }: { view: ViewId }) {
  const scenes = useFilm((film) => film.scenes);
  const shots = useFilm((film) => film.shots);
  const fps = useFilm((film) => film.meta.fps);
  const measures = useLaidOut((laidOut) => laidOut.scenes);
  const { shotIds } = useSelection();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const byScene = useMemo(() => groupByScene(shots), [shots]);
  const entries = useMemo(() => outlineOf(measures, scenes), [measures, scenes]);
  const caretScene = useStore(caretLine, (line) => (line === null ? null : sceneAtLine(measures, line)));
  const selectedScene = shots.find((shot) => shot.id === shotIds[0])?.sceneId;
  useEffect(() => {
    if (selectedScene)
      setOpened((before) => (before.has(selectedScene) ? before : new Set([...before, selectedScene])));
  }, [selectedScene]);
  const toggle = useCallback((id: string) => setOpened((before) => toggled(before, id)), []);
  const frames = shots.reduce((sum, shot) => sum + shot.durationFrames, 0);
  const eighths = measures.reduce((sum, measure) => sum + measure.eighths, 0);
  const seconds = measures.reduce((sum, measure) => sum + measure.seconds, 0);

  return (
    <>
      <div className="panel-head">
        <h2>Scenes</h2>
        {entries.length > 0 ? (
          <span className="faint small num cut">
            {eighths > 0 ? `${pagesInEighths(eighths)} ${eighths > 8 ? "pages" : "page"} · ` : ""}
            {shots.length > 0 ? minutesAndSeconds(frames, fps) : `about ${clock(seconds)}`}
          </span>
        ) : null}
      </div>
      {entries.length === 0 ? (
        <NoScenes />
      ) : (
        <SceneList
          entries={entries}
          // On the page the caret says where one is, elsewhere the selection does.
          current={entries.findIndex(({ scene, measure }) =>
            caretScene ? measure === caretScene : scene !== null && scene.id === selectedScene,
          )}
        >
          {(entry, isCurrent) =>
            entry.scene ? (
              <OutlineScene
                scene={entry.scene}
                measure={entry.measure}
                shots={byScene.get(entry.scene.id) ?? noShots}
                view={view}
                isOpen={opened.has(entry.scene.id)}
                isCurrent={isCurrent}
                onToggle={toggle}
              />
            ) : (
              <OutlineWritten
                measure={entry.measure}
                number={measures.indexOf(entry.measure) + 1}
                isCurrent={isCurrent}
              />
            )
          }
        </SceneList>
      )}
    </>
  );
}

const noShots: Shot[] = [];

interface ListProps {
  entries: readonly OutlineEntry[];
  /** Index of the one that is kept in sight; -1 for none. */
  current: number;
  children(entry: OutlineEntry, isCurrent: boolean): ReactNode;
}

/** Only what is in sight is there: a script may have ten thousand scenes. */
function SceneList({ entries, current, children }: ListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoized by a compiler
  const list = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 50,
    getItemKey: (index) => keyOf(entries[index], index),
    overscan: 8,
  });
  useEffect(() => {
    if (current >= 0) list.scrollToIndex(current, { align: "auto" });
  }, [list, current]);
  return (
    <div className="scenes" ref={scroller}>
      <ul style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, key, start }) => {
          const entry = entries[index];
          return entry ? (
            <li
              key={key}
              ref={list.measureElement}
              data-index={index}
              aria-setsize={entries.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
            >
              {children(entry, index === current)}
            </li>
          ) : null;
        })}
      </ul>
    </div>
  );
}

/** What is only written has no id: it is known by its place. */
const keyOf = (entry: OutlineEntry | undefined, index: number) => entry?.scene?.id ?? `written ${index}`;

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
        scene here.
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
