import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, type KeyboardEvent, type MouseEvent } from "react";
import { changeShot } from "#domain/film/edit.ts";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot, ShotRecord } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import type { FrameRate } from "#domain/time.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture } from "#app/studio/session/gesture.ts";
import { lanesOf, selectionAfterClick } from "./arrangement.ts";
import { BoardGround } from "./board-ground.tsx";
import { sceneMenu } from "./board-menus.ts";
import { pressedOnCard } from "./card-keys.ts";
import { listColumns, ListLine } from "./list-line.tsx";
import { drawnRows, rowsOf, shotOrder, type Row } from "./rows.ts";
import { SceneHead } from "./scene-head.tsx";
import { useBoardDesk } from "./use-board-desk.ts";
import { useHeldFocus } from "./use-held-focus.ts";
import "./board-list.css";

/** The board as a table: every shot a line, its cells written in place. */
export function BoardList({
  scenes,
  shots,
  fps,
  selectedIds,
}: {
  scenes: readonly Scene[];
  shots: readonly Shot[];
  fps: FrameRate;
  selectedIds: readonly Id[];
}) {
  const { doc, edit, mayEdit, undo } = useSession();
  const scroller = useRef<HTMLDivElement>(null);
  const byId = useMemo(() => new Map(shots.map((shot) => [shot.id, shot])), [shots]);
  const sceneById = useMemo(() => new Map(scenes.map((scene) => [scene.id, scene])), [scenes]);
  const rows = useMemo(() => rowsOf(lanesOf(scenes, shots), 1), [scenes, shots]);
  const framesOf = useMemo(() => framesByScene(shots), [shots]);
  const selected = useMemo(() => new Set(selectedIds), [selectedIds]);
  const held = useHeldFocus(scroller);
  const desk = useBoardDesk({ scenes, shots: byId, mayEdit }, held.give);
  const { actions, context } = desk;
  const activeId = byId.has(held.id ?? "") ? held.id : (selectedIds.find((id) => byId.has(id)) ?? shots[0]?.id ?? null);
  const activeRow = activeId === null ? undefined : rows.at.get(activeId);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoized by a compiler
  const virtual = useVirtualizer({
    count: rows.list.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows.list[index]?.kind === "cards" ? 50 : 36),
    getItemKey: (index) => rows.list[index]?.key ?? index,
    overscan: 6,
    paddingEnd: 24,
    // The heads of the columns stay above.
    scrollPaddingStart: 32,
    useFlushSync: false,
    rangeExtractor: (range) => drawnRows(range, activeRow),
  });
  const [first] = selectedIds;
  useEffect(() => {
    const row = rows.at.get(first ?? "");
    if (row !== undefined) virtual.scrollToIndex(row, { align: "auto" });
    // Once: where the other view left off.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useLayoutEffect(() => {
    if (held.isWanted() && activeRow !== undefined) virtual.scrollToIndex(activeRow, { align: "auto" });
  });

  const change = useCallback(
    (id: Id, patch: Partial<Omit<ShotRecord, "id">>) => gesture(undo, () => changeShot(doc, id, patch, edit)),
    [doc, edit, undo],
  );
  const onClick = (event: MouseEvent) => {
    const id = lineAt(event.target);
    if (id === null || isControl(event.target)) return;
    const keys = { toggle: event.ctrlKey || event.metaKey, range: event.shiftKey };
    actions.select(selectionAfterClick(shotOrder(rows), selectedIds, id, keys));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // What is typed in a cell is the cell's.
    const id = (event.target as Element).matches("[data-shot-id]") ? lineAt(event.target) : null;
    if (id === null || event.defaultPrevented) return;
    if (event.key === " ") {
      const keys = { toggle: event.ctrlKey || event.metaKey, range: event.shiftKey };
      actions.select(selectionAfterClick(shotOrder(rows), selectedIds, id, keys));
    } else if (!pressedOnCard(id, event, context, { rows, selectedIds, focus: held.give })) return;
    event.preventDefault();
  };

  const faceOf = (row: Row, rowIndex: number) => {
    if (row.kind === "cards") {
      const [only] = row.items;
      const shot = only?.kind === "shot" ? byId.get(only.id) : undefined;
      const scene = sceneById.get(row.sceneId);
      return shot && scene ? (
        <ListLine
          shot={shot}
          scene={scene}
          fps={fps}
          selected={selected.has(shot.id)}
          reachable={shot.id === activeId}
          rowIndex={rowIndex}
          mayEdit={mayEdit}
          onChange={(patch) => change(shot.id, patch)}
        />
      ) : null;
    }
    const scene = row.kind === "scene" ? sceneById.get(row.sceneId) : undefined;
    return (
      <div role="row" aria-rowindex={rowIndex}>
        <div role="gridcell" aria-colspan={listColumns.length}>
          {scene ? (
            <SceneHead
              scene={scene}
              frames={framesOf.get(scene.id) ?? 0}
              fps={fps}
              mayEdit={mayEdit}
              renaming={desk.renaming === scene.id}
              actions={{
                add: (id) => actions.add(id),
                rename: actions.renameScene,
                sceneMenu: (id) => sceneMenu(id, context),
              }}
              onRenaming={desk.setRenaming}
            />
          ) : (
            <p className="board-list-none faint">No shots in this scene.</p>
          )}
        </div>
      </div>
    );
  };
  return (
    <BoardGround desk={desk} selectedIds={selectedIds} fps={fps}>
      <div
        ref={scroller}
        className="board-list"
        role="grid"
        aria-label="Shots"
        aria-multiselectable="true"
        aria-rowcount={rows.list.length + 1}
        aria-colcount={listColumns.length}
        onClick={onClick}
        onDoubleClick={(event) => {
          const id = lineAt(event.target);
          if (id !== null && !isControl(event.target)) actions.open(id);
        }}
        onKeyDown={onKeyDown}
        onFocus={held.onFocus}
      >
        <div className="board-line board-list-head" role="row" aria-rowindex={1}>
          {listColumns.map((name, at) => (
            <span key={at} role="columnheader" aria-label={name === "" ? "Picture" : undefined}>
              {name}
            </span>
          ))}
        </div>
        <div className="board-rows" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => (
            <div
              key={item.key}
              role="presentation"
              className="board-row"
              style={{ transform: `translateY(${item.start}px)`, height: item.size }}
            >
              {faceOf(rows.list[item.index] as Row, item.index + 2)}
            </div>
          ))}
        </div>
      </div>
    </BoardGround>
  );
}

function framesByScene(shots: readonly Shot[]): ReadonlyMap<Id, number> {
  const frames = new Map<Id, number>();
  for (const shot of shots) frames.set(shot.sceneId, (frames.get(shot.sceneId) ?? 0) + shot.durationFrames);
  return frames;
}

const lineAt = (target: EventTarget): Id | null =>
  (target as Element).closest<HTMLElement>("[data-shot-id]")?.dataset["shotId"] ?? null;
const isControl = (target: EventTarget) => (target as Element).closest("input, select, textarea, button") !== null;
