/** What a camera does over its shot. Angles are radians. */
import * as THREE from "three";
import type { Move } from "#domain/screenplay/scene-plan.ts";

export type MoveContext = {
  /** Changed in place: where the camera stands, and what it looks at. */
  eye: THREE.Vector3;
  look: THREE.Vector3;
  /** How much of the move is done, 0..1. */
  done: number;
  /** How far it goes, 1 = its usual way. */
  amount: number;
  /** Whether it goes along with whom it is about. */
  follows: boolean;
  /** Somebody or something must stay in the picture. */
  hasTarget: boolean;
  /** Of the picture. */
  fov: number;
  wideFov: number;
  /** Changed in place: how much more than usual the lens shows, 1 = as usual. */
  shows: number;
  /** Changed in place: how far it is turned on its head, wherever it stands. */
  left: number;
  up: number;
};

const up = new THREE.Vector3(0, 1, 0);
const degree = Math.PI / 180;

/** Nobody pushes a camera farther than that in a shot, metres: over a whole place a little is seen as much. */
const farthest = 2.4;

/** Goes nearer to what it looks at, by shares of the way: from one to another. */
function nearer(at: MoveContext, from: number, to: number): void {
  const share = (from + (to - from) * at.done) * at.amount;
  const far = at.eye.distanceTo(at.look);
  const most = farthest / Math.max(0.1, far * Math.abs(to - from));
  at.eye.addScaledVector(at.look.clone().sub(at.eye), share * Math.min(1, most));
}

/** Turns the camera on its head, to the left and up. */
export function aim(at: { eye: THREE.Vector3; look: THREE.Vector3 }, left: number, lift: number): void {
  const way = at.look.clone().sub(at.eye).applyAxisAngle(up, left);
  const far = Math.hypot(way.x, way.z);
  way.y = far * Math.tan(Math.atan2(way.y, far) + lift);
  at.look.copy(at.eye).add(way);
}

const nothing = () => undefined;

export const movesOfCamera: Record<Move, (at: MoveContext) => void> = {
  static: nothing,
  handheld: nothing,
  // The lens moves on the focus ring alone.
  "rack-focus": nothing,
  // With too few keys for a path.
  path: nothing,
  "push-in": (at) => nearer(at, -0.12, 0.12),
  "pull-out": (at) => nearer(at, 0.1, -0.2),
  /** On rails, level, all the way to where the framing is: what is near passes by. */
  dolly(at) {
    const way = at.eye.clone().sub(at.look).setY(0);
    at.eye.addScaledVector(way, Math.min(0.8, 2.2 / Math.max(0.3, way.length())) * (1 - at.done) * at.amount);
  },
  "zoom-in": (at) => {
    at.shows = 1 + 0.9 * (1 - at.done) * at.amount;
  },
  "zoom-out": (at) => {
    at.shows = 1 + 0.9 * at.done * at.amount;
  },
  /** Comes to rest on whom it is about, who is in the picture from the start; over a place it goes from side to side. */
  pan(at) {
    const most = Math.min(9 * degree, at.wideFov * 0.24);
    at.left = (at.hasTarget ? most * (1 - at.done) : (9 - 18 * at.done) * degree) * at.amount;
  },
  /** Comes down. */
  tilt(at) {
    const most = Math.min(8 * degree, at.fov * 0.26);
    at.up = (at.hasTarget ? most * (1 - at.done) : (10 - 11 * at.done) * degree) * at.amount;
  },
  crane(at) {
    at.eye.y += (1 - at.done) * Math.min(2.2, at.eye.distanceTo(at.look) * 0.2) * at.amount;
  },
  orbit(at) {
    const far = Math.hypot(at.eye.x - at.look.x, at.eye.z - at.look.z);
    const half = Math.min(14 * degree, (farthest * 0.5) / Math.max(0.1, far));
    at.eye
      .sub(at.look)
      .applyAxisAngle(up, (2 * at.done - 1) * half * at.amount)
      .add(at.look);
  },
  /** Along with whoever goes; past whoever stays. */
  track(at) {
    if (at.follows) return;
    const way = at.eye.clone().sub(at.look).setY(0);
    const far = way.length();
    const aside = new THREE.Vector3(way.z, 0, -way.x)
      .normalize()
      .multiplyScalar((at.done - 0.5) * Math.min(1.6, far * 0.35) * at.amount);
    at.eye.add(aside);
    at.look.addScaledVector(aside, at.hasTarget ? 0.25 : 0.75);
  },
};
