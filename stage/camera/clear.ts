/**
 * Gives a camera room: it gives way for its whole move at once, so that nothing jumps. First it goes round its subject
 * without crossing the line, then up, then nearer with a wider lens; what is least far from what was asked counts.
 */
import type * as THREE from "three";
import type { Character } from "../characters/character.ts";
import type { Slender } from "../scene/slender.ts";
import type { Solid } from "../scene/solid.ts";
import type { GivesWay, Standpoint } from "./framings.ts";
import {
  type Box,
  boxesOf,
  crosses,
  entersAt,
  gapTo,
  gapToRod,
  hides,
  type Point,
  type Rod,
  rodsOf,
} from "./solids.ts";

/** A camera and who works it need so much on all sides, metres. */
const room = 0.27;
const roomToPeople = 0.35;
/** Who is so near to a solid is in it or on it: it does not hide them. */
const own = 0.14;

export type Shown = {
  eye: THREE.Vector3;
  target: THREE.Vector3 | null;
  /** Height of what is seen at the target, metres; 0 = nobody asks. */
  tall: number;
  /** How far walls pushed it, metres. */
  pushed: number;
  /** On the wrong side of the line. */
  across: boolean;
  /** How much of whom it is about is outside of a picture that should have all of them, 0 to 1. */
  cut: number;
};

export type Surroundings = {
  solids: readonly Solid[];
  slender: readonly Slender[];
  characters: readonly Character[];
  standpoint: Pick<Standpoint, "subject" | "past" | "gives">;
  /** Whom it is about goes somewhere without it, and all of them is to be seen. */
  goesPast: boolean;
  /** Moments at which it is looked at, seconds. */
  times: readonly number[];
  /** Where the place ends, when its depth behind somebody matters: two corners. */
  within?: readonly [Point, Point] | undefined;
};

const as: GivesWay = { turn: 0, raise: 0, near: 1, moves: 1 };

/** Ways to give, the least first. */
const waysToGive: readonly GivesWay[] = [0, 9, -9, 18, -18, 28, -28, 40, -40, 54, -54, 70, -70, 90, -90, 120, -120]
  .flatMap((turn) =>
    [0, 0.3, 0.7, 1.3, 2.1].flatMap((raise) =>
      [1, 0.8, 0.62, 0.46, 0.34].map((near) => ({ turn, raise, near, moves: 1 })),
    ),
  )
  .sort((a, b) => costOf(a) - costOf(b));
/** Past somebody who goes it is rather farther away than nearer: nearer, its lens would zoom after them. */
const waysPast: readonly GivesWay[] = [0, 9, -9, 18, -18, 28, -28, 40, -40, 54, -54, 70, -70, 90, -90]
  .flatMap((turn) =>
    [0, 0.7, 1.5].flatMap((raise) => [1, 1.3, 1.7, 2.3, 3, 0.8, 0.5].map((near) => ({ turn, raise, near, moves: 1 }))),
  )
  .sort((a, b) => costPast(a) - costPast(b));

/** Over a shoulder: so many hundredths of a metre aside, higher, so much less behind it. */
const littleToGive: readonly GivesWay[] = [0, -8, 8, -16, 16, 30, 50]
  .flatMap((turn) =>
    [0, 0.12, 0.3].flatMap((raise) => [1, 0.85, 0.7, 0.55, 0.35, 0.1].map((near) => ({ turn, raise, near, moves: 1 }))),
  )
  .sort((a, b) => costOf(a) - costOf(b));

function costOf({ turn, raise, near, moves }: GivesWay): number {
  return Math.abs(turn) / 22 + raise * 1.3 + (near < 1 ? (1 - near) * 4.2 : (near - 1) * 2) + (1 - moves) * 5;
}
function costPast(way: GivesWay): number {
  return costOf(way) + (way.near < 1 ? 4 : 0);
}

/**
 * @param shown  where the camera is at a time when it gives way so much
 * @param allowed  turns that keep it on the scene's side, degrees
 */
