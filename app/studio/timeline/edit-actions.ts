/** The edits of the timeline by name; buttons, keys, menus and drags all come here. */
import type { Clip } from "#domain/film/clip.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { addMarker, assemble, editCut, removeMarker, sourceLengthIn } from "#domain/film/timeline.ts";
import {
  byStart,
  clipAt,
  deleteClips,
  endOf,
  layOut,
  moveClips,
  rippleDelete,
  splitClip,
  trimClip,
  type Edge,
} from "#domain/film/timeline/cut.ts";
import { pictureTrackId } from "#domain/film/track.ts";
import type { Id } from "#domain/ids.ts";
import { timecode, type Frames } from "#domain/time.ts";
import { toast } from "#app/ui/toast.tsx";
import type { FilmSession, Selection } from "../session/session-contract.ts";
import { transport } from "../session/transport.ts";
import { clipName } from "./clip-words.ts";
import { announce, isMagnetic } from "./timeline-state.ts";

export interface Editing {
  session: FilmSession;
  film: () => Film;
  selection: () => Selection;
}

export interface EditActions {
  /** False for viewers and clips on locked tracks; says why. */
  mayCut(ids: readonly Id[]): boolean;
  split(ids: readonly Id[], at: Frames): void;
  splitAtPlayhead(): void;
  trimToPlayhead(edge: Edge): void;
  trim(id: Id, edge: Edge, delta: Frames, ripple: boolean): void;
  move(ids: readonly Id[], delta: Frames, toTrackId?: Id): void;
  nudge(direction: 1 | -1, frames: Frames): void;
  remove(closeGaps: boolean): void;
  mark(): void;
  assembleBoard(): void;
}

export function editActions({ session, film, selection }: Editing): EditActions {
  const { doc, edit } = session;
  const cut = (change: (clips: Clip[]) => Clip[], sentence: string) => {
    // One undo step per act, however quickly they follow each other.
    session.undo.stopCapturing();
    editCut(doc, change, edit);
    session.undo.stopCapturing();
    announce(sentence);
  };
  const names = (ids: readonly Id[]) => {
    const found = film().clips.filter((clip) => ids.includes(clip.id));
    return found.length === 1 ? clipName(found[0]!, film()) : `${found.length} clips`;
  };
  const chosen = () => {
    const known = new Set(film().clips.map((clip) => clip.id));
    return selection().clipIds.filter((id) => known.has(id));
  };
  const mayCut = (ids: readonly Id[]) => {
    if (!session.mayEdit) {
      announce("You can watch, but not change this film.");
      return false;
    }
    const { clips, tracks } = film();
    const locked = tracks.find(
      (track) => track.locked && clips.some((clip) => ids.includes(clip.id) && clip.trackId === track.id),
    );
    if (locked) toast.say(`The track ${locked.name} is locked.`);
    return !locked;
  };
  /** The selected clips under the playhead, or else the picture there. */
  const underPlayhead = () => {
    const clips = layOut(film().clips);
    const at = transport.frame;
    const own = clips.filter((clip) => chosen().includes(clip.id) && clip.start <= at && at < endOf(clip));
    const picture = clipAt(clips, pictureTrackId, at);
    return own.length > 0 ? own : picture ? [picture] : [];
  };

  const actions: EditActions = {
    mayCut,
    split(ids, at) {
      if (!mayCut(ids)) return;
      const cuttable = layOut(film().clips).filter(
        (clip) => ids.includes(clip.id) && clip.start < at && at < endOf(clip),
      );
      if (cuttable.length === 0) return;
      const rights = cuttable.map((clip) => [clip.id, edit.newId()] as const);
      const where = timecode(at, film().meta.fps);
      cut(
        (clips) => rights.reduce((now, [id, right]) => splitClip(now, id, at, right), clips),
        `Split ${names(ids)} at ${where}`,
      );
    },
    splitAtPlayhead() {
      const ids = underPlayhead().map((clip) => clip.id);
      actions.split(ids, transport.frame);
    },
    trimToPlayhead(edge) {
      const at = transport.frame;
      for (const clip of underPlayhead()) {
        // Out is the frame after the last one; the one under the playhead stays.
        const delta = edge === "in" ? at - clip.start : at + 1 - endOf(clip);
        const ripple = clip.trackId === pictureTrackId;
        actions.trim(clip.id, edge, delta, ripple);
        if (edge === "in" && ripple && delta > 0) transport.setFrame(clip.start);
      }
    },
    trim(id, edge, delta, ripple) {
      if (delta === 0 || !mayCut([id])) return;
      const sourceLength = sourceLengthIn(film());
      cut((clips) => trimClip(clips, id, { edge, delta, ripple, sourceLength }), `Trimmed ${names([id])}`);
    },
    move(ids, delta, toTrackId) {
      if (!mayCut(ids)) return;
      const move = { delta, magnetic: isMagnetic, ...(toTrackId === undefined ? {} : { toTrackId }) };
      cut((clips) => moveClips(clips, ids, move), `Moved ${names(ids)}`);
    },
    nudge(direction, frames) {
      const ids = chosen();
      const clips = layOut(film().clips)
        .filter((clip) => ids.includes(clip.id))
        .sort(byStart);
      const first = clips[0];
      if (!first) return;
      // Where there are no gaps, a step is one place in the order.
      const delta = isMagnetic(first.trackId) ? stepOver(film().clips, clips, direction) : direction * frames;
      if (delta !== 0) actions.move(ids, delta);
    },
    remove(closeGaps) {
      const ids = chosen();
      if (ids.length === 0 || !mayCut(ids)) return;
      const sentence = `Deleted ${names(ids)}`;
      cut((clips) => (closeGaps ? rippleDelete(clips, ids) : deleteClips(clips, ids, isMagnetic)), sentence);
      selection().selectClips([]);
    },
    mark() {
      if (!session.mayEdit) return;
      const frame = transport.frame;
      const known = film().markers.find((marker) => marker.frame === frame);
      if (known) removeMarker(doc, known.id, edit);
      else addMarker(doc, { frame, text: "", color: session.me.color }, edit);
      announce(`${known ? "Removed the marker" : "Marker"} at ${timecode(frame, film().meta.fps)}`);
    },
    assembleBoard() {
      if (!session.mayEdit) return;
      session.undo.stopCapturing();
      assemble(doc, undefined, edit);
      session.undo.stopCapturing();
      announce(`Assembled ${film().shots.length} shots from the storyboard`);
    },
  };
  return actions;
}

/** How far the block must go to change places with its neighbour on a track without gaps. */
function stepOver(all: readonly Clip[], block: readonly Clip[], direction: 1 | -1): Frames {
  const ids = new Set(block.map((clip) => clip.id));
  const first = block[0]!;
  const track = layOut(all).filter((clip) => clip.trackId === first.trackId);
  const rest = track.filter((clip) => !ids.has(clip.id));
  const place = rest.filter((clip) => clip.start < first.start).length;
  const neighbour = direction > 0 ? rest[place] : rest[place - 1];
  if (!neighbour) return 0;
  // Places are reckoned with the block taken out: `moveClips` compares with the neighbour's middle there.
  const before = rest.slice(0, direction > 0 ? place : place - 1).reduce((sum, clip) => sum + clip.duration, 0);
  return direction > 0 ? before + neighbour.duration - first.start : before - first.start;
}
