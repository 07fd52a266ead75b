/**
 * Where a camera stands for a framing, before it moves: from the bounds of whom it is about, the lens, the place and
 * the scene's line. Metres, degrees unless said; fields of view in radians.
 */
import * as THREE from "three";
import { places } from "#domain/screenplay/plan/plan-places.ts";
import type { Framing, ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { Character } from "../characters/character.ts";
import { propSize } from "../scene/props.ts";
import { distanceFor, fovOf } from "./lens.ts";
import { type Line, lineOf, offLine, rad, towards } from "./line.ts";

/**
 * How a camera gives way to what stands around: turned about its subject (degrees), raised (metres), nearer by a share,
 * and of its move only a share.
 */
export type GivesWay = { turn: number; raise: number; near: number; moves: number };

export type Stance = {
  eye: THREE.Vector3;
  look: THREE.Vector3;
  /** What must be seen: eyes of a person, a thing; null = the place as a whole. */
  target: THREE.Vector3 | null;
  /** Height of what is seen at the target, metres; 0 = as the lens has it. */
  tall: number;
  /** The widest that a wall behind the camera may make the lens. */
  widest: number;
  /** How far the camera is turned from what it looks at, wherever a wall leaves it: radians, a share of its field. */
  off?: { left: number; up: number };
};

export type Standpoint = {
  /** @param way  what gives way, if anything does */
  at(seconds: number, way: GivesWay): Stance;
  /** Whom the picture is about. */
  subject: Character | undefined;
  line: Line | null;
  /** Those between whom and the camera nobody minds the other: over a shoulder, through somebody's eyes. */
  past: readonly Character[];
  /** Which ways the camera may give. */
  gives: "all" | "little" | "none";
};

/** Height of what is seen of somebody of 1.75 m, and how far below the eyes its middle is. */
const tight: Partial<Record<Framing, { tall: number; drop: number }>> = {
  "extreme-close-up": { tall: 0.25, drop: 0.01 },
  "close-up": { tall: 0.46, drop: 0.055 },
  "medium-close": { tall: 0.74, drop: 0.17 },
  medium: { tall: 1.12, drop: 0.36 },
};
/** How much of the picture's height a whole person takes. */
const wholeShare = { full: 0.78, wide: 0.34, "extreme-wide": 0.13 } as const;
const crown = 0.115;

/** Where eyes were at a time: asked again for every way that a camera may give. */
const known = new WeakMap<Character, Map<number, THREE.Vector3>>();
function eyesOf(character: Character, seconds: number): THREE.Vector3 {
  const times = known.get(character) ?? new Map<number, THREE.Vector3>();
  known.set(character, times);
  const eyes = times.get(seconds) ?? character.eyesAt(seconds);
  if (times.size > 64) times.clear();
  times.set(seconds, eyes);
  return eyes.clone();
}

export function standpointOf(plan: ScenePlan, characters: readonly Character[], aspect: number): Standpoint {
  const { camera } = plan;
  const length = (plan.frames * plan.fps.den) / plan.fps.num;
  const rest = length * 0.62;
  const fov = fovOf(camera.lensMm);
  const index = camera.subject.kind === "character" ? camera.subject.index : -1;
  const subject = characters[index];
  const line = lineOf(plan, characters, index, rest);
  const base = { subject, line, past: [], gives: "all" as const };
  const prop = camera.subject.kind === "prop" ? plan.props[camera.subject.index] : undefined;
  if (prop !== undefined) return { ...base, at: (_seconds, way) => ofThing(prop, camera.azimuth, fov, way) };
  if (subject === undefined || line === null || camera.framing === "establishing")
    return { ...base, at: (_seconds, way) => ofPlace(plan, fov, way) };

  const follow = follower(subject, length, rest, camera.move === "track" || !isLoose(camera.framing));
  const scale = subject.plan.look.height / 1.75;
  const { partner } = line;
  if (camera.framing === "pov")
    return { ...base, gives: "none", past: [subject], at: (t) => through(subject, partner, t) };
  if (camera.framing === "over-shoulder" && partner !== undefined)
    return { ...base, gives: "little", past: [partner], at: (t, way) => over(subject, partner, line, t, way) };
  if (camera.framing === "two-shot" && partner !== undefined)
    return { ...base, past: [partner], at: (t, way) => both(plan, subject, partner, line, fov, aspect, t, way) };
  if (camera.framing === "wide" || camera.framing === "extreme-wide") {
    const share = wholeShare[camera.framing];
    return { ...base, at: (t, way) => ofOneInPlace(plan, follow(t), share, fov, aspect, way) };
  }

  const part = tight[camera.framing];
  const worn = camera.framing === "extreme-close-up" ? 0 : hats[subject.plan.look.hair] * scale;
  // A pair of shot and reverse shows both as large, whoever is taller.
  const loose = camera.framing === "medium" || camera.framing === "full";
  const above = loose && partner === undefined ? Math.max(worn, taller(characters, subject, rest)) : worn;
  // Over the bonnet one sees a driver from higher than eye to eye.
  const overBonnet = part !== undefined && subject.plan.action === "drive" ? 0.34 : 0;
  const direction = (turn: number) =>
    camera.side === undefined ? towards(subject.facing + camera.azimuth + turn) : offLine(line, camera.azimuth + turn);
  return {
    ...base,
    at(t, way) {
      const { eyes, floor, standing, passed } = follow(t);
      const body = Math.max(1, eyes.y + crown * scale + worn - floor);
      const tall = part === undefined ? body / wholeShare.full : part.tall * scale + above;
      const look = eyes.clone();
      // Of who sits or lies on the ground the middle is higher: nobody is shown with more ground than person.
      look.y =
        part === undefined ? floor + body / 2 : Math.max(eyes.y - part.drop * scale + above * 0.5, floor + tall * 0.36);
      const eye = look.clone().addScaledVector(direction(way.turn), distanceFor(tall, fov) * way.near);
      const lower = part === undefined ? standing * 0.28 : part.drop * scale * 0.55;
      eye.y = floor + Math.max(0.35, standing - lower + camera.height + overBonnet + way.raise);
      return { eye, look: look.add(passed), target: eyes.add(passed), tall, widest: rad(66) };
    },
  };
}

/** How much higher than a head what is worn on it is, metres. */
const hats: Record<Character["plan"]["look"]["hair"], number> = {
  ...{ short: 0, long: 0, bald: 0 },
  ...{ bun: 0.02, cap: 0.045, hood: 0.04, hat: 0.08 },
};

/** How much higher than the subject's is the head of who is beside them: nobody is shown without it. */
function taller(characters: readonly Character[], subject: Character, t: number): number {
  const at = eyesOf(subject, t);
  let most = 0;
  for (const other of characters) {
    if (other === subject || other.plan.offScreen) continue;
    const eyes = eyesOf(other, t);
    if (Math.hypot(eyes.x - at.x, eyes.z - at.z) > 1.7) continue;
    most = Math.max(most, eyes.y - at.y + hats[other.plan.look.hair]);
  }
  return Math.min(0.3, most);
}

const isLoose = (framing: Framing) => framing === "wide" || framing === "extreme-wide" || framing === "full";

type Followed = {
  /** Where the eyes are for the camera's place; with `passed` where they are. */
  eyes: THREE.Vector3;
  floor: number;
  /** Height of the eyes as the shot is about them. */
  standing: number;
  passed: THREE.Vector3;
};

/**
 * Whom a camera follows: it goes along with who goes, and looks after who gets up or down without going up or down
 * itself. `goes`: whether it goes along with them.
 */
function follower(subject: Character, length: number, rest: number, goes: boolean): (seconds: number) => Followed {
  const start = subject.placeAt(0);
  const strays = [0.25, 0.5, 0.75, 1].some(
    (share) =>
      subject
        .placeAt(length * share)
        .sub(start)
        .setY(0)
        .length() > 0.25,
  );
  const eyesAtRest = eyesOf(subject, rest);
  const placeAtRest = subject.placeAt(rest);
  const standing = eyesAtRest.y - placeAtRest.y;
  return (t) => {
    const eyes = eyesOf(subject, t);
    const floor = subject.placeAt(t).y;
    if (goes && strays) return { eyes, floor, standing, passed: new THREE.Vector3() };
    const passed = eyes.clone().sub(eyesAtRest);
    if (!strays) return { eyes: eyesAtRest.clone().setY(eyes.y), floor, standing, passed: passed.setY(0) };
    return { eyes: eyesAtRest.clone(), floor: placeAtRest.y, standing, passed };
  };
}

function turned(eye: THREE.Vector3, about: THREE.Vector3, way: GivesWay): THREE.Vector3 {
  const reach = eye.clone().sub(about);
  const raised = reach.applyAxisAngle(new THREE.Vector3(0, 1, 0), rad(way.turn)).multiplyScalar(way.near);
  return raised.add(about).add(new THREE.Vector3(0, way.raise, 0));
}

function ofThing(prop: ScenePlan["props"][number], azimuth: number, fov: number, way: GivesWay): Stance {
  const onWall = prop.kind === "clock";
  const at = new THREE.Vector3(...prop.at);
  at.y += propSize[prop.kind] * (onWall ? 0 : 0.3);
  const tall = propSize[prop.kind] * 2.3;
  const steep = Math.min(75, (onWall ? 4 : 30) + way.raise * 25);
  const eye = towards(prop.facing + azimuth + way.turn)
    .multiplyScalar(Math.cos(rad(steep)))
    .setY(Math.sin(rad(steep)))
    .multiplyScalar(distanceFor(tall, fov) * way.near)
    .add(at);
  return { eye, look: at.clone(), target: at.clone(), tall, widest: rad(66) };
}

/** As the set is built to be seen. */
function ofPlace(plan: ScenePlan, fov: number, way: GivesWay): Stance {
  const { wide } = places[plan.place];
  const [home, look] = [new THREE.Vector3(...wide.eye), new THREE.Vector3(...wide.look)];
  const eye = home.clone();
  if (plan.camera.framing === "extreme-wide") {
    eye.addScaledVector(home.clone().sub(look).setY(0).normalize(), 5);
    eye.y += 1.2;
  }
  eye.y += Math.max(-0.8, plan.camera.height);
  const about = eye.clone().lerp(look, Math.min(1, 6 / Math.max(6, eye.distanceTo(look))));
  return { eye: turned(eye, about, way), look, target: null, tall: 0, widest: fov };
}

/** One person and the place round them: from where it is built to be seen, as near as their share of it asks. */
function ofOneInPlace(
  plan: ScenePlan,
  { eyes, floor, passed }: Followed,
  share: number,
  fov: number,
  aspect: number,
  way: GivesWay,
): Stance {
  const { wide } = places[plan.place];
  const home = new THREE.Vector3(...wide.eye);
  const tall = Math.max(1, eyes.y + crown - floor) / share;
  const out = home.clone().sub(eyes).setY(0);
  // A place's own spot may be beside the person: then from ahead of it.
  if (out.length() < 1.5) out.copy(towards(0));
  out.normalize().applyAxisAngle(new THREE.Vector3(0, 1, 0), rad(way.turn + signed(plan)));
  const eye = eyes.clone().addScaledVector(out, distanceFor(tall, fov) * way.near);
  eye.y = floor + Math.max(0.35, wide.eye[1] * (share < 0.2 ? 1.2 : 0.85) + plan.camera.height + way.raise);
  // Turned from the person to what the place has to show, but not so far that they are at the edge.
  const toPlace = new THREE.Vector3(...wide.look).sub(eye).setY(0).normalize();
  const straight = eyes.clone().sub(eye).setY(0).normalize();
  const apart = Math.atan2(straight.clone().cross(toPlace).y, straight.dot(toPlace));
  const half = Math.atan(Math.tan(fov / 2) * aspect);
  const left = Math.max(-half * 0.42, Math.min(half * 0.42, Math.abs(apart) > 1.6 ? 0 : apart * 0.6));
  return {
    eye,
    // Who goes past is looked after, not kept in the middle.
    look: eyes.clone().addScaledVector(passed, 0.5),
    target: eyes.clone().add(passed),
    tall,
    widest: Math.max(fov, rad(48)),
    off: { left, up: share < 0.2 ? 0.1 : 0.05 },
  };
}

/** A wide is turned off the place's own direction only when somebody asks for it: rules leave it at 18 or 0. */
const signed = (plan: ScenePlan) => (Math.abs(plan.camera.azimuth) > 30 ? plan.camera.azimuth : 0);

function through(subject: Character, partner: Character | undefined, t: number): Stance {
  const eyes = eyesOf(subject, t);
  const facing = towards(subject.facingAt(t));
  const look = partner === undefined ? eyes.clone().addScaledVector(facing, 6) : eyesOf(partner, t);
  return { eye: eyes.addScaledVector(facing, 0.2), look, target: null, tall: 0, widest: rad(66) };
}

/** Over the partner's shoulder, the one on the scene's side. */
function over(subject: Character, partner: Character, line: Line, t: number, way: GivesWay): Stance {
  const eyes = eyesOf(subject, t);
  const from = eyesOf(partner, t);
  const eye = from
    .clone()
    .addScaledVector(line.ahead, 1.3 * way.near)
    .addScaledVector(line.aside, 0.5 + way.turn * 0.01);
  // Somebody who sits is seen over by somebody who stands: the shoulder stays below the picture's middle.
  eye.y = Math.max(from.y, eyes.y * 0.5 + from.y * 0.5) + 0.08 + way.raise;
  return { eye, look: eyes.clone().setY(eyes.y - 0.1), target: eyes, tall: 0, widest: rad(66) };
}

function both(
  plan: ScenePlan,
  subject: Character,
  partner: Character,
  line: Line,
  fov: number,
  aspect: number,
  t: number,
  way: GivesWay,
): Stance {
  const [one, two] = [eyesOf(subject, t), eyesOf(partner, t)];
  const middle = one.clone().add(two).multiplyScalar(0.5);
  const across = Math.hypot(one.x - two.x, one.z - two.z);
  const upright = Math.abs(one.y - two.y);
  const tall = Math.max(1.35 + upright, (across * 1.25 + 0.95) / aspect);
  const lean = plan.setSeed % 2 === 0 ? 12 : -12;
  const out = line.aside.clone().applyAxisAngle(new THREE.Vector3(0, 1, 0), rad(lean + way.turn));
  const look = middle.clone().setY(middle.y + upright / 2 - tall * 0.26);
  const eye = look.clone().addScaledVector(out, distanceFor(tall, fov) * way.near);
  eye.y = Math.max(0.35, middle.y + plan.camera.height + way.raise - 0.1);
  return { eye, look, target: middle, tall, widest: rad(66) };
}
