import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, type KeyboardEvent, type MouseEvent } from "react";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import type { FrameRate } from "#domain/time.ts";
import { lanesOf, selectionAfterClick } from "./arrangement.ts";
import { AsideCard } from "./aside-card.tsx";
import { AsideHead } from "./aside-shelf.tsx";
import { BoardCard } from "./board-card.tsx";
import { pressedOnCard } from "./card-keys.ts";
import { BoardGround } from "./board-ground.tsx";
import { sceneMenu } from "./board-menus.ts";
import { GhostCard } from "./ghost-card.tsx";
import { HandCards } from "./hand-cards.tsx";
import { aboutHeight, columnsIn, drawnRows, rowsOf, type GhostShot, type Row } from "./rows.ts";
import { SceneHead, type SceneActions } from "./scene-head.tsx";
import { useBoardDesk } from "./use-board-desk.ts";
import { useCardDrag } from "./use-card-drag.ts";
import { useHeldFocus } from "./use-held-focus.ts";
import { useInnerWidth } from "./use-inner-width.ts";

export interface BoardGridProps {
  scenes: readonly Scene[];
  shots: readonly Shot[];
  aside: readonly Shot[];
  fps: FrameRate;
  selectedIds: readonly Id[];
  peers: Readonly<Record<Id, { name: string; color: string }>>;
  mayEdit: boolean;
  /** What the script has new, where it would stand. */
  ghosts: readonly GhostShot[];
  onGhost: ((changeId: string, answer: "accept" | "not-now") => void) | null;
}

const instructions =
  "Press Space to lift the selected shots, arrow keys to move them, Space to put them down, Escape to leave them where they were. Alt and arrow keys move at once.";

