import type * as Y from "yjs";
import type { Id } from "#domain/ids.ts";
import { orderBetween, type OrderKey } from "#domain/order.ts";
import type { ProposedScene } from "#domain/screenplay/breakdown.ts";
import { mergeScene, mergeShot, type SceneFields } from "#domain/screenplay/reparse/merge.ts";
import { pairBreakdown, type PairedScene, type PairedShot } from "#domain/screenplay/reparse.ts";
import { textKey } from "#domain/screenplay/reparse/similar.ts";
import { readingOfShot, SceneSource, sceneSourceOf } from "#domain/screenplay/reparse/sources.ts";
import { DerivedIds } from "./derived-ids.ts";
import { collectionOf, metaOf } from "./document.ts";
import { recordOf, setFields, type EditContext } from "./edit.ts";
import type { Scene } from "./scene.ts";
import { readFilm } from "./snapshot.ts";

/**
 * Puts a reviewed breakdown on the board, in one transaction. Scenes and shots that exist (by id, else by what they
 * say) keep their ids, takes, place and what people changed; new ones are added in their place; those that the script
 * no longer has are set aside. Committing the same thing again writes nothing. Where the context names the project, two
 * people who commit the same at once make the same records.
 */
export function commitBreakdown(doc: Y.Doc, scenes: readonly ProposedScene[], context: EditContext): void {
  doc.transact(() => {
    const film = readFilm(doc);
    const pairing = pairBreakdown(film, scenes);
    const newId = idsFor(doc, [...film.scenes, ...film.asideScenes], context);
    const sceneOrder = new Placing(
      film.scenes.map((scene) => ({ id: scene.id, order: orderOf(doc, "scenes", scene.id) })),
    );
    const sceneIds = placeScenes(doc, pairing.scenes, sceneOrder, newId);
    const shotsOf = new Map<Id, { id: Id; order: OrderKey }[]>(sceneIds.map((id) => [id, []]));
    for (const { id, sceneId } of film.shots) shotsOf.get(sceneId)?.push({ id, order: orderOf(doc, "shots", id) });
    pairing.scenes.forEach((paired, index) => {
      const id = sceneIds[index] as Id;
      placeShots(doc, paired, id, new Placing(shotsOf.get(id) ?? []), newId);
    });
    forgetElsewhere(doc, [...film.scenes, ...film.asideScenes], new Set(sceneIds));
    for (const shot of pairing.goneShots) setFields(recordIn(doc, "shots", shot.id), { aside: true });
    for (const { id } of pairing.goneScenes) setFields(recordIn(doc, "scenes", id), { aside: true });
    setFields(metaOf(doc), { committedScenes: sceneIds });
  }, context.origin);
}

type NewIdFrom = (...parts: string[]) => Id;

/** What was deleted from the board keeps its id to itself: a list in a scene's source still names it. */
function idsFor(doc: Y.Doc, scenes: readonly Scene[], context: EditContext): NewIdFrom {
  const { projectId } = context;
  if (projectId === undefined) return () => context.newId();
  const listed = new Set(scenes.flatMap((scene) => (sceneSourceOf(scene)?.shots ?? []).map(({ id }) => id)));
  const ids = new DerivedIds(
    (id) => listed.has(id) || collectionOf(doc, "shots").has(id) || collectionOf(doc, "scenes").has(id),
  );
  return (...parts) => ids.next(projectId, ...parts);
}

function placeScenes(doc: Y.Doc, paired: readonly PairedScene[], order: Placing, newId: NewIdFrom): Id[] {
  let after: Id | null = null;
  return paired.map(({ proposed, scene, moved }): Id => {
    if (scene) {
      const fields = fieldsOfScene(proposed.id === scene.id ? proposed : mergeScene(scene, proposed));
      const place = moved ? { order: order.put(scene.id, after) } : {};
      setFields(recordIn(doc, "scenes", scene.id), { ...fields, aside: undefined, ...place });
      after = scene.id;
      return scene.id;
    }
    const id = newId("scene", textKey((proposed.read ?? proposed).heading));
    collectionOf(doc, "scenes").set(id, recordOf({ ...fieldsOfScene(proposed), order: order.put(id, after) }));
    after = id;
    return id;
  });
}

