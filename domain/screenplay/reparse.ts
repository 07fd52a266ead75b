/**
 * Three ways meet: what was committed last (`source` of each record), the board as people changed it since, and what
 * the script says now. A shot whose text did not change keeps everything; one whose text changed takes the new text
 * and keeps what people set by hand; one that is gone from the script is set aside, never deleted.
 */
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Film } from "#domain/film/snapshot.ts";
import type { Id } from "#domain/ids.ts";
import type { ProposedScene, ProposedShot } from "./breakdown.ts";
import { pairAlike, risingRun, textKey } from "./reparse/similar.ts";
import { readingOfProposed, readingOfShot, sceneSourceOf, type Reading, type SceneSource } from "./reparse/sources.ts";

/** More alike than anything can be. */
const equalOnly = 2;

export interface PairedShot {
  proposed: ProposedShot;
  reading: Reading;
  shot: Shot | null;
  /** Somebody deleted this shot from the board, and the script still says the same: it stays deleted. */
  leftOut: boolean;
  /** The script has it elsewhere than it had. Where people moved a shot since, it stays otherwise. */
  moved: boolean;
}
export interface PairedScene {
  proposed: ProposedScene;
  scene: Scene | null;
  shots: PairedShot[];
  moved: boolean;
}
export interface Pairing {
  scenes: PairedScene[];
  /** On the board, made from the script, and no longer in it. Shots that people added by hand are never here. */
  goneScenes: Scene[];
  goneShots: Shot[];
  /** The scene that the script had a shot in, by shot. */
  homes: ReadonlyMap<Id, Id>;
}

/** What of a film the script speaks about. */
export type Board = Pick<Film, "scenes" | "shots" | "asideScenes" | "asideShots" | "committedScenes">;

interface Fresh {
  proposed: ProposedShot;
  reading: Reading;
  shot: Shot | null;
  /** It is what somebody deleted from the board. */
  isDeleted: boolean;
}

/** Finds for every proposed scene and shot the one it is about: by id, else by what it says. */
export function pairBreakdown(film: Board, proposed: readonly ProposedScene[]): Pairing {
  const scenes = [...film.scenes, ...film.asideScenes];
  const shots = [...film.shots, ...film.asideShots];
  const shotsById = new Map(shots.map((shot) => [shot.id, shot]));
  const taken = new Set<Id>();
  const homes = homesOf(scenes);

  const fresh = proposed.map((scene) =>
    scene.shots.map((shot): Fresh => ({
      proposed: shot,
      reading: readingOfProposed(shot),
      shot: null,
      isDeleted: false,
    })),
  );
  const take = (item: Fresh, shot: Shot | undefined) => {
    if (!shot || taken.has(shot.id) || item.shot || item.isDeleted) return;
    taken.add(shot.id);
    item.shot = shot;
  };
  const shotsOf = inScriptOrder(scenes, shots, shotsById, homes);
  const sceneOf = pairScenes(scenes, proposed, fresh);
  for (const list of fresh)
    for (const item of list) if (item.proposed.id !== undefined) take(item, shotsById.get(item.proposed.id));
  // First inside each scene, then whatever moved to another.
  fresh.forEach((list, index) => {
    const old = sceneOf[index];
    if (!old) return;
    markDeleted(list, sceneSourceOf(old)?.shots ?? [], proposed[index]?.leftOut ?? [], shotsById);
    pairShots(shotsOf.get(old.id) ?? [], list, taken, take, 0.4);
  });
  pairShots([...shotsOf.values()].flat(), fresh.flat(), taken, take, 0.8);

  const ranks = new Map(film.committedScenes.map((id, rank) => [id, rank]));
  const stay = staying(sceneOf.map((scene) => (scene && !scene.aside ? (ranks.get(scene.id) ?? null) : null)));
  const paired = proposed.map((scene, index): PairedScene => {
    const old = sceneOf[index] ?? null;
    return {
      proposed: scene,
      scene: old,
      shots: placed(fresh[index] ?? [], old, homes),
      moved: old !== null && (old.aside === true || (ranks.has(old.id) && !stay.has(index))),
    };
  });
  const kept = new Set(paired.flatMap((scene) => (scene.scene ? [scene.scene.id] : [])));
  const goneShots = shots.filter((shot) => !taken.has(shot.id) && !shot.aside && readingOfShot(shot) !== null);
  // A scene with shots that were put there by hand stays with them.
  const leaving = new Set(goneShots.map((shot) => shot.id));
  for (const scene of paired) for (const { shot, moved } of scene.shots) if (shot && moved) leaving.add(shot.id);
  const lived = new Set(film.shots.flatMap((shot) => (leaving.has(shot.id) ? [] : [shot.sceneId])));
  const goneScenes = film.scenes.filter(
    (scene) => !kept.has(scene.id) && !lived.has(scene.id) && sceneSourceOf(scene) !== null,
  );
  return { scenes: paired, goneScenes, goneShots, homes };
}

