import { useMemo } from "react";
import { deedSpans, withDeedAt, type DeedSpan } from "#domain/film/deed-spans.ts";
import { changeShot } from "#domain/film/edit.ts";
import {
  addLight,
  changeCamera,
  changeCameraKey,
  changeFrame,
  changeLight,
  changePiece,
  changeSet,
  copyLight,
  moveCameraKey,
  placePiece,
  removeMark,
  removeStaging,
  setBurn,
  setCameraKey,
  setDeeds,
  setMark,
  snapFrame,
  type KeyView,
} from "#domain/film/staging-edits.ts";
import type { StagedFrame, StagedKey, StagedLight } from "#domain/film/staging.ts";
import type { PieceKind } from "#domain/screenplay/plan/plan-words.ts";
import { canonicalName } from "#domain/screenplay/plan/plan-cast.ts";
import type { Motion, Vec3 } from "#domain/screenplay/scene-plan.ts";
import { bringPicture } from "#app/studio/elements/bring-picture.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture, undoableGesture } from "#app/studio/session/gesture.ts";
import { sentenceOf } from "#app/studio/session/api.ts";
import { toast } from "#app/ui/toast.tsx";
import { changeSetState, drawn, setState } from "./set-state.ts";
import { innerId, kindOfThing, type Thing, type ThingId } from "./things.ts";
import type { ShotSet } from "./use-set.ts";

export type SetActions = ReturnType<typeof actionsIn>;

/** What a person can do to the set, each one step of undo. */
export function useSetActions(set: ShotSet): SetActions {
  const session = useSession();
  return useMemo(() => actionsIn(session, set), [session, set]);
}

