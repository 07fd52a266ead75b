import { useEffect, useLayoutEffect, useRef, type PointerEvent as ReactPointerEvent, type RefObject } from "react";
import type { Film } from "#domain/film/snapshot.ts";
import type { Edge } from "#domain/film/timeline/cut.ts";
import { snap, snapTargets } from "#domain/film/timeline/snap.ts";
import type { Id } from "#domain/ids.ts";
import type { PresenceWriter, Selection } from "../session/session-contract.ts";
import { transport } from "../session/transport.ts";
import type { EditActions } from "./edit-actions.ts";
import { clipsWithin, planMove, planTrim, type Hand, type Plan } from "./gesture.ts";
import { drag, isMagnetic, timelineState } from "./timeline-state.ts";

export interface GestureParts {
  scroller: RefObject<HTMLElement | null>;
  /** Its left edge is frame 0. */
  lanes: RefObject<HTMLElement | null>;
  film: () => Film;
  selection: () => Selection;
  actions: EditActions;
  presence: PresenceWriter;
  mayEdit: boolean;
  /** The rectangle of a marquee in lane pixels, null when there is none. */
  onMarquee(box: { left: number; top: number; width: number; height: number } | null): void;
}

const snapPixels = 15;
/** A press that moves less is a click. */
const clickPixels = 3;

/** One press of the pointer, until it is let go. */
interface Press {
  move(event: PointerEvent): void;
  drop(): void;
  cancel(): void;
}

/** Reads presses on the lanes: click, shift and ctrl click, marquee, move, trim, blade, scrub, pan. Esc cancels. */
export function useGestures(parts: GestureParts): (event: ReactPointerEvent<HTMLElement>) => void {
  const latest = useRef(parts);
  useLayoutEffect(() => {
    latest.current = parts;
  });
  const press = useRef<Press | null>(null);

  useEffect(() => {
    const onMove = (event: PointerEvent) => {
      if (!press.current) return;
      press.current.move(event);
      scrollAtEdges(latest.current.scroller.current, event.clientX);
    };
    const onUp = () => {
      const ended = press.current;
      press.current = null;
      ended?.drop();
    };
    const onCancel = () => {
      const ended = press.current;
      press.current = null;
      ended?.cancel();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !press.current) return;
      event.preventDefault();
      event.stopPropagation();
      onCancel();
    };
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerup", onUp);
    window.addEventListener("pointercancel", onCancel);
    window.addEventListener("blur", onCancel);
    window.addEventListener("keydown", onKey, true);
    return () => {
      onCancel();
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", onUp);
      window.removeEventListener("pointercancel", onCancel);
      window.removeEventListener("blur", onCancel);
      window.removeEventListener("keydown", onKey, true);
    };
  }, []);

  return (event) => {
    const { current } = latest;
    const target = event.target instanceof Element ? event.target : null;
    if (press.current || !target || !current.lanes.current) return;
    if (event.button === 1) {
      event.preventDefault();
      press.current = pan(current, event.nativeEvent);
      return;
    }
    if (event.button !== 0) return;
    if (target.closest("[data-ruler]")) press.current = scrub(current, event.nativeEvent);
    else press.current = pressOnLanes(current, event.nativeEvent, target);
  };
}

/** Pixels right of frame 0. */
const across = ({ lanes }: GestureParts, clientX: number) =>
  clientX - (lanes.current?.getBoundingClientRect().left ?? 0);
const frameUnder = (parts: GestureParts, clientX: number) =>
  Math.max(0, Math.floor(across(parts, clientX) / timelineState.get().zoom));

function pressOnLanes(parts: GestureParts, event: PointerEvent, target: Element): Press | null {
  const edge = target.closest<HTMLElement>("[data-edge]");
  const clipId = target.closest<HTMLElement>("[data-clip]")?.dataset.clip;
  const { tool } = timelineState.get();
  if (clipId === undefined) return target.closest("[data-lane]") ? marquee(parts, event) : null;
  if (tool === "blade") {
    parts.actions.split([clipId], bladeFrame(parts, event.clientX));
    return null;
  }
  if (edge && parts.mayEdit) return trimming(parts, event, clipId, edge.dataset.edge as Edge);
  return moving(parts, event, clipId);
}

function bladeFrame(parts: GestureParts, clientX: number): number {
  const { zoom, snap: isSnapping } = timelineState.get();
  const frame = Math.round(across(parts, clientX) / zoom);
  if (!isSnapping) return frame;
  const targets = snapTargets({
    clips: [],
    playhead: transport.frame,
    markers: parts.film().markers.map((marker) => marker.frame),
  });
  return snap(frame, targets, Math.round(snapPixels / zoom)) ?? frame;
}

function handOf(parts: GestureParts, pixels: number): Hand {
  const { zoom, snap: isSnapping } = timelineState.get();
  return {
    film: parts.film(),
    delta: Math.round(pixels / zoom),
    threshold: isSnapping ? Math.max(1, Math.round(snapPixels / zoom)) : 0,
    playhead: transport.frame,
    magnetic: isMagnetic,
  };
}

function trimming(parts: GestureParts, event: PointerEvent, id: Id, edge: Edge): Press | null {
  if (!parts.actions.mayCut([id])) return null;
  parts.selection().selectClips([id]);
  const from = across(parts, event.clientX);
  let plan: Plan | null = null;
  return {
    move(now) {
      plan = planTrim(handOf(parts, across(parts, now.clientX) - from), id, edge);
      drag.set(plan && { ...plan, carried: null });
      parts.presence.set({ activity: plan ? { kind: "trimming", id } : null });
    },
    drop() {
      endDrag(parts);
      if (plan) parts.actions.trim(id, edge, plan.delta, plan.ripple);
    },
    cancel: () => endDrag(parts),
  };
}

