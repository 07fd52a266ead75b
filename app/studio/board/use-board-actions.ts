import { useMemo, useRef, type KeyboardEvent } from "react";
import { addShot, moveShot } from "#domain/film/edit.ts";
import { removeShots, restoreShots } from "#domain/film/remove-shots.ts";
import type { Id } from "#domain/ids.ts";
import { secondsToFrames } from "#domain/time.ts";
import { sentenceOf } from "#app/studio/session/api.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useReadFilm } from "#app/studio/session/use-film.ts";
import { jobActions } from "#app/studio/session/use-jobs.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { useView } from "#app/studio/shell/use-view.ts";
import type { MenuItems } from "#app/ui/menu.tsx";
import { toast } from "#app/ui/toast.tsx";
import { placeOf, selectionAfterClick, stepped, steppedScene, type Lane } from "./arrangement.ts";
import type { CardActions } from "./board-scene.tsx";

export interface BoardActions extends CardActions {
  add(sceneId: Id): void;
}

/** What pointer and keys do on the board. The object stays the same, so that cards need not draw again. */
export function useBoardActions(lanes: readonly Lane[]): BoardActions {
  const session = useSession();
  const readFilm = useReadFilm();
  const selection = useSelection();
  const [, show] = useView();
  const latest = useRef({ session, selection, show, lanes });
  latest.current = { session, selection, show, lanes };
  return useMemo((): BoardActions => {
    const order = () => latest.current.lanes.flatMap((lane) => lane.shotIds);
    const select = (ids: Id[]) => latest.current.selection.selectShots(ids);
    const chosen = (id: Id) =>
      latest.current.selection.shotIds.includes(id) ? [...latest.current.selection.shotIds] : [id];

    const open = (id: Id) => {
      select([id]);
      latest.current.show("shots");
    };
    const remove = (ids: Id[]) => {
      const { doc, edit, mayEdit } = latest.current.session;
      if (!mayEdit) return;
      const film = readFilm();
      const numbers = film.shots.filter((shot) => ids.includes(shot.id)).map((shot) => shot.number);
      const all = order();
      const next = all[Math.max(...ids.map((id) => all.indexOf(id))) + 1] ?? all.find((id) => !ids.includes(id));
      const removed = removeShots(doc, ids, edit);
      select(next ? [next] : []);
      if (next) focusCard(next);
      toast.undo(numbers.length === 1 ? `Shot ${numbers[0]} deleted.` : `${numbers.length} shots deleted.`, () =>
        restoreShots(doc, removed, edit),
      );
    };
    const move = (id: Id, next: readonly Lane[] | null) => {
      const { doc, edit, mayEdit } = latest.current.session;
      const place = next ? placeOf(next, id) : null;
      if (!place || !mayEdit) return;
      moveShot(doc, id, place.sceneId, place.afterId, edit);
      focusCard(id);
    };
    const add = (sceneId: Id, afterId?: Id) => {
      const { doc, edit, mayEdit } = latest.current.session;
      if (!mayEdit) return;
      const { meta } = readFilm();
      const last = afterId ?? latest.current.lanes.find((lane) => lane.sceneId === sceneId)?.shotIds.at(-1) ?? null;
      const id = addShot(
        doc,
        {
          sceneId,
          type: "medium",
          move: "static",
          action: "",
          dialogue: [],
          characters: [],
          prompt: "",
          durationFrames: secondsToFrames(4, meta.fps),
          elementIds: [],
        },
        last,
        edit,
      );
      select([id]);
      focusCard(id);
    };
    const generate = (ids: Id[]) => {
      const [first, ...more] = ids;
      if (first === undefined) return;
      const asked: Promise<unknown> = more.length === 0 ? jobActions.generateShot(first) : jobActions.generateAll(ids);
      asked.catch((error: unknown) => toast.wrong(sentenceOf(error)));
    };

    return {
      click: (id, event) =>
        select(
          selectionAfterClick(order(), latest.current.selection.shotIds, id, {
            toggle: event.ctrlKey || event.metaKey,
            range: event.shiftKey,
          }),
        ),
      open,
      add: (sceneId) => add(sceneId),
      key(id, event) {
        const {
          lanes: now,
          session: { mayEdit },
        } = latest.current;
        const step = arrowStep(event);
        if (event.altKey && step) {
          event.preventDefault();
          if (mayEdit) move(id, step.across ? steppedScene(now, id, step.by) : stepped(now, id, step.by));
        } else if (step && !event.ctrlKey && !event.metaKey) {
          event.preventDefault();
          const next = neighbour(id, event.key, order());
          if (next) {
            select(
              event.shiftKey
                ? selectionAfterClick(order(), latest.current.selection.shotIds, next, { toggle: false, range: true })
                : [next],
            );
            focusCard(next);
          }
        } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
          event.preventDefault();
          open(id);
        } else if (event.key === "Delete" || event.key === "Backspace") {
          event.preventDefault();
          remove(chosen(id));
        } else if (event.key === " " && !mayEdit) {
          event.preventDefault();
        }
      },
      menu(id): MenuItems {
        const { mayEdit } = latest.current.session;
        const scene = latest.current.lanes.find((lane) => lane.shotIds.includes(id))?.sceneId;
        const open_ = { name: "Open in Shots", shortcut: "Enter", run: () => open(id) };
        if (!mayEdit || !scene) return [open_];
        return [
          open_,
          {
            name: chosen(id).length > 1 ? `Generate ${chosen(id).length} shots` : "Generate",
            shortcut: "Ctrl+Enter",
            run: () => generate(chosen(id)),
          },
          "line",
          { name: "Add a shot after it", run: () => add(scene, id) },
          { name: "Move back", shortcut: "Alt+Left", run: () => move(id, stepped(latest.current.lanes, id, -1)) },
          { name: "Move on", shortcut: "Alt+Right", run: () => move(id, stepped(latest.current.lanes, id, 1)) },
          "line",
          {
            name: chosen(id).length > 1 ? `Delete ${chosen(id).length} shots` : "Delete",
            shortcut: "Del",
            danger: true,
            run: () => remove(chosen(id)),
          },
        ];
      },
    };
  }, [readFilm]);
}

