/**
 * The only writer of the film document. Each function makes one change that a person would name, in one
 * transaction; callers pass an origin so that undo knows whose it was, and ids from outside.
 */
import * as Y from "yjs";
import type { Id, NewId } from "#domain/ids.ts";
import { byOrder, orderBetween, type OrderKey } from "#domain/order.ts";
import { lineEdits } from "#domain/screenplay/fountain/line-edits.ts";
import type { ProposedScene } from "#domain/screenplay/breakdown.ts";
import type { ClipRecord } from "./clip.ts";
import {
  collectionOf,
  eachRecord,
  metaOf,
  schemaVersion,
  screenplayOf,
  type CollectionName,
  type RecordMap,
} from "./document.ts";
import type { FilmMeta } from "./meta.ts";
import { removeStagingFor } from "./move-staging.ts";
import type { SceneRecord } from "./scene.ts";
import type { ShotRecord } from "./shot.ts";
import { pictureTrackId, soundTrackId } from "./track.ts";

/** Who is writing; becomes the transaction's origin, which undo managers and the connection look at. */
export interface EditContext {
  newId: NewId;
  origin?: unknown;
  /** With it, what a script says gets ids that are the same for everybody who commits it. */
  projectId?: Id;
}

/** Fills what every film begins with; does nothing where it is there already, so any peer may call it. */
export function beginFilm(doc: Y.Doc, meta: FilmMeta, context: EditContext): void {
  doc.transact(() => {
    const map = metaOf(doc);
    if (!map.has("schemaVersion")) map.set("schemaVersion", schemaVersion);
    for (const [key, value] of Object.entries(meta)) if (!map.has(key)) map.set(key, value);
    const tracks = collectionOf(doc, "tracks");
    const base = { muted: false, locked: false, hidden: false };
    if (!tracks.has(pictureTrackId))
      tracks.set(pictureTrackId, recordOf({ ...base, order: "a0", kind: "video", name: "Picture" }));
    if (!tracks.has(soundTrackId))
      tracks.set(soundTrackId, recordOf({ ...base, order: "a1", kind: "audio", name: "Sound" }));
  }, context.origin);
}

export function changeMeta(doc: Y.Doc, patch: Partial<FilmMeta>, context: EditContext): void {
  doc.transact(() => setFields(metaOf(doc), patch), context.origin);
}

/** Replaces the screenplay line by line: what is in both stays, and with it carets, comments and other people's changes. */
export function replaceScreenplay(doc: Y.Doc, text: string, context: EditContext): void {
  const ytext = screenplayOf(doc);
  const edits = lineEdits(ytext.toString(), text);
  if (edits.length === 0) return;
  doc.transact(() => {
    for (const { at, remove, insert } of edits.toReversed()) {
      if (remove > 0) ytext.delete(at, remove);
      if (insert !== "") ytext.insert(at, insert);
    }
  }, context.origin);
}

export function changeScene(doc: Y.Doc, id: Id, patch: Partial<Omit<SceneRecord, "id">>, context: EditContext): void {
  changeRecord(doc, "scenes", id, patch, context);
}

export function changeShot(doc: Y.Doc, id: Id, patch: Partial<Omit<ShotRecord, "id">>, context: EditContext): void {
  changeRecord(doc, "shots", id, patch, context);
}

/** Adds a scene after `afterId` (null: at the head). */
export function addScene(
  doc: Y.Doc,
  scene: Omit<SceneRecord, "id" | "order">,
  afterId: Id | null,
  context: EditContext,
): Id {
  const id = context.newId();
  doc.transact(() => {
    collectionOf(doc, "scenes").set(id, recordOf({ ...scene, order: orderAfter(doc, "scenes", afterId, () => true) }));
  }, context.origin);
  return id;
}

/** Adds a shot to a scene after `afterId` (null: first in the scene). */
export function addShot(
  doc: Y.Doc,
  shot: Omit<ShotRecord, "id" | "order">,
  afterId: Id | null,
  context: EditContext,
): Id {
  const id = context.newId();
  doc.transact(() => {
    const order = orderAfter(doc, "shots", afterId, (record) => record.get("sceneId") === shot.sceneId);
    collectionOf(doc, "shots").set(id, recordOf({ ...shot, order }));
  }, context.origin);
  return id;
}

