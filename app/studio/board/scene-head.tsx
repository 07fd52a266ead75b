import { Ellipsis, Plus } from "lucide-react";
import { memo, useRef, useState, type CSSProperties } from "react";
import type { Scene } from "#domain/film/scene.ts";
import type { Id } from "#domain/ids.ts";
import { timecode, type Frames, type FrameRate } from "#domain/time.ts";
import { enterPressed } from "#app/ui/enter-pressed.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Menu, type MenuItems } from "#app/ui/menu.tsx";
import { sceneColor, sceneFacts, sceneName } from "./shot-words.ts";

export interface SceneActions {
  add(sceneId: Id): void;
  rename(sceneId: Id, heading: string): void;
  sceneMenu(sceneId: Id): MenuItems;
}

/** What stands over a scene's cards. A double click on its name writes another heading. */
export const SceneHead = memo(function SceneHead({
  scene,
  frames,
  fps,
  mayEdit,
  renaming,
  actions,
  onRenaming,
}: {
  scene: Scene;
  frames: Frames;
  fps: FrameRate;
  mayEdit: boolean;
  renaming: boolean;
  actions: SceneActions;
  onRenaming(sceneId: Id | null): void;
}) {
  const facts = sceneFacts(scene);
  return (
    <header
      className="board-scene-head"
      data-scene-id={scene.id}
      data-drop-scene={scene.id}
      style={{ "--k": sceneColor(scene.number) } as CSSProperties}
    >
      <i aria-hidden="true" />
      {renaming ? (
        <HeadingField
          heading={scene.heading}
          onDone={(heading) => {
            onRenaming(null);
            if (heading !== null && heading !== scene.heading) actions.rename(scene.id, heading);
          }}
        />
      ) : (
        <>
          <h3 className="cut" title={scene.heading} onDoubleClick={() => (mayEdit ? onRenaming(scene.id) : undefined)}>
            {scene.number}&ensp;{sceneName(scene)}
          </h3>
          {facts ? <span className="faint small">{facts}</span> : null}
          <span className="faint small num">{timecode(frames, fps)}</span>
        </>
      )}
      <span className="grow" />
      {mayEdit ? (
        <span className="board-scene-tools">
          <Menu items={actions.sceneMenu(scene.id)} align="end">
            <IconButton name={`More for scene ${scene.number}`} size="small">
              <Ellipsis className="small" />
            </IconButton>
          </Menu>
          <IconButton name={`Add a shot to scene ${scene.number}`} size="small" onClick={() => actions.add(scene.id)}>
            <Plus className="small" />
          </IconButton>
        </span>
      ) : null}
    </header>
  );
});

/** A scene's heading, written in place. */
export function HeadingField({ heading, onDone }: { heading: string; onDone(heading: string | null): void }) {
  const [draft, setDraft] = useState(heading);
  const openedAt = useRef(0);
  const keep = () => onDone(draft.trim() === "" ? null : draft);
  return (
    <input
      className="ui-input board-heading-field"
      aria-label="Scene heading"
      autoFocus
      maxLength={500}
      value={draft}
      onFocus={(event) => {
        openedAt.current ||= performance.now();
        event.target.select();
      }}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={(event) => {
        // A menu that closes gives the focus back to its button; the heading was asked for after that.
        if (performance.now() - openedAt.current < 300) event.target.focus();
        else keep();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (enterPressed(event)) keep();
        if (event.key === "Escape") onDone(null);
      }}
    />
  );
}
