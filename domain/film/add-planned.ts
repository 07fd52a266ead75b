import type * as Y from "yjs";
import { z } from "zod";
import { Id } from "#domain/ids.ts";
import { byOrder, orderBetween, type OrderKey } from "#domain/order.ts";
import { ShotReading } from "#domain/screenplay/breakdown.ts";
import { shotKey } from "#domain/screenplay/reparse/similar.ts";
import { collectionOf, eachRecord, metaOf, screenplayOf, type CollectionName } from "./document.ts";
import { recordOf, setFields, type EditContext } from "./edit.ts";
import { ElementRecord } from "./element.ts";
import { SceneRecord } from "./scene.ts";

/** A shot as a planner made it. Its id is the planner's, so that whoever renders it knows it beforehand. */
export const PlannedShot = ShotReading.extend({ id: Id, elementIds: z.array(Id).max(100) });
export type PlannedShot = z.infer<typeof PlannedShot>;

export const PlannedScene = SceneRecord.pick({
  id: true,
  heading: true,
  setting: true,
  location: true,
  time: true,
  synopsis: true,
}).extend({ shots: z.array(PlannedShot).max(500) });
export type PlannedScene = z.infer<typeof PlannedScene>;

export const PlannedElement = ElementRecord.omit({ order: true });
export type PlannedElement = z.infer<typeof PlannedElement>;

export interface PlannedFilm {
  scenes: PlannedScene[];
  elements: PlannedElement[];
  /** The same in Fountain. */
  screenplay: string;
}

/**
 * Puts what a planner made behind what is there, in one transaction. What has one of its ids already stays as people
 * made it; an element whose name the film knows is that one. The text goes behind the screenplay as it stands.
 */
export function addPlanned(doc: Y.Doc, plan: PlannedFilm, context: EditContext): void {
  doc.transact(() => {
    const elementIds = addElements(doc, plan.elements);
    const scenes = collectionOf(doc, "scenes");
    const shots = collectionOf(doc, "shots");
    const isNew = plan.scenes.every((scene) => !scenes.has(scene.id));
    for (const { id, shots: list, ...fields } of plan.scenes) {
      const source = {
        heading: fields.heading,
        synopsis: fields.synopsis,
        shots: list.map((shot) => ({ id: shot.id, key: shotKey(shot) })),
      };
      if (!scenes.has(id)) scenes.set(id, recordOf({ ...fields, order: orderBehind(doc, "scenes"), source }));
      let order: OrderKey | null = null;
      for (const { id: shotId, elementIds: named, ...read } of list) {
        if (shots.has(shotId)) continue;
        order = orderBetween(order ?? lastShotOf(doc, id), null);
        const own = [...new Set(named.map((name) => elementIds.get(name) ?? name))];
        shots.set(shotId, recordOf({ ...read, sceneId: id, order, prompt: "", elementIds: own, source: read }));
      }
    }
    if (!isNew) return;
    // A later reading of the script begins from here.
    const committed = metaOf(doc).get("committedScenes");
    const before = Array.isArray(committed) ? committed : [];
    setFields(metaOf(doc), { committedScenes: [...before, ...plan.scenes.map((scene) => scene.id)] });
    const text = screenplayOf(doc);
    const gap = text.length === 0 ? "" : text.toString().endsWith("\n") ? "\n" : "\n\n";
    text.insert(text.length, gap + plan.screenplay);
  }, context.origin);
}

/** @returns under which id the film knows each of the plan's elements */
function addElements(doc: Y.Doc, elements: readonly PlannedElement[]): Map<Id, Id> {
  const map = collectionOf(doc, "elements");
  const nameOf = (kind: unknown, name: unknown) => `${String(kind)} ${String(name).trim().toLocaleLowerCase()}`;
  const known = new Map<string, Id>();
  eachRecord(doc, "elements", (record, id) => void known.set(nameOf(record.get("kind"), record.get("name")), id));
  const ids = new Map<Id, Id>();
  for (const { id, ...fields } of elements) {
    const name = nameOf(fields.kind, fields.name);
    const there = map.has(id) ? id : known.get(name);
    ids.set(id, there ?? id);
    if (there !== undefined) continue;
    known.set(name, id);
    map.set(id, recordOf({ ...fields, order: orderBehind(doc, "elements") }));
  }
  return ids;
}

function orderBehind(doc: Y.Doc, name: CollectionName): OrderKey {
  return orderBetween(
    lastIn(doc, name, () => true),
    null,
  );
}

const lastShotOf = (doc: Y.Doc, sceneId: Id) => lastIn(doc, "shots", (home) => home === sceneId);

function lastIn(doc: Y.Doc, name: CollectionName, among: (sceneId: unknown) => boolean): OrderKey | null {
  const list: { id: Id; order: OrderKey }[] = [];
  eachRecord(doc, name, (record, id) => {
    if (among(record.get("sceneId"))) list.push({ id, order: String(record.get("order")) });
  });
  return list.sort(byOrder).at(-1)?.order ?? null;
}
