import type * as Y from "yjs";
import type { Id } from "#domain/ids.ts";
import { byOrder, type OrderKey } from "#domain/order.ts";
import { shareStructure } from "#domain/share-structure.ts";
import { ClipRecord, type Clip } from "./clip.ts";
import { CommentRecord, type Comment } from "./comment.ts";
import { metaOf, screenplayOf } from "./document.ts";
import { ElementRecord, type Element } from "./element.ts";
import { MarkerRecord, type Marker } from "./marker.ts";
import { defaultMeta, FilmMeta } from "./meta.ts";
import { readCollection, type ReadCollection } from "./read-collections.ts";
import { SceneRecord, type Scene } from "./scene.ts";
import { shotLetter, ShotRecord, type Shot } from "./shot.ts";
import { mostStaging, StagingRecord } from "./staging.ts";
import { TrackRecord, type Track } from "./track.ts";

/** The plain, validated reading of a film document: what programs get and what the studio draws. Lists are in order. */
export interface Film {
  meta: FilmMeta;
  screenplay: string;
  scenes: Scene[];
  shots: Shot[];
  /** Shots and scenes that a re-parse set aside; they keep their takes. */
  asideScenes: Scene[];
  asideShots: Shot[];
  /** Scenes of the last breakdown that was committed, in the order of the script; some may be gone since. */
  committedScenes: Id[];
  elements: Element[];
  tracks: Track[];
  clips: Clip[];
  markers: Marker[];
  comments: Comment[];
  /** What people put into the sets; some may be of scenes and shots that are gone. */
  staging: StagingRecord[];
  /** What a merge left dangling or malformed, in words. Such records are left out above, never deleted. */
  problems: string[];
}

export const emptyFilm: Film = {
  meta: defaultMeta,
  screenplay: "",
  scenes: [],
  shots: [],
  asideScenes: [],
  asideShots: [],
  committedScenes: [],
  elements: [],
  tracks: [],
  clips: [],
  markers: [],
  comments: [],
  staging: [],
  problems: [],
};

/**
 * Reads the whole document; never writes. Only records that changed since the last reading of this document are checked
 * again, and whatever is as it was (a record, a list, the film) is the same object: nobody may write to what this
 * returns.
 */
export function readFilm(doc: Y.Doc): Film {
  const scenes = readCollection(doc, "scenes", kinds.scenes);
  const shots = readCollection(doc, "shots", kinds.shots);
  const elements = readCollection(doc, "elements", kinds.elements);
  const tracks = readCollection(doc, "tracks", kinds.tracks);
  const clips = readCollection(doc, "clips", kinds.clips);
  const markers = readCollection(doc, "markers", kinds.markers);
  const comments = readCollection(doc, "comments", kinds.comments);
  const staging = readCollection(doc, "staging", kinds.staging);

  const before = readings.get(doc);
  const isAs = (...read: ReadCollection<unknown>[]) => read.every((one) => before?.from.includes(one) === true);
  const board = before && isAs(scenes, shots) ? before.board : boardOf(scenes.list, shots.list);
  const cut = before && isAs(tracks, clips) ? before.cut : cutOf(tracks.list, clips.list);
  const from = [scenes, shots, elements, tracks, clips, markers, comments, staging];
  const film: Film = {
    meta: readMeta(doc),
    screenplay: screenplayOf(doc).toString(),
    scenes: board.scenes,
    shots: board.shots,
    asideScenes: board.asideScenes,
    asideShots: board.asideShots,
    elements: elements.list.map((element) => elementView(element, {})),
    tracks: tracks.list.map((track) => trackView(track, {})),
    clips: cut.clips,
    markers: [...markers.list],
    comments: [...comments.list],
    staging: staging.list.slice(0, mostStaging),
    committedScenes: committedScenesOf(doc),
    problems: [
      ...from.flatMap(({ problems }) => problems),
      ...board.problems,
      ...cut.problems,
      ...tooMuch(staging.list),
    ],
  };
  const shared = before ? shareFilm(before.film, film) : film;
  readings.set(doc, { from, board, cut, film: shared });
  return shared;
}

interface Reading {
  from: readonly ReadCollection<unknown>[];
  board: Pick<Film, "scenes" | "shots" | "asideScenes" | "asideShots" | "problems">;
  cut: Pick<Film, "clips" | "problems">;
  film: Film;
}

const tooMuch = ({ length }: readonly StagingRecord[]) =>
  length <= mostStaging ? [] : [`of ${length} things that are staged only the first ${mostStaging} are read`];

/** The last reading of each document. */
const readings = new WeakMap<Y.Doc, Reading>();

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const kinds = {
  scenes: { schema: SceneRecord, compare: byOrder },
  shots: { schema: ShotRecord, compare: byOrder },
  elements: { schema: ElementRecord, compare: byOrder },
  tracks: { schema: TrackRecord, compare: byOrder },
  clips: { schema: ClipRecord, compare: (a: Clip, b: Clip) => a.start - b.start || byId(a, b) },
  markers: { schema: MarkerRecord, compare: (a: Marker, b: Marker) => a.frame - b.frame || byId(a, b) },
  comments: {
    schema: CommentRecord,
    compare: (a: Comment, b: Comment) => (a.at < b.at ? -1 : a.at > b.at ? 1 : byId(a, b)),
  },
  staging: { schema: StagingRecord, compare: byId },
};

