/**
 * The timeline of a film: writing cuts into the document, putting the board and sounds there, and reading off what
 * plays. The cutting itself is pure and lives in `timeline/cut.ts`.
 */
import type * as Y from "yjs";
import type { Id } from "#domain/ids.ts";
import type { ExportRequest } from "#domain/jobs/messages/render-request.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import { orderBetween } from "#domain/order.ts";
import type { Frames } from "#domain/time.ts";
import type { Clip } from "./clip.ts";
import { collectionOf, eachRecord } from "./document.ts";
import { recordOf, setFields, type EditContext } from "./edit.ts";
import type { MarkerRecord } from "./marker.ts";
import type { Shot } from "./shot.ts";
import { readClips, readFilm, type Film } from "./snapshot.ts";
import { assembleTrack } from "./timeline/assemble.ts";
import { filmLength, freeStart, layOut, type SourceLength } from "./timeline/cut.ts";
import { pictureTrackId, soundTrackId, type TrackRecord } from "./track.ts";

/** The generated score is one clip with one id, so that two finished scores at once leave one clip, not two. */
export const scoreClipId = "clip-score";
/** Made when somebody's own sound stands where the score would go. */
export const scoreTrackId = "track-a2";

/**
 * Makes one cut in one transaction: `cut` gets the clips as they lie now and answers how they shall lie; only fields
 * that differ are written, so that another person's change to another field of the same clip stays.
 */
export function editCut(doc: Y.Doc, cut: (clips: Clip[]) => readonly Clip[], context: EditContext): void {
  doc.transact(() => writeClips(doc, cut(layOut(readClips(doc)))), context.origin);
}

/**
 * Puts the board's shots on the picture track in order, replacing what it put there before. Clips of the same shots
 * keep their ids; what people cut by hand stays theirs (see `timeline/assemble.ts`). Doing it twice changes nothing.
 * @param sceneIds only the shots of these scenes; all when undefined
 */
export function assemble(doc: Y.Doc, sceneIds: readonly Id[] | undefined, context: EditContext): void {
  const wanted = sceneIds === undefined ? null : new Set(sceneIds);
  doc.transact(() => {
    const shots = readFilm(doc).shots.filter((shot) => wanted === null || wanted.has(shot.sceneId));
    const clips = readClips(doc);
    const track = clips.filter((clip) => clip.trackId === pictureTrackId);
    const rest = clips.filter((clip) => clip.trackId !== pictureTrackId);
    writeClips(doc, [...rest, ...assembleTrack(track, shots, pictureTrackId, context.newId)]);
  }, context.origin);
}

/**
 * Puts the generated score under the film from frame 0, or gives the score that is there its new sound. A score that
 * a person moved or trimmed keeps its place. When other sound stands in its way it goes on a track of its own.
 * @param sound durationFrames: the length of the asset at the film's rate
 */
export function placeSound(
  doc: Y.Doc,
  sound: { assetId: Id; durationFrames: Frames; name: string },
  context: EditContext,
): void {
  const source = { assetId: sound.assetId, sourceDuration: sound.durationFrames, name: sound.name };
  doc.transact(() => {
    const clips = readClips(doc);
    const old = clips.find((clip) => clip.id === scoreClipId);
    if (old && old.assembled !== true) {
      const from = Math.min(old.in, sound.durationFrames - 1);
      const duration = Math.min(old.duration, sound.durationFrames - from);
      setFields(collectionOf(doc, "clips").get(scoreClipId)!, { ...source, in: from, duration });
      return;
    }
    const others = clips.filter((clip) => clip.id !== scoreClipId);
    const trackId = freeStart(others, soundTrackId, 0, sound.durationFrames) === 0 ? soundTrackId : scoreTrackId;
    if (trackId === scoreTrackId) ensureSoundTrack(doc, scoreTrackId, "Score");
    const place = { trackId, start: 0, duration: sound.durationFrames, in: 0, assembled: true };
    writeClips(doc, [...others, { ...source, ...place, id: scoreClipId }]);
  }, context.origin);
}

/**
 * Puts an uploaded sound at `at` on the first open sound track that is free there, or on a new one.
 * @returns the new clip's id
 */
export function addSound(
  doc: Y.Doc,
  sound: { assetId: Id; durationFrames: Frames; name: string; at: Frames },
  context: EditContext,
): Id {
  const id = context.newId();
  doc.transact(() => {
    const { tracks } = readFilm(doc);
    const clips = layOut(readClips(doc));
    const fits = (trackId: Id) => freeStart(clips, trackId, sound.at, sound.durationFrames) === sound.at;
    const open = tracks.find((track) => track.kind === "audio" && !track.locked && fits(track.id));
    const trackId = open?.id ?? context.newId();
    if (!open) ensureSoundTrack(doc, trackId, "Sound");
    const source = { assetId: sound.assetId, sourceDuration: sound.durationFrames, name: sound.name };
    const clip = { ...source, trackId, start: sound.at, duration: sound.durationFrames, in: 0 };
    collectionOf(doc, "clips").set(id, recordOf(clip));
  }, context.origin);
  return id;
}

