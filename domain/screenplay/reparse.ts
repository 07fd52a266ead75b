/**
 * Three ways meet: what was committed last (`source` of each record), the board as people changed it since, and what
 * the script says now. A shot whose text did not change keeps everything; one whose text changed takes the new text
 * and keeps what people set by hand; one that is gone from the script is set aside, never deleted.
 */
import { z } from "zod";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { Id } from "#domain/ids.ts";
import { ShotReading, type Breakdown, type ProposedScene, type ProposedShot } from "./breakdown.ts";
import { pairAlike, shotKey, textKey } from "./similar.ts";

/** `source` of a scene: its text, and its shots in the order of the script as they were committed. */
export const SceneSource = z.object({
  heading: z.string(),
  synopsis: z.string(),
  shots: z.array(z.object({ id: Id, key: z.string() })),
});
export type SceneSource = z.infer<typeof SceneSource>;

export const sceneSourceOf = (scene: Scene): SceneSource | null => SceneSource.safeParse(scene.source).data ?? null;
export const shotSourceOf = (shot: Shot): ShotReading | null => ShotReading.safeParse(shot.source).data ?? null;

export interface PairedShot {
  proposed: ProposedShot;
  shot: Shot | null;
  /** Somebody deleted this shot from the board, and the script still says the same: it stays deleted. */
  leftOut: boolean;
}
export interface PairedScene {
  proposed: ProposedScene;
  scene: Scene | null;
  shots: PairedShot[];
}
export interface Pairing {
  scenes: PairedScene[];
  /** On the board, made from the script, and no longer in it. Shots that people added by hand are never here. */
  goneScenes: Scene[];
  goneShots: Shot[];
}

export const readingOf = (shot: ProposedShot): ShotReading =>
  shot.read ?? {
    type: shot.type,
    move: shot.move,
    action: shot.action,
    dialogue: shot.dialogue,
    characters: shot.characters,
    durationFrames: shot.durationFrames,
  };

/** What of a film the script speaks about. */
export type Board = Pick<Film, "scenes" | "shots" | "asideScenes" | "asideShots">;

/** Finds for every proposed scene and shot the one it is about: by id, else by what it says. */
export function pairBreakdown(film: Board, proposed: readonly ProposedScene[]): Pairing {
  const scenes = [...film.scenes, ...film.asideScenes];
  const shots = [...film.shots, ...film.asideShots];
  const shotsById = new Map(shots.map((shot) => [shot.id, shot]));
  const taken = new Set<Id>();
  const home = homesOf(scenes, shots);

  const sceneOf = pairScenes(scenes, home, proposed);
  const shotOf = new Map<ProposedShot, Shot>();
  const take = (proposal: ProposedShot, shot: Shot | undefined) => {
    if (!shot || taken.has(shot.id) || shotOf.has(proposal)) return;
    taken.add(shot.id);
    shotOf.set(proposal, shot);
  };
  for (const scene of proposed)
    for (const shot of scene.shots) if (shot.id !== undefined) take(shot, shotsById.get(shot.id));
  // First inside each scene, then whatever moved to another.
  proposed.forEach((scene, index) => {
    const old = sceneOf[index];
    if (old) pairShots(home.get(old.id) ?? [], scene.shots, shotOf, taken, take);
  });
  pairShots(
    shots,
    proposed.flatMap((scene) => scene.shots),
    shotOf,
    taken,
    take,
    true,
  );

  const paired = proposed.map((scene, index): PairedScene => {
    const old = sceneOf[index] ?? null;
    const gone = new Map<string, number>();
    const listed = old ? (sceneSourceOf(old)?.shots ?? []) : [];
    for (const entry of listed) if (!shotsById.has(entry.id)) gone.set(entry.key, (gone.get(entry.key) ?? 0) + 1);
    const someLeft = scene.shots.some((shot) => shotOf.has(shot));
    return {
      proposed: scene,
      scene: old,
      shots: scene.shots.map((proposal) => {
        const shot = shotOf.get(proposal) ?? null;
        const key = shotKey(readingOf(proposal));
        const leftOut = shot === null && someLeft && proposal.id === undefined && (gone.get(key) ?? 0) > 0;
        if (leftOut) gone.set(key, (gone.get(key) ?? 0) - 1);
        return { proposed: proposal, shot, leftOut };
      }),
    };
  });
  const kept = new Set(paired.flatMap((scene) => (scene.scene ? [scene.scene.id] : [])));
  const goneShots = shots.filter((shot) => !taken.has(shot.id) && !shot.aside && shotSourceOf(shot) !== null);
  const goneScenes = film.scenes.filter((scene) => !kept.has(scene.id) && sceneSourceOf(scene) !== null);
  return { scenes: paired, goneScenes, goneShots };
}

