/**
 * The only writer of what people stage by hand. Each function is one transaction, so one step of undo; call them when
 * somebody lets go of what they move, never while they move it. Two people who change two things of one entry both
 * keep their change: a point is one thing, everything else a field of its own.
 */
import * as Y from "yjs";
import type { z } from "zod";
import type { Id } from "#domain/ids.ts";
import { canonicalName } from "#domain/screenplay/plan/plan-cast.ts";
import { stagedSpans, type DeedSpan } from "./deed-spans.ts";
import { DerivedIds } from "./derived-ids.ts";
import { collectionOf } from "./document.ts";
import { changeScene, changeShot, recordOf, setFields, type EditContext } from "./edit.ts";
import type { CameraFields, SetFields } from "./set-fields.ts";
import type { Burning } from "./light-burns.ts";
import { readFilm } from "./snapshot.ts";
import { stagingOf, stagingOfScene } from "./staging-of.ts";
import type { StagedCue, StagedDeed, StagedFrame, StagedKey, StagedLight, StagedMark, StagedPiece } from "./staging.ts";

type Without<T, K extends keyof T> = Omit<T, K | "id" | "kind">;
/** What is not said stays; what is `undefined` is taken away. */
type Changes<T, K extends keyof T> = { [F in keyof Without<T, K>]?: T[F] | undefined };

export type NewPiece = Without<StagedPiece, "sceneId">;
export type NewLight = Without<StagedLight, "sceneId">;
/** What a camera sees at one frame of its path. */
export type KeyView = Without<StagedKey, "shotId" | "frame">;
type SetChanges = { [F in keyof typeof SetFields]?: z.infer<(typeof SetFields)[F]> };
type CameraChanges = { [F in keyof typeof CameraFields]?: z.infer<(typeof CameraFields)[F]> };

export function placePiece(doc: Y.Doc, sceneId: Id, piece: NewPiece, context: EditContext): Id {
  return add(doc, { kind: "piece", sceneId, ...piece }, context);
}

/** Moves, turns, scales, colours, hides or locks a piece. */
export function changePiece(doc: Y.Doc, id: Id, patch: Changes<StagedPiece, "sceneId">, context: EditContext): void {
  change(doc, id, patch, context);
}

export function addLight(doc: Y.Doc, sceneId: Id, light: NewLight, context: EditContext): Id {
  return add(doc, { kind: "light", sceneId, ...light }, context);
}

export function changeLight(doc: Y.Doc, id: Id, patch: Changes<StagedLight, "sceneId">, context: EditContext): void {
  change(doc, id, patch, context);
}

/** A light once more, somewhere else; it burns when that one does. @returns its id; null where there is no such light */
export function copyLight(doc: Y.Doc, id: Id, at: StagedLight["at"], context: EditContext): Id | null {
  const { staging } = readFilm(doc);
  const light = staging.find((entry) => entry.id === id);
  if (light?.kind !== "light") return null;
  const { id: _id, locked: _locked, ...same } = light;
  return doc.transact(() => {
    const made = add(doc, { ...same, at }, context);
    for (const entry of staging)
      if (entry.kind === "burn" && entry.light === id) {
        const { id: _burn, ...burn } = entry;
        add(doc, { ...burn, light: made }, context);
      }
    return made;
  }, context.origin);
}

/** Says from when to when a light of the scene burns in a shot; null: all the time. */
export function setBurn(doc: Y.Doc, shotId: Id, light: Id, burning: Burning | null, context: EditContext): void {
  if (burning === null)
    return removeWhere(
      doc,
      (entry) => entry.kind === "burn" && entry.shotId === shotId && entry.light === light,
      context,
    );
  const known = stagingIn(doc, shotId).burns.find((burn) => burn.light === light);
  put(doc, known?.id, { kind: "burn", shotId, light, ...burning }, context);
}

/** Says where somebody stands when the scene's shots begin. @returns the mark's id */
export function setMark(
  doc: Y.Doc,
  sceneId: Id,
  name: string,
  mark: Without<StagedMark, "sceneId" | "who">,
  context: EditContext,
): Id {
  const who = canonicalName(name);
  const { marks } = stagingOfScene(readFilm(doc), sceneId);
  const known = marks.find((other) => other.who === who);
  return put(doc, known?.id, { kind: "mark", sceneId, who, ...mark }, context);
}

