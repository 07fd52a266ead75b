import { Check, Plus, X } from "lucide-react";
import type { Scene } from "#domain/film/scene.ts";
import { timecode, type FrameRate } from "#domain/time.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import type { GhostShot } from "./rows.ts";
import { ShotPicture } from "./shot-picture.tsx";
import { cardText, framingWords } from "./shot-words.ts";

/** A shot that the script has and the board has not: taken or left with one click. */
export function GhostCard({
  ghost: { changeId, sceneId, shot },
  scene,
  fps,
  onAnswer,
}: {
  ghost: GhostShot;
  scene: Pick<Scene, "setting" | "time">;
  fps: FrameRate;
  onAnswer: ((changeId: string, answer: "accept" | "not-now") => void) | null;
}) {
  const text = cardText(shot);
  return (
    <div className="board-slot board-ghost" role="group" aria-label="New in the script">
      <div className="shot-card">
        <div className="shot-card-picture">
          <ShotPicture shot={{ ...shot, id: changeId, sceneId }} scene={scene} picture={null} />
          <span className="plate shot-card-length">{timecode(shot.durationFrames, fps)}</span>
          {onAnswer ? (
            <span className="board-ghost-answers">
              <IconButton name="Put it on the board" size="small" onClick={() => onAnswer(changeId, "accept")}>
                <Check className="small" />
              </IconButton>
              <IconButton name="Not now" size="small" onClick={() => onAnswer(changeId, "not-now")}>
                <X className="small" />
              </IconButton>
            </span>
          ) : null}
        </div>
        <div className="shot-card-text">
          <div className="shot-card-head">
            <span className="faint cut">{framingWords(shot)}</span>
            <span className="ui-state" data-state="ready">
              <Plus />
              New
            </span>
          </div>
          <p className={text === "" ? "faint" : ""}>{text === "" ? "Nothing is written here yet." : text}</p>
        </div>
      </div>
    </div>
  );
}
