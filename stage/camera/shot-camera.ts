import * as THREE from "three";
import { places } from "#domain/screenplay/plan/plan-places.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { Character } from "../characters/character.ts";
import type { Slender } from "../scene/slender.ts";
import type { Solid } from "../scene/solid.ts";
import { giveWay } from "./clear.ts";
import { drift, easedMove } from "./ease.ts";
import { focusOf } from "./focus.ts";
import { type GivesWay, type Standpoint, standpointOf } from "./framings.ts";
import { keyedCamera } from "./keys.ts";
import { fovOf, lensOf, softness } from "./lens.ts";
import { cutOff, keepIn, shapeOf } from "./keep-in.ts";
import { aim, movesOfCamera } from "./moves.ts";

/** What the camera is at one moment of the shot. */
export type CameraView = {
  eye: THREE.Vector3;
  look: THREE.Vector3;
  /** Degrees. */
  verticalFov: number;
  /** On the gate of `lens.ts`; against a wall, or while it zooms, other than the plan's. */
  lensMm: number;
  /** Radians. */
  roll: number;
  /** Metres to what is sharp. */
  focus: number;
  /** How soft what is far becomes, 0 = not at all, 1 = a close-up on a long lens. */
  blur: number;
  /** F-number. */
  aperture: number;
};

/** Moments at which a shot is looked at for what is in the way: more, the farther somebody goes in it. */
const looks = { fewest: 9, most: 15, apart: 0.9 };

/**
 * @param aspect  width over height of the picture
 * @param solids  what the camera must not stand in and see its subject past
 * @param slender  what should not cross whom it is about
 * @returns the camera of a shot as a function of its time
 */
export function shotCamera(
  plan: ScenePlan,
  characters: readonly Character[],
  aspect: number,
  solids: readonly Solid[] = [],
  slender: readonly Slender[] = [],
): (seconds: number) => CameraView {
  const focusAt = focusOf(plan, characters);
  const { aperture } = plan.camera;
  const keyed = keyedCamera(plan);
  if (keyed !== null)
    return (seconds) => {
      const { eye, look, lensMm, roll, focus } = keyed(seconds);
      // What people have set stays as they have set it, even inside of a wall.
      if (eye.distanceTo(look) < 0.01) look.z -= 0.01;
      const sharp = focus ?? (plan.camera.focusOn.length > 0 ? focusAt(seconds, eye, look) : eye.distanceTo(look));
      return {
        eye,
        look,
        verticalFov: (fovOf(lensMm) * 180) / Math.PI,
        lensMm,
        roll: (roll * Math.PI) / 180,
        focus: sharp,
        blur: softness(lensMm, aperture, sharp),
        aperture,
      };
    };

  const length = (plan.frames * plan.fps.den) / plan.fps.num;
  const standpoint = standpointOf(plan, characters, aspect);
  const view = freeCamera(plan, standpoint, aspect, length);
  const times = looksOver(length, standpoint);
  const way = giveWay(
    {
      solids,
      slender,
      characters,
      standpoint,
      times,
      goesPast: plan.camera.move !== "track" && goesThrough(plan, standpoint, length),
      within: backdropOf(plan, standpoint),
    },
    (seconds, given) => view(seconds, given),
    turnsOnSide(plan, standpoint),
  );
  return (seconds) => {
    const { eye, look, fov, roll } = view(seconds, way);
    const lensMm = lensOf(fov);
    const focus = focusAt(seconds, eye, look);
    return {
      eye,
      look,
      verticalFov: (fov * 180) / Math.PI,
      lensMm,
      roll,
      focus,
      blur: plan.camera.subject.kind === "place" ? 0 : softness(lensMm, aperture, focus),
      aperture,
    };
  };
}

/** Whether all of somebody is to be seen who goes somewhere. */
function goesThrough(plan: ScenePlan, { subject }: Standpoint, length: number): boolean {
  const { framing } = plan.camera;
  if (framing !== "full" && framing !== "wide" && framing !== "extreme-wide") return false;
  return subject !== undefined && subject.placeAt(0).distanceTo(subject.placeAt(length)) > 1;
}

