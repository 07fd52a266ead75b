import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent } from "react";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import { timecode, type FrameRate } from "#domain/time.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { lanesOf, selectionAfterClick } from "./arrangement.ts";
import { BoardGround } from "./board-ground.tsx";
import { pressedOnCard } from "./card-keys.ts";
import { rowsOf, shotOrder } from "./rows.ts";
import { HeadingField } from "./scene-head.tsx";
import { CardState } from "./shot-card.tsx";
import { ShotPicture } from "./shot-picture.tsx";
import { framingWords, nameWords, sceneColor, sceneFacts, sceneName } from "./shot-words.ts";
import { useBoardDesk } from "./use-board-desk.ts";
import { useShotWork } from "./use-shot-work.ts";
import "./board-strip.css";

const frameWidth = 132;

/** The film as one strip of frames, and the one that is chosen large above it. */
export function BoardStrip({
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
  const { mayEdit } = useSession();
  const scroller = useRef<HTMLDivElement>(null);
  const byId = useMemo(() => new Map(shots.map((shot) => [shot.id, shot])), [shots]);
  const sceneById = useMemo(() => new Map(scenes.map((scene) => [scene.id, scene])), [scenes]);
  // A scene is one row: up and down go to the neighbouring scene.
  const rows = useMemo(() => rowsOf(lanesOf(scenes, shots), Number.MAX_SAFE_INTEGER), [scenes, shots]);
  const selected = useMemo(() => new Set(selectedIds), [selectedIds]);
  const [lastId, setLastId] = useState<Id | null>(null);
  const desk = useBoardDesk({ scenes, shots: byId, mayEdit }, (id) => {
    setLastId(id);
    scroller.current?.focus({ preventScroll: true });
  });
  const { actions, context, renaming } = desk;
  const activeId = lastId !== null && selected.has(lastId) ? lastId : selectedIds[0];
  const chosenAt = Math.max(
    0,
    shots.findIndex((shot) => shot.id === activeId),
  );
  const chosen = shots[chosenAt];
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoized by a compiler
  const virtual = useVirtualizer({
    horizontal: true,
    count: shots.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => frameWidth + 6,
    getItemKey: (index) => shots[index]?.id ?? index,
    overscan: 4,
    paddingStart: 12,
    paddingEnd: 12,
    useFlushSync: false,
  });
  useEffect(() => virtual.scrollToIndex(chosenAt, { align: "auto" }), [virtual, chosenAt]);

  const pick = (id: Id, keys: { toggle: boolean; range: boolean }) => {
    actions.select(selectionAfterClick(shotOrder(rows), selectedIds, id, keys));
    setLastId(id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!chosen) return;
    const end = { Home: shots[0], End: shots.at(-1) }[event.key];
    if (end && !event.altKey && !event.ctrlKey && !event.metaKey)
      pick(end.id, { toggle: false, range: event.shiftKey });
    else if (!pressedOnCard(chosen.id, event, context, { rows, selectedIds, focus: setLastId })) return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent) => {
    const id = (event.target as Element).closest<HTMLElement>("[data-shot-id]")?.dataset["shotId"];
    if (id !== undefined) pick(id, { toggle: event.ctrlKey || event.metaKey, range: event.shiftKey });
  };
  return (
    <BoardGround desk={desk} selectedIds={selectedIds} fps={fps}>
      <div className="strip">
        {chosen ? (
          <StripStage
            shot={chosen}
            scene={sceneById.get(chosen.sceneId) ?? null}
            fps={fps}
            renaming={renaming === chosen.sceneId}
            onHeading={(heading) => {
              desk.setRenaming(null);
              if (heading !== null) actions.renameScene(chosen.sceneId, heading);
            }}
          />
        ) : null}
        <div
          ref={scroller}
          className="strip-frames"
          role="listbox"
          aria-label="Shots"
          aria-multiselectable="true"
          aria-activedescendant={chosen ? `strip-${chosen.id}` : undefined}
          tabIndex={0}
          onKeyDown={onKeyDown}
          onClick={onClick}
          onDoubleClick={() => (chosen ? actions.open(chosen.id) : undefined)}
        >
          <div className="strip-row" role="presentation" style={{ width: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const shot = shots[item.index];
              const scene = shot && sceneById.get(shot.sceneId);
              return shot ? (
                <StripFrame
                  key={item.key}
                  shot={shot}
                  scene={scene ?? null}
                  left={item.start}
                  isFirst={shots[item.index - 1]?.sceneId !== shot.sceneId}
                  selected={selected.has(shot.id)}
                  place={item.index + 1}
                  count={shots.length}
                />
              ) : null;
            })}
          </div>
        </div>
      </div>
    </BoardGround>
  );
}

function StripStage({
  shot,
  scene,
  fps,
  renaming,
  onHeading,
}: {
  shot: Shot;
  scene: Scene | null;
  fps: FrameRate;
  renaming: boolean;
  /** null: it stays as it is. */
  onHeading(heading: string | null): void;
}) {
  const { picture, state } = useShotWork(shot.id);
  return (
    <div className="strip-stage" data-shot-id={shot.id}>
      <div className="strip-picture">
        <ShotPicture shot={shot} scene={scene} picture={picture} />
      </div>
      <div className="strip-words">
        <header>
          <b>{shot.number}</b>
          {renaming && scene ? (
            <HeadingField heading={scene.heading} onDone={onHeading} />
          ) : (
            <span className="dim cut" data-scene-id={scene?.id}>
              {scene ? sceneName(scene) : ""}
            </span>
          )}
          {scene && !renaming && sceneFacts(scene) ? <span className="faint small">{sceneFacts(scene)}</span> : null}
          <span className="grow" />
          <span className="faint small cut">{framingWords(shot)}</span>
          <span className="faint small num">{timecode(shot.durationFrames, fps)}</span>
          <CardState state={state} />
        </header>
        <p dir="auto">{shot.action}</p>
        {shot.dialogue.map((line, index) => (
          <p key={index} className="dim" dir="auto">
            <b>{nameWords(line.character)}</b> “{line.text}”
          </p>
        ))}
      </div>
    </div>
  );
}

function StripFrame({
  shot,
  scene,
  left,
  isFirst,
  selected,
  place,
  count,
}: {
  shot: Shot;
  scene: Scene | null;
  left: number;
  /** Of its scene. */
  isFirst: boolean;
  selected: boolean;
  /** From 1, of `count` in the film. */
  place: number;
  count: number;
}) {
  const { picture } = useShotWork(shot.id);
  return (
    <div
      id={`strip-${shot.id}`}
      className="strip-frame"
      role="option"
      aria-selected={selected}
      aria-label={`Shot ${shot.number}`}
      aria-posinset={place}
      aria-setsize={count}
      data-shot-id={shot.id}
      data-selected={selected}
      style={{ left, width: frameWidth, "--k": sceneColor(scene?.number ?? 1) } as CSSProperties}
    >
      <span className="strip-scene cut" data-scene-id={isFirst ? scene?.id : undefined}>
        {isFirst && scene ? `${scene.number} ${sceneName(scene)}` : ""}
      </span>
      <span className="strip-thumb">
        <ShotPicture shot={shot} scene={scene} picture={picture} />
      </span>
      <span className="faint num">{shot.number}</span>
    </div>
  );
}
