import * as THREE from "three";
import type { BoneName } from "../characters/skeleton.ts";
import { boneTable } from "../characters/skeleton.ts";

/** The 18 joints of OpenPose's COCO skeleton, in its order; left and right are the person's own. */
export const jointNames = [
  "nose",
  "neck",
  "rightShoulder",
  "rightElbow",
  "rightWrist",
  "leftShoulder",
  "leftElbow",
  "leftWrist",
  "rightHip",
  "rightKnee",
  "rightAnkle",
  "leftHip",
  "leftKnee",
  "leftAnkle",
  "rightEye",
  "leftEye",
  "rightEar",
  "leftEar",
] as const;
export type JointName = (typeof jointNames)[number];

/** A joint in the picture: a share of its width from the left and of its height from the top; metres away. */
export type PoseJoint = {
  name: JointName;
  x: number;
  y: number;
  depth: number;
  /** Neither outside the picture nor behind something or somebody else. */
  visible: boolean;
};

type Spot = {
  bone: BoneName;
  /** From the bone, metres of somebody of 1.75 m. */ at: readonly [number, number, number];
};

const onHead = (x: number, y: number, z: number): Spot => {
  const [hx, hy, hz] = boneTable.head.at;
  return { bone: "head", at: [x - hx, y - hy, z - hz] };
};
const spots: Record<JointName, Spot> = {
  nose: onHead(0, 1.635, 0.118),
  neck: { bone: "neck", at: [0, -0.04, 0.01] },
  rightShoulder: { bone: "rightUpperArm", at: [0, 0, 0] },
  rightElbow: { bone: "rightLowerArm", at: [0, 0, 0] },
  rightWrist: { bone: "rightHand", at: [0, 0, 0] },
  leftShoulder: { bone: "leftUpperArm", at: [0, 0, 0] },
  leftElbow: { bone: "leftLowerArm", at: [0, 0, 0] },
  leftWrist: { bone: "leftHand", at: [0, 0, 0] },
  rightHip: { bone: "rightUpperLeg", at: [0, 0, 0] },
  rightKnee: { bone: "rightLowerLeg", at: [0, 0, 0] },
  rightAnkle: { bone: "rightFoot", at: [0, 0, 0] },
  leftHip: { bone: "leftUpperLeg", at: [0, 0, 0] },
  leftKnee: { bone: "leftLowerLeg", at: [0, 0, 0] },
  leftAnkle: { bone: "leftFoot", at: [0, 0, 0] },
  rightEye: onHead(-0.033, 1.662, 0.092),
  leftEye: onHead(0.033, 1.662, 0.092),
  rightEar: onHead(-0.078, 1.645, 0.0),
  leftEar: onHead(0.078, 1.645, 0.0),
};

/** What of a face is seen: each part looks somewhere, and is hidden by the head when that is away from the camera. */
const faces: Partial<Record<JointName, readonly [number, number, number]>> = {
  nose: [0, 0, 1],
  rightEye: [-0.45, 0, 0.89],
  leftEye: [0.45, 0, 0.89],
  rightEar: [-1, 0, 0.12],
  leftEar: [1, 0, 0.12],
};

/** What is nearer than a joint by more than this is in front of it, not the body round it, metres. */
const withinBody = 0.22;

/**
 * @param person  posed and placed
 * @param whatIsAt  whose that pixel is and how far away; shares of the picture from the left and from the top
 */
export function jointsOf(
  person: THREE.Object3D,
  id: number,
  camera: THREE.PerspectiveCamera,
  whatIsAt: (x: number, y: number) => { id: number; depth: number },
): PoseJoint[] {
  const bones = new Map<string, THREE.Object3D>();
  person.traverse((object) => {
    if (object instanceof THREE.Bone) bones.set(object.name, object);
  });
  const head = bones.get("head");
  const turn = head?.getWorldQuaternion(new THREE.Quaternion());
  const eye = camera.getWorldPosition(new THREE.Vector3());
  return jointNames.flatMap((name): PoseJoint[] => {
    const { bone, at } = spots[name];
    const parent = bones.get(bone);
    if (parent === undefined) return [];
    const world = parent.localToWorld(new THREE.Vector3(...at));
    const depth = -world.clone().applyMatrix4(camera.matrixWorldInverse).z;
    const flat = world.clone().project(camera);
    const [x, y] = [flat.x * 0.5 + 0.5, 0.5 - flat.y * 0.5];
    const inside = depth > camera.near && x >= 0 && x < 1 && y >= 0 && y < 1;
    const looks = faces[name];
    const away =
      looks !== undefined &&
      turn !== undefined &&
      new THREE.Vector3(...looks).applyQuaternion(turn).dot(eye.clone().sub(world).normalize()) < -0.12;
    const there = inside && !away ? whatIsAt(x, y) : null;
    const visible = there !== null && (there.id === id || there.depth > depth - withinBody);
    return [{ name, x, y, depth, visible }];
  });
}