/** Moves a shot behind `afterId` in `sceneId` (null: first). Takes, ids and uses on the timeline stay. */
export function moveShot(doc: Y.Doc, id: Id, sceneId: Id, afterId: Id | null, context: EditContext): void {
  const record: unknown = collectionOf(doc, "shots").get(id);
  if (!(record instanceof Y.Map) || afterId === id) return;
  doc.transact(() => {
    const order = orderAfter(
      doc,
      "shots",
      afterId,
      (other, otherId) => other.get("sceneId") === sceneId && otherId !== id,
    );
    record.set("sceneId", sceneId);
    record.set("order", order);
  }, context.origin);
}

/** Removes a shot and its uses on the timeline. Its takes stay in the library. */
export function removeShot(doc: Y.Doc, id: Id, context: EditContext): void {
  doc.transact(() => {
    collectionOf(doc, "shots").delete(id);
    const uses: Id[] = [];
    eachRecord(doc, "clips", (clip, clipId) => void (clip.get("shotId") === id && uses.push(clipId)));
    for (const clipId of uses) collectionOf(doc, "clips").delete(clipId);
    removeStagingFor(doc, new Set([id]));
  }, context.origin);
}

/** Plays this take wherever the shot is used; null goes back to the newest. */
export function chooseTake(doc: Y.Doc, shotId: Id, takeId: Id | null, context: EditContext): void {
  changeRecord(doc, "shots", shotId, { takeId: takeId ?? undefined }, context);
}

export function addClip(doc: Y.Doc, clip: Omit<ClipRecord, "id">, context: EditContext): Id {
  const id = context.newId();
  doc.transact(() => collectionOf(doc, "clips").set(id, recordOf(clip)), context.origin);
  return id;
}

export function removeClips(doc: Y.Doc, ids: Iterable<Id>, context: EditContext): void {
  doc.transact(() => {
    for (const id of ids) collectionOf(doc, "clips").delete(id);
  }, context.origin);
}

/** Commits a reviewed breakdown; see `commit-breakdown.ts`. */
export type CommitBreakdown = (doc: Y.Doc, scenes: ProposedScene[], context: EditContext) => void;

/** Builds the Y.Map of a record, leaving out what is not said. */
export function recordOf(fields: object): RecordMap {
  const map = new Y.Map<unknown>();
  for (const [key, value] of Object.entries(fields)) if (value !== undefined && key !== "id") map.set(key, value);
  return map;
}

/** Sets the fields that differ; `undefined` removes a field. Equal values are not written: they would only grow history. */
export function setFields(map: Y.Map<unknown>, patch: object): void {
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined) {
      if (map.has(key)) map.delete(key);
      continue;
    }
    const before = map.get(key);
    if (before !== value && JSON.stringify(before) !== JSON.stringify(value)) map.set(key, value);
  }
}

function changeRecord(doc: Y.Doc, name: CollectionName, id: Id, patch: object, context: EditContext): void {
  const record: unknown = collectionOf(doc, name).get(id);
  if (record instanceof Y.Map) doc.transact(() => setFields(record, patch), context.origin);
}

function orderAfter(
  doc: Y.Doc,
  name: CollectionName,
  afterId: Id | null,
  among: (record: RecordMap, id: Id) => boolean,
): OrderKey {
  const list: { id: Id; order: OrderKey }[] = [];
  eachRecord(doc, name, (record, id) => {
    if (among(record, id)) list.push({ id, order: String(record.get("order")) });
  });
  list.sort(byOrder);
  if (afterId === null) return orderBetween(null, list[0]?.order ?? null);
  const index = list.findIndex((item) => item.id === afterId);
  const at = index < 0 ? list.length - 1 : index;
  return orderBetween(list[at]?.order ?? null, list[at + 1]?.order ?? null);
}
