import type { RefObject } from "react";
import { createPortal } from "react-dom";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import type { FrameRate } from "#domain/time.ts";
import { ShotCard } from "./shot-card.tsx";

/** What the pointer carries: the first card, and how many are under it. The drag moves the box. */
export function HandCards({
  ids,
  hand,
  shots,
  scenes,
  fps,
}: {
  ids: readonly Id[] | null;
  hand: RefObject<HTMLDivElement>;
  shots: ReadonlyMap<Id, Shot>;
  scenes: ReadonlyMap<Id, Scene>;
  fps: FrameRate;
}) {
  const shot = shots.get(ids?.[0] ?? "");
  if (!ids || !shot) return null;
  return createPortal(
    <div ref={hand} className="board-hand" aria-hidden="true" data-many={ids.length > 1}>
      <ShotCard shot={shot} scene={scenes.get(shot.sceneId) ?? null} fps={fps} lifted />
      {ids.length > 1 ? <span className="board-hand-count num">{ids.length}</span> : null}
    </div>,
    document.body,
  );
}
