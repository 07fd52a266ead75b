/**
 * What people do to the board beside changing a field: each function is one transaction, so one step of undo.
 *
 * What the script knows of a shot is its `source`. The part of a shot that keeps the id keeps it too, so that the next
 * reading of the script finds that shot and nothing else; copies and second halves are people's own and have none.
 * What was joined away stays "left out" in its scene's source, so that the script does not bring it back.
 */
import type * as Y from "yjs";
import type { Id } from "#domain/ids.ts";
import { byOrder, orderBetween, ordersBetween, type OrderKey } from "#domain/order.ts";
import { readHeading } from "#domain/screenplay/fountain/heading.ts";
import { cutShot, joinShots, whyNotJoined, type Cut } from "./cut-shot.ts";
import { collectionOf, eachRecord, type CollectionName } from "./document.ts";
import { addScene, addShot, changeScene, changeShot, recordOf, type EditContext } from "./edit.ts";
import { copyStaging, joinStaging, removeStagingFor, splitStaging } from "./move-staging.ts";
import { removeShots } from "./remove-shots.ts";
import type { Scene } from "./scene.ts";
import type { Shot } from "./shot.ts";
import { readFilm } from "./snapshot.ts";

/** Puts shots, as one block in this order, behind `afterId` in a scene (null: first). Takes, ids and clips stay. */
export function moveShots(doc: Y.Doc, ids: readonly Id[], sceneId: Id, afterId: Id | null, context: EditContext): void {
  const moved = new Set(ids);
  if (afterId !== null && moved.has(afterId)) return;
  doc.transact(() => {
    const there = orders(doc, "shots", (record, id) => record.get("sceneId") === sceneId && !moved.has(id));
    const keys = keysBehind(there, afterId, ids.length);
    for (const [at, id] of ids.entries()) changeShot(doc, id, { sceneId, order: keys[at] as OrderKey }, context);
  }, context.origin);
}

/** Puts a copy behind each of these shots. A copy has no takes and is not the script's. @returns the copies' ids */
export function duplicateShots(doc: Y.Doc, ids: readonly Id[], context: EditContext): Id[] {
  const made: Id[] = [];
  doc.transact(() => {
    const shots = shotsOf(doc, ids);
    const scenes = new Set<unknown>(shots.map((shot) => shot.sceneId));
    const list = orders(doc, "shots", (record) => scenes.has(record.get("sceneId")));
    const after = new Map(eachWithNext(list));
    const copies = new Map<unknown, Id>();
    for (const shot of shots) {
      const place = after.get(shot.id);
      const id = context.newId();
      const order = orderBetween(place?.order ?? null, place?.next ?? null);
      collectionOf(doc, "shots").set(id, recordOf({ ...ownCopy(shot), order }));
      made.push(id);
      copies.set(shot.id, id);
    }
    copyStaging(doc, copies, context.newId);
  }, context.origin);
  return made;
}

/** Each shot's key, and that of the one behind it in its scene. */
function eachWithNext(list: readonly Placed[]): [Id, { order: OrderKey; next: OrderKey | null }][] {
  const following = new Map<unknown, OrderKey>();
  return list.toReversed().map(({ id, order, sceneId }) => {
    const next = following.get(sceneId) ?? null;
    following.set(sceneId, order);
    return [id, { order, next }];
  });
}

/** Cuts a shot in two; the first half keeps its id and takes. @returns the second half's id; null where nothing was cut */
export function splitShot(doc: Y.Doc, id: Id, cut: Cut, context: EditContext): Id | null {
  let made: Id | null = null;
  doc.transact(() => {
    const [shot] = shotsOf(doc, [id]);
    const halves = shot ? cutShot(shot, cut) : null;
    if (!shot || !halves) return;
    const [first, second] = halves;
    changeShot(doc, id, first, context);
    made = addShot(doc, { ...ownCopy(shot), ...second }, id, context);
    splitStaging(doc, id, made, first.durationFrames, context.newId);
  }, context.origin);
  return made;
}

/**
 * Makes one shot of several of a scene; the first in the film's order keeps its id and takes. Others that have takes
 * are set aside with them, the rest are removed.
 * @param withTakes  shots that have takes
 * @returns the id of the shot that stands for all; null when they cannot be one (see `whyNotJoined`)
 */
export function mergeShots(
  doc: Y.Doc,
  ids: readonly Id[],
  withTakes: ReadonlySet<Id>,
  context: EditContext,
): Id | null {
  let kept: Id | null = null;
  doc.transact(() => {
    const shots = shotsOf(doc, ids);
    const [first, ...rest] = shots;
    if (!first || whyNotJoined(shots) !== null) return;
    kept = first.id;
    changeShot(doc, first.id, joinShots(shots), context);
    joinStaging(doc, first.id, beginningsOf(shots).slice(1), context.newId);
    removeShots(doc, idsOf(rest), withTakes, context);
  }, context.origin);
  return kept;
}

