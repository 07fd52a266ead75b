import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, type CSSProperties, type KeyboardEvent } from "react";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import type { FrameRate } from "#domain/time.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { useView } from "#app/studio/shell/use-view.ts";
import { CardState } from "./shot-card.tsx";
import { ShotPicture } from "./shot-picture.tsx";
import { framingWords, nameWords, sceneColor, sceneFacts, sceneName, slateLength } from "./shot-words.ts";
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
  const { selectShots } = useSelection();
  const [, show] = useView();
  const scroller = useRef<HTMLDivElement>(null);
  const sceneById = useMemo(() => new Map(scenes.map((scene) => [scene.id, scene])), [scenes]);
  const chosenAt = Math.max(
    0,
    shots.findIndex((shot) => shot.id === selectedIds[0]),
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

  const goTo = (index: number) => {
    const shot = shots[Math.max(0, Math.min(shots.length - 1, index))];
    if (shot) selectShots([shot.id]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowLeft: chosenAt - 1, ArrowRight: chosenAt + 1, Home: 0, End: shots.length - 1 }[event.key];
    if (to !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) goTo(to);
    else if (event.key === "Enter") show("shots");
    else return;
    event.preventDefault();
  };
  return (
    <div className="strip">
      {chosen ? <StripStage shot={chosen} scene={sceneById.get(chosen.sceneId) ?? null} fps={fps} /> : null}
      <div
        ref={scroller}
        className="strip-frames"
        role="listbox"
        aria-label="Shots"
        aria-activedescendant={chosen ? `strip-${chosen.id}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div className="strip-row" style={{ width: virtual.getTotalSize() }}>
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
                selected={selectedIds.includes(shot.id)}
                onPick={() => goTo(item.index)}
                onOpen={() => show("shots")}
              />
            ) : null;
          })}
        </div>
      </div>
    </div>
  );
}

function StripStage({ shot, scene, fps }: { shot: Shot; scene: Scene | null; fps: FrameRate }) {
  const { picture, state } = useShotWork(shot.id);
  return (
    <div className="strip-stage">
      <div className="strip-picture">
        <ShotPicture shot={shot} scene={scene} picture={picture} />
      </div>
      <div className="strip-words">
        <header>
          <b>{shot.number}</b>
          <span className="dim cut">{scene ? sceneName(scene) : ""}</span>
          {scene && sceneFacts(scene) ? <span className="faint small">{sceneFacts(scene)}</span> : null}
          <span className="grow" />
          <span className="faint small cut">{framingWords(shot)}</span>
          <span className="faint small num">{slateLength(shot.durationFrames, fps)}</span>
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
  onPick,
  onOpen,
}: {
  shot: Shot;
  scene: Scene | null;
  left: number;
  /** Of its scene. */
  isFirst: boolean;
  selected: boolean;
  onPick(): void;
  onOpen(): void;
}) {
  const { picture } = useShotWork(shot.id);
  return (
    <div
      id={`strip-${shot.id}`}
      className="strip-frame"
      role="option"
      aria-selected={selected}
      aria-label={`Shot ${shot.number}`}
      data-selected={selected}
      style={{ left, width: frameWidth, "--k": sceneColor(scene?.number ?? 1) } as CSSProperties}
      onClick={onPick}
      onDoubleClick={onOpen}
    >
      <span className="strip-scene cut">{isFirst && scene ? `${scene.number} ${sceneName(scene)}` : ""}</span>
      <span className="strip-thumb">
        <ShotPicture shot={shot} scene={scene} picture={picture} />
      </span>
      <span className="faint num">{shot.number}</span>
    </div>
  );
}