/** Names, mutes, locks or hides a track. */
export function changeTrack(doc: Y.Doc, id: Id, patch: Partial<Omit<TrackRecord, "id">>, context: EditContext): void {
  const record = collectionOf(doc, "tracks").get(id);
  if (record) doc.transact(() => setFields(record, patch), context.origin);
}

export function addMarker(doc: Y.Doc, marker: Omit<MarkerRecord, "id">, context: EditContext): Id {
  const id = context.newId();
  doc.transact(() => collectionOf(doc, "markers").set(id, recordOf(marker)), context.origin);
  return id;
}

export function removeMarker(doc: Y.Doc, id: Id, context: EditContext): void {
  doc.transact(() => collectionOf(doc, "markers").delete(id), context.origin);
}

/** Which render a clip plays: the one pinned to it, else the shot's chosen one, else the newest; null when there is none. */
export function resolveTake(
  clip: Pick<Clip, "takeId">,
  shot: Pick<Shot, "id" | "takeId"> | undefined,
  takes: readonly TakeView[],
): TakeView | null {
  const own = shot === undefined ? takes : takes.filter((take) => take.shotId === shot.id);
  const pinned = own.find((take) => take.id === clip.takeId) ?? own.find((take) => take.id === shot?.takeId);
  if (pinned) return pinned;
  if (shot === undefined) return null;
  return own.reduce<TakeView | null>(
    (newest, take) => (newest === null || take.number > newest.number ? take : newest),
    null,
  );
}

/** How long a clip's source is: an upload's own length, a shot's planned one. */
export function sourceLengthIn(film: Pick<Film, "shots" | "asideShots">): SourceLength {
  const shots = new Map([...film.asideShots, ...film.shots].map((shot) => [shot.id, shot.durationFrames]));
  return (clip) => clip.sourceDuration ?? (clip.shotId === undefined ? null : (shots.get(clip.shotId) ?? null));
}

type Cut = Pick<Film, "clips" | "tracks">;
/** The asset that a clip plays, or null when there is none (a shot without a take): black, or silence. */
export type ResolveAsset = (clip: Clip) => Id | null;

/** What is seen, track over track: where two overlap, the later in the list wins. Gaps and clips without an asset are black. */
export function pictureSegments(film: Cut, resolveAsset: ResolveAsset): ExportRequest["picture"] {
  return segments(film, "video", resolveAsset).map(({ clip, assetId }) => stretch(clip, assetId));
}

/** What is heard; muted tracks are left out. */
export function soundSegments(film: Cut, resolveAsset: ResolveAsset): ExportRequest["sound"] {
  return segments(film, "audio", resolveAsset).map(({ clip, assetId }) => ({
    ...stretch(clip, assetId),
    gain: clip.gain ?? 1,
  }));
}

/** Length of the film: the last frame of any clip on any track, shown or not. */
export function totalFrames(film: Pick<Film, "clips">): Frames {
  return filmLength(film.clips);
}

function segments(film: Cut, kind: "video" | "audio", resolveAsset: ResolveAsset): { clip: Clip; assetId: Id }[] {
  const laid = layOut(film.clips);
  const playing = film.tracks.filter(
    (track) => track.kind === kind && !(kind === "video" ? track.hidden : track.muted),
  );
  return playing.flatMap((track) =>
    laid
      .filter((clip) => clip.trackId === track.id)
      .flatMap((clip) => {
        const assetId = resolveAsset(clip);
        return assetId === null ? [] : [{ clip, assetId }];
      }),
  );
}

const stretch = (clip: Clip, assetId: Id) => ({ assetId, start: clip.start, duration: clip.duration, in: clip.in });

function ensureSoundTrack(doc: Y.Doc, id: Id, name: string): void {
  const tracks = collectionOf(doc, "tracks");
  if (tracks.has(id)) return;
  const orders: string[] = [];
  eachRecord(doc, "tracks", (track) => orders.push(String(track.get("order"))));
  const order = orderBetween(orders.sort().at(-1) ?? null, null);
  tracks.set(id, recordOf({ order, kind: "audio", name, muted: false, locked: false, hidden: false }));
}

/** Makes the document's clips be `next`: missing ones go, new ones come, in the others only what differs is set. */
function writeClips(doc: Y.Doc, next: readonly Clip[]): void {
  const clips = collectionOf(doc, "clips");
  const wanted = new Map(next.map((clip) => [clip.id, clip]));
  // Records that do not parse are not ours to delete: the reader reports them.
  for (const known of readClips(doc)) if (!wanted.has(known.id)) clips.delete(known.id);
  for (const [id, clip] of wanted) {
    const { id: _id, ...fields } = clip;
    const record = clips.get(id);
    if (record) setFields(record, fields);
    else clips.set(id, recordOf(fields));
  }
}
