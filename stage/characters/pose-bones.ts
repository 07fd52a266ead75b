import * as THREE from "three";
import { type Arm, type Leg, legLength, type Pose } from "./pose.ts";
import { type BoneName, type Bones, jointAt, reach } from "./skeleton.ts";

const legLengths = [
  jointAt("leftUpperLeg").distanceTo(jointAt("leftLowerLeg")),
  jointAt("leftLowerLeg").distanceTo(jointAt("leftFoot")),
] as const;
const armLengths = [
  jointAt("leftUpperArm").distanceTo(jointAt("leftLowerArm")),
  jointAt("leftLowerArm").distanceTo(jointAt("leftHand")),
] as const;
const hipJoint = jointAt("leftUpperLeg").sub(jointAt("hips"));
/** Bones above the legs, in the order in which they hang on each other. */
export const upperBones = [
  "hips",
  "spine",
  "chest",
  "upperChest",
  "neck",
  "head",
  "leftShoulder",
  "leftUpperArm",
  "leftLowerArm",
  "leftHand",
  "rightShoulder",
  "rightUpperArm",
  "rightLowerArm",
  "rightHand",
] as const satisfies readonly BoneName[];

const share = (turn: THREE.Euler, much: number) => new THREE.Euler(turn.x * much, turn.y * much, turn.z * much);

/** Poses everything above the legs. */
export function applyUpper(bones: Bones, pose: Pose): void {
  bones.hips.position.copy(pose.hips);
  bones.hips.quaternion.setFromEuler(pose.hipsTurn);
  bones.spine.quaternion.setFromEuler(pose.spine);
  // The ribs turn in two joints, the lower a little more.
  bones.chest.quaternion.setFromEuler(share(pose.chest, 0.6));
  bones.upperChest.quaternion.setFromEuler(share(pose.chest, 0.4));
  bones.neck.rotation.set(pose.neck.x, pose.neck.y, pose.neck.z, "YXZ");
  bones.head.quaternion.identity();
  applyArm(bones, "left", pose.arms[0]);
  applyArm(bones, "right", pose.arms[1]);
}

export function applyLegs(bones: Bones, legs: readonly [Leg, Leg]): void {
  applyLeg(bones, "left", legs[0]);
  applyLeg(bones, "right", legs[1]);
}

/**
 * How high the hips may be for the feet to reach where they are. Soft, so that the body rises and falls over its legs
 * as over a pendulum instead of stopping at their end.
 */
export function hipsLimit(
  hips: THREE.Vector3,
  turn: THREE.Quaternion,
  legs: readonly [Leg, Leg],
  wanted: number,
): number {
  const sharp = 90;
  let sum = Math.exp(-sharp * (wanted - 0.9));
  legs.forEach((leg, at) => {
    const joint = hipJoint.clone();
    if (at === 1) joint.x = -joint.x;
    joint.applyQuaternion(turn);
    const [dx, dz] = [leg.foot.x - hips.x - joint.x, leg.foot.z - hips.z - joint.z];
    const longest = legLength - 0.006;
    const up = Math.sqrt(Math.max(0.05, longest * longest - dx * dx - dz * dz));
    sum += Math.exp(-sharp * (leg.foot.y + up - joint.y - 0.9));
  });
  return Math.max(wanted - 0.22, 0.9 - Math.log(sum) / sharp);
}

function applyLeg(bones: Bones, side: "left" | "right", leg: Leg): void {
  const hips = bones.hips;
  const joint = bones[`${side}UpperLeg`].position.clone().applyQuaternion(hips.quaternion).add(hips.position);
  const shin = reach(bones[`${side}UpperLeg`], bones[`${side}LowerLeg`], bones[`${side}Foot`], {
    from: joint,
    target: leg.foot,
    pole: leg.pole,
    lengths: legLengths,
    parentTurn: hips.quaternion,
  });
  const foot = new THREE.Quaternion().setFromEuler(new THREE.Euler(leg.pitch, leg.turn, 0, "YXZ"));
  bones[`${side}Foot`].quaternion.copy(shin).invert().multiply(foot);
  // Over a foot that rolls off the ground the toes stay on it.
  const off = Math.max(0, Math.min(0.9, leg.pitch));
  bones[`${side}Toes`].rotation.set(-off * (leg.foot.y < 0.26 ? 1 : 0.3), 0, 0);
}

/** Above this the shoulder goes up with the arm. */
const armpit = 1.3;

function applyArm(bones: Bones, side: "left" | "right", arm: Arm): void {
  const s = side === "left" ? 1 : -1;
  const upper = bones[`${side}UpperArm`];
  const lower = bones[`${side}LowerArm`];
  const shoulder = bones[`${side}Shoulder`];
  bones[`${side}Hand`].rotation.set(0, 0, 0);
  shoulder.rotation.set(0, 0, 0);
  if ("hand" in arm) {
    const ribs = frameOf(bones.upperChest);
    const high = arm.hand.clone().sub(ribs.at).applyQuaternion(ribs.turn.clone().invert()).y + 1.32;
    shoulder.rotation.z = s * Math.max(0, Math.min(0.4, (high - armpit) * 0.9));
    const frame = frameOf(shoulder);
    reach(upper, lower, bones[`${side}Hand`], {
      from: upper.position.clone().applyQuaternion(frame.turn).add(frame.at),
      target: arm.hand,
      pole: arm.pole ?? new THREE.Vector3(s * 0.4, 0, -1),
      lengths: armLengths,
      parentTurn: frame.turn,
    });
    return;
  }
  upper.rotation.set(-arm.swing, (arm.twist ?? 0) * s, s * arm.out, "XYZ");
  lower.rotation.set(-arm.bend, 0, 0);
}

/** Where a bone is and how it is turned in the mannequin's frame, from its turns and those above it. */
export function frameOf(bone: THREE.Object3D): { at: THREE.Vector3; turn: THREE.Quaternion } {
  const parent = bone.parent;
  if (!(parent instanceof THREE.Bone)) return { at: bone.position.clone(), turn: bone.quaternion.clone() };
  const above = frameOf(parent);
  return {
    at: bone.position.clone().applyQuaternion(above.turn).add(above.at),
    turn: above.turn.multiply(bone.quaternion),
  };
}
