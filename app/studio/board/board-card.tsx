import { memo } from "react";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { FrameRate } from "#domain/time.ts";
import { ShotCard } from "./shot-card.tsx";

/** A card in its slot on the board. What pointer and keys do with it is the grid's business. */
export const BoardCard = memo(function BoardCard({
  shot,
  scene,
  fps,
  selected,
  lifted,
  peer,
  reachable,
  place,
  count,
}: {
  shot: Shot;
  scene: Pick<Scene, "setting" | "time">;
  fps: FrameRate;
  selected: boolean;
  lifted: boolean;
  peer: { name: string; color: string } | null;
  /** The one card that Tab comes to. */
  reachable: boolean;
  /** From 1, of `count` in its scene. */
  place: number;
  count: number;
}) {
  return (
    <div
      role="option"
      tabIndex={reachable ? 0 : -1}
      aria-selected={selected}
      aria-roledescription="shot"
      aria-label={`Shot ${shot.number}`}
      aria-posinset={place}
      aria-setsize={count}
      data-shot-id={shot.id}
      data-dragging={lifted}
      className="board-slot"
    >
      <ShotCard shot={shot} scene={scene} fps={fps} selected={selected} peer={peer} />
    </div>
  );
});