/** The cards, scene by scene. Only rows on the screen are in the page, however long the film is. */
export function BoardGrid(props: BoardGridProps) {
  const { scenes, shots, aside, fps, selectedIds, peers, mayEdit, ghosts, onGhost } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const width = useInnerWidth(scroller);
  const { columns, gap } = columnsIn(width);
  const selected = useMemo(() => new Set(selectedIds), [selectedIds]);
  const byId = useMemo(() => new Map(shots.map((shot) => [shot.id, shot])), [shots]);
  const sceneById = useMemo(() => new Map(scenes.map((scene) => [scene.id, scene])), [scenes]);
  const asideById = useMemo(() => new Map(aside.map((shot) => [shot.id, shot])), [aside]);
  const film = useMemo(() => lanesOf(scenes, shots), [scenes, shots]);
  const drag = useCardDrag({ film, scenes, shots: byId, selected, scroller });
  const rows = useMemo(
    () => rowsOf(drag.lanes, columns, { ghosts, asideIds: [...asideById.keys()] }),
    [drag.lanes, columns, ghosts, asideById],
  );
  const inScene = useMemo(() => new Map(drag.lanes.map((lane) => [lane.sceneId, lane.shotIds] as const)), [drag.lanes]);

  const held = useHeldFocus(scroller);
  const activeId = byId.has(held.id ?? "") ? held.id : (selectedIds.find((id) => byId.has(id)) ?? shots[0]?.id ?? null);
  const activeRow = activeId === null ? undefined : rows.at.get(activeId);
  // The same functions as long as the rows are the same: another one has every row placed anew.
  const estimateSize = useCallback(
    (index: number) => aboutHeight(rows.list[index] as Row, width, { columns, gap }),
    [rows, width, columns, gap],
  );
  const getItemKey = useCallback((index: number) => `${columns} ${(rows.list[index] as Row).key}`, [rows, columns]);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoized by a compiler
  const virtual = useVirtualizer({
    count: rows.list.length,
    getScrollElement: () => scroller.current,
    estimateSize,
    getItemKey,
    useFlushSync: false,
    overscan: 3,
    paddingStart: 4,
    paddingEnd: 24,
    rangeExtractor: (range) => drawnRows(range, activeRow),
  });
  useEffect(() => virtual.measure(), [virtual, columns, width]);
  useLayoutEffect(() => {
    if (!held.isWanted()) return;
    const row = held.id === null ? undefined : rows.at.get(held.id);
    if (row !== undefined) virtual.scrollToIndex(row, { align: "auto" });
  });

  const desk = useBoardDesk({ scenes, shots: byId, mayEdit }, held.give);
  const { actions, context, renaming, setRenaming } = desk;
  const latest = useRef({ context, rows, drag, selectedIds });
  latest.current = { context, rows, drag, selectedIds };
  const sceneActions = useMemo(
    (): SceneActions => ({
      add: (id) => actions.add(id),
      rename: (id, heading) => actions.renameScene(id, heading),
      sceneMenu: (id) => sceneMenu(id, latest.current.context),
    }),
    [actions],
  );
  const order = () => film.flatMap((lane) => lane.shotIds);
  const onClick = (event: MouseEvent) => {
    const id = shotAt(event.target);
    if (id === null) return;
    const keys = { toggle: event.ctrlKey || event.metaKey, range: event.shiftKey };
    actions.select(selectionAfterClick(order(), selectedIds, id, keys));
  };
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const id = isCard(event.target) ? shotAt(event.target) : null;
      const now = latest.current;
      if (id === null || event.defaultPrevented) return;
      if (!event.ctrlKey && !event.metaKey && !event.altKey && now.drag.key(id, event.key)) {
        event.preventDefault();
        event.stopPropagation();
        return held.give(id);
      }
      const done = pressedOnCard(id, event, now.context, { ...now, focus: held.give });
      if (done) event.preventDefault();
    },
    [held],
  );

  const faceOf = (row: Row) => {
    switch (row.kind) {
      case "scene": {
        const scene = sceneById.get(row.sceneId);
        const own = inScene.get(row.sceneId) ?? [];
        return scene ? (
          <SceneHead
            scene={scene}
            frames={own.reduce((sum, id) => sum + (byId.get(id)?.durationFrames ?? 0), 0)}
            fps={fps}
            mayEdit={mayEdit}
            renaming={renaming === scene.id}
            actions={sceneActions}
            onRenaming={setRenaming}
          />
        ) : null;
      }
      case "empty":
        return (
          <p className="board-scene-empty" data-drop-scene={row.sceneId}>
            No shots in this scene. Drag one here, or add one.
          </p>
        );
      case "aside-head":
        return <AsideHead count={aside.length} />;
      case "aside":
        return (
          <div className="board-cards board-aside" role="group" aria-label="Set aside">
            {row.shotIds.map((id) => {
              const shot = asideById.get(id);
              return shot ? <AsideCard key={id} shot={shot} fps={fps} /> : null;
            })}
          </div>
        );
      case "cards": {
        const scene = sceneById.get(row.sceneId);
        if (!scene) return null;
        const own = inScene.get(row.sceneId) ?? [];
        return (
          <div
            className="board-cards"
            role="listbox"
            aria-multiselectable="true"
            aria-label={`Shots of scene ${scene.number}`}
          >
            {row.items.map((item) => {
              if (item.kind === "ghost")
                return (
                  <GhostCard key={item.ghost.changeId} ghost={item.ghost} scene={scene} fps={fps} onAnswer={onGhost} />
                );
              const shot = byId.get(item.id);
              return shot ? (
                <BoardCard
                  key={shot.id}
                  shot={shot}
                  scene={scene}
                  fps={fps}
                  selected={selected.has(shot.id)}
                  lifted={drag.lifted.has(shot.id)}
                  peer={peers[shot.id] ?? null}
                  reachable={shot.id === activeId}
                  place={own.indexOf(shot.id) + 1}
                  count={own.length}
                />
              ) : null;
            })}
          </div>
        );
      }
    }
  };

  return (
    <>
      <BoardGround desk={desk} selectedIds={selectedIds} fps={fps}>
        <div
          ref={scroller}
          className="board-scroll"
          data-dragging={drag.inHand !== null}
          aria-describedby="board-keys"
          onClick={onClick}
          onDoubleClick={(event) => {
            const id = isCard(event.target) || !isControl(event.target) ? shotAt(event.target) : null;
            if (id !== null) actions.open(id);
          }}
          onPointerDown={(event) => {
            const id = shotAt(event.target);
            if (id !== null && !isControl(event.target)) drag.pressed(id, event);
          }}
          onKeyDown={onKeyDown}
          onFocus={held.onFocus}
        >
          <p id="board-keys" className="visually-hidden">
            {instructions}
          </p>
          <div className="board-rows" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                className="board-row"
                style={{
                  transform: `translateY(${item.start}px)`,
                  ["--columns" as string]: columns,
                  ["--gap" as string]: `${gap}px`,
                }}
              >
                {faceOf(rows.list[item.index] as Row)}
              </div>
            ))}
          </div>
        </div>
      </BoardGround>
      <HandCards ids={drag.inHand} hand={drag.hand} shots={byId} scenes={sceneById} fps={fps} />
      <p className="visually-hidden" role="status" aria-label="Moving shots">
        {drag.said}
      </p>
    </>
  );
}

const shotAt = (target: EventTarget): Id | null =>
  (target as Element).closest<HTMLElement>("[data-shot-id]")?.dataset["shotId"] ?? null;
const isCard = (target: EventTarget) => (target as Element).matches("[data-shot-id]");
const isControl = (target: EventTarget) =>
  (target as Element).closest("button, input, textarea, select, a, [contenteditable]") !== null;