/** The fields a shot has after the merge; what people set by hand stays unless its own text changed. */
export function mergeShot(shot: Shot, read: ShotReading): ShotReading {
  const base = shotSourceOf(shot);
  const mine: ShotReading = {
    type: shot.type,
    move: shot.move,
    action: shot.action,
    dialogue: shot.dialogue,
    characters: shot.characters,
    durationFrames: shot.durationFrames,
  };
  if (base === null || shotKey(base) === shotKey(read)) return mine;
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  return {
    action: same(base.action, read.action) ? mine.action : read.action,
    dialogue: same(base.dialogue, read.dialogue) ? mine.dialogue : read.dialogue,
    characters: same(base.characters, mine.characters) ? read.characters : mine.characters,
    type: base.type === mine.type ? read.type : mine.type,
    move: base.move === mine.move ? read.move : mine.move,
    durationFrames: base.durationFrames === mine.durationFrames ? read.durationFrames : mine.durationFrames,
  };
}

type SceneFields = Pick<ProposedScene, "heading" | "setting" | "location" | "time" | "synopsis">;

/** A renamed scene keeps its name as long as the script's heading stays. */
export function mergeScene(scene: Scene, proposed: ProposedScene): SceneFields {
  const base = sceneSourceOf(scene);
  const read = proposed.read ?? proposed;
  const from = base === null || textKey(base.heading) === textKey(read.heading) ? scene : proposed;
  const synopsis =
    base === null || textKey(base.synopsis) === textKey(read.synopsis) ? scene.synopsis : proposed.synopsis;
  return { heading: from.heading, setting: from.setting, location: from.location, time: from.time, synopsis };
}

export interface ProposalSummary {
  new: number;
  changed: number;
  untouched: number;
  aside: number;
}
export interface Proposal {
  scenes: ProposedScene[];
  /** Counted in shots. */
  summary: ProposalSummary;
  /** Shots that would be set aside. */
  gone: Shot[];
}

/** What committing this breakdown would make of the board: the proposals with ids, merged, and how many are what. */
export function proposeFrom(film: Board, breakdown: Pick<Breakdown, "scenes">): Proposal {
  const pairing = pairBreakdown(film, breakdown.scenes);
  const summary: ProposalSummary = { new: 0, changed: 0, untouched: 0, aside: pairing.goneShots.length };
  const scenes = pairing.scenes.map(({ proposed, scene, shots }): ProposedScene => {
    const leftOut = shots.filter((entry) => entry.leftOut).map((entry) => shotKey(readingOf(entry.proposed)));
    const list = shots
      .filter((entry) => !entry.leftOut)
      .map(({ proposed: proposal, shot }): ProposedShot => {
        const read = readingOf(proposal);
        if (!shot) {
          summary.new += 1;
          return { ...read, read };
        }
        const base = shotSourceOf(shot);
        const untouched = !shot.aside && (base === null || shotKey(base) === shotKey(read));
        if (untouched) summary.untouched += 1;
        else summary.changed += 1;
        return { id: shot.id, ...mergeShot(shot, read), read };
      });
    const read = proposed.read ?? { heading: proposed.heading, synopsis: proposed.synopsis };
    const fields = scene ? mergeScene(scene, proposed) : proposed;
    return {
      ...(scene ? { id: scene.id } : {}),
      heading: fields.heading,
      setting: fields.setting,
      location: fields.location,
      time: fields.time,
      synopsis: fields.synopsis,
      shots: list,
      ...(leftOut.length > 0 ? { leftOut } : {}),
      read,
    };
  });
  return { scenes, summary, gone: pairing.goneShots };
}