/**
 * Marks what was deleted from the board since: of lines that say the same, the one that stands where the deleted one did.
 * As long as the script has fewer of them than there were, those that are on the board come first.
 * @param leftOut  what a proposal leaves out by name; it is not in the list any more
 */
function markDeleted(
  list: readonly Fresh[],
  listed: SceneSource["shots"],
  leftOut: readonly string[],
  shotsById: ReadonlyMap<Id, Shot>,
): void {
  const spare = new Map<string, number>();
  const count = (key: string, by: number) => spare.set(key, (spare.get(key) ?? 0) + by);
  for (const item of list) if (item.proposed.id === undefined) count(item.reading.key, 1);
  for (const { id, key } of listed) if (shotsById.has(id)) count(key, -1);
  const named = new Map<string, number>();
  for (const key of leftOut) named.set(key, (named.get(key) ?? 0) + 1);
  const old = listed.filter(({ id, key }) => {
    if (shotsById.has(id)) return true;
    const left = named.get(key) ?? 0;
    if (left > 0) named.set(key, left - 1);
    else if ((spare.get(key) ?? 0) > 0) {
      count(key, -1);
      return true;
    }
    return false;
  });
  if (old.every(({ id }) => shotsById.has(id))) return;
  const open = list.filter((item) => !item.shot);
  const same = (key: string) => ({ key, text: "" });
  pairAlike(
    old.map(({ key }) => same(key)),
    open.map(({ reading }) => same(reading.key)),
    equalOnly,
  ).forEach((from, to) => {
    const entry = old[from];
    const item = open[to];
    if (entry && item && item.proposed.id === undefined && !shotsById.has(entry.id)) item.isDeleted = true;
  });
}

/** Which of a scene's shots moved in the script, and which were deleted from the board since. */
function placed(list: readonly Fresh[], scene: Scene | null, homes: ReadonlyMap<Id, Id>): PairedShot[] {
  const listed = (scene && sceneSourceOf(scene)?.shots) ?? [];
  const ranks = new Map(listed.map((entry, rank) => [entry.id, rank]));
  const stay = staying(list.map(({ shot }) => (shot && !shot.aside ? (ranks.get(shot.id) ?? null) : null)));
  const someLeft = list.some(({ shot }) => shot !== null);
  return list.map(({ proposed, reading, shot, isDeleted }, index): PairedShot => {
    const leftOut = isDeleted && someLeft;
    const home = shot ? homes.get(shot.id) : undefined;
    const moved =
      shot !== null && (shot.aside === true || (home !== undefined && (home !== scene?.id || !stay.has(index))));
    return { proposed, reading, shot, leftOut, moved };
  });
}

/** Which of those that were there keep their order: a longest run that rises as it did at the last commit. */
function staying(ranks: readonly (number | null)[]): Set<number> {
  const known = ranks.flatMap((rank, index) => (rank === null ? [] : [{ rank, index }]));
  const run = risingRun(known.map(({ rank }) => rank));
  return new Set([...run].map((at) => (known[at] as { index: number }).index));
}

