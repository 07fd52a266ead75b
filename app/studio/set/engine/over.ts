/** All that is drawn over the set, and where a hand can take hold of it. */
import type * as THREE from "three";
import type { Vec3 } from "#domain/screenplay/scene-plan.ts";
import { canonicalName } from "#domain/screenplay/plan/plan-cast.ts";
import type { Ray } from "../geometry.ts";
import type { SetPeer } from "../set-presence.ts";
import type { SetState } from "../set-state.ts";
import type { Thing, ThingId } from "../things.ts";
import type { ShotSet } from "../use-set.ts";
import type { Held } from "./hands.ts";
import type { Label } from "./labels.ts";
import type { Pose } from "./navigation.ts";
import * as draw from "./paint.ts";
import { paintPeers } from "./peers.ts";
import { gateHeight, type ShotView, type ShotViews } from "./shot-views.ts";

export interface Over {
  set: ShotSet;
  views: ShotViews;
  state: SetState;
  seconds: number;
  peers: readonly { peer: SetPeer; shown: Pose }[];
  held: readonly Held[];
  /** How far people are from their marks now. */
  shifts: ReadonlyMap<ThingId, Vec3>;
  own: Held | null;
  pins: readonly Pin[];
  painter: draw.Painter;
  shot: ShotView;
  isThrough: boolean;
  floor: number;
  aspect: number;
  mayEdit: boolean;
  hover: draw.Point | null;
  ray(x: number, y: number): Ray;
  camera: THREE.Camera;
  width: number;
  height: number;
  gate: { x: number; y: number; width: number; height: number } | null;
}

/** A remark at a spot of the set. */
export interface Pin {
  id: string;
  /** Whose, and how it begins. */
  text: string;
  color: string;
  at: Vec3;
  thing: string | null;
}

const accent = "#f2b24c";
export const axes: readonly { way: Vec3; color: string }[] = [
  { way: [1, 0, 0], color: "#e0726a" },
  { way: [0, 1, 0], color: "#86c681" },
  { way: [0, 0, 1], color: "#7aa4e8" },
];

/** @returns the names that hang over it */
export function paintOver(over: Over): Label[] {
  const { painter } = over;
  if (over.gate !== null) draw.gate(painter.context, over.width, over.height, over.gate);
  const labels: Label[] = [];
  if (!over.isThrough) {
    paintPath(over);
    labels.push(...paintShotCamera(over));
  }
  paintLights(over);
  paintHolders(over);
  labels.push(...paintChosen(over));
  for (const pin of over.pins) labels.push(paintPin(over, pin));
  labels.push(...paintPeers({ ...over, following: over.state.following }));
  const under = over.hover === null || over.own !== null ? null : thingUnder(over, over.hover);
  if (under !== null && under.id !== over.state.selected && under.id !== "camera")
    labels.push({ id: "hover", kind: "hover", text: under.name, at: painter.on(topOf(over, under)) });
  if (!over.isThrough) draw.compass(painter.context, over.camera, over.width - 54, 98);
  return labels;
}

function paintPath({ painter, views, set, held, floor }: Over): void {
  const { path } = views;
  const first = path[0];
  if (first === undefined || path.every((at) => at.distanceTo(first) < 0.02)) return;
  draw.line(painter, path, accent, 2);
  const every = Math.max(1, Math.round(path.length / 26));
  path.forEach((at, index) => {
    const flat = index % every === 0 ? painter.on(at) : null;
    if (flat === null) return;
    painter.context.fillStyle = draw.see(accent, 0.9);
    painter.context.fillRect(flat.x - 1, flat.y - 3, 2, 6);
  });
  for (const key of set.staging.keys) {
    const at = held.find(({ id }) => id === `key:${key.id}`)?.at ?? key.eye;
    draw.line(painter, [at, [at[0], floor, at[2]]], draw.see(accent, 0.4), 1, [3, 4]);
  }
}

