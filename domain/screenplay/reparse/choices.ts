/**
 * A proposal of which only some is taken. "Not now" is no decision: what is not taken goes in as it is on the board, with
 * the words it was last committed from, so that the next reading offers the same again.
 */
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import type { ProposedScene, ProposedShot } from "#domain/screenplay/breakdown.ts";
import { mergedOver, mergeScene, ownFieldsOf, shotFields, type SceneFields } from "./merge.ts";
import { inCommittedOrder, type Proposal } from "./proposal.ts";
import { homesOf, type Board } from "#domain/screenplay/reparse.ts";
import { textKey } from "./similar.ts";
import { readingOfProposed, readingOfShot, sceneSourceOf } from "./sources.ts";

/** What a person changed in the review of one shot, kept apart from the proposal: the script may move on underneath. */
export type ShotEdit = Partial<Pick<ProposedShot, "type" | "move" | "action" | "durationFrames">> & {
  /** A new shot is left out and not proposed again, an old one is set aside. */
  removed?: boolean;
};
/** By the shot's id, or by the id of the change that makes it. */
export type ReviewEdits = Readonly<Record<string, ShotEdit>>;

/** Names one field of a change in which both the script and a person changed the same. */
export const conflictId = (changeId: string, field: string): string => `${changeId}/${field}`;

/** All there is to take. */
export const allOf = (proposal: Pick<Proposal, "changes">): Set<string> =>
  new Set(proposal.changes.map((change) => change.id));

/**
 * @param film      the board as it is now; it may have moved on since the proposal
 * @param accepted  ids of changes that are taken; a new scene also comes with any of its shots
 * @param mine      `conflictId`s in which the person's own words stay
 * @returns what `commitBreakdown` takes
 */
export function withChoices(
  film: Board,
  proposal: Pick<Proposal, "scenes" | "changes">,
  accepted: ReadonlySet<string>,
  mine: ReadonlySet<string> = new Set(),
  edits: ReviewEdits = {},
): ProposedScene[] {
  const choosing = new Choosing(film, proposal, accepted, mine, edits);
  const slots = proposal.scenes.map((scene, at) => choosing.slotOf(scene, at));
  return choosing.finished(slots);
}

/** A scene of the result while it is being put together. */
interface Slot {
  sceneId: Id | null;
  fields: ProposedScene;
  shots: ProposedShot[];
  isTaken: boolean;
  /** Goes back to where the script had it. */
  goesBack: boolean;
  /** The script moved it here, and that is taken. */
  isMoved: boolean;
}

class Choosing {
  readonly #film: Board;
  readonly #accepted: ReadonlySet<string>;
  readonly #mine: ReadonlySet<string>;
  readonly #edits: ReviewEdits;
  readonly #shots: Map<Id, Shot>;
  readonly #scenes: Map<Id, Scene>;
  /** What came to the board since the proposal, by its words: somebody took the same a moment earlier. */
  readonly #sinceShots: Map<string, Shot[]>;
  readonly #sinceScenes: Map<string, Scene[]>;
  readonly #newIds = new Map<string, string>();
  readonly #known = new Set<string>();
  readonly #placed = new Set<Id>();
  readonly #moved = new Set<Id>();
  /** Shots that stay where they were; they may have new words all the same. */
  readonly #waiting = new Map<Id, ProposedShot>();