function looksOver(length: number, { subject }: Standpoint): number[] {
  const goes = subject === undefined ? 0 : subject.placeAt(0).distanceTo(subject.placeAt(length));
  const count = Math.min(looks.most, Math.max(looks.fewest, 1 + Math.ceil(goes / looks.apart)));
  return Array.from({ length: count }, (_, i) => (length * i) / (count - 1));
}

/**
 * Where a place ends for whoever is alone in the picture: the camera goes round them for something to be behind them.
 * Of two who deal with each other both have the same angle, whatever is behind them.
 */
function backdropOf(plan: ScenePlan, { line }: Standpoint): [THREE.Vector3, THREE.Vector3] | undefined {
  const { framing, side, subject } = plan.camera;
  if (side === undefined || subject.kind !== "character" || line?.partner !== undefined) return undefined;
  if (framing !== "full" && framing !== "medium" && framing !== "medium-close" && framing !== "close-up")
    return undefined;
  return places[plan.place].room.map((corner) => new THREE.Vector3(...corner)) as [THREE.Vector3, THREE.Vector3];
}

/** How far a camera may be turned round its subject without crossing the line, degrees. */
function turnsOnSide(plan: ScenePlan, { line }: Standpoint): [number, number] {
  const { azimuth, side, framing } = plan.camera;
  // From where the place is built to be seen there is no angle to the line.
  if (framing === "wide" || framing === "extreme-wide") return [-90, 90];
  if (line?.partner === undefined || side === undefined) return [-90, 90];
  // Somebody who asks for the other side gets it.
  return azimuth >= 0 ? [12 - azimuth, 165 - azimuth] : [-165 - azimuth, -12 - azimuth];
}

type FreeView = {
  eye: THREE.Vector3;
  look: THREE.Vector3;
  fov: number;
  roll: number;
  target: THREE.Vector3 | null;
  /** Height of what is seen at the target, metres. */
  tall: number;
  /** How far walls pushed it, metres. */
  pushed: number;
  /** On the wrong side of the line. */
  across: boolean;
  /** How much of somebody who goes is outside of the picture, 0 to 1. */
  cut: number;
};

function freeCamera(
  plan: ScenePlan,
  standpoint: Standpoint,
  aspect: number,
  length: number,
): (seconds: number, way: GivesWay) => FreeView {
  const { camera } = plan;
  const { subject } = standpoint;
  const usual = fovOf(camera.lensMm);
  const room = places[plan.place].room.map((corner) => new THREE.Vector3(...corner)) as [THREE.Vector3, THREE.Vector3];
  const strays = subject !== undefined && subject.placeAt(0).distanceTo(subject.placeAt(length)) > 0.25;
  const follows = strays && standpoint.at(0, none).eye.distanceTo(standpoint.at(length, none).eye) > 0.1;
  const lead = leadOf(plan, standpoint);
  const shape = subject !== undefined && goesThrough(plan, standpoint, length) ? shapeOf(subject) : null;

  return (seconds, way) => {
    const { eye, look, target, tall, widest, off } = standpoint.at(seconds, way);
    const move = {
      eye,
      look,
      done: easedMove(camera.ease, seconds / Math.max(0.001, length)),
      amount: camera.amount * way.moves,
      follows,
      hasTarget: target !== null,
      fov: usual,
      wideFov: 2 * Math.atan(Math.tan(usual / 2) * aspect),
      shows: 1,
      left: 0,
      up: 0,
    };
    const before = eye.distanceTo(look);
    movesOfCamera[camera.move](move);
    const shake = shakeOf(plan, subject);
    const unsteady = shake * Math.min(1, eye.distanceTo(look) * 0.35) * 0.02;
    const salt = plan.seed % 100;
    eye.add(new THREE.Vector3(drift(seconds, salt), drift(seconds * 1.3, salt + 9), 0).multiplyScalar(unsteady));
    look.add(
      new THREE.Vector3(drift(seconds * 1.1, salt + 3), drift(seconds * 1.2, salt + 5), 0).multiplyScalar(
        unsteady * 0.8,
      ),
    );
    const free = eye.clone();
    if (target === null) eye.clamp(...room);
    else stayInside(eye, look, room);
    let fov = usual;
    if (tall > 0) {
      // Against a wall a longer way becomes a wider lens, so that a close-up stays a close-up and a wide stays wide.
      const wanted = tall * (free.distanceTo(look) / Math.max(0.01, before));
      const cramped = way.near < 1 || free.distanceTo(eye) > 0.01;
      if (cramped) fov = Math.min(widest, 2 * Math.atan(wanted / 2 / Math.max(0.3, eye.distanceTo(look))));
    }
    fov = Math.min((100 * Math.PI) / 180, 2 * Math.atan(Math.tan(fov / 2) * move.shows));
    aim({ eye, look }, move.left + (off?.left ?? 0), move.up + (off?.up ?? 0) * fov);
    if (lead !== null) compose(eye, look, fov, aspect, lead);
    const seen = shape?.(seconds) ?? null;
    if (seen !== null && camera.framing !== "full") keepIn(eye, look, fov, aspect, seen[0]!.point);
    const roll = shake * drift(seconds * 0.9, salt + 7) * 0.004;
    return {
      eye,
      look,
      fov,
      roll,
      target,
      tall,
      pushed: free.distanceTo(eye),
      across: acrossLine(plan, standpoint, eye),
      cut: seen === null ? 0 : cutOff({ eye, look }, fov, aspect, seen),
    };
  };
}