function paintShotCamera(over: Over): Label[] {
  const { painter, set, shot, state, aspect, held } = over;
  const tall = gateHeight / 2 / shot.lensMm;
  const far = shot.eye.distanceTo(shot.look);
  // Whoever looks from there would have it round their head.
  const isHere = shot.eye.distanceTo(over.camera.position) < 0.6;
  if (!isHere)
    draw.frustum(
      painter,
      { eye: shot.eye, look: shot.look, tall, wide: tall * aspect, length: Math.min(2.2, Math.max(0.9, far * 0.5)) },
      accent,
      draw.see(accent, 0.14),
    );
  const labels: Label[] = [];
  set.staging.keys.forEach((key, index) => {
    const at = held.find(({ id }) => id === `key:${key.id}`)?.at ?? key.eye;
    const flat = painter.on(at);
    if (flat === null) return;
    const isChosen = state.selected === `key:${key.id}` || (state.selected === "camera" && key.frame === state.frame);
    draw.diamond(painter, flat, 5, isChosen ? accent : "#f4f4f4");
    if (isChosen)
      labels.push({
        id: "chosen",
        kind: "chosen",
        text: `Camera, key ${index + 1}`,
        at: { x: flat.x + 46, y: flat.y + 36 },
      });
  });
  if (set.staging.keys.every(({ frame }) => frame !== state.frame)) {
    const flat = painter.on(shot.eye);
    if (flat !== null) draw.diamond(painter, flat, 4, state.selected === "camera" ? accent : "#b9b9b9");
    if (flat !== null && state.selected === "camera")
      labels.push({ id: "chosen", kind: "chosen", text: "Camera", at: { x: flat.x + 30, y: flat.y + 36 } });
  }
  return labels;
}

function paintLights({ painter, set, state, held }: Over): void {
  for (const light of set.staging.lights) {
    const id = `light:${light.id}`;
    const at = held.find((one) => one.id === id)?.at ?? light.at;
    draw.bulb(painter, at, light.colour, state.selected === id);
    if (state.selected === id && light.look) draw.line(painter, [at, light.look], draw.see(accent, 0.7), 1, [4, 4]);
  }
}

/** What others hold has a ring of their colour under it. */
function paintHolders(over: Over): void {
  for (const { peer } of over.peers) {
    const { holding } = peer.stage;
    if (holding === null || holding.id.startsWith("light:")) continue;
    draw.ring(over.painter, moved(holding.at, shiftOf(over, holding.id as ThingId)), 0.55, peer.color, 2.4);
  }
}

function paintChosen(over: Over): Label[] {
  const { painter, state, mayEdit } = over;
  const thing = chosenThing(over);
  if (thing === null) return [];
  if (thing.kind === "person" || thing.kind === "piece") draw.ring(painter, thing.at, 0.5, accent, 2.2);
  paintMark(over, thing);
  if (mayEdit && !thing.locked && state.tool === "move")
    for (const [index, { color }] of axes.entries()) {
      if (!hasAxis(thing, index)) continue;
      const handle = axisHandle(over, thing, index);
      draw.arrow(painter, handle.from, handle.to, color);
    }
  if (mayEdit && !thing.locked && state.tool === "turn" && (thing.kind === "person" || thing.kind === "piece")) {
    const radius = 0.9;
    draw.ring(painter, thing.at, radius, "#86c681", 2.4);
    const angle = (thing.facing * Math.PI) / 180;
    const to: Vec3 = [
      thing.at[0] + Math.sin(angle) * (radius + 0.3),
      thing.at[1],
      thing.at[2] + Math.cos(angle) * (radius + 0.3),
    ];
    draw.arrow(painter, thing.at, to, "#86c681");
  }
  if (thing.kind === "camera" || thing.kind === "key") return [];
  return [{ id: "chosen", kind: "chosen", text: thing.name, at: painter.on(topOf(over, thing)) }];
}

function paintPin(over: Over, { id, text, color, at, thing }: Pin): Label {
  const on = over.set.things.find((each) => each.id === thing);
  const now = on ? topOf(over, whereNow(over, on)) : at;
  if (!on) draw.ring(over.painter, now, 0.12, color, 1.6);
  return { id, kind: "pin", text, color, at: over.painter.on([now[0], now[1] + (on ? 0.3 : 0.05), now[2]]) };
}

/** What is chosen, where it is now: a key or the camera where the shot's camera is. */
export function chosenThing(over: Over): Thing | null {
  const { state, set, shot } = over;
  const { selected } = state;
  if (selected === null) return null;
  if (selected === "camera") return cameraThing(over, "camera", shot.eye.toArray());
  if (selected.startsWith("key:")) {
    const key = set.staging.keys.find(({ id }) => `key:${id}` === selected);
    return key === undefined ? null : { ...cameraThing(over, selected, key.eye), locked: key.locked === true };
  }
  const thing = set.things.find(({ id }) => id === selected);
  return thing === undefined ? null : whereNow(over, thing);
}

function cameraThing({ held }: Over, id: ThingId, at: Vec3): Thing {
  const now = held.find((one) => one.id === id)?.at ?? at;
  const kind = id === "camera" ? "camera" : "key";
  return { id, kind, name: "Camera", at: now, facing: 0, locked: false, hidden: false, note: "" };
}