function moving(parts: GestureParts, event: PointerEvent, id: Id): Press {
  const adds = event.shiftKey || event.ctrlKey || event.metaKey;
  const before = parts.selection().clipIds;
  const wasSelected = before.includes(id);
  if (adds) parts.selection().selectClips(wasSelected ? before.filter((one) => one !== id) : [...before, id]);
  else if (!wasSelected) parts.selection().selectClips([id]);

  const from = { x: across(parts, event.clientX), y: event.clientY };
  let plan: Plan | null = null;
  let toTrackId: Id | undefined;
  let isDragging = false;
  return {
    move(now) {
      const x = across(parts, now.clientX) - from.x;
      const y = now.clientY - from.y;
      if (!isDragging && Math.hypot(x, y) < clickPixels) return;
      if (!isDragging && (!parts.mayEdit || !parts.actions.mayCut(heldIds(parts, id)))) return;
      isDragging = true;
      toTrackId = otherTrack(parts, id, now.clientY);
      plan = planMove(handOf(parts, x), heldIds(parts, id), id, toTrackId);
      drag.set(plan && { ...plan, carried: { x, y } });
      parts.presence.set({ activity: plan ? { kind: "moving", id } : null });
    },
    drop() {
      endDrag(parts);
      const isElsewhere = plan !== null && (plan.delta !== 0 || toTrackId !== undefined);
      if (plan && isElsewhere) parts.actions.move(plan.ids, plan.delta, toTrackId);
      // A plain click on one of several selected clips selects that one alone.
      if (!isDragging && !adds && wasSelected && before.length > 1) parts.selection().selectClips([id]);
    },
    cancel: () => endDrag(parts),
  };
}

const heldIds = (parts: GestureParts, id: Id) => {
  const { clipIds } = parts.selection();
  return clipIds.includes(id) ? clipIds : [id];
};

/** The track under the pointer when it is another one of the same kind and not locked. */
function otherTrack(parts: GestureParts, id: Id, clientY: number): Id | undefined {
  const { clips, tracks } = parts.film();
  const own = tracks.find((track) => track.id === clips.find((clip) => clip.id === id)?.trackId);
  const lane = [...(parts.lanes.current?.querySelectorAll<HTMLElement>("[data-lane]") ?? [])].find((element) => {
    const box = element.getBoundingClientRect();
    return clientY >= box.top && clientY < box.bottom;
  });
  const under = tracks.find((track) => track.id === lane?.dataset.lane);
  return under && own && under.id !== own.id && under.kind === own.kind && !under.locked ? under.id : undefined;
}

function endDrag(parts: GestureParts): void {
  drag.set(null);
  parts.presence.set({ activity: null });
}

function marquee(parts: GestureParts, event: PointerEvent): Press {
  const adds = event.shiftKey || event.ctrlKey || event.metaKey;
  const before = adds ? parts.selection().clipIds : [];
  const box = () => parts.lanes.current!.getBoundingClientRect();
  const from = { x: across(parts, event.clientX), y: event.clientY - box().top };
  let isDragging = false;
  return {
    move(now) {
      const to = { x: across(parts, now.clientX), y: now.clientY - box().top };
      if (!isDragging && Math.hypot(to.x - from.x, to.y - from.y) < clickPixels) return;
      isDragging = true;
      const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
      parts.onMarquee({ left: Math.min(from.x, to.x), top, width: Math.abs(to.x - from.x), height: bottom - top });
      const { zoom } = timelineState.get();
      const lanes = [...parts.lanes.current!.querySelectorAll<HTMLElement>("[data-lane]")];
      const crossed = lanes
        .filter((lane) => lane.offsetTop < bottom && lane.offsetTop + lane.offsetHeight > top)
        .map((lane) => lane.dataset.lane ?? "");
      const found = clipsWithin(parts.film().clips, from.x / zoom, to.x / zoom, crossed);
      parts.selection().selectClips([...new Set([...before, ...found])]);
    },
    drop() {
      parts.onMarquee(null);
      if (!isDragging && !adds) parts.selection().selectClips([]);
    },
    cancel: () => parts.onMarquee(null),
  };
}

function scrub(parts: GestureParts, event: PointerEvent): Press {
  const place = (clientX: number) => {
    transport.pause();
    transport.setFrame(frameUnder(parts, clientX));
  };
  place(event.clientX);
  return { move: (now) => place(now.clientX), drop: () => undefined, cancel: () => undefined };
}

function pan(parts: GestureParts, event: PointerEvent): Press {
  let last = { x: event.clientX, y: event.clientY };
  return {
    move(now) {
      parts.scroller.current?.scrollBy(last.x - now.clientX, last.y - now.clientY);
      last = { x: now.clientX, y: now.clientY };
    },
    drop: () => undefined,
    cancel: () => undefined,
  };
}

/** Near an edge the lanes come along. */
function scrollAtEdges(scroller: HTMLElement | null, clientX: number): void {
  if (!scroller) return;
  const box = scroller.getBoundingClientRect();
  const left = box.left + 176;
  if (clientX > box.right - 28) scroller.scrollLeft += 14;
  else if (clientX < left + 20 && scroller.scrollLeft > 0) scroller.scrollLeft -= 14;
}
