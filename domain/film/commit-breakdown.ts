import type * as Y from "yjs";
import type { Id } from "#domain/ids.ts";
import { orderBetween, type OrderKey } from "#domain/order.ts";
import type { ProposedScene } from "#domain/screenplay/breakdown.ts";
import {
  mergeScene,
  mergeShot,
  pairBreakdown,
  readingOf,
  sceneSourceOf,
  type PairedScene,
  SceneSource,
  type PairedShot,
} from "#domain/screenplay/reparse.ts";
import { risingRun, shotKey } from "#domain/screenplay/similar.ts";
import { collectionOf, eachRecord, metaOf } from "./document.ts";
import { recordOf, setFields, type EditContext } from "./edit.ts";
import type { Scene } from "./scene.ts";
import { readFilm } from "./snapshot.ts";

/**
 * Puts a reviewed breakdown on the board, in one transaction. Scenes and shots that exist (by id, else by what they
 * say) keep their ids, takes, place and what people changed; new ones are added in their place; those that the script
 * no longer has are set aside. Committing the same thing again writes nothing.
 */
export function commitBreakdown(doc: Y.Doc, scenes: ProposedScene[], context: EditContext): void {
  doc.transact(() => {
    const film = readFilm(doc);
    const pairing = pairBreakdown(film, scenes);
    const sceneOrder = new Placing(
      film.scenes.map((scene) => ({ id: scene.id, order: orderOf(doc, "scenes", scene.id) })),
    );
    const sceneIds = placeScenes(doc, pairing.scenes, sceneOrder, context);
    const shotOrders = new Map<Id, Placing>();
    const home = new Map<Id, Id>();
    for (const scene of [...film.scenes, ...film.asideScenes]) {
      for (const entry of sceneSourceOf(scene)?.shots ?? []) if (!home.has(entry.id)) home.set(entry.id, scene.id);
    }
    for (const id of sceneIds) {
      const own = [...film.shots].filter((shot) => shot.sceneId === id);
      shotOrders.set(id, new Placing(own.map((shot) => ({ id: shot.id, order: orderOf(doc, "shots", shot.id) }))));
    }
    pairing.scenes.forEach((paired, index) => {
      const id = sceneIds[index] as Id;
      placeShots(doc, paired, id, shotOrders.get(id) as Placing, home, context);
    });
    forgetElsewhere(doc, [...film.scenes, ...film.asideScenes], new Set(sceneIds));
    for (const shot of pairing.goneShots) setFields(recordIn(doc, "shots", shot.id), { aside: true });
    const lived = new Set<unknown>();
    eachRecord(doc, "shots", (shot) => {
      if (shot.get("aside") !== true) lived.add(shot.get("sceneId"));
    });
    // A scene with shots that were put there by hand stays with them.
    for (const { id } of pairing.goneScenes)
      if (!lived.has(id)) setFields(recordIn(doc, "scenes", id), { aside: true });
    setFields(metaOf(doc), { committedScenes: sceneIds });
  }, context.origin);
}

function placeScenes(doc: Y.Doc, paired: readonly PairedScene[], order: Placing, context: EditContext): Id[] {
  const committed = metaOf(doc).get("committedScenes");
  const ranks = new Map((Array.isArray(committed) ? committed : []).map((id, rank) => [String(id), rank]));
  const stay = staying(paired.map(({ scene }) => (scene && !scene.aside ? (ranks.get(scene.id) ?? null) : null)));
  let after: Id | null = null;
  return paired.map(({ proposed, scene }, index): Id => {
    const fields = scene
      ? proposed.id === scene.id
        ? fieldsOfScene(proposed)
        : mergeScene(scene, proposed)
      : fieldsOfScene(proposed);
    if (scene) {
      const record = recordIn(doc, "scenes", scene.id);
      const moved = scene.aside === true || (ranks.has(scene.id) && !stay.has(index));
      setFields(record, { ...fields, aside: undefined, ...(moved ? { order: order.put(scene.id, after) } : {}) });
      after = scene.id;
      return scene.id;
    }
    const id = context.newId();
    collectionOf(doc, "scenes").set(id, recordOf({ ...fields, order: order.put(id, after) }));
    after = id;
    return id;
  });
}

