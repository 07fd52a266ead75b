/** The proposal as the review lists it: scene by scene, with what is gone at the place where it was. Pure. */
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import type { ProposedScene, ProposedShot } from "#domain/screenplay/breakdown.ts";
import type { FieldChange } from "#domain/screenplay/reparse/merge.ts";
import type { Change, Proposal } from "#domain/screenplay/reparse/proposal.ts";

export type ReviewRow =
  | {
      kind: "shot";
      /** What the edits of this shot are kept by: its id, else the change that makes it. */
      key: string;
      /** Place in its scene, from 1. */
      number: number;
      shot: ProposedShot;
      changes: Change[];
    }
  | { kind: "gone"; key: string; shot: Shot; changes: Change[] };

export interface ReviewScene {
  key: string;
  /** Place in the film, from 1; null for a scene that is gone. */
  number: number | null;
  scene: Pick<ProposedScene, "heading" | "setting" | "location" | "time">;
  changes: Change[];
  rows: ReviewRow[];
}

export function reviewScenes(film: { scenes: readonly Scene[] }, proposal: Proposal): ReviewScene[] {
  const byShot = new Map<string, Change[]>();
  const byScene = new Map<number, Change[]>();
  const goneIn = new Map<number, { change: Change; shot: Shot; at: number }[]>();
  const goneScenes = new Map<number, ReviewScene[]>();
  const shots = new Map(proposal.gone.map((shot) => [shot.id, shot]));
  const scenes = new Map(film.scenes.map((scene) => [scene.id, scene]));
  let lastGone: ReviewScene | null = null;
  for (const change of proposal.changes) {
    if (change.kind === "scene-gone") {
      const scene = scenes.get(change.sceneId ?? "");
      if (!scene) continue;
      lastGone = { key: change.id, number: null, scene, changes: [change], rows: [] };
      push(goneScenes, change.at, lastGone);
    } else if (change.kind === "shot-gone") {
      const shot = shots.get(change.shotId);
      if (!shot) continue;
      if (change.sceneAt >= 0) push(goneIn, change.sceneAt, { change, shot, at: change.at });
      else lastGone?.rows.push({ kind: "gone", key: shot.id, shot, changes: [change] });
    } else if ("sceneAt" in change) push(byShot, `${change.sceneAt} ${change.at}`, change);
    else push(byScene, change.at, change);
  }
  const listed = proposal.scenes.flatMap((scene, at): ReviewScene[] => {
    const gone = goneIn.get(at) ?? [];
    const goneAt = (index: number) =>
      gone
        .filter((one) => one.at === index)
        .map(({ shot, change }): ReviewRow => ({ kind: "gone", key: shot.id, shot, changes: [change] }));
    const rows = scene.shots.flatMap((shot, index): ReviewRow[] => {
      const changes = byShot.get(`${at} ${index}`) ?? [];
      const key = shot.id ?? changes[0]?.id ?? `${at} ${index}`;
      return [...goneAt(index), { kind: "shot", key, number: index + 1, shot, changes }];
    });
    rows.push(...goneAt(scene.shots.length));
    const changes = byScene.get(at) ?? [];
    const key = scene.id ?? changes[0]?.id ?? String(at);
    return [...(goneScenes.get(at) ?? []), { key, number: at + 1, scene, changes, rows }];
  });
  return [...listed, ...(goneScenes.get(proposal.scenes.length) ?? [])];
}

/** Those with anything to decide. */
export function changedOnly(scenes: readonly ReviewScene[]): ReviewScene[] {
  return scenes.flatMap((scene) => {
    const rows = scene.rows.filter((row) => row.changes.length > 0);
    return rows.length > 0 || scene.changes.length > 0 ? [{ ...scene, rows }] : [];
  });
}

/** As many whole scenes as it takes for so many rows. */
export function firstRows(scenes: readonly ReviewScene[], rows: number): ReviewScene[] {
  let count = 0;
  const end = scenes.findIndex((scene) => (count += scene.rows.length + 1) >= rows);
  return end < 0 ? [...scenes] : scenes.slice(0, end + 1);
}

/** Fields that the script and a person both changed, by change. */
export function conflictsIn(changes: readonly Change[]): { change: Change; field: FieldChange }[] {
  return changes.flatMap((change) =>
    "fields" in change ? change.fields.flatMap((field) => ("mine" in field ? [{ change, field }] : [])) : [],
  );
}

/**
 * Taking a shot of a new scene takes the scene; putting the scene off puts off all that is in it.
 * @returns `refused` after this one was taken or put off
 */
export function withAnswer(
  refused: ReadonlySet<string>,
  changes: readonly Change[],
  changeId: string,
  takes: boolean,
): Set<string> {
  const next = new Set(refused);
  const answer = (id: string) => (takes ? next.delete(id) : next.add(id));
  answer(changeId);
  const change = changes.find(({ id }) => id === changeId);
  if (!change) return next;
  if (change.kind === "scene-new") {
    for (const one of changes) if ("sceneAt" in one && one.sceneAt === change.at && isMade(one)) answer(one.id);
  } else if (change.kind === "scene-gone") {
    for (const id of goneWith(changes, change)) answer(id);
  } else if (takes && "sceneAt" in change) {
    const scene = changes.find((one) => one.kind === "scene-new" && one.at === change.sceneAt);
    if (scene) next.delete(scene.id);
  } else if (!takes && change.kind === "shot-gone" && change.sceneAt < 0) {
    // A scene stays with the shots that stay in it.
    const scene = changes.find((one) => one.kind === "scene-gone" && goneWith(changes, one).includes(changeId));
    if (scene) next.add(scene.id);
  }
  return next;
}

const isMade = (change: Change) => ["shot-new", "shot-back", "shot-moved"].includes(change.kind);

/** The shots of a scene that is gone: listed right behind it. */
function goneWith(changes: readonly Change[], scene: Change): Id[] {
  const out: Id[] = [];
  for (let at = changes.indexOf(scene) + 1; at < changes.length; at += 1) {
    const change = changes[at] as Change;
    if (change.kind !== "shot-gone" || change.sceneAt >= 0) break;
    out.push(change.id);
  }
  return out;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
