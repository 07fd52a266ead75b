/** Where one person looks from: their own eye, or the shot's camera while they carry it about. */
import * as THREE from "three";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { Ray } from "../geometry.ts";
import { frameRange } from "./frames.ts";
import { near, type Pose } from "./navigation.ts";
import { placeCamera, type ShotView } from "./shot-views.ts";

/** Vertical, degrees: about what an 18 mm lens sees. */
export const ownFov = 42;
export const ownLens = 18;

export interface Box2 {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface OwnView {
  readonly pose: Pose;
  /** Where the shot's camera was put by hand, before a key says so. */
  readonly loose: Pose | null;
  /** The shot's camera, to be moved by hand from where it is. */
  loosen(from: ShotView | null): Pose;
  putBack(): void;
  jump(to: Pose): void;
  glide(to: Pose): void;
  /** A hand has taken the view. */
  stay(): void;
  /** Goes on to where it was asked to be, or after somebody. @returns whether it moved */
  follow(leader: Pose | null, part: number): boolean;
}

export function openOwnView(): OwnView {
  const pose: Pose = { eye: new THREE.Vector3(6, 4, 9), look: new THREE.Vector3(0, 1, 0) };
  let loose: Pose | null = null;
  let goal: Pose | null = null;
  return {
    pose,
    get loose() {
      return loose;
    },
    loosen(from) {
      loose ??= from ? { eye: from.eye.clone(), look: from.look.clone() } : { ...pose };
      return loose;
    },
    putBack: () => void (loose = null),
    jump({ eye, look }) {
      goal = null;
      pose.eye.copy(eye);
      pose.look.copy(look);
    },
    glide: (to) => void (goal = to),
    stay: () => void (goal = null),
    follow(leader, part) {
      if (leader) goal = leader;
      if (goal === null) return false;
      const isThere = pose.eye.equals(goal.eye) && pose.look.equals(goal.look);
      near(pose, goal, part);
      if (isThere && !leader) goal = null;
      return !isThere;
    },
  };
}

/** Aims a camera as one's own eye; from outside of a room into it. */
export function aimAtPose(camera: THREE.PerspectiveCamera, pose: Pose, plan: ScenePlan): void {
  camera.position.copy(pose.eye);
  // From right above nothing would be up.
  const isSteep = Math.hypot(pose.look.x - pose.eye.x, pose.look.z - pose.eye.z) < 1e-3;
  camera.up.set(0, isSteep ? 0 : 1, isSteep ? -1 : 0);
  camera.lookAt(pose.look);
  camera.fov = ownFov;
  camera.near = frameRange(plan, pose).near;
  camera.updateProjectionMatrix();
  camera.updateMatrixWorld(true);
}

/** Aims a camera as the shot's, its picture as large as it can be in a view of that size. */
export function aimThrough(camera: THREE.PerspectiveCamera, view: ShotView, height: number, gate: Box2): void {
  placeCamera(camera, view);
  camera.fov = (2 * Math.atan(Math.tan((view.verticalFov * Math.PI) / 360) * (height / gate.height)) * 180) / Math.PI;
  camera.near = 0.08;
  camera.updateProjectionMatrix();
  camera.updateMatrixWorld(true);
}

/** Where the film's picture is in a view of that size. */
export function gateIn(width: number, height: number, aspect: number): Box2 {
  const wide = Math.min(width, height * aspect);
  const inner = { width: wide, height: wide / aspect };
  return { ...inner, x: (width - inner.width) / 2, y: (height - inner.height) / 2 };
}

/** The line of sight through a point of the view. */
export function rayThrough(camera: THREE.Camera, x: number, y: number, width: number, height: number): Ray {
  const to = new THREE.Vector3((x / width) * 2 - 1, 1 - (y / height) * 2, 0.5).unproject(camera);
  const way = to.sub(camera.position).normalize();
  return { from: camera.position.toArray(), way: way.toArray() };
}
