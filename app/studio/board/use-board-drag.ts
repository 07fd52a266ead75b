import type { Announcements, DndContextProps, UniqueIdentifier } from "@dnd-kit/core";
import { useMemo, useState } from "react";
import { moveShot } from "#domain/film/edit.ts";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { usePresence } from "#app/studio/session/use-peers.ts";
import { laneOf, placeOf, withMoved, type Lane } from "./arrangement.ts";
import { sceneName } from "./shot-words.ts";

export interface BoardDrag {
  /** Where the cards lie now, the lifted one where it would fall. */
  lanes: readonly Lane[];
  liftedId: Id | null;
  handlers: Pick<DndContextProps, "onDragStart" | "onDragOver" | "onDragEnd" | "onDragCancel">;
  announcements: Announcements;
}

/** Dragging moves cards on this screen only; the film changes once, when the card is put down. */
export function useBoardDrag(scenes: readonly Scene[], shots: readonly Shot[]): BoardDrag {
  const { doc, edit } = useSession();
  const presence = usePresence();
  const film = useMemo(
    () =>
      scenes.map((scene): Lane => ({
        sceneId: scene.id,
        shotIds: shots.filter((shot) => shot.sceneId === scene.id).map((shot) => shot.id),
      })),
    [scenes, shots],
  );
  const [drag, setDrag] = useState<{ id: Id; lanes: readonly Lane[] } | null>(null);
  const lanes = drag?.lanes ?? film;

  const over = (id: Id, target: UniqueIdentifier | undefined): readonly Lane[] => {
    if (target === undefined || target === id) return lanes;
    const scene = /^scene:(.*)$/.exec(String(target))?.[1];
    if (scene !== undefined) {
      const lane = lanes.find((each) => each.sceneId === scene);
      return !lane || lane.shotIds.includes(id) ? lanes : withMoved(lanes, id, scene, lane.shotIds.length);
    }
    const lane = laneOf(lanes, String(target));
    return lane ? withMoved(lanes, id, lane.sceneId, lane.shotIds.indexOf(String(target))) : lanes;
  };
  const end = () => {
    setDrag(null);
    presence.set({ activity: null });
  };

  const words = (id: UniqueIdentifier, target: UniqueIdentifier | undefined) => {
    const shot = shots.find((each) => each.id === id);
    const place = placeOf(over(String(id), target), String(id));
    const lane = place ? over(String(id), target).find((each) => each.sceneId === place.sceneId) : undefined;
    const scene = scenes.find((each) => each.id === place?.sceneId);
    const at = lane
      ? `place ${lane.shotIds.indexOf(String(id)) + 1} of ${lane.shotIds.length} in scene ${scene?.number}, ${scene ? sceneName(scene) : ""}`
      : "no place";
    return { name: `Shot ${shot?.number ?? ""}`, at };
  };

  return {
    lanes,
    liftedId: drag?.id ?? null,
    handlers: {
      onDragStart: ({ active }) => {
        setDrag({ id: String(active.id), lanes: film });
        presence.set({ activity: { kind: "dragging", id: String(active.id) } });
      },
      // Only across scenes: inside one, the cards make room by themselves.
      onDragOver: ({ active, over: target }) => {
        const id = String(active.id);
        const from = laneOf(lanes, id);
        const to = over(id, target?.id);
        if (laneOf(to, id)?.sceneId !== from?.sceneId) setDrag({ id, lanes: to });
      },
      onDragEnd: ({ active, over: target }) => {
        const id = String(active.id);
        const place = placeOf(over(id, target?.id), id);
        const before = placeOf(film, id);
        end();
        if (!place || (before?.sceneId === place.sceneId && before.afterId === place.afterId)) return;
        moveShot(doc, id, place.sceneId, place.afterId, edit);
      },
      onDragCancel: end,
    },
    announcements: {
      onDragStart: ({ active }) => `${words(active.id, undefined).name} lifted.`,
      onDragOver: ({ active, over: target }) => {
        const { name, at } = words(active.id, target?.id);
        return `${name} is at ${at}.`;
      },
      onDragEnd: ({ active, over: target }) => {
        const { name, at } = words(active.id, target?.id);
        return `${name} put down at ${at}.`;
      },
      onDragCancel: ({ active }) => `${words(active.id, undefined).name} stays where it was.`,
    },
  };
}
