import { useMemo, useRef } from "react";
import {
  duplicateShots,
  emptyShot,
  insertScene,
  mergeShots,
  moveScene,
  moveShots,
  removeScene,
  renameScene,
  splitShot,
} from "#domain/film/board-edits.ts";
import { whyNotJoined, type Cut } from "#domain/film/cut-shot.ts";
import { addShot } from "#domain/film/edit.ts";
import { removeShots, restoreShots } from "#domain/film/remove-shots.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import { secondsToFrames } from "#domain/time.ts";
import { sentenceOf } from "#app/studio/session/api.ts";
import { useOpenFilm, useSession } from "#app/studio/session/film-session.tsx";
import { useReadFilm } from "#app/studio/session/use-film.ts";
import { jobActions } from "#app/studio/session/use-jobs.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { useView } from "#app/studio/shell/use-view.ts";
import { toast } from "#app/ui/toast.tsx";
import { inOrder, lanesOf, placeOf, stepped, steppedScene, type Lane } from "./arrangement.ts";
import { sceneName } from "./shot-words.ts";

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
    /** Runs an edit as its own step of undo; does nothing for who may only look. */
    const change = <T>(run: (doc: typeof session.doc, edit: typeof session.edit) => T): T | null => {
      const { doc, edit, mayEdit, undo } = latest.current.session;
      if (!mayEdit) return null;
      undo.stopCapturing();
      const done = run(doc, edit);
      undo.stopCapturing();
      return done;
    };
    const takeBack = () => void latest.current.session.undo.undo();
    const shotsOf = (ids: readonly Id[]): Shot[] => readFilm().shots.filter((shot) => ids.includes(shot.id));
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
        const kept = change((doc, edit) => mergeShots(doc, ids, withTakes(), edit));
        if (kept === null) return;
        take(kept);
        toast.undo(`${numbers.join(", ")} are one shot now.`, takeBack);
      },
      remove(ids) {
        const gone = shotsOf(ids);
        const [first] = gone;
        if (!first) return;
        const all = lanes().flatMap((lane) => lane.shotIds);
        const next = all[Math.max(...ids.map((id) => all.indexOf(id))) + 1] ?? all.findLast((id) => !ids.includes(id));
        const removed = change((doc, edit) => removeShots(doc, ids, edit));
        if (!removed) return;
        if (next === undefined) select([]);
        else take(next);
        const { doc, edit } = latest.current.session;
        toast.undo(gone.length === 1 ? `Shot ${first.number} deleted.` : `${gone.length} shots deleted.`, () =>
          restoreShots(doc, removed, edit),
        );
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
        const heading = "INT. NEW PLACE - DAY";
        const made = change((doc, edit) => insertScene(doc, { heading, durationFrames: fourSeconds() }, afterId, edit));
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
        change((doc, edit) => removeScene(doc, id, rendered, edit));
        const words =
          kept === 0 ? "" : ` ${kept} ${kept === 1 ? "shot with takes is" : "shots with takes are"} set aside.`;
        toast.undo(`Scene ${scene.number}, ${sceneName(scene)}, deleted.${words}`, takeBack);
      },
    };
  }, [readFilm, work]);
}