/** Lets the rules say again where somebody stands. */
export function removeMark(doc: Y.Doc, sceneId: Id, name: string, context: EditContext): void {
  const who = canonicalName(name);
  removeWhere(doc, (entry) => entry.kind === "mark" && entry.sceneId === sceneId && entry.who === who, context);
}

/** Says what somebody does from a frame on; another deed that begins there becomes this one. @returns its id */
export function setDeed(doc: Y.Doc, shotId: Id, deed: Without<StagedDeed, "shotId">, context: EditContext): Id {
  const who = canonicalName(deed.who);
  const { deeds } = stagingIn(doc, shotId);
  const own = deeds.filter((other) => other.who === who);
  const known = own.find((other) => other.fromFrame === deed.fromFrame);
  return doc.transact(() => {
    // What was being done until now ends where this begins.
    for (const other of own)
      if (other.fromFrame < deed.fromFrame && other.toFrame > deed.fromFrame)
        change(doc, other.id, { toFrame: deed.fromFrame }, context);
    return put(doc, known?.id, { kind: "deed", shotId, ...deed, who }, context);
  }, context.origin);
}

/**
 * Says all that somebody does in a shot; none: what the rules say. What begins behind the shot's end stays, and a deed
 * that reaches beyond what one sees of it keeps its end until a hand moves that. Who takes the rules' deeds over gives
 * them ids that follow from them, so that two who do it at once make one of each.
 */
export function setDeeds(doc: Y.Doc, shotId: Id, name: string, spans: readonly DeedSpan[], context: EditContext): void {
  const who = canonicalName(name);
  const deeds = collectionOf(doc, "staging");
  const film = readFilm(doc);
  const frames = film.shots.find(({ id }) => id === shotId)?.durationFrames ?? Number.POSITIVE_INFINITY;
  const own = film.staging.filter(
    (entry): entry is StagedDeed => entry.kind === "deed" && entry.shotId === shotId && entry.who === who,
  );
  const ends = new Map(stagedSpans(who, stagingIn(doc, shotId).deeds, frames).map(({ id, toFrame }) => [id, toFrame]));
  const derived = new DerivedIds((id) => deeds.has(id));
  doc.transact(() => {
    const named = new Set(spans.map(({ id }) => id));
    for (const { id, fromFrame } of own)
      if (!named.has(id) && (fromFrame < frames || spans.length === 0)) deeds.delete(id);
    for (const { id, ...span } of spans) {
      if (id === null) {
        const { motion, fromFrame } = span;
        const made = own.length > 0 ? context.newId() : derived.next("deed", shotId, who, motion, String(fromFrame));
        deeds.set(made, recordOf(withinReach({ kind: "deed", shotId, who, ...span })));
        continue;
      }
      const { toFrame, ...said } = span;
      const end = toFrame === ends.get(id) ? {} : { toFrame };
      change(doc, id, { goes: undefined, towards: undefined, facing: undefined, ...said, ...end }, context);
    }
  }, context.origin);
}

/** Sets what the camera sees at a frame: of the key that is there, else of a new one. @returns the key's id */
export function setCameraKey(doc: Y.Doc, shotId: Id, frame: number, view: KeyView, context: EditContext): Id {
  const known = stagingIn(doc, shotId).keys.find((key) => key.frame === frame);
  return put(doc, known?.id, { kind: "key", shotId, frame, ...view }, context);
}

/** Changes lens, ease, focus, name … of a key that is there. */
export function changeCameraKey(
  doc: Y.Doc,
  id: Id,
  patch: Changes<StagedKey, "shotId" | "frame">,
  context: EditContext,
): void {
  change(doc, id, patch, context);
}

/**
 * Moves a key to another frame, where it takes the place of the one that is there.
 * @returns false, and nothing moves, where the one that is there is locked, or the key is gone or there already
 */
export function moveCameraKey(doc: Y.Doc, id: Id, frame: number, context: EditContext): boolean {
  const { staging } = readFilm(doc);
  const moved = staging.find((entry) => entry.id === id);
  if (moved?.kind !== "key" || moved.frame === frame) return false;
  const isHere = (entry: Entry) => entry.kind === "key" && entry.shotId === moved.shotId && entry.frame === frame;
  if (staging.some((entry) => isHere(entry) && entry.locked === true)) return false;
  doc.transact(() => {
    removeWhere(doc, isHere, context);
    change(doc, id, { frame }, context);
  }, context.origin);
  return true;
}