/** Where it is to be seen: in a hand, and people where they have got to by now. */
export function whereNow(over: Over, thing: Thing): Thing {
  const { at, facing } = over.held.find(({ id }) => id === thing.id) ?? thing;
  return { ...thing, at: moved(at, shiftOf(over, thing.id)), facing };
}

const still: Vec3 = [0, 0, 0];
/** How far it is from where the document has it. */
export const shiftOf = ({ shifts }: Pick<Over, "shifts">, id: ThingId): Vec3 => shifts.get(id) ?? still;
const moved = (at: Vec3, by: Vec3): Vec3 => at.map((value, axis) => value + (by[axis] ?? 0)) as Vec3;

/** Who has gone from their mark is tied to it: that is what a hand moves. */
function paintMark(over: Over, { id, at }: Thing): void {
  const shift = shiftOf(over, id);
  if (Math.hypot(...shift) < 0.25) return;
  const mark = moved(at, shift.map((value) => -value) as Vec3);
  draw.ring(over.painter, mark, 0.28, draw.see(accent, 0.7), 1.4);
  draw.line(over.painter, [mark, at], draw.see(accent, 0.7), 1.2, [5, 4]);
}

/** People stand on floors: up and down they go by number only, and a hand on their body always slides them. */
export const hasAxis = ({ kind }: Thing, index: number): boolean => kind !== "person" || index !== 1;

/** Handles keep their length on screen. */
export function axisHandle({ camera, height }: Over, thing: Thing, index: number): { from: Vec3; to: Vec3 } {
  const away = Math.hypot(...thing.at.map((value, axis) => value - camera.position.getComponent(axis)));
  const length = Math.min(2.4, Math.max(0.5, (away * 62) / Math.max(300, height)));
  const from = liftOf(thing);
  return { from, to: from.map((value, axis) => value + (axes[index]?.way[axis] ?? 0) * length) as Vec3 };
}

/** People and pieces are held above the floor, where the arrows show. */
export const liftOf = ({ kind, at }: Thing): Vec3 =>
  kind === "person" ? [at[0], at[1] + 0.9, at[2]] : kind === "piece" ? [at[0], at[1] + 0.25, at[2]] : at;

function topOf({ set }: Over, { id, kind, at }: Thing): Vec3 {
  const tall =
    kind === "person"
      ? (set.plan.cast.find(({ name }) => `person:${canonicalName(name)}` === id)?.look.height ?? 1.75) + 0.22
      : kind === "piece"
        ? 1
        : 0.4;
  return [at[0], at[1] + tall, at[2]];
}

/** @returns what a hand at that point would take */
export function thingUnder(over: Over, at: draw.Point): Thing | null {
  const { painter, set, shot, isThrough } = over;
  const isNear = (point: Vec3 | THREE.Vector3, reach: number) => {
    const flat = painter.on(point);
    return flat !== null && Math.hypot(flat.x - at.x, flat.y - at.y) < reach;
  };
  if (!isThrough) {
    for (const key of set.staging.keys)
      if (isNear(key.eye, 11)) return { ...cameraThing(over, `key:${key.id}`, key.eye), locked: key.locked === true };
    if (isNear(shot.eye, 11)) return cameraThing(over, "camera", shot.eye.toArray());
  }
  for (const thing of set.things)
    if (thing.kind === "light" && isNear(whereNow(over, thing).at, 13)) return whereNow(over, thing);
  const ray = over.ray(at.x, at.y);
  let best: { thing: Thing; far: number } | null = null;
  for (const each of set.things) {
    if (each.kind === "light" || each.hidden) continue;
    const thing = whereNow(over, each);
    const far = hits(ray, thing, thing.kind === "person" ? topOf(over, thing)[1] - thing.at[1] : 0.9);
    if (far !== null && (best === null || far < best.far)) best = { thing, far };
  }
  return best?.thing ?? null;
}

/** @returns how far away a ray meets an upright cylinder round somebody */
function hits({ from, way }: Ray, { at }: Thing, tall: number): number | null {
  const radius = 0.42;
  const [dx, dz] = [from[0] - at[0], from[2] - at[2]];
  const a = way[0] ** 2 + way[2] ** 2;
  const b = dx * way[0] + dz * way[2];
  const c = dx ** 2 + dz ** 2 - radius ** 2;
  const root = b * b - a * c;
  if (a < 1e-6 || root < 0) return null;
  const far = (-b - Math.sqrt(root)) / a;
  const high = from[1] + way[1] * far - at[1];
  return far > 0 && high > -0.1 && high < tall ? far : null;
}