/** Which scene the script put a shot in, wherever people moved it since. */
export function homesOf(scenes: readonly Scene[]): Map<Id, Id> {
  const home = new Map<Id, Id>();
  for (const scene of scenes)
    for (const entry of sceneSourceOf(scene)?.shots ?? []) if (!home.has(entry.id)) home.set(entry.id, scene.id);
  return home;
}

/** Each scene's shots as the script had them last, so that of two that say the same the first stays the first. */
function inScriptOrder(
  scenes: readonly Scene[],
  shots: readonly Shot[],
  shotsById: ReadonlyMap<Id, Shot>,
  homes: ReadonlyMap<Id, Id>,
): Map<Id, Shot[]> {
  const out = new Map<Id, Shot[]>();
  for (const scene of scenes) {
    const listed = (sceneSourceOf(scene)?.shots ?? []).filter(({ id }) => homes.get(id) === scene.id);
    out.set(
      scene.id,
      [...new Set(listed.map(({ id }) => id))].flatMap((id) => shotsById.get(id) ?? []),
    );
  }
  for (const shot of shots) {
    if (homes.has(shot.id)) continue;
    const list = out.get(shot.sceneId);
    if (list) list.push(shot);
    else out.set(shot.sceneId, [shot]);
  }
  return out;
}

function pairScenes(
  scenes: readonly Scene[],
  proposed: readonly ProposedScene[],
  fresh: readonly Fresh[][],
): (Scene | null)[] {
  const byId = new Map(scenes.map((scene) => [scene.id, scene]));
  const result: (Scene | null)[] = proposed.map((scene) => {
    const known = scene.id === undefined ? undefined : byId.get(scene.id);
    if (known) byId.delete(known.id);
    return known ?? null;
  });
  const before = [...byId.values()].flatMap((scene) => {
    const source = sceneSourceOf(scene);
    if (!source) return [];
    // As committed, those included that were deleted from the board since: what an unchanged script says again.
    const body = source.shots.map(({ key }) => key).join("\n");
    return [{ scene, heading: textKey(source.heading), body }];
  });
  const after = proposed.flatMap((scene, index) =>
    result[index]
      ? []
      : [
          {
            index,
            heading: textKey((scene.read ?? scene).heading),
            body: (fresh[index] ?? []).map(({ reading }) => reading.key).join("\n"),
          },
        ],
  );
  interface Item {
    heading: string;
    body: string;
  }
  const used = new Set<Scene>();
  const round = (keyOf: (item: Item) => string, textOf: (item: Item) => string, least: number) => {
    const olds = before.filter(({ scene }) => !used.has(scene));
    const news = after.filter(({ index }) => !result[index]);
    const compared = (item: Item) => ({ key: keyOf(item), text: textOf(item) });
    pairAlike(olds.map(compared), news.map(compared), least).forEach((from, to) => {
      const old = olds[from];
      const found = news[to];
      if (!old || !found) return;
      used.add(old.scene);
      result[found.index] = old.scene;
    });
  };
  // Same heading and words; same words or most of them; same heading, whatever happens in it.
  round(
    (item) => `${item.heading}\n${item.body}`,
    (item) => `${item.heading} ${item.heading} ${item.body}`,
    0.55,
  );
  round(
    (item) => (item.heading === "" ? `${item.body}\u0000` : item.heading),
    () => "",
    equalOnly,
  );
  return result;
}

function pairShots(
  olds: readonly Shot[],
  list: readonly Fresh[],
  taken: ReadonlySet<Id>,
  take: (item: Fresh, shot: Shot | undefined) => void,
  least: number,
): void {
  const free = olds.flatMap((shot) => {
    const reading = taken.has(shot.id) ? null : readingOfShot(shot);
    return reading ? [{ shot, reading }] : [];
  });
  const open = list.filter((item) => !item.shot && !item.isDeleted);
  if (free.length === 0 || open.length === 0) return;
  pairAlike(free.map(compared), open.map(compared), least).forEach((from, to) => {
    const item = open[to];
    if (item && from >= 0) take(item, free[from]?.shot);
  });
}

const compared = ({ reading }: { reading: Reading }) => ({
  key: reading.key,
  text: reading.key,
  // Made only when it is asked for.
  get bag() {
    return reading.bag;
  },
});