function placeShots(doc: Y.Doc, paired: PairedScene, sceneId: Id, order: Placing, newId: NewIdFrom): void {
  const listed = (paired.scene && sceneSourceOf(paired.scene)?.shots) ?? [];
  const source: SceneSource["shots"] = [];
  const left = new Set(listed.filter((entry) => !collectionOf(doc, "shots").has(entry.id)).map((entry) => entry.id));
  let after: Id | null = null;
  for (const entry of paired.shots) {
    const {
      key,
      read: { passage },
    } = entry.reading;
    if (entry.leftOut) {
      const gone = listed.find((item) => item.key === key && left.delete(item.id));
      if (gone) source.push(gone);
      continue;
    }
    const id = placeShot(doc, entry, sceneId, { order, after, newId });
    source.push({ id, key, ...(passage ? { passage } : {}) });
    if (order.has(id)) after = id;
  }
  for (const key of paired.proposed.leftOut ?? []) {
    const gone = listed.find((item) => item.key === key && left.delete(item.id));
    source.push(gone ?? { id: newId("left out", sceneId, key), key });
  }
  const { heading, synopsis } = paired.proposed.read ?? paired.proposed;
  const isDeleted = (entry: { id: Id }) => !collectionOf(doc, "shots").has(entry.id);
  setFields(recordIn(doc, "scenes", sceneId), {
    source: { heading, synopsis, shots: withDeleted(source, listed, isDeleted) },
  });
}

/**
 * What was deleted by hand is remembered where it stood, behind the nearest that stood ahead of it, also while the script
 * has it elsewhere or not at all: "not now" forgets nothing.
 */
function withDeleted(
  source: SceneSource["shots"],
  listed: SceneSource["shots"],
  isDeleted: (entry: { id: Id }) => boolean,
): SceneSource["shots"] {
  const known = new Set(listed.map(({ id }) => id));
  const out = source.filter((entry) => !isDeleted(entry) || !known.has(entry.id));
  const there = new Set(out.map(({ id }) => id));
  let behind: Id | null = null;
  for (const entry of listed) {
    if (isDeleted(entry)) {
      const last = behind;
      out.splice(last === null ? 0 : out.findIndex(({ id }) => id === last) + 1, 0, entry);
      there.add(entry.id);
    }
    if (there.has(entry.id)) behind = entry.id;
  }
  return out;
}

function placeShot(
  doc: Y.Doc,
  { proposed, reading, shot, moved }: PairedShot,
  sceneId: Id,
  place: { order: Placing; after: Id | null; newId: NewIdFrom },
): Id {
  const { id: _id, read: _read, lines: _lines, ...given } = proposed;
  const { order, after } = place;
  if (shot) {
    const fields = proposed.id === shot.id ? given : mergeShot(shot, reading.read);
    const target = moved ? { sceneId, order: order.put(shot.id, after) } : {};
    // The same words again are no reason to forget what the board was last merged with.
    const source = readingOfShot(shot)?.saysTheSameAs(reading) ? {} : { source: reading.read };
    setFields(recordIn(doc, "shots", shot.id), { ...fields, ...target, aside: undefined, ...source });
    return shot.id;
  }
  const id = place.newId("shot", sceneId, reading.key);
  const made = { ...given, sceneId, prompt: "", elementIds: [], source: reading.read };
  collectionOf(doc, "shots").set(id, recordOf({ ...made, order: order.put(id, after) }));
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

const fieldsOfScene = ({ heading, setting, location, time, synopsis, scriptNumber }: SceneFields) => ({
  heading,
  setting,
  location,
  time,
  synopsis,
  scriptNumber,
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
  readonly #ids: Set<Id>;
  constructor(list: { id: Id; order: OrderKey }[]) {
    this.#list = list;
    this.#ids = new Set(list.map(({ id }) => id));
  }
  has(id: Id): boolean {
    return this.#ids.has(id);
  }
  /** Puts `id` behind `after` (null: first) and @returns its key. */
  put(id: Id, after: Id | null): OrderKey {
    if (this.#ids.has(id))
      this.#list.splice(
        this.#list.findIndex((item) => item.id === id),
        1,
      );
    this.#ids.add(id);
    // Mostly it goes to the end: look from there.
    const at = after === null ? -1 : this.#list.findLastIndex((item) => item.id === after);
    const order = orderBetween(this.#list[at]?.order ?? null, this.#list[at + 1]?.order ?? null);
    this.#list.splice(at + 1, 0, { id, order });
    return order;
  }
}
