/** One's own way of looking at a set: round a point, or flying through it. Angles in radians, lengths in metres. */
import * as THREE from "three";

export interface Pose {
  eye: THREE.Vector3;
  look: THREE.Vector3;
}

const up = new THREE.Vector3(0, 1, 0);
const steepest = 1.48;

/** Turns the eye round what it looks at; the hand's way is in shares of the view's height. */
export function orbit(pose: Pose, right: number, down: number): void {
  const arm = pose.eye.clone().sub(pose.look);
  pose.eye.copy(pose.look).add(turned(arm, right * -3.2, down * 2.4));
  pose.eye.y = Math.max(0.08, pose.eye.y);
}

/** Turns the look round the eye. */
export function turn(pose: Pose, right: number, down: number): void {
  const arm = pose.look.clone().sub(pose.eye);
  pose.look.copy(pose.eye).add(turned(arm, right * -1.6, down * -1.2));
}

/** Moves both across the view. @param tan  half the view's height at a distance of one */
export function pan(pose: Pose, right: number, down: number, tan: number): void {
  const way = pose.look.clone().sub(pose.eye);
  const size = 2 * way.length() * tan;
  const across = way.clone().normalize().cross(up).normalize();
  const upward = across.clone().cross(way).normalize();
  shift(pose, across.multiplyScalar(-right * size).addScaledVector(upward, down * size));
}

/** Goes nearer (below one) or further away. */
export function dolly(pose: Pose, by: number): void {
  const arm = pose.eye.clone().sub(pose.look);
  const length = Math.min(150, Math.max(0.6, arm.length() * by));
  pose.eye.copy(pose.look).addScaledVector(arm.normalize(), length);
}

/** @param way  right, up, ahead; metres */
export function fly(pose: Pose, way: readonly [number, number, number]): void {
  const ahead = pose.look.clone().sub(pose.eye).normalize();
  const right = ahead.clone().cross(up).normalize();
  shift(pose, right.multiplyScalar(way[0]).addScaledVector(up, way[1]).addScaledVector(ahead, way[2]));
}

/** Goes a part of the way to another pose. @returns whether there is more to go */
export function near(pose: Pose, goal: Pose, part: number): boolean {
  pose.eye.lerp(goal.eye, part);
  pose.look.lerp(goal.look, part);
  if (pose.eye.distanceToSquared(goal.eye) + pose.look.distanceToSquared(goal.look) > 1e-4) return true;
  pose.eye.copy(goal.eye);
  pose.look.copy(goal.look);
  return false;
}

function shift(pose: Pose, by: THREE.Vector3): void {
  const eye = pose.eye.clone().add(by);
  eye.clampScalar(-190, 190);
  eye.y = Math.max(0.08, eye.y);
  pose.look.add(eye.clone().sub(pose.eye));
  pose.eye.copy(eye);
}

function turned(arm: THREE.Vector3, yaw: number, pitch: number): THREE.Vector3 {
  const round = new THREE.Spherical().setFromVector3(arm);
  round.theta += yaw;
  round.phi = Math.min(Math.PI / 2 + steepest, Math.max(Math.PI / 2 - steepest, round.phi - pitch));
  return new THREE.Vector3().setFromSpherical(round);
}