function actionsIn({ doc, edit, undo, projectId }: ReturnType<typeof useSession>, set: ShotSet) {
  const { shot, staging, things, plan } = set;
  const { id: shotId, sceneId } = shot;
  const once = <T>(run: () => T): T => gesture(undo, run);
  const viewAt = (frame: number): KeyView => {
    const key = staging.keys.find((one) => one.frame === frame);
    const { eye, look, lensMm } = drawn.get()?.shotView(frame) ?? startView(set);
    return { eye, look, lensMm, ...(key ? {} : staging.keys.length > 0 ? {} : { ease: "smooth" as const }) };
  };

  const actions = {
    /** Puts something where a hand let go of it. */
    place(id: ThingId, at: Vec3, facing: number): void {
      once(() => {
        const inner = innerId(id);
        const { frame } = setState.get();
        switch (kindOfThing(id)) {
          case "person": {
            const seat = plan.cast.find(({ name }) => canonicalName(name) === inner)?.seat;
            const wasAt = things.find((thing) => thing.id === id)?.at;
            // Who is carried away from their seat stands.
            const stays = wasAt !== undefined && at.every((value, axis) => value === wasAt[axis]);
            return void setMark(doc, sceneId, inner, { at, facing, ...(stays && seat ? { seat } : { seat: 0 }) }, edit);
          }
          case "piece":
            return changePiece(doc, inner, { at, facing }, edit);
          case "light":
            return changeLight(doc, inner, { at }, edit);
          case "key":
            return changeCameraKey(doc, inner, { eye: at }, edit);
          case "camera":
            return void setCameraKey(doc, shotId, frame, { ...viewAt(frame), eye: at }, edit);
        }
      });
    },
    nudge(thing: Thing, by: Vec3, turn: number): void {
      const at = thing.at.map((value, axis) => Math.round((value + (by[axis] ?? 0)) * 100) / 100) as Vec3;
      actions.place(thing.id, at, thing.facing + turn);
    },
    /** A key of the camera where it is at the playhead, or as a view has it. */
    key(frame: number, view: Partial<KeyView> = {}): void {
      once(() => setCameraKey(doc, shotId, frame, { ...viewAt(frame), ...view }, edit));
    },
    changeKey(
      id: string,
      patch: Partial<Pick<StagedKey, "eye" | "look" | "lensMm" | "ease" | "focus" | "name">>,
    ): void {
      once(() => changeCameraKey(doc, id, patch, edit));
    },
    /** @returns false where a locked key keeps its place */
    moveKey(id: string, frame: number): boolean {
      const there = staging.keys.find((one) => one.frame === frame && one.id !== id);
      const { result: isMoved, takeBack } = undoableGesture(undo, () => moveCameraKey(doc, id, frame, edit));
      if (there?.locked === true) toast.say("The key at that frame is locked.");
      else if (there && isMoved)
        toast.say("Replaced the key at that frame.", { name: "Undo", run: () => void takeBack() });
      return isMoved;
    },
    addPiece(what: PieceKind): void {
      const at = drawn.get()?.spot() ?? plan.cast[0]?.at ?? [0, 0, 0];
      const id = once(() => placePiece(doc, sceneId, { what, at, facing: 0 }, edit));
      changeSetState({ selected: `piece:${id}` });
    },
    addLight(what: StagedLight["what"]): void {
      const [x, y, z] = drawn.get()?.spot() ?? plan.cast[0]?.at ?? [0, 0, 0];
      const look = plan.cast[0]?.at ?? [0, 0, 0];
      const light = { what, at: [x, y + (what === "lamp" ? 1.8 : 2.6), z] as Vec3, colour: "#ffd9a0" };
      const full = { ...light, ...(what === "lamp" ? {} : { look: [look[0], look[1] + 1.2, look[2]] as Vec3 }) };
      const id = once(() => addLight(doc, sceneId, { ...full, power: what === "lamp" ? 12 : 60, reach: 14 }, edit));
      changeSetState({ selected: `light:${id}` });
    },
    changeLight(id: string, patch: Partial<Pick<StagedLight, "colour" | "power" | "reach" | "flicker">>): void {
      once(() => changeLight(doc, id, patch, edit));
    },
    /** From when to when a light burns in this shot; null: all the time. */
    burns(id: string, stretch: { from: number; to: number } | null): void {
      once(() => setBurn(doc, shotId, id, stretch, edit));
    },
    changePiece(id: string, patch: { scale?: number; colour?: string; hidden?: boolean }): void {
      once(() => changePiece(doc, id, patch, edit));
    },
    /** A piece or a light once more, a step beside it; a key of the camera at the playhead. */
    duplicate(id: ThingId): void {
      const inner = innerId(id);
      const beside = ([x, y, z]: Vec3): Vec3 => [x + besideBy, y, z];
      const piece = staging.pieces.find((one) => one.id === inner);
      if (piece) {
        const { id: _id, kind: _kind, sceneId: _scene, locked: _locked, ...same } = piece;
        const made = once(() => placePiece(doc, sceneId, { ...same, at: beside(same.at) }, edit));
        changeSetState({ selected: `piece:${made}` });
      }
      const light = staging.lights.find((one) => one.id === inner);
      if (light) {
        const made = once(() => copyLight(doc, inner, beside(light.at), edit));
        if (made !== null) changeSetState({ selected: `light:${made}` });
      }
      const key = staging.keys.find((one) => one.id === inner);
      const { frame } = setState.get();
      if (key && staging.keys.some((one) => one.frame === frame))
        toast.say("There is already a key here. Move the playhead, then duplicate again.");
      else if (key) {
        const { eye, look, lensMm, ease, focus, roll } = key;
        const same = { eye, look, lensMm, ...said({ ease, focus, roll }) };
        const made = once(() => setCameraKey(doc, shotId, frame, same, edit));
        changeSetState({ selected: `key:${made}` });
      }
    },
    lock(thing: Thing): void {
      const locked = thing.locked ? undefined : true;
      const inner = innerId(thing.id);
      once(() => {
        if (thing.kind === "piece") changePiece(doc, inner, { locked }, edit);
        if (thing.kind === "light") changeLight(doc, inner, { locked }, edit);
        if (thing.kind === "person")
          setMark(doc, sceneId, inner, { at: thing.at, facing: thing.facing, locked: locked ?? false }, edit);
      });
    },
    hide(thing: Thing): void {
      if (thing.kind === "piece")
        once(() => changePiece(doc, innerId(thing.id), { hidden: thing.hidden ? undefined : true }, edit));
    },
    /** Somebody does something else from a frame on, until what comes next; what they did before it stays. */
    does(who: string, motion: Motion, frame: number): void {
      const person = plan.cast.find(({ name }) => canonicalName(name) === who);
      if (person) actions.deeds(who, withDeedAt(deedSpans(person, plan, staging.deeds), motion, frame, plan));
    },
    /** All that somebody does in the shot. */
    deeds(who: string, spans: readonly DeedSpan[]): void {
      once(() => setDeeds(doc, shotId, who, spans, edit));
    },
    /** Takes away what was put there; a person goes back to where the script has them. */
    remove(id: ThingId): void {
      const kind = kindOfThing(id);
      if (kind === "camera") return;
      const there = things.find((thing) => thing.id === id);
      const name = there?.name ?? "The key";
      if (there?.locked === true || staging.keys.some((key) => key.id === innerId(id) && key.locked === true)) {
        toast.say(`${name} is locked. Unlock it to delete it.`);
        return;
      }
      const { takeBack } = undoableGesture(undo, () => {
        if (kind === "person") removeMark(doc, sceneId, innerId(id), edit);
        else removeStaging(doc, [innerId(id)], edit);
      });
      if (kind !== "person") changeSetState({ selected: null });
      toast.say(kind === "person" ? `${name} is back at the scripted position.` : `${name} deleted.`, {
        name: "Undo",
        run: () => void takeBack(),
      });
    },
    removeAny(ids: readonly string[]): void {
      once(() => removeStaging(doc, ids, edit));
    },
    changeSet: (patch: Parameters<typeof changeSet>[2]) => once(() => changeSet(doc, sceneId, patch, edit)),
    changeCamera: (patch: Parameters<typeof changeCamera>[2]) => once(() => changeCamera(doc, shotId, patch, edit)),
    changeLens: (lens: number) => once(() => changeShot(doc, shotId, { lens }, edit)),
    changeFrame: (id: string, patch: Partial<Pick<StagedFrame, "use" | "strength" | "frame">>) =>
      once(() => changeFrame(doc, id, patch, edit)),
    /** Takes the shot's picture at the playhead and keeps it for the next render. */
    async snap(frame: number): Promise<void> {
      try {
        const stage = drawn.get();
        if (stage === null) return;
        const blob = await stage.snap(frame);
        const file = new File([blob], `Shot ${shot.number} frame ${frame}.png`, { type: "image/png" });
        const asset = await bringPicture(file, projectId);
        once(() => snapFrame(doc, shotId, { assetId: asset.id, frame, use: "keyframe", strength: 1 }, edit));
        toast.say(
          `Saved as a keyframe for shot ${shot.number}. Image-guided engines use it; previz renders the set directly.`,
        );
      } catch (error) {
        toast.wrong(sentenceOf(error));
      }
    },
  };
  return actions;
}

/** How far a second one stands from the first, metres. */
const besideBy = 0.75;

/** Only what has a value. */
const said = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

/** Where no set is drawn, a key begins a little before the first person. */
function startView({ plan }: ShotSet): KeyView {
  const [x, y, z] = plan.cast[0]?.at ?? [0, 0, 0];
  return { eye: [x, y + 1.6, z + 4], look: [x, y + 1.4, z], lensMm: plan.camera.lensMm };
}