/** @returns the clips of a document, in the order of their beginnings; the list is the caller's, its clips are not */
export function readClips(doc: Y.Doc): Clip[] {
  return [...readCollection(doc, "clips", kinds.clips).list];
}

/** Puts the shots into their scenes and numbers both by their places. */
function boardOf(scenes: readonly SceneRecord[], shots: readonly ShotRecord[]): Reading["board"] {
  const problems: string[] = [];
  const living = scenes.filter((scene) => !scene.aside).map((scene, index) => sceneView(scene, { number: index + 1 }));
  const shotsOf = new Map(living.map((scene): [string, ShotRecord[]] => [scene.id, []]));
  const known = new Set(scenes.map((scene) => scene.id));
  const asideShots: Shot[] = [];
  for (const shot of shots) {
    const own = shot.aside ? undefined : shotsOf.get(shot.sceneId);
    if (own) own.push(shot);
    else {
      if (!shot.aside && !known.has(shot.sceneId)) problems.push(`shot ${shot.id} names a scene that is gone`);
      asideShots.push(shotView(shot, { number: "–" }));
    }
  }
  return {
    scenes: living,
    shots: living.flatMap((scene) =>
      (shotsOf.get(scene.id) ?? []).map((shot, index) =>
        shotView(shot, { number: `${scene.number}${shotLetter(index)}` }),
      ),
    ),
    asideScenes: scenes.filter((scene) => scene.aside).map((scene) => sceneView(scene, { number: 0 })),
    asideShots,
    problems,
  };
}

function cutOf(tracks: readonly TrackRecord[], clips: readonly Clip[]): Reading["cut"] {
  const problems: string[] = [];
  const known = new Set(tracks.map((track) => track.id));
  const placed = clips.filter((clip) => {
    if (known.has(clip.trackId)) return true;
    problems.push(`clip ${clip.id} names a track that is gone`);
    return false;
  });
  return { clips: placed, problems };
}

const sceneView = viewOf<SceneRecord, Pick<Scene, "number">>();
const shotView = viewOf<ShotRecord, Pick<Shot, "number">>();
const elementView = viewOf<ElementRecord, object>();
const trackView = viewOf<TrackRecord, object>();

/** Makes what the film shows of a record: all but its order, and what follows from its place; the same object again
 *  for the same record in the same place. */
function viewOf<R extends { order: OrderKey }, P extends { number?: unknown }>(): (
  record: R,
  place: P,
) => Omit<R, "order"> & P {
  const views = new WeakMap<R, Omit<R, "order"> & P>();
  return (record, place) => {
    const before = views.get(record);
    if (before && before.number === place.number) return before;
    const { order: _order, ...rest } = record;
    const view = { ...rest, ...place };
    views.set(record, view);
    return view;
  };
}

/** `film`, with the meta and the lists of `before` wherever they are the same; `before` itself when all are. */
function shareFilm(before: Film, film: Film): Film {
  const shared = { ...film };
  let isSame = true;
  for (const key of Object.keys(film) as (keyof Film)[]) {
    if (isSameIn(before[key], film[key])) Object.assign(shared, { [key]: before[key] });
    else isSame = false;
  }
  return isSame ? before : shared;
}

function isSameIn(before: Film[keyof Film], now: Film[keyof Film]): boolean {
  if (Object.is(before, now)) return true;
  if (Array.isArray(before) && Array.isArray(now))
    return before.length === now.length && before.every((item, index) => item === now[index]);
  return typeof now === "object" && shareStructure(before, now) === before;
}

function committedScenesOf(doc: Y.Doc): Id[] {
  const ids = metaOf(doc).get("committedScenes");
  return Array.isArray(ids) ? ids.filter((id): id is Id => typeof id === "string") : [];
}

/** Fields that a merge left unreadable fall back to their defaults one by one. */
export function readMeta(doc: Y.Doc): FilmMeta {
  const raw = metaOf(doc);
  const field = <K extends keyof FilmMeta>(key: K): FilmMeta[K] => {
    const parsed = FilmMeta.shape[key].safeParse(raw.get(key));
    return parsed.success ? (parsed.data as FilmMeta[K]) : defaultMeta[key];
  };
  const scriptEol = field("scriptEol");
  const scriptBom = field("scriptBom");
  const readAs = field("readAs");
  return {
    title: field("title"),
    width: field("width"),
    height: field("height"),
    fps: field("fps"),
    ...(scriptEol === undefined ? {} : { scriptEol }),
    ...(scriptBom === undefined ? {} : { scriptBom }),
    ...(readAs === undefined ? {} : { readAs }),
  };
}
