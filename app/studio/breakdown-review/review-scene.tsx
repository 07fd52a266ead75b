import type { Scene } from "#domain/film/scene.ts";
import type { Change } from "#domain/screenplay/reparse/proposal.ts";
import type { FrameRate } from "#domain/time.ts";
import { sceneColor, sceneFacts, sceneName } from "#app/studio/board/shot-words.ts";
import { Fields, Take } from "./review-change.tsx";
import type { ReviewScene } from "./review-rows.ts";
import { ReviewShot } from "./review-shot.tsx";
import type { Choosing } from "./use-choices.ts";

interface ListProps {
  choices: Choosing;
  fps: FrameRate;
  /** Nothing was on the board before: everything is new, and nothing has to say so. */
  isFirst: boolean;
}

export function ReviewSceneList({ scenes, ...rest }: ListProps & { scenes: readonly ReviewScene[] }) {
  return (
    <ol className="review-scenes">
      {scenes.map((scene) => (
        <ReviewSceneItem key={scene.key} item={scene} {...rest} />
      ))}
    </ol>
  );
}

const words: Partial<Record<Change["kind"], string>> = {
  "scene-new": "New scene",
  "scene-gone": "No longer in the script",
  "scene-moved": "Moved",
};

function ReviewSceneItem({ item, choices, fps, isFirst }: ListProps & { item: ReviewScene }) {
  const { scene, number, changes, rows } = item;
  const facts = sceneFacts(scene as Pick<Scene, "setting" | "time">);
  const color = number === null ? "var(--line-3)" : sceneColor(number);
  return (
    <li className="review-scene" style={{ ["--k" as string]: color }}>
      <header>
        <i aria-hidden="true" />
        <h3 className="cut">
          {number === null ? "" : <>{number}&ensp;</>}
          {sceneName({ ...scene, number: number ?? 0 })}
        </h3>
        {facts ? <span className="faint small">{facts}</span> : null}
        <code className="faint cut">{scene.heading}</code>
        {isFirst
          ? null
          : changes.map((change) => (
              <Take
                key={change.id}
                change={change}
                word={words[change.kind] ?? "Heading"}
                about={number === null ? scene.heading : `scene ${number}`}
                isTaken={choices.accepted.has(change.id)}
                onAnswer={choices.answer}
              />
            ))}
      </header>
      {changes.map((change) =>
        "fields" in change ? <Fields key={change.id} change={change} choices={choices} /> : null,
      )}
      {rows.length > 0 ? (
        <ol>
          {rows.map((row) => (
            <ReviewShot key={row.key} row={row} sceneNumber={number} choices={choices} fps={fps} isFirst={isFirst} />
          ))}
        </ol>
      ) : null}
    </li>
  );
}
