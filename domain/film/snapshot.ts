import type * as Y from "yjs";
import type { z } from "zod";
import { byOrder, type OrderKey } from "#domain/order.ts";
import { ClipRecord, type Clip } from "./clip.ts";
import { CommentRecord, type Comment } from "./comment.ts";
import { eachRecord, metaOf, screenplayOf, type CollectionName, type RecordMap } from "./document.ts";
import { ElementRecord, type Element } from "./element.ts";
import { MarkerRecord, type Marker } from "./marker.ts";
import { defaultMeta, FilmMeta } from "./meta.ts";
import { SceneRecord, type Scene } from "./scene.ts";
import { shotLetter, ShotRecord, type Shot } from "./shot.ts";
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
  elements: Element[];
  tracks: Track[];
  clips: Clip[];
  markers: Marker[];
  comments: Comment[];
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
  elements: [],
  tracks: [],
  clips: [],
  markers: [],
  comments: [],
  problems: [],
};

/** Reads the whole document. Pure; never writes. */
export function readFilm(doc: Y.Doc): Film {
  const problems: string[] = [];
  const scenes = readOrdered(doc, "scenes", SceneRecord, problems);
  const shots = readOrdered(doc, "shots", ShotRecord, problems);
  const tracks = readOrdered(doc, "tracks", TrackRecord, problems);
  const elements = readOrdered(doc, "elements", ElementRecord, problems);
  const clips = readAll(doc, "clips", ClipRecord, problems);

  const living = scenes
    .filter((scene) => !scene.aside)
    .map((scene, index) => ({ ...withoutOrder(scene), number: index + 1 }));
  const sceneNumbers = new Map(living.map((scene) => [scene.id, scene.number]));
  const numbered: Shot[] = [];
  for (const scene of living) {
    const own = shots.filter((shot) => shot.sceneId === scene.id && !shot.aside);
    own.forEach((shot, index) =>
      numbered.push({ ...withoutOrder(shot), number: `${scene.number}${shotLetter(index)}` }),
    );
  }
  const aside: Shot[] = [];
  for (const shot of shots) {
    if (shot.aside || !sceneNumbers.has(shot.sceneId)) {
      if (!shot.aside && !scenes.some((scene) => scene.id === shot.sceneId))
        problems.push(`shot ${shot.id} names a scene that is gone`);
      aside.push({ ...withoutOrder(shot), number: "–" });
    }
  }
  const trackIds = new Set(tracks.map((track) => track.id));
  const placed = clips.filter((clip) => {
    if (trackIds.has(clip.trackId)) return true;
    problems.push(`clip ${clip.id} names a track that is gone`);
    return false;
  });

  return {
    meta: readMeta(doc),
    screenplay: screenplayOf(doc).toString(),
    scenes: living,
    shots: numbered,
    asideScenes: scenes.filter((scene) => scene.aside).map((scene) => ({ ...withoutOrder(scene), number: 0 })),
    asideShots: aside,
    elements: elements.map(withoutOrder),
    tracks: tracks.map(withoutOrder),
    clips: placed.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1)),
    markers: readAll(doc, "markers", MarkerRecord, problems).sort((a, b) => a.frame - b.frame),
    comments: readAll(doc, "comments", CommentRecord, problems).sort((a, b) => (a.at < b.at ? -1 : 1)),
    problems,
  };
}

/** Fields that a merge left unreadable fall back to their defaults one by one. */
export function readMeta(doc: Y.Doc): FilmMeta {
  const raw = metaOf(doc);
  const field = <K extends keyof FilmMeta>(key: K): FilmMeta[K] => {
    const parsed = FilmMeta.shape[key].safeParse(raw.get(key));
    return parsed.success ? (parsed.data as FilmMeta[K]) : defaultMeta[key];
  };
  return { title: field("title"), width: field("width"), height: field("height"), fps: field("fps") };
}

/** Reads one collection as records, leaving out (and reporting) those that do not parse. */
export function readAll<S extends z.ZodType>(
  doc: Y.Doc,
  name: CollectionName,
  schema: S,
  problems: string[] = [],
): z.infer<S>[] {
  const out: z.infer<S>[] = [];
  const read = (record: RecordMap, id: string) => {
    const parsed = schema.safeParse({ ...(record.toJSON() as object), id });
    if (parsed.success) out.push(parsed.data);
    else
      problems.push(
        `${name} ${id} is malformed: ${parsed.error.issues[0]?.path.join(".")} ${parsed.error.issues[0]?.message}`,
      );
  };
  eachRecord(doc, name, read, (id) => problems.push(`${name} ${id} is no record`));
  return out;
}

export function readOrdered<S extends z.ZodType<{ id: string; order: OrderKey }>>(
  doc: Y.Doc,
  name: CollectionName,
  schema: S,
  problems: string[] = [],
): z.infer<S>[] {
  return readAll(doc, name, schema, problems).sort(byOrder);
}

function withoutOrder<T extends { order: OrderKey }>(record: T): Omit<T, "order"> {
  const { order: _order, ...rest } = record;
  return rest;
}
