import { useMemo, useRef } from "react";
import {
  duplicateShots,
  emptyShot,
  insertScene,
  mergeShots,
  moveScene,
  moveShots,
  newHeading,
  removeScene,
  renameScene,
  splitShot,
} from "#domain/film/board-edits.ts";
import { whyNotJoined, type Cut } from "#domain/film/cut-shot.ts";
import { addShot } from "#domain/film/edit.ts";
import { removeShots } from "#domain/film/remove-shots.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import { secondsToFrames } from "#domain/time.ts";
import { sentenceOf } from "#app/studio/session/api.ts";
import { useOpenFilm, useSession } from "#app/studio/session/film-session.tsx";
import { gesture, undoableGesture } from "#app/studio/session/gesture.ts";
import { useReadFilm } from "#app/studio/session/use-film.ts";
import { jobActions } from "#app/studio/session/use-jobs.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { useView } from "#app/studio/shell/use-view.ts";
import { toast } from "#app/ui/toast.tsx";
import { besideThese, inOrder, lanesOf, placeOf, stepped, steppedScene, type Lane } from "./arrangement.ts";
import { asideWords, deletedWords, sceneName } from "./shot-words.ts";
import { toastUndo } from "./toast-undo.ts";

export interface BoardActions {
  select(ids: readonly Id[]): void;
  /** Those that an action on this card is about: all that are selected when it is one of them. */
  chosen(id: Id): Id[];
  open(id: Id): void;
  add(sceneId: Id, afterId?: Id): void;
  duplicate(ids: readonly Id[]): void;
  split(id: Id, cut: Cut): void;
  merge(ids: readonly Id[]): void;
  remove(ids: readonly Id[]): void;
  generate(ids: readonly Id[]): void;
  move(ids: readonly Id[], by: -1 | 1, across: "shot" | "scene"): void;
  addScene(afterId: Id | null): void;
  renameScene(id: Id, heading: string): void;
  moveScene(id: Id, by: -1 | 1): void;
  removeScene(id: Id): void;
}

/**
 * What people do on the board, each one step of undo. The object stays the same, so that cards need not draw again.
 * @param focus  brings a card to where it is seen and gives it the keys
 */