function arrowStep(event: KeyboardEvent): { by: -1 | 1; across: boolean } | null {
  switch (event.key) {
    case "ArrowLeft":
      return { by: -1, across: false };
    case "ArrowRight":
      return { by: 1, across: false };
    case "ArrowUp":
      return { by: -1, across: true };
    case "ArrowDown":
      return { by: 1, across: true };
    default:
      return null;
  }
}

const cardElement = (id: Id) => document.querySelector<HTMLElement>(`.board [data-shot-id="${CSS.escape(id)}"]`);

/** After the list has been drawn with the change in it. */
function focusCard(id: Id): void {
  requestAnimationFrame(() => requestAnimationFrame(() => cardElement(id)?.focus()));
}

/** The card to the left or right in reading order; above or below by where cards lie on the screen. */
function neighbour(id: Id, key: string, order: readonly Id[]): Id | null {
  const at = order.indexOf(id);
  if (key === "ArrowLeft") return order[at - 1] ?? null;
  if (key === "ArrowRight") return order[at + 1] ?? null;
  const from = cardElement(id)?.getBoundingClientRect();
  if (!from) return null;
  let best: { id: Id; distance: number } | null = null;
  for (const other of order) {
    const box = cardElement(other)?.getBoundingClientRect();
    if (!box) continue;
    const down = box.top - from.top;
    if (key === "ArrowDown" ? down < 8 : down > -8) continue;
    const distance = Math.abs(down) * 4 + Math.abs(box.left - from.left);
    if (!best || distance < best.distance) best = { id: other, distance };
  }
  return best?.id ?? null;
}
