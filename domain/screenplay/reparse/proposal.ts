/** What the script would make of the board: each thing that would change has a name, so that people can choose. */
import type { Shot } from "#domain/film/shot.ts";
import type { Scene } from "#domain/film/scene.ts";
import type { Id } from "#domain/ids.ts";
import type { Breakdown, ProposedScene, ProposedShot } from "#domain/screenplay/breakdown.ts";
import { mergedOver, mergeScene, ownFieldsOf, sceneChanges, shotChanges, type FieldChange } from "./merge.ts";
import {
  pairBreakdown,
  type Board,
  type PairedScene,
  type PairedShot,
  type Pairing,
} from "#domain/screenplay/reparse.ts";
import { hashText } from "#domain/screenplay/seeded.ts";
import { textKey } from "./similar.ts";
import { readingOfShot, sceneSourceOf } from "./sources.ts";

/**
 * One thing that a person can accept or not. `at` counts the proposal's scenes, or the shots of its scene `sceneAt`;
 * of what is gone it is the place that it stood ahead of. `sceneAt` is -1 where the scene is gone too.
 */
export type Change = { /** The same again as long as the script says the same. */ id: string } & (
  | { kind: "scene-new" | "scene-gone" | "scene-moved"; sceneId?: Id; at: number }
  | { kind: "scene-changed"; sceneId: Id; at: number; fields: FieldChange[] }
  | { kind: "shot-new"; sceneAt: number; at: number }
  | { kind: "shot-gone" | "shot-moved" | "shot-back"; shotId: Id; sceneAt: number; at: number }
  | { kind: "shot-changed"; shotId: Id; sceneAt: number; at: number; fields: FieldChange[] }
);

/** Each shot is counted once: new, else changed (or back from aside), else moved, else untouched. */
export interface ProposalSummary {
  new: number;
  changed: number;
  moved: number;
  untouched: number;
  /** Shots that the script no longer has. */
  aside: number;
  /** Changes of scenes: new, renamed, moved, gone. */
  scenes: number;
}
export interface Proposal {
  scenes: ProposedScene[];
  summary: ProposalSummary;
  /** In the order of the script. */
  changes: Change[];
  /** Shots that would be set aside. */
  gone: Shot[];
}

/** What committing this breakdown would make of the board: the proposals with ids, merged, and what changes by it. */
export function proposeFrom(film: Board, breakdown: Pick<Breakdown, "scenes">): Proposal {
  const pairing = pairBreakdown(film, breakdown.scenes);
  const names = new Names();
  const found: Placed[] = [];
  const scenes = pairing.scenes.map((paired, at): ProposedScene => {
    found.push(...changesOfScene(paired, at, names));
    const shots: ProposedShot[] = [];
    const leftOut: string[] = [];
    for (const entry of paired.shots) {
      if (entry.leftOut) {
        leftOut.push(entry.reading.key);
        continue;
      }
      const { proposed, changes } = proposeShot(entry, at, shots.length, names);
      found.push(...changes);
      shots.push(proposed);
    }
    return proposeScene(paired, shots, leftOut);
  });
  found.push(...changesOfGone(film, pairing, scenes));
  const changes = found.sort((a, b) => a.place[0] - b.place[0] || a.place[1] - b.place[1]).map(({ change }) => change);
  return { scenes, summary: summaryOf(scenes, changes), changes, gone: pairing.goneShots };
}

/** A change and where it is listed: scene, then shot. */
interface Placed {
  change: Change;
  place: [number, number];
}

/** Names what has no id yet: by what it says, and how often that was said before. */
class Names {
  readonly #counts = new Map<string, number>();
  of(kind: string, text: string): string {
    const name = `${kind}:${hashText(text).toString(36)}${text.length.toString(36)}`;
    const count = this.#counts.get(name) ?? 0;
    this.#counts.set(name, count + 1);
    return `${name}.${count}`;
  }
}

function changesOfScene({ proposed, scene, moved }: PairedScene, at: number, names: Names): Placed[] {
  const place: [number, number] = [at, -1];
  if (!scene) {
    const id = names.of("scene-new", textKey((proposed.read ?? proposed).heading));
    return [{ change: { id, kind: "scene-new", at }, place }];
  }
  const sceneId = scene.id;
  if (scene.aside) return [{ change: { id: `scene-new:${sceneId}`, kind: "scene-new", sceneId, at }, place }];
  const out: Placed[] = [];
  const fields = sceneChanges(scene, mergeScene(scene, proposed));
  if (fields.length > 0)
    out.push({ change: { id: `scene-changed:${sceneId}`, kind: "scene-changed", sceneId, at, fields }, place });
  if (moved) out.push({ change: { id: `scene-moved:${sceneId}`, kind: "scene-moved", sceneId, at }, place });
  return out;
}

function proposeScene({ proposed, scene }: PairedScene, shots: ProposedShot[], leftOut: string[]): ProposedScene {
  const { heading, synopsis } = proposed.read ?? proposed;
  const { id: _id, shots: _shots, leftOut: before = [], ...given } = proposed;
  const allLeftOut = [...before, ...leftOut];
  return {
    ...given,
    ...(scene ? { id: scene.id, ...mergeScene(scene, proposed) } : {}),
    shots,
    ...(allLeftOut.length > 0 ? { leftOut: allLeftOut } : {}),
    read: { heading, synopsis },
  };
}

