/**
 * What people do to the board beside changing a field: each function is one transaction, so one step of undo.
 *
 * What the script knows of a shot is its `source`. The part of a shot that keeps the id keeps it too, so that the next
 * reading of the script finds that shot and nothing else; copies and second halves are people's own and have none.
 * What was joined away stays "left out" in its scene's source, so that the script does not bring it back.
 */
import type * as Y from "yjs";
import type { Id } from "#domain/ids.ts";
import { byOrder, orderBetween, type OrderKey } from "#domain/order.ts";
import { readHeading } from "#domain/screenplay/heading.ts";
import { sceneSourceOf } from "#domain/screenplay/sources.ts";
import { cutShot, joinShots, whyNotJoined, type Cut } from "./cut-shot.ts";
import { collectionOf, eachRecord, type CollectionName } from "./document.ts";
import { addScene, addShot, changeScene, changeShot, removeShot, type EditContext } from "./edit.ts";
import type { Scene } from "./scene.ts";
import type { Shot } from "./shot.ts";
import { readFilm } from "./snapshot.ts";

/** Puts shots, as one block in this order, behind `afterId` in a scene (null: first). Takes, ids and clips stay. */
export function moveShots(doc: Y.Doc, ids: readonly Id[], sceneId: Id, afterId: Id | null, context: EditContext): void {
  const moved = new Set(ids);
  if (afterId !== null && moved.has(afterId)) return;
  doc.transact(() => {
    const order = keysBetween(
      orders(doc, "shots", (record, id) => record.get("sceneId") === sceneId && !moved.has(id)),
      afterId,
    );
    for (const id of ids) changeShot(doc, id, { sceneId, order: order.next() }, context);
  }, context.origin);
}

/** Puts a copy behind each of these shots. A copy has no takes and is not the script's. @returns the copies' ids */
export function duplicateShots(doc: Y.Doc, ids: readonly Id[], context: EditContext): Id[] {
  const made: Id[] = [];
  doc.transact(() => {
    for (const shot of shotsOf(doc, ids)) made.push(addShot(doc, ownCopy(shot), shot.id, context));
  }, context.origin);
  return made;
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
    putAway(doc, rest, withTakes, context);
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

/** Gives a scene another heading, and the place and hour that it says. The script stays as it is. */
export function renameScene(doc: Y.Doc, id: Id, heading: string, context: EditContext): void {
  changeScene(doc, id, headingFields(heading), context);
}

/** Puts a scene with all its shots behind another (null: first). */
export function moveScene(doc: Y.Doc, id: Id, afterId: Id | null, context: EditContext): void {
  if (afterId === id) return;
  doc.transact(() => {
    const order = keysBetween(
      orders(doc, "scenes", (_record, other) => other !== id),
      afterId,
    );
    changeScene(doc, id, { order: order.next() }, context);
  }, context.origin);
}

/** Removes a scene. Its shots go with it; those that have takes are set aside with them, and stay. */
export function removeScene(doc: Y.Doc, id: Id, withTakes: ReadonlySet<Id>, context: EditContext): void {
  doc.transact(() => {
    const own = readFilm(doc).shots.filter((shot) => shot.sceneId === id);
    putAway(doc, own, withTakes, context);
    collectionOf(doc, "scenes").delete(id);
  }, context.origin);
}

/** Without a source no reading of the script sees them again, and what is listed under another id counts as left out. */
function putAway(doc: Y.Doc, shots: readonly Shot[], withTakes: ReadonlySet<Id>, context: EditContext): void {
  const aside = new Set(shots.filter((shot) => withTakes.has(shot.id)).map((shot) => shot.id));
  for (const shot of shots) {
    if (aside.has(shot.id)) changeShot(doc, shot.id, { aside: true, source: undefined }, context);
    else removeShot(doc, shot.id, context);
  }
  if (aside.size === 0) return;
  const { scenes, asideScenes } = readFilm(doc);
  for (const scene of [...scenes, ...asideScenes]) {
    const source = sceneSourceOf(scene);
    if (!source?.shots.some((entry) => aside.has(entry.id))) continue;
    const listed = source.shots.map((entry) => (aside.has(entry.id) ? { ...entry, id: context.newId() } : entry));
    changeScene(doc, scene.id, { source: { ...source, shots: listed } }, context);
  }
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

function orders(
  doc: Y.Doc,
  name: CollectionName,
  among: (record: Y.Map<unknown>, id: Id) => boolean,
): { id: Id; order: OrderKey }[] {
  const list: { id: Id; order: OrderKey }[] = [];
  eachRecord(doc, name, (record, id) => {
    if (among(record, id)) list.push({ id, order: String(record.get("order")) });
  });
  return list.sort(byOrder);
}

/** Keys in rising order behind `afterId` (null: ahead of all), and ahead of what follows it. */
function keysBetween(list: readonly { id: Id; order: OrderKey }[], afterId: Id | null): { next(): OrderKey } {
  const found = list.findIndex((item) => item.id === afterId);
  const at = afterId === null ? -1 : found < 0 ? list.length - 1 : found;
  let before = list[at]?.order ?? null;
  const after = list[at + 1]?.order ?? null;
  return {
    next() {
      before = orderBetween(before, after);
      return before;
    },
  };
}
