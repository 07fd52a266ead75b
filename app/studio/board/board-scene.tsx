import { useDroppable } from "@dnd-kit/core";
import { rectSortingStrategy, SortableContext, useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { Plus } from "lucide-react";
import { memo, type CSSProperties, type KeyboardEvent, type MouseEvent } from "react";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import type { FrameRate } from "#domain/time.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { ContextMenu, type MenuItems } from "#app/ui/menu.tsx";
import { ShotCard } from "./shot-card.tsx";
import { sceneColor, sceneFacts, sceneName, secondsWords } from "./shot-words.ts";

/** What the board does with cards; one object for all of them, so that memo holds. */
export interface CardActions {
  click(id: Id, event: MouseEvent): void;
  open(id: Id): void;
  key(id: Id, event: KeyboardEvent): void;
  menu(id: Id): MenuItems;
}

export interface BoardSceneProps {
  scene: Scene;
  shots: readonly Shot[];
  fps: FrameRate;
  selected: ReadonlySet<Id>;
  peers: Readonly<Record<Id, { name: string; color: string }>>;
  mayEdit: boolean;
  actions: CardActions;
  onAdd(sceneId: Id): void;
}

export function BoardScene({ scene, shots, fps, selected, peers, mayEdit, actions, onAdd }: BoardSceneProps) {
  const { setNodeRef } = useDroppable({ id: `scene:${scene.id}`, disabled: !mayEdit });
  const name = sceneName(scene);
  const facts = sceneFacts(scene);
  const frames = shots.reduce((sum, shot) => sum + shot.durationFrames, 0);
  return (
    <section
      className="board-scene"
      aria-label={`Scene ${scene.number}, ${name}`}
      style={{ "--k": sceneColor(scene.number) } as CSSProperties}
    >
      <header className="board-scene-head">
        <i aria-hidden="true" />
        <h3 className="cut" title={scene.heading}>
          {scene.number}&ensp;{name}
        </h3>
        {facts ? <span className="faint small">{facts}</span> : null}
        <span className="faint small num">{secondsWords(frames, fps)}</span>
        <span className="grow" />
        {mayEdit ? (
          <IconButton name={`Add a shot to scene ${scene.number}`} size="small" onClick={() => onAdd(scene.id)}>
            <Plus className="small" />
          </IconButton>
        ) : null}
      </header>
      <SortableContext items={shots.map((shot) => shot.id)} strategy={rectSortingStrategy}>
        <div
          ref={setNodeRef}
          className="board-cards"
          role="listbox"
          aria-multiselectable="true"
          aria-label={`Shots of scene ${scene.number}`}
        >
          {shots.map((shot) => (
            <SortableCard
              key={shot.id}
              shot={shot}
              scene={scene}
              fps={fps}
              selected={selected.has(shot.id)}
              peer={peers[shot.id] ?? null}
              mayEdit={mayEdit}
              actions={actions}
            />
          ))}
          {shots.length === 0 ? (
            <p className="board-scene-empty">No shots in this scene. Drag one here, or add one.</p>
          ) : null}
        </div>
      </SortableContext>
    </section>
  );
}

const SortableCard = memo(function SortableCard({
  shot,
  scene,
  fps,
  selected,
  peer,
  mayEdit,
  actions,
}: {
  shot: Shot;
  scene: Scene;
  fps: FrameRate;
  selected: boolean;
  peer: { name: string; color: string } | null;
  mayEdit: boolean;
  actions: CardActions;
}) {
  const { setNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({
    id: shot.id,
    disabled: !mayEdit,
  });
  const lift = listeners?.["onKeyDown"] as ((event: KeyboardEvent) => void) | undefined;
  return (
    <ContextMenu items={actions.menu(shot.id)}>
      <div
        ref={setNodeRef}
        {...attributes}
        {...listeners}
        role="option"
        tabIndex={0}
        aria-selected={selected}
        aria-disabled={undefined}
        aria-roledescription="shot"
        aria-label={`Shot ${shot.number}`}
        data-shot-id={shot.id}
        data-dragging={isDragging}
        className="board-slot"
        style={{ transform: CSS.Translate.toString(transform), transition }}
        onClick={(event) => actions.click(shot.id, event)}
        onDoubleClick={() => actions.open(shot.id)}
        onKeyDown={(event) => {
          if (!isDragging) actions.key(shot.id, event);
          if (!event.defaultPrevented) lift?.(event);
        }}
      >
        <ShotCard shot={shot} scene={scene} fps={fps} selected={selected} peer={peer} />
      </div>
    </ContextMenu>
  );
});