/** A new scene with one empty shot behind `afterId` (null: at the head). The script does not know it. */
export function insertScene(
  doc: Y.Doc,
  { heading, durationFrames }: { heading: string; durationFrames: number },
  afterId: Id | null,
  context: EditContext,
): { sceneId: Id; shotId: Id } {
  let made = { sceneId: "", shotId: "" };
  doc.transact(() => {
    const sceneId = addScene(doc, { ...headingFields(heading), synopsis: "" }, afterId, context);
    made = { sceneId, shotId: addShot(doc, { ...emptyShot, sceneId, durationFrames }, null, context) };
  }, context.origin);
  return made;
}

/** A shot in which nothing is written yet. */
export const emptyShot = {
  type: "medium",
  move: "static",
  action: "",
  dialogue: [],
  characters: [],
  prompt: "",
  elementIds: [],
} satisfies Partial<Shot>;

/** What a scene is called until somebody says. */
export const newHeading = "INT. NEW PLACE - DAY";

/** Gives a scene another heading, and the place and hour that it says. The script stays as it is. */
export function renameScene(doc: Y.Doc, id: Id, heading: string, context: EditContext): void {
  changeScene(doc, id, headingFields(heading), context);
}

/** Puts a scene with all its shots behind another (null: first). */
export function moveScene(doc: Y.Doc, id: Id, afterId: Id | null, context: EditContext): void {
  if (afterId === id) return;
  doc.transact(() => {
    const others = orders(doc, "scenes", (_record, other) => other !== id);
    const [order] = keysBehind(others, afterId, 1);
    changeScene(doc, id, { order: order as OrderKey }, context);
  }, context.origin);
}

/** Removes a scene. Its shots go with it; those that have takes are set aside with them, and stay. */
export function removeScene(doc: Y.Doc, id: Id, withTakes: ReadonlySet<Id>, context: EditContext): void {
  doc.transact(() => {
    const own = readFilm(doc).shots.filter((shot) => shot.sceneId === id);
    removeShots(doc, idsOf(own), withTakes, context);
    collectionOf(doc, "scenes").delete(id);
    removeStagingFor(doc, new Set([id]));
  }, context.origin);
}

/**
 * Puts a shot that was set aside on the board again: into its own scene, with that one where it is aside too; where its
 * scene is gone at the end of the last one, and into a scene of its own where there is none.
 */
export function bringBack(doc: Y.Doc, id: Id, context: EditContext): void {
  doc.transact(() => {
    const { scenes, asideScenes, asideShots } = readFilm(doc);
    const shot = asideShots.find((each) => each.id === id);
    if (!shot) return;
    const isOwn = (scene: Scene) => scene.id === shot.sceneId;
    if (asideScenes.some(isOwn)) changeScene(doc, shot.sceneId, { aside: undefined }, context);
    else if (!scenes.some(isOwn)) {
      const sceneId = scenes.at(-1)?.id ?? addScene(doc, { ...headingFields(newHeading), synopsis: "" }, null, context);
      const there = orders(doc, "shots", (record) => record.get("sceneId") === sceneId);
      const [order] = keysBehind(there, there.at(-1)?.id ?? null, 1);
      changeShot(doc, id, { sceneId, order: order as OrderKey }, context);
    }
    // Without a source it is the person's own from now on, and no re-parse takes it away again.
    changeShot(doc, id, { aside: undefined, source: undefined }, context);
  }, context.origin);
}

const idsOf = (shots: readonly Shot[]) => shots.map((shot) => shot.id);

/** Where each of these shots begins when they are one. */
function beginningsOf(shots: readonly Shot[]): { id: Id; at: number }[] {
  let at = 0;
  return shots.map(({ id, durationFrames }) => {
    const begins = { id, at };
    at += durationFrames;
    return begins;
  });
}

function ownCopy(shot: Shot): Omit<Shot, "id" | "number"> {
  const { id: _id, number: _number, takeId: _take, source: _source, aside: _aside, ...said } = shot;
  return said;
}

function headingFields(heading: string): Pick<Scene, "heading" | "setting" | "location" | "time"> {
  const said = heading.replace(/\s+/g, " ").trim().slice(0, 500);
  return { heading: said, ...readHeading(said) };
}

/** Those of these shots that are on the board, in the film's order. */
function shotsOf(doc: Y.Doc, ids: readonly Id[]): Shot[] {
  const wanted = new Set(ids);
  return readFilm(doc).shots.filter((shot) => wanted.has(shot.id));
}

interface Placed {
  id: Id;
  order: OrderKey;
  sceneId: unknown;
}

function orders(doc: Y.Doc, name: CollectionName, among: (record: Y.Map<unknown>, id: Id) => boolean): Placed[] {
  const list: Placed[] = [];
  eachRecord(doc, name, (record, id) => {
    if (among(record, id)) list.push({ id, order: String(record.get("order")), sceneId: record.get("sceneId") });
  });
  return list.sort(byOrder);
}

/** Keys in rising order behind `afterId` (null: ahead of all), and ahead of what follows it. */
function keysBehind(list: readonly Placed[], afterId: Id | null, count: number): OrderKey[] {
  const found = list.findIndex((item) => item.id === afterId);
  const at = afterId === null ? -1 : found < 0 ? list.length - 1 : found;
  return ordersBetween(list[at]?.order ?? null, list[at + 1]?.order ?? null, count);
}