function proposeShot(
  { proposed, reading, shot, moved }: PairedShot,
  sceneAt: number,
  at: number,
  names: Names,
): { proposed: ProposedShot; changes: Placed[] } {
  const { read } = reading;
  const lines = proposed.lines ? { lines: proposed.lines } : {};
  const place: [number, number] = [sceneAt, at + 0.5];
  if (!shot) {
    const change: Change = { id: names.of("shot-new", reading.key), kind: "shot-new", sceneAt, at };
    return { proposed: { ...ownFieldsOf(proposed), read, ...lines }, changes: [{ change, place }] };
  }
  const changes: Placed[] = [];
  const add = (change: Change) => changes.push({ change, place });
  const shotId = shot.id;
  const base = readingOfShot(shot);
  const mine = ownFieldsOf(shot);
  const merged = base === null || base.saysTheSameAs(reading) ? mine : mergedOver(base.read, mine, read);
  const fields = base === null || merged === mine ? [] : shotChanges(base.read, mine, merged);
  if (shot.aside) add({ id: `shot-back:${shotId}`, kind: "shot-back", shotId, sceneAt, at });
  else if (moved) add({ id: `shot-moved:${shotId}`, kind: "shot-moved", shotId, sceneAt, at });
  if (fields.length > 0) add({ id: `shot-changed:${shotId}`, kind: "shot-changed", shotId, sceneAt, at, fields });
  return { proposed: { id: shotId, ...merged, read, ...lines }, changes };
}

/** What the script no longer has, each at the place where it was. */
function changesOfGone(film: Board, pairing: Pairing, scenes: readonly ProposedScene[]): Placed[] {
  const out: Placed[] = [];
  const at = new Map(scenes.flatMap((scene, index) => (scene.id === undefined ? [] : [[scene.id, index] as const])));
  const sceneAtOf = new Map<Id, number>();
  let next = 0;
  const goneIds = new Set(pairing.goneScenes.map((scene) => scene.id));
  for (const scene of inCommittedOrder(film)) {
    if (goneIds.has(scene.id)) {
      sceneAtOf.set(scene.id, next);
      const change: Change = { id: `scene-gone:${scene.id}`, kind: "scene-gone", sceneId: scene.id, at: next };
      out.push({ change, place: [next, -3] });
    }
    next = (at.get(scene.id) ?? next - 1) + 1;
  }
  const gone = new Set(pairing.goneShots.map((shot) => shot.id));
  const done = new Set<Id>();
  const push = (shotId: Id, sceneAt: number, shotAt: number, place: [number, number]) => {
    done.add(shotId);
    out.push({ change: { id: `shot-gone:${shotId}`, kind: "shot-gone", shotId, sceneAt, at: shotAt }, place });
  };
  for (const scene of [...film.scenes, ...film.asideScenes]) {
    const sceneAt = at.get(scene.id) ?? -1;
    const positions = new Map(scenes[sceneAt]?.shots.map((shot, index) => [shot.id, index]));
    let shotAt = 0;
    for (const { id } of sceneSourceOf(scene)?.shots ?? []) {
      const here = positions.get(id);
      if (here !== undefined) shotAt = here + 1;
      else if (gone.has(id) && !done.has(id))
        push(id, sceneAt, shotAt, sceneAt < 0 ? [sceneAtOf.get(scene.id) ?? scenes.length, -2] : [sceneAt, shotAt]);
    }
  }
  // A merge of two people's commits may have left a shot in no list.
  for (const { id } of pairing.goneShots) if (!done.has(id)) push(id, -1, 0, [scenes.length, 0]);
  return out;
}

/** The scenes that are on the board, as the script had them last. */
export function inCommittedOrder(film: Board): Scene[] {
  const ranks = new Map(film.committedScenes.map((id, rank) => [id, rank]));
  const rank = (scene: Scene) => ranks.get(scene.id) ?? Number.POSITIVE_INFINITY;
  return film.scenes.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}

function summaryOf(scenes: readonly ProposedScene[], changes: readonly Change[]): ProposalSummary {
  const summary: ProposalSummary = { new: 0, changed: 0, moved: 0, untouched: 0, aside: 0, scenes: 0 };
  const changed = new Set<Id>();
  const moved = new Set<Id>();
  for (const change of changes) {
    if (change.kind === "shot-new") summary.new += 1;
    else if (change.kind === "shot-gone") summary.aside += 1;
    else if (change.kind === "shot-moved") moved.add(change.shotId);
    else if (change.kind === "shot-changed" || change.kind === "shot-back") changed.add(change.shotId);
    else summary.scenes += 1;
  }
  summary.changed = changed.size;
  for (const id of moved) if (!changed.has(id)) summary.moved += 1;
  const all = scenes.reduce((sum, scene) => sum + scene.shots.length, 0);
  summary.untouched = all - summary.new - summary.changed - summary.moved;
  return summary;
}