/** Which shots the script put in which scene, wherever people moved them since. */
function homesOf(scenes: readonly Scene[], shots: readonly Shot[]): Map<Id, Shot[]> {
  const home = new Map<Id, Id>();
  for (const scene of scenes)
    for (const entry of sceneSourceOf(scene)?.shots ?? []) if (!home.has(entry.id)) home.set(entry.id, scene.id);
  const out = new Map<Id, Shot[]>();
  for (const shot of shots) {
    const id = home.get(shot.id) ?? shot.sceneId;
    const list = out.get(id);
    if (list) list.push(shot);
    else out.set(id, [shot]);
  }
  return out;
}

function pairScenes(
  scenes: readonly Scene[],
  home: Map<Id, Shot[]>,
  proposed: readonly ProposedScene[],
): (Scene | null)[] {
  const result: (Scene | null)[] = proposed.map((scene) => scenes.find((old) => old.id === scene.id) ?? null);
  const taken = new Set(result.flatMap((scene) => (scene ? [scene.id] : [])));
  const free = scenes.filter((scene) => !taken.has(scene.id) && sceneSourceOf(scene) !== null);
  const before = free.map((scene) => {
    const source = sceneSourceOf(scene);
    const heading = textKey(source?.heading ?? scene.heading);
    const body = (home.get(scene.id) ?? []).map((shot) => shotKey(shotSourceOf(shot) ?? shot)).join("\n");
    return { scene, heading, body };
  });
  const open = proposed.flatMap((scene, index) => (result[index] ? [] : [{ scene, index }]));
  const after = open.map(({ scene }) => ({
    heading: textKey((scene.read ?? scene).heading),
    body: scene.shots.map((shot) => shotKey(readingOf(shot))).join("\n"),
  }));
  const used = new Set<number>();
  const round = (
    keyOf: (item: { heading: string; body: string }) => string,
    textOf: (item: { heading: string; body: string }) => string,
    least: number,
  ) => {
    const olds = before.map((item, at) => ({ item, at })).filter(({ at }) => !used.has(at));
    const news = after
      .map((item, at) => ({ item, at }))
      .filter(({ at }) => !result[(open[at] as { index: number }).index]);
    const pairs = pairAlike(
      olds.map(({ item }) => ({ key: keyOf(item), text: textOf(item) })),
      news.map(({ item }) => ({ key: keyOf(item), text: textOf(item) })),
      least,
    );
    pairs.forEach((from, to) => {
      const old = olds[from];
      const fresh = news[to];
      if (!old || !fresh) return;
      used.add(old.at);
      result[(open[fresh.at] as { index: number }).index] = (before[old.at] as { scene: Scene }).scene;
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
    () => "\u0000",
    2,
  );
  return result;
}

function pairShots(
  olds: readonly Shot[],
  proposals: readonly ProposedShot[],
  shotOf: Map<ProposedShot, Shot>,
  taken: ReadonlySet<Id>,
  take: (proposal: ProposedShot, shot: Shot | undefined) => void,
  onlyEqual = false,
): void {
  const free = olds.filter((shot) => !taken.has(shot.id) && shotSourceOf(shot) !== null);
  const open = proposals.filter((proposal) => !shotOf.has(proposal));
  const item = (shot: Pick<ShotReading, "action" | "dialogue">) => {
    const key = shotKey(shot);
    return { key, text: key };
  };
  const pairs = pairAlike(
    free.map((shot) => item(shotSourceOf(shot) ?? shot)),
    open.map((proposal) => item(readingOf(proposal))),
    onlyEqual ? 0.8 : 0.4,
  );
  pairs.forEach((from, to) => {
    const proposal = open[to];
    if (proposal && from >= 0) take(proposal, free[from]);
  });
}
