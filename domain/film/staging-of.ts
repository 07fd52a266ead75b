/** What of the film's staging belongs to one shot, in order, each thing once. */
import type { Id } from "#domain/ids.ts";
import type { Shot } from "./shot.ts";
import type { Film } from "./snapshot.ts";
import type {
  StagedBurn,
  StagedCue,
  StagedDeed,
  StagedFrame,
  StagedKey,
  StagedLight,
  StagedMark,
  StagedPiece,
  StagingRecord,
} from "./staging.ts";

export interface StagingOfScene {
  readonly pieces: readonly StagedPiece[];
  readonly lights: readonly StagedLight[];
  readonly marks: readonly StagedMark[];
}

export interface StagingOfShot extends StagingOfScene {
  readonly burns: readonly StagedBurn[];
  readonly deeds: readonly StagedDeed[];
  readonly keys: readonly StagedKey[];
  readonly cues: readonly StagedCue[];
  readonly frames: readonly StagedFrame[];
}

type Staged = Pick<Film, "staging">;

/** @returns the same object for as long as nothing of it changes */
export function stagingOf(film: Staged, shot: Pick<Shot, "id" | "sceneId">): StagingOfShot {
  const ofScene = stagingOfScene(film, shot.sceneId);
  const own = groupsOf(film.staging).ofShots.get(shot.id) ?? none;
  const known = ofShots.get(own)?.get(ofScene);
  if (known) return known;
  const staging: StagingOfShot = {
    ...ofScene,
    burns: once(kindOf(own, "burn"), (burn) => burn.light),
    deeds: once(kindOf(own, "deed"), (deed) => `${deed.who} ${deed.fromFrame}`).sort(
      (a, b) => a.fromFrame - b.fromFrame,
    ),
    keys: once(kindOf(own, "key"), (key) => String(key.frame)).sort((a, b) => a.frame - b.frame),
    cues: kindOf(own, "cue").sort((a, b) => a.frame - b.frame),
    frames: kindOf(own, "frame").sort((a, b) => a.frame - b.frame),
  };
  const made = ofShots.get(own) ?? new WeakMap<StagingOfScene, StagingOfShot>();
  ofShots.set(own, made.set(ofScene, staging));
  return staging;
}

export function stagingOfScene(film: Staged, sceneId: Id): StagingOfScene {
  const own = groupsOf(film.staging).ofScenes.get(sceneId) ?? none;
  const known = ofScenes.get(own);
  if (known) return known;
  const staging = {
    pieces: kindOf(own, "piece"),
    lights: kindOf(own, "light"),
    marks: once(kindOf(own, "mark"), (mark) => mark.who),
  };
  ofScenes.set(own, staging);
  return staging;
}

type Group = readonly StagingRecord[];
const none: Group = [];
/** What was made of a group. */
const ofShots = new WeakMap<Group, WeakMap<StagingOfScene, StagingOfShot>>();
const ofScenes = new WeakMap<Group, StagingOfScene>();

interface Groups {
  ofScenes: Map<Id, Group>;
  ofShots: Map<Id, Group>;
}
const grouped = new WeakMap<Film["staging"], Groups>();
/** Groups in which nothing changed go on from one reading of a film to the next. */
let latest: Groups = { ofScenes: new Map(), ofShots: new Map() };

function groupsOf(staging: Film["staging"]): Groups {
  const known = grouped.get(staging);
  if (known) return known;
  const ofScene = new Map<Id, StagingRecord[]>();
  const ofShot = new Map<Id, StagingRecord[]>();
  for (const record of staging) {
    const groups = "sceneId" in record ? ofScene : ofShot;
    const group = groups.get(ownerOf(record));
    if (group) group.push(record);
    else groups.set(ownerOf(record), [record]);
  }
  const groups = { ofScenes: kept(latest.ofScenes, ofScene), ofShots: kept(latest.ofShots, ofShot) };
  grouped.set(staging, groups);
  latest = groups;
  return groups;
}

function kept(before: ReadonlyMap<Id, Group>, now: ReadonlyMap<Id, Group>): Map<Id, Group> {
  const groups = new Map<Id, Group>();
  for (const [owner, group] of now) {
    const known = before.get(owner);
    const isSame = known?.length === group.length && known.every((record, at) => record === group[at]);
    groups.set(owner, isSame ? known : group);
  }
  return groups;
}

const ownerOf = (record: StagingRecord): Id => ("sceneId" in record ? record.sceneId : record.shotId);

function kindOf<K extends StagingRecord["kind"]>(
  records: readonly StagingRecord[],
  kind: K,
): Extract<StagingRecord, { kind: K }>[] {
  return records.filter((record): record is Extract<StagingRecord, { kind: K }> => record.kind === kind);
}

/** Of what two people made at the same time for one place, the first by its id counts for everybody. */
function once<R extends { id: Id }>(records: readonly R[], placeOf: (record: R) => string): R[] {
  const first = new Map<string, R>();
  for (const record of records) {
    const place = placeOf(record);
    const other = first.get(place);
    if (other === undefined || record.id < other.id) first.set(place, record);
  }
  return [...first.values()];
}
