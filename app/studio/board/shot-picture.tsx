import { memo } from "react";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import { Sketch } from "./sketch.tsx";
import type { ShotWork } from "./use-shot-work.ts";
import "./shot-picture.css";

/** A shot's picture wherever it is small: live frame, poster, thumbnail or sketch. Fills its box. */
export const ShotPicture = memo(function ShotPicture({
  shot,
  scene,
  picture,
}: {
  shot: Pick<Shot, "id" | "sceneId" | "type" | "move" | "characters">;
  scene: Pick<Scene, "setting" | "time"> | null;
  picture: ShotWork["picture"];
}) {
  if (picture)
    return (
      <img
        className="shot-picture"
        src={picture.url}
        alt=""
        loading="lazy"
        draggable={false}
        data-kind={picture.kind}
      />
    );
  return (
    <Sketch
      id={shot.id}
      sceneId={shot.sceneId}
      type={shot.type}
      move={shot.move}
      setting={scene?.setting ?? ""}
      time={scene?.time ?? ""}
      people={shot.characters.length}
    />
  );
});
