import * as THREE from "three";

/**
 * The mannequin's bones under the names of VRM's humanoid, in its own frame: metres at a height of 1.75, +z ahead, +x to
 * its left, feet on y = 0. In the bind pose every bone is unturned: a person stands upright with the arms hanging (an
 * I-pose; the T-pose of VRM is the same with both upper arms turned 90° about z, the left by +, the right by -).
 * `jaw` opens the mouth and `lids` close the eyes by their scale.
 */
export const boneTable = {
  hips: { parent: null, at: [0, 0.95, 0] },
  spine: { parent: "hips", at: [0, 1.07, 0] },
  chest: { parent: "spine", at: [0, 1.2, 0] },
  upperChest: { parent: "chest", at: [0, 1.32, 0] },
  neck: { parent: "upperChest", at: [0, 1.47, -0.01] },
  head: { parent: "neck", at: [0, 1.55, 0.005] },
  jaw: { parent: "head", at: [0, 1.5785, 0.108] },
  lids: { parent: "head", at: [0, 1.662, 0.09] },
  leftShoulder: { parent: "upperChest", at: [0.03, 1.425, 0] },
  leftUpperArm: { parent: "leftShoulder", at: [0.185, 1.405, -0.005] },
  leftLowerArm: { parent: "leftUpperArm", at: [0.215, 1.125, -0.01] },
  leftHand: { parent: "leftLowerArm", at: [0.232, 0.87, 0.015] },
  rightShoulder: { parent: "upperChest", at: [-0.03, 1.425, 0] },
  rightUpperArm: { parent: "rightShoulder", at: [-0.185, 1.405, -0.005] },
  rightLowerArm: { parent: "rightUpperArm", at: [-0.215, 1.125, -0.01] },
  rightHand: { parent: "rightLowerArm", at: [-0.232, 0.87, 0.015] },
  leftUpperLeg: { parent: "hips", at: [0.095, 0.92, 0] },
  leftLowerLeg: { parent: "leftUpperLeg", at: [0.1, 0.5, 0.008] },
  leftFoot: { parent: "leftLowerLeg", at: [0.1, 0.085, -0.012] },
  leftToes: { parent: "leftFoot", at: [0.103, 0.03, 0.115] },
  rightUpperLeg: { parent: "hips", at: [-0.095, 0.92, 0] },
  rightLowerLeg: { parent: "rightUpperLeg", at: [-0.1, 0.5, 0.008] },
  rightFoot: { parent: "rightLowerLeg", at: [-0.1, 0.085, -0.012] },
  rightToes: { parent: "rightFoot", at: [-0.103, 0.03, 0.115] },
} as const satisfies Record<string, { parent: string | null; at: readonly [number, number, number] }>;

export type BoneName = keyof typeof boneTable;
export const boneNames = Object.keys(boneTable) as BoneName[];
export const boneIndex = Object.fromEntries(boneNames.map((name, index) => [name, index])) as Record<BoneName, number>;

/** The same bones as Mixamo calls them; what only we have is left out. */
export const vrmToMixamo: Readonly<Partial<Record<BoneName, string>>> = {
  hips: "mixamorig:Hips",
  spine: "mixamorig:Spine",
  chest: "mixamorig:Spine1",
  upperChest: "mixamorig:Spine2",
  neck: "mixamorig:Neck",
  head: "mixamorig:Head",
  leftShoulder: "mixamorig:LeftShoulder",
  leftUpperArm: "mixamorig:LeftArm",
  leftLowerArm: "mixamorig:LeftForeArm",
  leftHand: "mixamorig:LeftHand",
  rightShoulder: "mixamorig:RightShoulder",
  rightUpperArm: "mixamorig:RightArm",
  rightLowerArm: "mixamorig:RightForeArm",
  rightHand: "mixamorig:RightHand",
  leftUpperLeg: "mixamorig:LeftUpLeg",
  leftLowerLeg: "mixamorig:LeftLeg",
  leftFoot: "mixamorig:LeftFoot",
  leftToes: "mixamorig:LeftToeBase",
  rightUpperLeg: "mixamorig:RightUpLeg",
  rightLowerLeg: "mixamorig:RightLeg",
  rightFoot: "mixamorig:RightFoot",
  rightToes: "mixamorig:RightToeBase",
};

