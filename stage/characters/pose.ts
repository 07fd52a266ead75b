import * as THREE from "three";
import { boneTable, jointAt } from "./skeleton.ts";

/**
 * How a body stands for one moment, in its own frame: metres at a height of 1.75, +z ahead, +x to its left, feet on
 * y = 0, turns in radians. Feet and hands are said by where they are; the limbs are solved to them.
 */
export type Leg = {
  /** Where the ankle is. */
  foot: THREE.Vector3;
  /** Toes down (+) or up (-). */
  pitch: number;
  /** Toes out to the left (+) or right (-). */
  turn: number;
  /** Where the knee points. */
  pole: THREE.Vector3;
};
export type Arm =
  | { hand: THREE.Vector3; pole?: THREE.Vector3 }
  | { swing: number; out: number; bend: number; twist?: number };
/** A hand that is somewhere, and where its elbow points. */
export type Hand = { hand: THREE.Vector3; pole: THREE.Vector3 };
export type Pose = {
  hips: THREE.Vector3;
  hipsTurn: THREE.Euler;
  spine: THREE.Euler;
  chest: THREE.Euler;
  neck: THREE.Euler;
  /** Left, right. */
  legs: [Leg, Leg];
  arms: [Arm, Arm];
};

const left = 0;
const right = 1;
const sides = [1, -1] as const;
/** +1 is the left, -1 the right. */
export type Side = (typeof sides)[number];

/** Height of the ankle of a foot that is flat on the ground. */
export const ankle = boneTable.leftFoot.at[1];
export const legLength =
  jointAt("leftUpperLeg").distanceTo(jointAt("leftLowerLeg")) + jointAt("leftLowerLeg").distanceTo(jointAt("leftFoot"));
/** Height of the hips of somebody who stands. */
export const hipsHeight = 0.945;

export const rad = (degrees: number) => (degrees * Math.PI) / 180;
export const wave = (t: number) => Math.sin(t * Math.PI * 2);
export const clamp01 = (k: number) => Math.min(1, Math.max(0, k));
/** From 0 to 1 with rest at both ends. */
export const smooth = (k: number) => {
  const c = clamp01(k);
  return c * c * (3 - 2 * c);
};
/** @returns 0 before `from`, 1 after `to`, smooth between */
export const rise = (t: number, from: number, to: number) => smooth((t - from) / Math.max(1e-6, to - from));
export const mix = (a: number, b: number, k: number) => a + (b - a) * k;

/** Where the feet of somebody who just stands are: a little apart, toes out, the weight on neither. */
export const stance: readonly [Footing, Footing] = [
  { x: 0.115, z: 0.02, turn: 0.18 },
  { x: -0.115, z: -0.03, turn: -0.2 },
];
export type Footing = { x: number; z: number; turn: number };

export function legAt(x: number, y: number, z: number, more: Partial<Omit<Leg, "foot">> = {}): Leg {
  const turn = more.turn ?? 0;
  return {
    foot: new THREE.Vector3(x, y, z),
    pitch: more.pitch ?? 0,
    turn,
    pole: more.pole ?? new THREE.Vector3(turn, 0, 1),
  };
}

function standingLegs(ahead = 0): [Leg, Leg] {
  const leg = ({ x, z, turn }: Footing) => legAt(x, ankle, z + ahead, { turn });
  return [leg(stance[0]), leg(stance[1])];
}

export function standing(): Pose {
  return {
    hips: new THREE.Vector3(0, hipsHeight, 0),
    hipsTurn: new THREE.Euler(),
    spine: new THREE.Euler(0.01, 0, 0),
    chest: new THREE.Euler(-0.02, 0, 0),
    neck: new THREE.Euler(0.04, 0, 0),
    legs: standingLegs(),
    arms: [
      { swing: 0.02, out: 0.07, bend: 0.16 },
      { swing: -0.02, out: 0.07, bend: 0.18 },
    ],
  };
}

/** How far the feet of somebody on a chair are ahead of their hips: where they will stand when they get up. */
export const seatReach = 0.42;

/** @param height  of the seat, in the person's own metres */
export function seated(height: number): Pose {
  const pose = standing();
  pose.hips.set(0, height + 0.07, 0);
  pose.hipsTurn.set(-0.1, 0, 0);
  pose.spine.set(0.06, 0, 0);
  pose.chest.set(0.06, 0, 0);
  pose.legs = standingLegs(seatReach);
  for (const side of sides) pose.legs[side === 1 ? left : right].pole.set(side * 0.12, 0.4, 1);
  const hand = (side: Side): Arm => ({
    hand: new THREE.Vector3(side * 0.11, height + 0.185, 0.27 + side * 0.03),
    pole: new THREE.Vector3(side * 0.8, -0.4, -0.5),
  });
  pose.arms = [hand(1), hand(-1)];
  return pose;
}

/** Sitting on the ground, the knees up, the hands about them. */
export function seatedOnGround(): Pose {
  const pose = standing();
  pose.hips.set(0, 0.12, 0);
  pose.hipsTurn.set(-0.3, 0, 0);
  pose.spine.set(0.2, 0, 0);
  pose.chest.set(0.22, 0, 0);
  pose.legs = [
    legAt(0.13, ankle, 0.46, { turn: 0.15, pole: new THREE.Vector3(0.25, 1, 0.6) }),
    legAt(-0.13, ankle, 0.54, { turn: -0.15, pole: new THREE.Vector3(-0.25, 1, 0.6) }),
  ];
  pose.arms = [
    { hand: new THREE.Vector3(0.06, 0.4, 0.42), pole: new THREE.Vector3(0.9, -0.3, -0.2) },
    { hand: new THREE.Vector3(-0.06, 0.36, 0.42), pole: new THREE.Vector3(-0.9, -0.3, -0.2) },
  ];
  return pose;
}

/** The arm of one side as a hand to be reached. */
export function handAt(side: Side, x: number, y: number, z: number, pole?: readonly [number, number, number]): Hand {
  return {
    hand: new THREE.Vector3(side * x, y, z),
    pole: pole ? new THREE.Vector3(side * pole[0], pole[1], pole[2]) : new THREE.Vector3(side * 0.6, -0.6, -0.5),
  };
}

const ball = boneTable.leftToes.at;
const heel = { down: ankle, back: 0.06 };
const fore = { down: ankle - ball[1], ahead: ball[2] - boneTable.leftFoot.at[2] };

/**
 * @returns where the ankle of a foot is that rolls on the ground: off over the ball (pitch > 0) or on from the heel
 *   (pitch < 0); `ahead` from where it is when the foot is flat
 */
export function rolled(pitch: number): { up: number; ahead: number } {
  const [c, s] = [Math.cos(pitch), Math.sin(pitch)];
  if (pitch >= 0)
    return { up: ball[1] + fore.down * c + fore.ahead * s, ahead: fore.ahead + fore.down * s - fore.ahead * c };
  return { up: heel.down * c - heel.back * s, ahead: heel.down * s + heel.back * c - heel.back };
}
