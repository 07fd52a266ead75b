import { useCallback, useEffect, useMemo, useRef, useState, type PointerEvent, type RefObject } from "react";
import { moveShots } from "#domain/film/board-edits.ts";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture } from "#app/studio/session/gesture.ts";
import { usePresence } from "#app/studio/session/use-peers.ts";
import {
  inOrder,
  placeOf,
  stepped,
  steppedScene,
  withMoved,
  withMovedOnto,
  withPlaced,
  type Lane,
  type Place,
} from "./arrangement.ts";
import { sceneName } from "./shot-words.ts";

interface Drag {
  ids: readonly Id[];
  place: Place;
  by: "pointer" | "keys";
}

export interface CardDrag {
  /** Where the cards lie now, the lifted ones where they would fall. */
  lanes: readonly Lane[];
  lifted: ReadonlySet<Id>;
  /** In the pointer's hand; null while none is. */
  inHand: readonly Id[] | null;
  /** The box under the pointer, moved by the drag itself. */
  hand: RefObject<HTMLDivElement>;
  /** What a screen reader hears. */
  said: string;
  pressed(id: Id, event: PointerEvent): void;
  /** Space lifts and puts down, arrows move, Escape gives up. @returns whether the key was one of those */
  key(id: Id, key: string): boolean;
}

/** A click is a click until the pointer has gone this far, px. */
const clickSlack = 6;
/** Near the edges of the list, px, it scrolls, by at most this many px a frame. */
const edge = 64;
const fastest = 22;

/**
 * Dragging moves cards on this screen only; the film changes once, when they are put down. All that are selected go
 * together. Listeners are on the window: the row where a drag began may not be drawn any more when it ends.
 */
