/** What hands and keys do on the set's canvas: look round, choose, take hold of something, carry it, let go. */
import { alongLine, facingTo, onLevel, snapped, snappedAngle, type Ray } from "../geometry.ts";
import { changeSetState, setState } from "../set-state.ts";
import type { Thing, ThingId } from "../things.ts";
import type { Vec3 } from "#domain/screenplay/scene-plan.ts";
import { dolly, fly, orbit, pan, turn, type Pose } from "./navigation.ts";
import { axes, axisHandle, chosenThing, hasAxis, liftOf, shiftOf, thingUnder, type Over } from "./over.ts";
import type { Point } from "./paint.ts";

export interface Held {
  id: ThingId;
  at: Vec3;
  facing: number;
}

export interface HandParts {
  canvas: HTMLCanvasElement;
  mayEdit: boolean;
  pose(): Pose;
  onPose(): void;
  onHold(): void;
  onRelease(held: Held): void;
  /** A spot is pointed at with the comment tool, and what stands there. */
  onPoint(at: Vec3, thing: ThingId | null): void;
  onHover(at: Point | null): void;
  /** Half the view's height at a distance of one. */
  tan(): number;
  ray(x: number, y: number): Ray;
  /** Null while nothing stands yet. */
  over(): Over | null;
  height(): number;
  touch(): void;
}

type Grip =
  | { kind: "view"; how: "orbit" | "turn" | "pan" }
  | { kind: "floor"; thing: Thing; shift: Vec3; offset: Vec3; hasMoved: boolean }
  | { kind: "axis"; thing: Thing; shift: Vec3; axis: number; from: number }
  | { kind: "turn"; thing: Thing; shift: Vec3 };

const flying: Readonly<Record<string, readonly [number, number, number]>> = {
  KeyW: [0, 0, 1],
  KeyS: [0, 0, -1],
  KeyA: [-1, 0, 0],
  KeyD: [1, 0, 0],
  KeyE: [0, 1, 0],
  KeyQ: [0, -1, 0],
};
const flySpeed = 4;
/** Where nothing changed, the document says nothing. */
const patienceMs = 700;

export interface Hands {
  /** Where something is to be seen: while it is carried, and until the document says so itself. */
  held(): Held | null;
  /** What is in the hand. */
  carried(): Held | null;
  /** What was let go of is in the document now. */
  forget(): void;
  /** @returns whether keys moved the view */
  fly(seconds: number): boolean;
  stop(): void;
}