export function useBoardActions(focus: (id: Id) => void, renaming: (sceneId: Id) => void): BoardActions {
  const session = useSession();
  const readFilm = useReadFilm();
  const { work } = useOpenFilm().work;
  const selection = useSelection();
  const [, show] = useView();
  const latest = useRef({ session, selection, show, focus, renaming });
  latest.current = { session, selection, show, focus, renaming };
  return useMemo((): BoardActions => {
    const lanes = (): Lane[] => lanesOf(readFilm().scenes, readFilm().shots);
    const select = (ids: readonly Id[]) => latest.current.selection.selectShots([...ids]);
    const take = (id: Id) => {
      select([id]);
      latest.current.focus(id);
    };
    const withTakes = () => new Set(work.get().takes.map((made) => made.shotId));
    type Edit<T> = (doc: typeof session.doc, edit: typeof session.edit) => T;
    /** Runs an edit as its own step of undo; does nothing for who may only look. */
    const change = <T>(run: Edit<T>): T | null => {
      const { doc, edit, mayEdit, undo } = latest.current.session;
      return mayEdit ? gesture(undo, () => run(doc, edit)) : null;
    };
    /** As change, and says what was done, with a way back. */
    const changeAndSay = <T>(run: Edit<T>, words: string): T | null => {
      const { doc, edit, mayEdit, undo } = latest.current.session;
      if (!mayEdit) return null;
      const { result, takeBack } = undoableGesture(undo, () => run(doc, edit));
      if (result !== null) toastUndo(words, takeBack);
      return result;
    };
    const shotsOf = (ids: readonly Id[]): Shot[] => {
      const wanted = new Set(ids);
      return readFilm().shots.filter((shot) => wanted.has(shot.id));
    };
    const fourSeconds = () => secondsToFrames(4, readFilm().meta.fps);

    return {
      select,
      chosen: (id) => {
        const { shotIds } = latest.current.selection;
        return shotIds.includes(id) ? inOrder(lanes(), shotIds) : [id];
      },
      open(id) {
        select([id]);
        latest.current.show("shots");
      },
      add(sceneId, afterId) {
        const last =
          afterId ??
          lanes()
            .find((lane) => lane.sceneId === sceneId)
            ?.shotIds.at(-1) ??
          null;
        const shot = {
          ...emptyShot,
          dialogue: [],
          characters: [],
          elementIds: [],
          sceneId,
          durationFrames: fourSeconds(),
        };
        const id = change((doc, edit) => addShot(doc, shot, last, edit));
        if (id !== null) take(id);
      },
      duplicate(ids) {
        const made = change((doc, edit) => duplicateShots(doc, ids, edit));
        const [first] = made ?? [];
        if (!made || first === undefined) return;
        select(made);
        latest.current.focus(first);
      },
      split(id, cut) {
        const made = change((doc, edit) => splitShot(doc, id, cut, edit));
        if (made === null) return toast.wrong("A shot of one frame cannot be cut in two.");
        select([id, made]);
        latest.current.focus(made);
      },
      merge(ids) {
        const no = whyNotJoined(shotsOf(ids));
        if (no !== null) return toast.wrong(no);
        const numbers = shotsOf(ids).map((shot) => shot.number);
        const words = `${numbers.join(", ")} are one shot now.`;
        const kept = changeAndSay((doc, edit) => mergeShots(doc, ids, withTakes(), edit), words);
        if (kept !== null) take(kept);
      },
      remove(ids) {
        const gone = shotsOf(ids);
        if (gone.length === 0) return;
        const next = besideThese(lanes(), ids);
        const rendered = withTakes();
        const kept = gone.filter((shot) => rendered.has(shot.id)).length;
        const words = deletedWords(gone, kept);
        if (changeAndSay((doc, edit) => removeShots(doc, ids, rendered, edit), words) === null) return;
        if (next === null) select([]);
        else take(next);
      },
      generate(ids) {
        const [first, ...more] = ids;
        if (first === undefined) return;
        const asked: Promise<unknown> =
          more.length === 0 ? jobActions.generateShot(first) : jobActions.generateAll([...ids]);
        asked.catch((error: unknown) => toast.wrong(sentenceOf(error)));
      },
      move(ids, by, across) {
        const before = lanes();
        const next = across === "scene" ? steppedScene(before, ids, by) : stepped(before, ids, by);
        const place = next && placeOf(next, ids);
        if (!place) return;
        change((doc, edit) => moveShots(doc, inOrder(before, ids), place.sceneId, place.afterId, edit));
        const [lead] = ids;
        if (lead !== undefined) latest.current.focus(lead);
      },
      addScene(afterId) {
        const scene = { heading: newHeading, durationFrames: fourSeconds() };
        const made = change((doc, edit) => insertScene(doc, scene, afterId, edit));
        if (!made) return;
        take(made.shotId);
        latest.current.renaming(made.sceneId);
      },
      renameScene: (id, heading) => void change((doc, edit) => renameScene(doc, id, heading, edit)),
      moveScene(id, by) {
        const ids = readFilm().scenes.map((scene) => scene.id);
        const at = ids.indexOf(id);
        if (at < 0 || ids[at + by] === undefined) return;
        change((doc, edit) => moveScene(doc, id, ids[by < 0 ? at - 2 : at + 1] ?? null, edit));
      },
      removeScene(id) {
        const scene = readFilm().scenes.find((each) => each.id === id);
        if (!scene) return;
        const rendered = withTakes();
        const kept = readFilm().shots.filter((shot) => shot.sceneId === id && rendered.has(shot.id)).length;
        const words = `Scene ${scene.number}, ${sceneName(scene)}, deleted.${asideWords(kept)}`;
        changeAndSay((doc, edit) => removeScene(doc, id, rendered, edit), words);
      },
    };
  }, [readFilm, work]);
}