function placeShots(
  doc: Y.Doc,
  paired: PairedScene,
  sceneId: Id,
  order: Placing,
  home: Map<Id, Id>,
  context: EditContext,
): void {
  const listed = paired.scene ? (sceneSourceOf(paired.scene)?.shots ?? []) : [];
  const ranks = new Map(listed.map((entry, rank) => [entry.id, rank]));
  const stay = staying(paired.shots.map(({ shot }) => (shot && !shot.aside ? (ranks.get(shot.id) ?? null) : null)));
  const source: SceneSource["shots"] = [];
  const left = new Set(listed.filter((entry) => !collectionOf(doc, "shots").has(entry.id)).map((entry) => entry.id));
  let after: Id | null = null;
  paired.shots.forEach((entry, index) => {
    const key = shotKey(readingOf(entry.proposed));
    if (entry.leftOut) {
      const gone = listed.find((item) => item.key === key && left.delete(item.id));
      if (gone) source.push(gone);
      return;
    }
    const id = placeShot(doc, entry, sceneId, {
      order,
      after,
      // Where people moved a shot it stays; where the script moved it, it goes.
      moved:
        entry.shot !== null &&
        (entry.shot.aside === true ||
          (home.has(entry.shot.id) && (home.get(entry.shot.id) !== sceneId || !stay.has(index)))),
      context,
    });
    source.push({ id, key });
    if (order.has(id)) after = id;
  });
  for (const key of paired.proposed.leftOut ?? []) {
    source.push(listed.find((item) => item.key === key && left.delete(item.id)) ?? { id: context.newId(), key });
  }
  const { heading, synopsis } = paired.proposed.read ?? paired.proposed;
  setFields(recordIn(doc, "scenes", sceneId), { source: { heading, synopsis, shots: source } });
}

function placeShot(
  doc: Y.Doc,
  { proposed, shot }: PairedShot,
  sceneId: Id,
  place: { order: Placing; after: Id | null; moved: boolean; context: EditContext },
): Id {
  const read = readingOf(proposed);
  const { id: _id, read: _read, ...given } = proposed;
  if (shot) {
    const fields = proposed.id === shot.id ? given : mergeShot(shot, read);
    const target = place.moved ? { sceneId, order: place.order.put(shot.id, place.after) } : {};
    setFields(recordIn(doc, "shots", shot.id), { ...fields, ...target, aside: undefined, source: read });
    return shot.id;
  }
  const id = place.context.newId();
  const order = place.order.put(id, place.after);
  collectionOf(doc, "shots").set(id, recordOf({ ...given, sceneId, order, prompt: "", elementIds: [], source: read }));
  return id;
}

/** A shot is listed in one scene only: the one that the script has it in now. */
function forgetElsewhere(doc: Y.Doc, scenes: readonly Scene[], placed: ReadonlySet<Id>): void {
  const listed = new Set<Id>();
  const sourceIn = (id: Id) => SceneSource.safeParse(recordIn(doc, "scenes", id).get("source")).data;
  for (const id of placed) for (const entry of sourceIn(id)?.shots ?? []) listed.add(entry.id);
  for (const scene of scenes) {
    const source = placed.has(scene.id) ? undefined : sourceIn(scene.id);
    if (!source) continue;
    setFields(recordIn(doc, "scenes", scene.id), {
      source: { ...source, shots: source.shots.filter((entry) => !listed.has(entry.id)) },
    });
  }
}

/** Which of those that were there keep their order: a longest run that rises as it did at the last commit. */
function staying(ranks: readonly (number | null)[]): Set<number> {
  const known = ranks.flatMap((rank, index) => (rank === null ? [] : [{ rank, index }]));
  const run = risingRun(known.map(({ rank }) => rank));
  return new Set([...run].map((at) => (known[at] as { index: number }).index));
}

const fieldsOfScene = ({ heading, setting, location, time, synopsis }: ProposedScene) => ({
  heading,
  setting,
  location,
  time,
  synopsis,
});

function recordIn(doc: Y.Doc, name: "scenes" | "shots", id: Id): Y.Map<unknown> {
  const record = collectionOf(doc, name).get(id);
  if (!record) throw new Error(`${name} ${id} is gone within its own transaction`);
  return record;
}

const orderOf = (doc: Y.Doc, name: "scenes" | "shots", id: Id): OrderKey =>
  String(collectionOf(doc, name).get(id)?.get("order"));

/** A list in order that gives out keys, without reading the whole document for each. */
class Placing {
  readonly #list: { id: Id; order: OrderKey }[];
  constructor(list: { id: Id; order: OrderKey }[]) {
    this.#list = list;
  }
  has(id: Id): boolean {
    return this.#list.some((item) => item.id === id);
  }
  /** Puts `id` behind `after` (null: first) and @returns its key. */
  put(id: Id, after: Id | null): OrderKey {
    const old = this.#list.findIndex((item) => item.id === id);
    if (old >= 0) this.#list.splice(old, 1);
    // Mostly it goes to the end: look from there.
    const at = after === null ? -1 : this.#list.findLastIndex((item) => item.id === after);
    const order = orderBetween(this.#list[at]?.order ?? null, this.#list[at + 1]?.order ?? null);
    this.#list.splice(at + 1, 0, { id, order });
    return order;
  }
}