  constructor(
    film: Board,
    { scenes, changes }: Pick<Proposal, "scenes" | "changes">,
    accepted: ReadonlySet<string>,
    mine: ReadonlySet<string>,
    edits: ReviewEdits,
  ) {
    this.#film = film;
    this.#accepted = accepted;
    this.#mine = mine;
    this.#edits = edits;
    this.#shots = new Map([...film.shots, ...film.asideShots].map((shot) => [shot.id, shot]));
    this.#scenes = new Map([...film.scenes, ...film.asideScenes].map((scene) => [scene.id, scene]));
    const named = new Set<Id | undefined>([
      ...scenes.flatMap((scene) => [scene.id, ...scene.shots.map(({ id }) => id)]),
      ...changes.flatMap((change) => ("shotId" in change ? [change.shotId] : [])),
      ...changes.flatMap((change) => ("sceneId" in change ? [change.sceneId] : [])),
    ]);
    const unnamed = <T extends { id: Id }>(all: readonly T[]) => all.filter(({ id }) => !named.has(id));
    this.#sinceShots = grouped(unnamed(film.shots), (shot) => readingOfShot(shot)?.key);
    this.#sinceScenes = grouped(unnamed(film.scenes), (scene) => {
      const source = sceneSourceOf(scene);
      return source ? textKey(source.heading) : undefined;
    });
    for (const change of changes) {
      this.#known.add(change.id);
      if (change.kind === "shot-new") this.#newIds.set(`${change.sceneAt} ${change.at}`, change.id);
      if (change.kind === "scene-new") this.#newIds.set(`${change.at}`, change.id);
    }
  }

  slotOf(proposed: ProposedScene, at: number): Slot {
    const heading = textKey((proposed.read ?? proposed).heading);
    const scene = proposed.id === undefined ? this.#sinceScenes.get(heading)?.shift() : this.#scenes.get(proposed.id);
    const leftOut = [...(proposed.leftOut ?? [])];
    const shots = proposed.shots.flatMap((shot, index) =>
      shot.id === undefined
        ? this.#newShot(shot, this.#newIds.get(`${at} ${index}`) ?? "", leftOut)
        : this.#knownShot(shot, shot.id, leftOut),
    );
    const { id: _id, shots: _shots, leftOut: _leftOut, scriptNumber, ...given } = proposed;
    const rest = { shots: [], ...(leftOut.length > 0 ? { leftOut } : {}) };
    if (!scene || scene.aside) {
      const isTaken = shots.length > 0 || this.#accepted.has(this.#newIds.get(`${at}`) ?? "");
      const fields = scene
        ? { id: scene.id, ...given, ...mergeScene(scene, proposed), ...rest }
        : { ...given, ...(scriptNumber === undefined ? {} : { scriptNumber }), ...rest };
      return { sceneId: scene?.id ?? null, fields, shots, isTaken, goesBack: false, isMoved: true };
    }
    const isMoved = this.#known.has(`scene-moved:${scene.id}`);
    const isAccepted = this.#accepted.has(`scene-moved:${scene.id}`);
    return {
      sceneId: scene.id,
      fields: { ...given, ...this.#fieldsOf(scene, proposed), ...rest },
      shots,
      isTaken: true,
      goesBack: isMoved && !isAccepted,
      isMoved: isMoved && isAccepted,
    };
  }

  /** Puts what stays as it is back to where it was, and what came to the board meanwhile. */
  finished(slots: readonly Slot[]): ProposedScene[] {
    const homes = homesOf([...this.#film.scenes, ...this.#film.asideScenes]);
    const stay = new Map<Id, Shot[]>();
    for (const shot of this.#film.shots) {
      if (this.#placed.has(shot.id) || this.#accepted.has(`shot-gone:${shot.id}`)) continue;
      if (readingOfShot(shot) === null) continue;
      const home = homes.get(shot.id) ?? shot.sceneId;
      const list = stay.get(home);
      if (list) list.push(shot);
      else stay.set(home, [shot]);
    }
    const back = new Map<Id, Slot>(
      slots.flatMap((slot) => (slot.sceneId && slot.goesBack ? [[slot.sceneId, slot]] : [])),
    );
    const there = new Set(slots.flatMap((slot) => slot.sceneId ?? []));
    const committed = inCommittedOrder(this.#film).filter((scene) => sceneSourceOf(scene) !== null);
    for (const scene of committed)
      if (!there.has(scene.id) && (stay.has(scene.id) || !this.#accepted.has(`scene-gone:${scene.id}`)))
        back.set(scene.id, unchangedSlot(scene));
    const list = insertedByRank(
      slots.filter((slot) => (slot.isTaken || (slot.sceneId !== null && stay.has(slot.sceneId))) && !slot.goesBack),
      back,
      committed.map(({ id }) => id),
      ({ sceneId, isMoved }) => (isMoved ? null : sceneId),
    );
    for (const slot of list) {
      if (slot.sceneId === null) continue;
      this.#restore(slot, slot.sceneId, stay.get(slot.sceneId) ?? []);
      stay.delete(slot.sceneId);
    }
    // Where the scene that the script had them in is no longer, they stay with whatever is there.
    for (const shots of stay.values()) list.at(-1)?.shots.push(...shots.map(asItIs));
    return list.map(({ fields, shots }) => ({ ...fields, shots }));
  }

  #restore(slot: Slot, sceneId: Id, shots: readonly Shot[]): void {
    if (shots.length === 0) return;
    const scene = this.#scenes.get(sceneId);
    const listed = ((scene && sceneSourceOf(scene)?.shots) ?? []).map(({ id }) => id);
    const waiting = new Map(shots.map((shot) => [shot.id, this.#unchanged(shot)]));
    slot.shots = insertedByRank(slot.shots, waiting, [...new Set([...listed, ...waiting.keys()])], ({ id }) =>
      id === undefined || this.#moved.has(id) ? null : id,
    );
  }

  #unchanged(shot: Shot): ProposedShot {
    return this.#waiting.get(shot.id) ?? asItIs(shot);
  }

  #newShot(proposed: ProposedShot, changeId: string, leftOut: string[]): ProposedShot[] {
    const { removed, ...edit } = this.#edits[changeId] ?? {};
    const reading = readingOfProposed(proposed);
    const same = this.#sinceShots.get(reading.key)?.shift();
    if (same) {
      this.#placed.add(same.id);
      return [asItIs(same)];
    }
    if (removed) leftOut.push(reading.key);
    return removed || !this.#accepted.has(changeId) ? [] : [{ ...proposed, ...edit, read: reading.read }];
  }

  #knownShot(proposed: ProposedShot, id: Id, leftOut: string[]): ProposedShot[] {
    const shot = this.#shots.get(id);
    if (!shot) {
      // Somebody deleted it meanwhile, and it stays deleted.
      leftOut.push(readingOfProposed(proposed).key);
      return [];
    }
    const { removed, ...edit } = this.#edits[id] ?? {};
    const isBack = shot.aside === true;
    if (removed || (isBack && !this.#accepted.has(`shot-back:${id}`))) {
      this.#placed.add(id);
      return [];
    }
    const chosen = { ...this.#merged(shot, proposed), ...edit };
    const isMoved = this.#known.has(`shot-moved:${id}`);
    if (isMoved && !this.#accepted.has(`shot-moved:${id}`)) {
      this.#waiting.set(id, chosen);
      return [];
    }
    this.#placed.add(id);
    if (isMoved || isBack) this.#moved.add(id);
    return [chosen];
  }

  #merged(shot: Shot, proposed: ProposedShot): ProposedShot {
    const base = readingOfShot(shot);
    const reading = readingOfProposed(proposed);
    const own = ownFieldsOf(shot);
    const lines = proposed.lines ? { lines: proposed.lines } : {};
    if (base === null || base.saysTheSameAs(reading)) return { id: shot.id, ...own, read: reading.read, ...lines };
    const changeId = `shot-changed:${shot.id}`;
    // Without a change of that name the words are new to the script, and on the board already.
    if (this.#known.has(changeId) && !this.#accepted.has(changeId))
      return { id: shot.id, ...own, read: base.read, ...lines };
    const merged: ProposedShot = {
      id: shot.id,
      ...mergedOver(base.read, own, reading.read),
      read: reading.read,
      ...lines,
    };
    for (const field of shotFields)
      if (this.#mine.has(conflictId(changeId, field))) Object.assign(merged, { [field]: own[field] });
    return merged;
  }

  #fieldsOf(scene: Scene, proposed: ProposedScene): SceneFields & Pick<ProposedScene, "id" | "read"> {
    const changeId = `scene-changed:${scene.id}`;
    if (this.#known.has(changeId) && !this.#accepted.has(changeId)) return unchangedFields(scene);
    const merged = mergeScene(scene, proposed);
    const { heading, setting, location, time, synopsis } = scene;
    return {
      id: scene.id,
      ...merged,
      ...(this.#mine.has(conflictId(changeId, "heading")) ? { heading, setting, location, time } : {}),
      ...(this.#mine.has(conflictId(changeId, "synopsis")) ? { synopsis } : {}),
    };
  }
}

function grouped<T>(all: readonly T[], keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of all) {
    const key = keyOf(item);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

function asItIs(shot: Shot): ProposedShot {
  const reading = readingOfShot(shot);
  return { id: shot.id, ...ownFieldsOf(shot), ...(reading ? { read: reading.read } : {}) };
}

function unchangedFields(scene: Scene): SceneFields & Pick<ProposedScene, "id" | "read"> {
  const { id, heading, setting, location, time, synopsis, scriptNumber } = scene;
  const source = sceneSourceOf(scene);
  return {
    id,
    heading,
    setting,
    location,
    time,
    synopsis,
    ...(scriptNumber === undefined ? {} : { scriptNumber }),
    ...(source ? { read: { heading: source.heading, synopsis: source.synopsis } } : {}),
  };
}

const unchangedSlot = (scene: Scene): Slot => ({
  sceneId: scene.id,
  fields: { ...unchangedFields(scene), shots: [] },
  shots: [],
  isTaken: true,
  goesBack: true,
  isMoved: false,
});

/**
 * Puts `waiting` into the list where `order` has them: each behind the nearest one ahead of it there that is in the list.
 * @param anchorOf  the id by which an item of the list can be gone by; null when its place is new
 */
function insertedByRank<T>(
  list: readonly T[],
  waiting: ReadonlyMap<Id, T>,
  order: readonly Id[],
  anchorOf: (item: T) => Id | null,
): T[] {
  if (waiting.size === 0) return [...list];
  const behind = new Map<T | null, T[]>();
  const anchors = new Map(list.flatMap((item) => (anchorOf(item) === null ? [] : [[anchorOf(item), item] as const])));
  let last: T | null = null;
  for (const id of order) {
    const item = waiting.get(id);
    if (item === undefined) last = anchors.get(id) ?? last;
    else behind.set(last, [...(behind.get(last) ?? []), item]);
  }
  return [...(behind.get(null) ?? []), ...list.flatMap((item) => [item, ...(behind.get(item) ?? [])])];
}