export function addCue(doc: Y.Doc, shotId: Id, cue: Without<StagedCue, "shotId">, context: EditContext): Id {
  return add(doc, { kind: "cue", shotId, ...cue }, context);
}

/** Keeps a picture of the set for the shot's next render: to go through, or to be guided by. */
export function snapFrame(doc: Y.Doc, shotId: Id, frame: Without<StagedFrame, "shotId">, context: EditContext): Id {
  return add(doc, { kind: "frame", shotId, ...frame }, context);
}

export function changeFrame(doc: Y.Doc, id: Id, patch: Changes<StagedFrame, "shotId">, context: EditContext): void {
  change(doc, id, patch, context);
}

/** Removes entries of any kind. What was made twice at once for one place goes with them. */
export function removeStaging(doc: Y.Doc, ids: Iterable<Id>, context: EditContext): void {
  const wanted = new Set(ids);
  const places = new Set(
    readFilm(doc)
      .staging.filter((entry) => wanted.has(entry.id))
      .map(placeOf),
  );
  const isGone = (entry: Entry) => places.has(placeOf(entry)) || (entry.kind === "burn" && wanted.has(entry.light));
  removeWhere(doc, isGone, context);
}

/** Changes place, hour, weather, colours … of a scene; `undefined` leaves it to the rules again. */
export function changeSet(doc: Y.Doc, sceneId: Id, patch: SetChanges, context: EditContext): void {
  changeScene(doc, sceneId, patch, context);
}

/** Changes what the board does not say of a shot's camera, and the passes it is rendered with. */
export function changeCamera(doc: Y.Doc, shotId: Id, patch: CameraChanges, context: EditContext): void {
  changeShot(doc, shotId, patch, context);
}

/** Takes away all that was staged for one shot: deeds, camera path, when lights burn, sounds, frames. The scene's set stays. */
export function clearStaging(doc: Y.Doc, shotId: Id, context: EditContext): void {
  removeWhere(doc, (entry) => "shotId" in entry && entry.shotId === shotId, context);
}

type Entry = ReturnType<typeof readFilm>["staging"][number];

function stagingIn(doc: Y.Doc, shotId: Id): ReturnType<typeof stagingOf> {
  return stagingOf(readFilm(doc), { id: shotId, sceneId: "" });
}

function add(doc: Y.Doc, fields: object, context: EditContext): Id {
  const id = context.newId();
  doc.transact(() => collectionOf(doc, "staging").set(id, recordOf(withinReach(fields))), context.origin);
  return id;
}

/** Changes the entry that is there, else makes one. */
function put(doc: Y.Doc, id: Id | undefined, fields: object, context: EditContext): Id {
  if (id === undefined) return add(doc, fields, context);
  change(doc, id, fields, context);
  return id;
}

function change(doc: Y.Doc, id: Id, patch: object, context: EditContext): void {
  const record: unknown = collectionOf(doc, "staging").get(id);
  if (record instanceof Y.Map) doc.transact(() => setFields(record, withinReach(patch)), context.origin);
}

/** How far from the middle of a set anything may be, metres. */
const reach = 200;

/** Hands turn a thing round and round and pull it to the horizon; what is written can be read again by everybody. */
function withinReach(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]: [string, unknown]) => {
      if (name === "facing" && typeof value === "number") return [name, value % 360];
      if (Array.isArray(value)) return [name, value.map(nearer)];
      return [name, value];
    }),
  );
}
const nearer = (value: unknown) => (typeof value === "number" ? Math.min(reach, Math.max(-reach, value)) : value);

function removeWhere(doc: Y.Doc, isGone: (entry: Entry) => boolean, context: EditContext): void {
  const ids = readFilm(doc)
    .staging.filter(isGone)
    .map(({ id }) => id);
  if (ids.length === 0) return;
  doc.transact(() => {
    for (const id of ids) collectionOf(doc, "staging").delete(id);
  }, context.origin);
}

/** What there can only be one of has a place; everything else is a place of its own. */
function placeOf(entry: Entry): string {
  if (entry.kind === "mark") return `mark ${entry.sceneId} ${entry.who}`;
  if (entry.kind === "key") return `key ${entry.shotId} ${entry.frame}`;
  if (entry.kind === "burn") return `burn ${entry.shotId} ${entry.light}`;
  if (entry.kind === "deed") return `deed ${entry.shotId} ${entry.who} ${entry.fromFrame}`;
  return entry.id;
}