export function followHands(parts: HandParts): Hands {
  const { canvas } = parts;
  let grip: Grip | null = null;
  let last: Point = { x: 0, y: 0 };
  let held: Held | null = null;
  const pressed = new Set<string>();
  /** What touches the set, by pointer: one looks round, two pinch. */
  const fingers = new Map<number, Point>();
  const listening = new AbortController();
  const on = <K extends keyof HTMLElementEventMap>(
    name: K,
    run: (event: HTMLElementEventMap[K]) => void,
    passive = true,
  ) => canvas.addEventListener(name, run as EventListener, { signal: listening.signal, passive });

  const pointOf = (event: MouseEvent): Point => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  on("pointerdown", (event) => {
    fingers.set(event.pointerId, pointOf(event));
    if (fingers.size === 2) return drop();
    canvas.setPointerCapture(event.pointerId);
    canvas.focus({ preventScroll: true });
    last = pointOf(event);
    const { look, tool } = setState.get();
    if (tool === "comment" && event.button === 0) return point(last);
    if (event.button !== 0 || event.shiftKey)
      return void (grip = { kind: "view", how: event.button === 2 ? "turn" : "pan" });
    grip = gripAt(last) ?? { kind: "view", how: look === "orbit" ? "orbit" : "turn" };
  });
  on("pointermove", (event) => {
    const at = pointOf(event);
    if (fingers.size === 2) return pinch(event.pointerId, at);
    if (grip === null) return parts.onHover(at);
    const way = { x: at.x - last.x, y: at.y - last.y };
    if (grip.kind === "view") {
      const high = parts.height();
      const [right, down] = [way.x / high, way.y / high];
      if (grip.how === "pan") pan(parts.pose(), right, down, parts.tan());
      else (grip.how === "orbit" ? orbit : turn)(parts.pose(), right, down);
      parts.onPose();
    } else carry(grip, at, event.altKey);
    last = at;
  });
  const letGo = (event: PointerEvent) => {
    fingers.delete(event.pointerId);
    const wasHolding = grip !== null && grip.kind !== "view" && held !== null;
    grip = null;
    if (wasHolding && held !== null) {
      parts.onRelease(held);
      setTimeout(forget, patienceMs);
    }
    parts.touch();
  };
  on("pointerup", letGo);
  const drop = () => {
    held = null;
    grip = null;
    parts.onHold();
  };
  on("pointercancel", (event) => {
    fingers.delete(event.pointerId);
    drop();
  });
  on("pointerleave", () => parts.onHover(null));
  on("contextmenu", (event) => event.preventDefault(), false);
  on(
    "wheel",
    (event) => {
      event.preventDefault();
      const by = Math.exp(Math.max(-120, Math.min(120, event.deltaY)) * 0.0016);
      if (setState.get().look === "orbit") dolly(parts.pose(), by);
      else fly(parts.pose(), [0, 0, (1 - by) * 4]);
      parts.onPose();
    },
    false,
  );
  on("keydown", (event) => {
    if (event.code === "Escape" && grip !== null && grip.kind !== "view") {
      event.stopPropagation();
      return drop();
    }
    if (setState.get().look === "orbit" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (flying[event.code] === undefined) return;
    event.stopPropagation();
    pressed.add(event.code);
    parts.touch();
  });
  on("keyup", (event) => void pressed.delete(event.code));
  on("blur", () => pressed.clear());

  function point(at: Point): void {
    const over = parts.over();
    const thing = over && thingUnder(over, at);
    const spot = thing ? thing.at : onLevel(parts.ray(at.x, at.y), over?.floor ?? 0);
    if (spot !== null) parts.onPoint(spot, thing?.id ?? null);
  }

  /** Two fingers go nearer, further away and across. */
  function pinch(pointer: number, at: Point): void {
    const was = fingers.get(pointer);
    const other = [...fingers].find(([id]) => id !== pointer)?.[1];
    if (was === undefined || other === undefined) return;
    fingers.set(pointer, at);
    const apart = (point: Point) => Math.max(12, Math.hypot(point.x - other.x, point.y - other.y));
    dolly(parts.pose(), apart(was) / apart(at));
    const high = parts.height() * 2;
    pan(parts.pose(), (at.x - was.x) / high, (at.y - was.y) / high, parts.tan());
    parts.onPose();
  }

  function forget(): void {
    if (held === null || (grip !== null && grip.kind !== "view")) return;
    held = null;
    parts.onHold();
  }

  function gripAt(at: Point): Grip | null {
    const over = parts.over();
    if (over === null) return null;
    const { tool } = over.state;
    const chosen = chosenThing(over);
    if (chosen !== null && parts.mayEdit && !chosen.locked) {
      if (tool === "move") {
        const axis = axisAt(over, chosen, at);
        if (axis >= 0) {
          const from = alongLine(parts.ray(at.x, at.y), liftOf(chosen), axes[axis]!.way);
          if (from !== null) return { kind: "axis", thing: chosen, shift: shiftOf(over, chosen.id), axis, from };
        }
      }
      if (tool === "turn" && isOnRing(over, chosen, at))
        return { kind: "turn", thing: chosen, shift: shiftOf(over, chosen.id) };
    }
    const thing = thingUnder(over, at);
    if (thing === null) {
      if (tool === "select") changeSetState({ selected: null });
      return null;
    }
    changeSetState({ selected: thing.id });
    if (!parts.mayEdit || thing.locked || tool === "select") return { kind: "view", how: "orbit" };
    const shift = shiftOf(over, thing.id);
    if (tool === "turn")
      return thing.kind === "person" || thing.kind === "piece" ? { kind: "turn", thing, shift } : null;
    const level = onLevel(parts.ray(at.x, at.y), liftOf(thing)[1]);
    if (level === null) return null;
    const offset: Vec3 = [thing.at[0] - level[0], 0, thing.at[2] - level[2]];
    return { kind: "floor", thing, shift, offset, hasMoved: false };
  }

  /** `thing` is where one sees it, what is held is where the document has it: people have gone on from their marks. */
  function carry(now: Exclude<Grip, { kind: "view" }>, at: Point, isFree: boolean): void {
    const ray = parts.ray(at.x, at.y);
    const { thing, shift } = now;
    const own = minus(thing.at, shift);
    if (now.kind === "turn") {
      const level = onLevel(ray, thing.at[1]);
      if (level !== null) hold({ id: thing.id, at: own, facing: snappedAngle(facingTo(thing.at, level), isFree) });
      return;
    }
    if (now.kind === "axis") {
      const { way } = axes[now.axis]!;
      const along = alongLine(ray, liftOf(thing), way);
      if (along === null) return;
      const stepped = snapped(own.map((value, axis) => value + (way[axis] ?? 0) * (along - now.from)) as Vec3, isFree);
      // Only along the arrow: the other two stay as they are, off the grid or on it.
      const to = own.map((value, axis) => (way[axis] ? stepped[axis]! : value)) as Vec3;
      return hold({ id: thing.id, at: to, facing: thing.facing });
    }
    const level = onLevel(ray, liftOf(thing)[1]);
    if (level === null) return;
    const to = minus([level[0] + now.offset[0], thing.at[1], level[2] + now.offset[2]], shift);
    if (!now.hasMoved && Math.hypot(to[0] - own[0], to[2] - own[2]) < 0.06) return;
    now.hasMoved = true;
    const [x, , z] = snapped(to, isFree);
    hold({ id: thing.id, at: [x, own[1], z], facing: thing.facing });
  }

  function hold(next: Held): void {
    held = next;
    parts.onHold();
  }

  return {
    held: () => held,
    carried: () => (grip === null || grip.kind === "view" ? null : held),
    forget,
    fly(seconds) {
      if (pressed.size === 0) return false;
      const way: [number, number, number] = [0, 0, 0];
      for (const code of pressed) flying[code]?.forEach((value, axis) => (way[axis]! += value * flySpeed * seconds));
      fly(parts.pose(), way);
      parts.onPose();
      return true;
    },
    stop: () => listening.abort(),
  };
}

const minus = (a: Vec3, b: Vec3): Vec3 => a.map((value, axis) => value - (b[axis] ?? 0)) as Vec3;

/** @returns which arrow is under the hand, -1 for none */
function axisAt(over: Over, thing: Thing, at: Point): number {
  return axes.findIndex((_, index) => {
    if (!hasAxis(thing, index)) return false;
    const { from, to } = axisHandle(over, thing, index);
    const [a, b] = [over.painter.on(from), over.painter.on(to)];
    if (a === null || b === null || Math.hypot(b.x - a.x, b.y - a.y) < 8) return false;
    return distance(at, a, b) < 8;
  });
}

function isOnRing(over: Over, thing: Thing, at: Point): boolean {
  const level = onLevel(over.ray(at.x, at.y), thing.at[1]);
  if (level === null) return false;
  const far = Math.hypot(level[0] - thing.at[0], level[2] - thing.at[2]);
  return far > 0.55 && far < 1.4;
}

function distance(at: Point, a: Point, b: Point): number {
  const [x, y] = [b.x - a.x, b.y - a.y];
  // The last third is the arrow; its foot is in the thing itself.
  const part = Math.min(1.12, Math.max(0.25, ((at.x - a.x) * x + (at.y - a.y) * y) / (x * x + y * y)));
  return Math.hypot(at.x - a.x - part * x, at.y - a.y - part * y);
}
