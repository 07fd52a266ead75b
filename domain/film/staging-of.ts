/** What of the film's staging belongs to one shot, in order, each thing once. */
import type { Id } from "#domain/ids.ts";
import type { Shot } from "./shot.ts";
import type { Film } from "./snapshot.ts";
import type {
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
  readonly deeds: readonly StagedDeed[];
  readonly keys: readonly StagedKey[];
  readonly cues: readonly StagedCue[];
  readonly frames: readonly StagedFrame[];
}

type Staged = Pick<Film, "staging">;

/** @returns the same object for the same list of staging and shot */
export function stagingOf(film: Staged, shot: Pick<Shot, "id" | "sceneId">): StagingOfShot {
  const index = indexOf(film.staging);
  const known = index.made.get(shot.id);
  if (known?.sceneId === shot.sceneId) return known.staging;
  const own = index.ofShots.get(shot.id) ?? none;
  const staging: StagingOfShot = {
    ...stagingOfScene(film, shot.sceneId),
    deeds: once(kindOf(own, "deed"), (deed) => `${deed.who} ${deed.fromFrame}`).sort(
      (a, b) => a.fromFrame - b.fromFrame,
    ),
    keys: once(kindOf(own, "key"), (key) => String(key.frame)).sort((a, b) => a.frame - b.frame),
    cues: kindOf(own, "cue").sort((a, b) => a.frame - b.frame),
    frames: kindOf(own, "frame").sort((a, b) => a.frame - b.frame),
  };
  index.made.set(shot.id, { sceneId: shot.sceneId, staging });
  return staging;
}

export function stagingOfScene(film: Staged, sceneId: Id): StagingOfScene {
  const index = indexOf(film.staging);
  const known = index.madeOfScenes.get(sceneId);
  if (known) return known;
  const own = index.ofScenes.get(sceneId) ?? none;
  const staging = {
    pieces: kindOf(own, "piece"),
    lights: kindOf(own, "light"),
    marks: once(kindOf(own, "mark"), (mark) => mark.who),
  };
  index.madeOfScenes.set(sceneId, staging);
  return staging;
}

const none: readonly StagingRecord[] = [];

interface Index {
  ofScenes: Map<Id, StagingRecord[]>;
  ofShots: Map<Id, StagingRecord[]>;
  made: Map<Id, { sceneId: Id; staging: StagingOfShot }>;
  madeOfScenes: Map<Id, StagingOfScene>;
}
const indexes = new WeakMap<readonly StagingRecord[], Index>();

function indexOf(staging: readonly StagingRecord[]): Index {
  const known = indexes.get(staging);
  if (known) return known;
  const index: Index = { ofScenes: new Map(), ofShots: new Map(), made: new Map(), madeOfScenes: new Map() };
  for (const record of staging) {
    const lists = "sceneId" in record ? index.ofScenes : index.ofShots;
    const list = lists.get(ownerOf(record));
    if (list) list.push(record);
    else lists.set(ownerOf(record), [record]);
  }
  indexes.set(staging, index);
  return index;
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