export function giveWay(
  { solids, slender, characters, standpoint, goesPast, times, within }: Surroundings,
  shown: (seconds: number, way: GivesWay) => Shown,
  allowed: readonly [from: number, to: number],
): GivesWay {
  if (standpoint.gives === "none") return as;
  const boxes = boxesOf(solids);
  const rods = standpoint.gives === "all" ? rodsOf(slender) : [];
  const others = characters.filter(
    (one) => one !== standpoint.subject && !standpoint.past.includes(one) && !one.plan.offScreen,
  );
  const people = times.map((t) => others.map((one) => bodyOf(one, t)));
  const passed = times.map((t) => standpoint.past.map((one) => bodyOf(one, t)));
  const list = standpoint.gives === "little" ? littleToGive : goesPast ? waysPast : waysToGive;
  const costs = goesPast ? costPast : costOf;
  // What is farther away than any camera that gives way is in no way at all.
  const around = times.map((t) => {
    const { eye, target } = shown(t, as);
    if (target === null) return { boxes, rods };
    const reach = Math.hypot(eye.x - target.x, eye.y - target.y, eye.z - target.z) * (goesPast ? 3 : 1.3) + 3;
    return {
      boxes: boxes.filter((box) => gapTo(box, target) < reach),
      rods: rods.filter((rod) => gapToRod(rod, target) < reach),
    };
  });
  // Most that is wrong is wrong at the ends: what is no better is known sooner.
  const order = times.map((_, i) => i).sort((a, b) => fromEnds(a) - fromEnds(b));
  function fromEnds(i: number): number {
    return Math.min(i, times.length - 1 - i);
  }
  let best = as;
  let least = Infinity;
  // Where there is no room for a move, less of it is made.
  for (const moves of [1, 0.35]) {
    for (const given of list) {
      const way = { ...given, moves };
      if (way.turn !== 0 && standpoint.gives === "all" && (way.turn < allowed[0] || way.turn > allowed[1])) continue;
      const cost = costs(way);
      if (cost >= least) break;
      const trouble = troubleOf(way, least - cost);
      if (cost + trouble < least) {
        least = cost + trouble;
        best = way;
      }
    }
  }

  /** @param most  more than that is too much */
  function troubleOf(way: GivesWay, most: number): number {
    let trouble = 0;
    let [shallow, deep] = [Infinity, 0];
    for (const i of order) {
      const { eye, target, tall, pushed, across, cut } = shown(times[i]!, way);
      trouble += cut * 9;
      if (trouble >= most) return trouble;
      trouble += troubleAt(eye, target, around[i]!.boxes, people[i]!, passed[i]!) + (across ? 60 : 0);
      if (target !== null && standpoint.gives === "all")
        trouble += coveredAt(eye, target, tall, around[i]!.boxes, around[i]!.rods);
      if (standpoint.gives === "little") trouble += pushed * 4;
      if (within !== undefined && target !== null && i === times.length >> 1)
        trouble += flatness(depthBehind(eye, target, boxes, within));
      [shallow, deep] = [Math.min(shallow, pushed), Math.max(deep, pushed)];
      if (trouble >= most) return trouble;
    }
    // A wall that is met halfway makes a move uneven.
    return trouble + Math.max(0, deep - shallow - 0.15) * 6;
  }
  return best;
}

/** A picture wants so much place behind whom it is about, metres. */
const deepEnough = 6;
/** What a wall right behind somebody costs: as much as going round them by some forty degrees. */
const flatness = (depth: number) => 3.4 * Math.max(0, 1 - depth / deepEnough) ** 1.3;

/** How far it is from whom a camera looks at to what is behind them, metres. */
function depthBehind(eye: Point, target: Point, solids: readonly Box[], [low, high]: readonly [Point, Point]): number {
  const far = Math.max(0.1, Math.hypot(target.x - eye.x, target.z - eye.z));
  const [dx, dz] = [(target.x - eye.x) / far, (target.z - eye.z) / far];
  const end = (from: number, way: number, a: number, b: number) =>
    Math.abs(way) < 1e-6 ? Infinity : Math.max(0, ((way > 0 ? b : a) - from) / way);
  let depth = Math.min(deepEnough, end(target.x, dx, low.x, high.x), end(target.z, dz, low.z, high.z));
  const to = { x: target.x + dx * deepEnough, y: target.y, z: target.z + dz * deepEnough };
  for (const box of solids) {
    if (gapTo(box, target) <= own) continue;
    const share = entersAt(box, target, to);
    if (share !== null) depth = Math.min(depth, share * deepEnough);
  }
  return depth;
}

/** What is wrong with a camera there: 0 = nothing, the rest so much more than any way to give. */
function troubleAt(
  eye: Point,
  target: Point | null,
  solids: readonly Box[],
  people: readonly Box[],
  past: readonly Box[],
): number {
  let wrong = 0;
  for (const box of solids) if (gapTo(box, eye) < room) wrong += 40;
  for (const body of people) if (gapTo(body, eye) < roomToPeople) wrong += 40;
  for (const body of past) if (gapTo(body, eye) < 0.12) wrong += 40;
  if (target === null) return wrong;
  for (const box of solids) if (hides(box, eye, target) && gapTo(box, target) > own) wrong += 20;
  for (const body of people) if (hides(body, eye, target) && gapTo(body, target) > own) wrong += 8;
  return wrong;
}

/** What is seen below the eyes from which height of a picture on, metres, and what it costs when it is hidden. */
const below = [
  { drop: 0.36, from: 0.7, hidden: 7, crossed: 1.2 },
  { drop: 0.75, from: 1.5, hidden: 2.5, crossed: 0.9 },
  { drop: 1.2, from: 1.5, hidden: 1.5, crossed: 0.9 },
] as const;
/** What is nearer to the lens is a bar across the picture, whatever it crosses, metres. */
const lensRoom = 0.75;
/** So much room round the middle of a face and of a body is looked at freely, metres. */
const [faceRound, bodyRound] = [0.13, 0.16];

/** What thin things cost that cross somebody, and what hides more of them than the eyes. */
function coveredAt(eye: Point, target: Point, tall: number, solids: readonly Box[], rods: readonly Rod[]): number {
  let wrong = 0;
  for (const rod of rods) {
    if (crosses(rod, eye, target, faceRound)) wrong += 4;
    if (gapToRod(rod, eye) < lensRoom) wrong += 3;
  }
  for (const { drop, from, hidden, crossed } of below) {
    if (tall < from) break;
    const at = { x: target.x, y: target.y - drop, z: target.z };
    for (const box of solids) if (hides(box, eye, at) && gapTo(box, at) > own) wrong += hidden;
    for (const rod of rods) if (crosses(rod, eye, at, bodyRound)) wrong += crossed;
  }
  return wrong;
}

function bodyOf(character: Character, seconds: number): Box {
  const at = character.placeAt(seconds);
  const top = character.eyesAt(seconds).y + 0.12;
  const half = Math.max(0.2, (top - at.y) / 2);
  return { x: at.x, y: at.y + half, z: at.z, hx: 0.24, hy: half, hz: 0.24, cos: 1, sin: 0 };
}