/** A camera that would stand outside comes nearer on its own way: beside it, it would see from elsewhere. */
function stayInside(eye: THREE.Vector3, look: THREE.Vector3, [low, high]: [THREE.Vector3, THREE.Vector3]): void {
  eye.y = Math.min(high.y, Math.max(low.y, eye.y));
  let share = 1;
  for (const axis of ["x", "z"] as const) {
    const [from, to] = [look[axis], eye[axis]];
    if (from <= low[axis] || from >= high[axis] || from === to) continue;
    if (to < low[axis]) share = Math.min(share, (low[axis] - from) / (to - from));
    if (to > high[axis]) share = Math.min(share, (high[axis] - from) / (to - from));
  }
  eye.x = look.x + (eye.x - look.x) * share;
  eye.z = look.z + (eye.z - look.z) * share;
  eye.clamp(low, high);
}

/** Whether a camera is on the wrong side of the line, or as good as on it. */
function acrossLine(plan: ScenePlan, { subject, line, past }: Standpoint, eye: THREE.Vector3): boolean {
  if (plan.camera.side === undefined || line?.partner === undefined || subject === undefined) return false;
  const own = past.length > 0 ? 1 : Math.sign(plan.camera.azimuth) || 1;
  const at = line.partner.placeAt(0);
  return eye.clone().sub(at).dot(line.aside) * own < 0.05;
}

const none: GivesWay = { turn: 0, raise: 0, near: 1, moves: 1 };

function shakeOf(plan: ScenePlan, subject: Character | undefined): number {
  const { move } = plan.camera;
  if (move === "handheld") return 1;
  if (move === "track" && subject?.plan.action === "run") return 0.8;
  return move === "static" || move === "zoom-in" || move === "zoom-out" || move === "rack-focus" ? 0 : 0.12;
}

type Lead = { looking: THREE.Vector3; share: number };

/** Where somebody looks, for there to be room. */
function leadOf(plan: ScenePlan, { subject, line }: Standpoint): Lead | null {
  const { framing } = plan.camera;
  if (subject === undefined || line === null) return null;
  if (framing === "wide" || framing === "extreme-wide" || framing === "two-shot") return null;
  if (framing === "pov" || framing === "establishing") return null;
  return { looking: line.ahead, share: framing === "extreme-close-up" ? 0.06 : 0.12 };
}

/** Gives a person room to look into: the eyes come to rest on a third, not in the middle. */
function compose(eye: THREE.Vector3, look: THREE.Vector3, fov: number, aspect: number, lead: Lead): void {
  const way = look.clone().sub(eye);
  const right = new THREE.Vector3(-way.z, 0, way.x).normalize();
  const looking = lead.looking.dot(right);
  const wide = way.length() * Math.tan(fov / 2) * aspect;
  // Who looks into the lens stays in the middle.
  const turned = Math.max(-1, Math.min(1, looking / 0.2)) * Math.min(1, 0.4 + Math.abs(looking));
  look.addScaledVector(right, wide * lead.share * 2 * turned);
}