export function useCardDrag(options: {
  film: readonly Lane[];
  scenes: readonly Scene[];
  shots: ReadonlyMap<Id, Shot>;
  selected: ReadonlySet<Id>;
  scroller: RefObject<HTMLElement>;
}): CardDrag {
  const { doc, edit, mayEdit, undo } = useSession();
  const presence = usePresence();
  const [drag, setDrag] = useState<Drag | null>(null);
  const [said, say] = useState("");
  const hand = useRef<HTMLDivElement>(null);
  const stop = useRef<(() => void) | null>(null);
  const { film } = options;
  const lanes = useMemo(() => (drag ? withPlaced(film, drag.ids, drag.place) : film), [film, drag]);
  const latest = useRef({ ...options, lanes, drag });
  latest.current = { ...options, lanes, drag };
  useEffect(() => () => stop.current?.(), []);

  const wordsAt = useCallback((now: readonly Lane[], ids: readonly Id[]) => {
    const { scenes, shots } = latest.current;
    const [first] = inOrder(now, ids);
    const lane = now.find((each) => first !== undefined && each.shotIds.includes(first));
    const scene = scenes.find((each) => each.id === lane?.sceneId);
    const name = ids.length > 1 ? `${ids.length} shots` : `Shot ${shots.get(first ?? "")?.number ?? ""}`;
    const place = (lane?.shotIds.indexOf(first ?? "") ?? 0) + 1;
    return {
      name,
      at: `place ${place} of ${lane?.shotIds.length ?? 0} in scene ${scene?.number}, ${scene ? sceneName(scene) : ""}`,
    };
  }, []);

  const end = useCallback(
    (how: "down" | "back") => {
      const { drag: now, film: before } = latest.current;
      stop.current?.();
      stop.current = null;
      if (!now) return;
      setDrag(null);
      presence.set({ activity: null });
      const to = withPlaced(before, now.ids, now.place);
      const { name, at } = wordsAt(to, now.ids);
      if (how === "back") return say(`${name} stays where it was.`);
      say(`${name} put down at ${at}.`);
      const isSame = to.every((lane, index) => lane.shotIds.join() === before[index]?.shotIds.join());
      if (isSame) return;
      const { sceneId, afterId } = now.place;
      gesture(undo, () => moveShots(doc, inOrder(before, now.ids), sceneId, afterId, edit));
    },
    [doc, edit, presence, undo, wordsAt],
  );

  const become = useCallback(
    (next: readonly Lane[] | null) => {
      const now = latest.current.drag;
      const place = now && next ? placeOf(next, now.ids) : null;
      if (!now || !next || !place) return;
      if (place.sceneId === now.place.sceneId && place.afterId === now.place.afterId) return;
      setDrag({ ...now, place });
      const { name, at } = wordsAt(next, now.ids);
      say(`${name} is at ${at}.`);
    },
    [wordsAt],
  );

  const lift = useCallback(
    (id: Id, by: Drag["by"]) => {
      const { film: now, selected } = latest.current;
      const ids = inOrder(now, selected.has(id) ? [...selected] : [id]);
      const place = placeOf(now, ids);
      if (!place) return;
      setDrag({ ids, by, place });
      presence.set({ activity: { kind: "dragging", id } });
      say(`${wordsAt(now, ids).name} lifted.`);
    },
    [presence, wordsAt],
  );

  const pressed = useCallback(
    (id: Id, event: PointerEvent) => {
      if (!mayEdit || event.button !== 0 || event.pointerType === "touch" || latest.current.drag) return;
      const from = { x: event.clientX, y: event.clientY };
      const at = { ...from };
      let isLifted = false;
      let frame = 0;
      const follow = () => {
        frame = 0;
        if (hand.current) hand.current.style.transform = `translate(${at.x}px, ${at.y}px)`;
        const under = document.elementFromPoint(at.x, at.y);
        const card = under?.closest<HTMLElement>("[data-shot-id]")?.dataset["shotId"];
        const scene = under?.closest<HTMLElement>("[data-drop-scene]")?.dataset["dropScene"];
        const { lanes: now, drag: current } = latest.current;
        if (current && card !== undefined) become(withMovedOnto(now, current.ids, card));
        else if (current && scene !== undefined) become(withMoved(now, current.ids, scene, 0));
        if (scrollNearEdge(latest.current.scroller.current, at.y)) frame = requestAnimationFrame(follow);
      };
      const move = (to: globalThis.PointerEvent) => {
        Object.assign(at, { x: to.clientX, y: to.clientY });
        if (!isLifted && Math.hypot(at.x - from.x, at.y - from.y) >= clickSlack) {
          isLifted = true;
          lift(id, "pointer");
        }
        if (isLifted) frame ||= requestAnimationFrame(follow);
      };
      const up = () => {
        if (isLifted) swallowClick();
        end("down");
      };
      const cancel = () => end("back");
      const key = (pressedKey: globalThis.KeyboardEvent) => {
        if (pressedKey.key !== "Escape" || !isLifted) return;
        pressedKey.preventDefault();
        pressedKey.stopPropagation();
        end("back");
      };
      window.addEventListener("pointermove", move);
      window.addEventListener("pointerup", up);
      window.addEventListener("pointercancel", cancel);
      window.addEventListener("keydown", key, true);
      stop.current = () => {
        cancelAnimationFrame(frame);
        window.removeEventListener("pointermove", move);
        window.removeEventListener("pointerup", up);
        window.removeEventListener("pointercancel", cancel);
        window.removeEventListener("keydown", key, true);
      };
    },
    [mayEdit, become, end, lift],
  );

  const key = useCallback(
    (id: Id, pressedKey: string) => {
      const { drag: now, lanes: lie } = latest.current;
      if (!now) {
        if (pressedKey !== " " || !mayEdit) return false;
        lift(id, "keys");
        return true;
      }
      if (now.by !== "keys") return false;
      const steps: Partial<Record<string, () => readonly Lane[] | null>> = {
        ArrowLeft: () => stepped(lie, now.ids, -1),
        ArrowRight: () => stepped(lie, now.ids, 1),
        ArrowUp: () => steppedScene(lie, now.ids, -1),
        ArrowDown: () => steppedScene(lie, now.ids, 1),
      };
      const step = steps[pressedKey];
      if (step) become(step());
      else if (pressedKey === " " || pressedKey === "Enter") end("down");
      else if (pressedKey === "Escape") end("back");
      return true;
    },
    [mayEdit, become, end, lift],
  );

  const lifted = useMemo(() => new Set(drag?.ids), [drag?.ids]);
  return { lanes, lifted, inHand: drag?.by === "pointer" ? drag.ids : null, hand, said, pressed, key };
}

/** @returns whether it scrolled, and there may be more */
function scrollNearEdge(scroller: HTMLElement | null, y: number): boolean {
  if (!scroller) return false;
  const { top, bottom } = scroller.getBoundingClientRect();
  const into = y < top + edge ? (y - top - edge) / edge : y > bottom - edge ? (y - bottom + edge) / edge : 0;
  if (into === 0) return false;
  const before = scroller.scrollTop;
  scroller.scrollTop += Math.max(-1, Math.min(1, into)) * fastest;
  return scroller.scrollTop !== before;
}

/** The click that ends a drag is none. */
function swallowClick(): void {
  const swallow = (event: MouseEvent) => event.stopPropagation();
  window.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener("click", swallow, { capture: true }), 0);
}