export type Bones = Record<BoneName, THREE.Bone>;

export function buildBones(): { bones: Bones; skeleton: THREE.Skeleton } {
  const bones = Object.fromEntries(boneNames.map((name) => [name, new THREE.Bone()])) as Bones;
  for (const name of boneNames) {
    const { parent, at } = boneTable[name];
    const origin = parent === null ? ([0, 0, 0] as const) : boneTable[parent].at;
    bones[name].name = name;
    bones[name].position.set(at[0] - origin[0], at[1] - origin[1], at[2] - origin[2]);
    if (parent !== null) bones[parent].add(bones[name]);
  }
  bones.hips.updateMatrixWorld(true);
  return { bones, skeleton: new THREE.Skeleton(boneNames.map((name) => bones[name])) };
}

/** @returns the bind position of a joint */
export function jointAt(name: BoneName): THREE.Vector3 {
  return new THREE.Vector3(...boneTable[name].at);
}

/**
 * Turns a two-bone limb so that its `last` joint reaches `target`; the middle joint bends towards `pole`.
 * Positions and directions are in the mannequin's frame; `parentTurn` is the turn of the limb's parent in it.
 * @returns the turn of the lower bone in the mannequin's frame
 */
export function reach(
  upper: THREE.Bone,
  lower: THREE.Bone,
  last: THREE.Bone,
  limb: {
    from: THREE.Vector3;
    target: THREE.Vector3;
    pole: THREE.Vector3;
    lengths: readonly [number, number];
    parentTurn: THREE.Quaternion;
  },
): THREE.Quaternion {
  const [a, b] = limb.lengths;
  const way = limb.target.clone().sub(limb.from);
  const far = THREE.MathUtils.clamp(way.length(), Math.abs(a - b) + 0.01, a + b - 0.001);
  way.normalize();
  const pole = limb.pole.clone().addScaledVector(way, -limb.pole.dot(way)).normalize();
  const cosine = THREE.MathUtils.clamp((a * a + far * far - b * b) / (2 * a * far), -1, 1);
  const middle = limb.from
    .clone()
    .addScaledVector(way, a * cosine)
    .addScaledVector(pole, a * Math.sqrt(1 - cosine * cosine));
  const end = limb.from.clone().addScaledVector(way, far);
  const upperTurn = aim(middle.clone().sub(limb.from), pole).multiply(straightened(lower));
  const lowerTurn = aim(end.sub(middle), pole).multiply(straightened(last));
  upper.quaternion.copy(limb.parentTurn).invert().multiply(upperTurn);
  lower.quaternion.copy(upperTurn).invert().multiply(lowerTurn);
  return lowerTurn;
}

/** What takes the way to a bone as it is in the bind pose to straight down: limbs hang a little askew. */
function straightened(bone: THREE.Bone): THREE.Quaternion {
  return new THREE.Quaternion().setFromUnitVectors(bone.position.clone().normalize(), down);
}
const down = new THREE.Vector3(0, -1, 0);

/** A turn that takes -y along `way`, keeping +z near `front`. */
function aim(way: THREE.Vector3, front: THREE.Vector3): THREE.Quaternion {
  const y = way.clone().normalize().negate();
  const z = front.clone().addScaledVector(y, -front.dot(y));
  if (z.lengthSq() < 1e-6) z.set(0, 0, 1).addScaledVector(y, -y.z);
  z.normalize();
  const x = new THREE.Vector3().crossVectors(y, z);
  return new THREE.Quaternion().setFromRotationMatrix(new THREE.Matrix4().makeBasis(x, y, z));
}
