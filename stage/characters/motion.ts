import * as THREE from "three";
import type { Motion, PlannedCharacter } from "#domain/screenplay/scene-plan.ts";
import { speedOf } from "#domain/screenplay/stage-cast.ts";
import { boneTable, jointAt, reach } from "./skeleton.ts";
import type { Bones } from "./skeleton.ts";

/**
 * Procedural motion. A pose follows from the action and the time alone. Feet are placed first and legs solved to
 * them, so that a planted foot stays where it is while the body goes on.
 */
export type Moment = {
  seconds: number;
  /** How much they talk now, 0..1. */
  talk: number;
  /** Where they look, in their own frame, degrees; null = ahead. */
  gaze: { yaw: number; pitch: number } | null;
  /** Each person's own rhythm. */
  offset: number;
  windy: boolean;
};

const legLengths = [
  jointAt("leftUpperLeg").distanceTo(jointAt("leftLowerLeg")),
  jointAt("leftLowerLeg").distanceTo(jointAt("leftFoot")),
] as const;
const armLengths = [
  jointAt("leftUpperArm").distanceTo(jointAt("leftLowerArm")),
  jointAt("leftLowerArm").distanceTo(jointAt("leftHand")),
] as const;
const ankle = boneTable.leftFoot.at[1];
const rad = (degrees: number) => (degrees * Math.PI) / 180;
const wave = (t: number) => Math.sin(t * Math.PI * 2);

type Leg = { foot: THREE.Vector3; pitch: number; turn?: number; pole?: THREE.Vector3 };
type Arm = { hand: THREE.Vector3; pole?: THREE.Vector3 } | { swing: number; out: number; bend: number; twist?: number };
type Pose = {
  hips: THREE.Vector3;
  hipsTurn: THREE.Euler;
  spine: THREE.Euler;
  chest: THREE.Euler;
  neck: THREE.Euler;
  legs: readonly [Leg, Leg];
  arms: [Arm, Arm];
};

const standing = (): Pose => ({
  hips: new THREE.Vector3(0, 0.945, 0),
  hipsTurn: new THREE.Euler(),
  spine: new THREE.Euler(0.01, 0, 0),
  chest: new THREE.Euler(-0.02, 0, 0),
  neck: new THREE.Euler(0.04, 0, 0),
  legs: [
    { foot: new THREE.Vector3(0.115, ankle, 0.02), pitch: 0, turn: 0.18 },
    { foot: new THREE.Vector3(-0.115, ankle, -0.03), pitch: 0, turn: -0.2 },
  ],
  arms: [
    { swing: 0.02, out: 0.07, bend: 0.16 },
    { swing: -0.02, out: 0.07, bend: 0.18 },
  ],
});

/** @returns metres gone after `seconds` on the way from `at` to `to` */
export function distanceGone(person: Pick<PlannedCharacter, "action" | "at" | "to">, seconds: number): number {
  const length = Math.hypot(person.to[0] - person.at[0], person.to[2] - person.at[2]);
  return Math.min(length, speedOf(person.action) * Math.max(0, seconds));
}

function idle(pose: Pose, m: Moment): void {
  const t = m.seconds + m.offset;
  const breath = wave(t * 0.27) * 0.5;
  const sway = wave(t * 0.11) * 0.6 + wave(t * 0.07 + 0.3) * 0.4;
  pose.hips.x += sway * 0.018;
  pose.hips.y += breath * 0.003 - Math.abs(sway) * 0.004;
  pose.hipsTurn.z += sway * 0.02;
  pose.chest.z -= sway * 0.024;
  pose.chest.x += breath * 0.014;
  pose.chest.y += wave(t * 0.083) * 0.05;
  pose.neck.y += wave(t * 0.061 + 0.2) * 0.1;
}

/** Hands that speak: each swing of the arms is a beat of the sentence. */
function gesture(pose: Pose, m: Moment): void {
  if (m.talk <= 0.001) return;
  const t = m.seconds + m.offset * 1.7;
  const beat = 0.5 + 0.5 * wave(t * 0.62);
  const accent = 0.5 + 0.5 * wave(t * 1.31 + 0.2);
  const lead = m.offset % 1 > 0.5 ? 1 : -1;
  const k = m.talk;
  // Heights are those of somebody standing; who sits speaks with hands as much lower.
  const lower = pose.hips.y - 0.945;
  const arm = (side: 1 | -1, much: number): Arm => ({
    hand: new THREE.Vector3(
      side * (0.23 + 0.07 * beat * much),
      0.98 + lower + (0.12 + 0.17 * beat * much + 0.05 * accent) * much * k,
      0.2 + 0.13 * much * (0.6 + 0.4 * accent),
    ),
    pole: new THREE.Vector3(side * 0.65, -0.5, -0.6),
  });
  if (k > 0.05) {
    const main = arm(lead as 1 | -1, 1);
    if (lead > 0) pose.arms[0] = main;
    else pose.arms[1] = main;
    if (wave(t * 0.17) > -0.2) {
      const other = arm(-lead as 1 | -1, 0.55);
      if (lead > 0) pose.arms[1] = other;
      else pose.arms[0] = other;
    }
  }
  pose.chest.y += k * lead * 0.07 * (beat - 0.5);
  pose.chest.x += k * 0.05;
  pose.neck.x += k * (accent - 0.45) * 0.12;
  pose.neck.z += k * wave(t * 0.37) * 0.05;
}

function gait(pose: Pose, gone: number, run: boolean): void {
  const stride = run ? 2.5 : 1.42;
  const duty = run ? 0.36 : 0.61;
  const phase = (gone / stride) % 1;
  const half = (duty * stride) / 2;
  const leg = (side: 1 | -1): Leg => {
    const p = (phase + (side === 1 ? 0 : 0.5)) % 1;
    const x = side * (run ? 0.07 : 0.085);
    if (p < duty) {
      const q = p / duty;
      const z = half * (1 - 2 * q);
      // Heel first, flat, then over the toes: the ankle rises as the heel leaves the ground.
      const strike = Math.max(0, 1 - q / 0.16) * (run ? -0.1 : -0.32);
      const off = Math.pow(Math.max(0, (q - 0.62) / 0.38), 1.4) * (run ? 0.8 : 0.72);
      return {
        foot: new THREE.Vector3(
          x,
          ankle + Math.sin(off) * 0.15 + Math.abs(strike) * 0.05,
          z + (1 - Math.cos(off)) * 0.06,
        ),
        pitch: strike + off,
      };
    }
    const q = (p - duty) / (1 - duty);
    const ease = q * q * (3 - 2 * q);
    const lift = Math.sin(Math.pow(q, 0.8) * Math.PI) * (run ? 0.34 : 0.105);
    const kick = run ? Math.sin(Math.min(1, q * 1.7) * Math.PI) * 0.28 : 0;
    const z = -half + 2 * half * ease;
    return {
      foot: new THREE.Vector3(x, ankle + lift + kick + (1 - q) * (run ? 0.1 : 0.1) * (1 - ease), z - kick * 0.5),
      pitch: (1 - q) * (run ? 1.15 : 0.72) - q * (run ? 0.05 : 0.3) * q,
    };
  };
  pose.legs = [leg(1), leg(-1)];
  const step = phase * 2;
  pose.hips.y = (run ? 0.885 : 0.925) + (run ? -wave(step + 0.0) * 0.038 : -Math.cos(step * Math.PI * 2) * 0.018);
  pose.hips.x = wave(phase + 0.05) * (run ? 0.012 : 0.02);
  pose.hipsTurn.set(run ? 0.16 : 0.045, -Math.cos(phase * Math.PI * 2) * (run ? 0.16 : 0.1), wave(phase) * 0.035);
  pose.spine.set(run ? 0.09 : 0.02, 0, 0);
  pose.chest.set(run ? 0.05 : 0, Math.cos(phase * Math.PI * 2) * (run ? 0.34 : 0.19), -wave(phase) * 0.025);
  pose.neck.set(run ? -0.2 : -0.04, -Math.cos(phase * Math.PI * 2) * (run ? 0.16 : 0.08), 0);
  const swing = Math.cos(phase * Math.PI * 2);
  const arm = (side: 1 | -1): Arm => {
    // The arm goes with the leg of the other side.
    const s = -swing * side;
    return run
      ? { swing: s > 0 ? s * 0.75 : s * 0.95, out: 0.1, bend: 1.55 + s * 0.25, twist: -0.25 * Math.max(0, s) }
      : { swing: s * 0.42 + 0.02, out: 0.06, bend: 0.2 + Math.max(0, s) * 0.32 };
  };
  pose.arms = [arm(1), arm(-1)];
}

function sit(pose: Pose, seat: number, scale: number, m: Moment): void {
  const height = Math.max(0.2, seat / scale);
  pose.hips.set(0, height + 0.07, 0);
  pose.hipsTurn.set(-0.1, 0, 0);
  pose.spine.set(0.06, 0, 0);
  pose.chest.set(0.06 + wave((m.seconds + m.offset) * 0.25) * 0.01, 0, 0);
  const leg = (side: 1 | -1, z: number): Leg => ({
    foot: new THREE.Vector3(side * 0.13, ankle, z),
    pitch: 0,
    turn: side * 0.15,
    pole: new THREE.Vector3(side * 0.12, 0.4, 1),
  });
  pose.legs = [leg(1, 0.45), leg(-1, 0.38)];
  const hand = (side: 1 | -1): Arm => ({
    hand: new THREE.Vector3(side * 0.11, height + 0.185, 0.27 + side * 0.03),
    pole: new THREE.Vector3(side * 0.8, -0.4, -0.5),
  });
  pose.arms = [hand(1), hand(-1)];
}

type Maker = (pose: Pose, person: PlannedCharacter, m: Moment, scale: number) => void;

const makers = {
  stand: (pose, _person, m) => {
    idle(pose, m);
    gesture(pose, m);
  },
  look: (pose, _person, m) => {
    idle(pose, m);
    pose.neck.y += wave((m.seconds + m.offset) * 0.13) * 0.28;
    pose.neck.x -= 0.05;
    gesture(pose, m);
  },
  walk: (pose, person, m, scale) => {
    gait(pose, distanceGone(person, m.seconds) / scale, false);
    if (m.talk > 0.3) gesture(pose, { ...m, talk: m.talk * 0.6 });
  },
  run: (pose, person, m, scale) => gait(pose, distanceGone(person, m.seconds) / scale + 0.3, true),
  sit: (pose, person, m, scale) => {
    sit(pose, person.seat, scale, m);
    pose.neck.y += wave((m.seconds + m.offset) * 0.06) * 0.1;
    if (person.carries === "cello-case") {
      // Both arms wrapped about it.
      pose.arms = [
        { hand: new THREE.Vector3(-0.05, person.seat / scale + 0.5, 0.34), pole: new THREE.Vector3(0.9, -0.3, 0) },
        { hand: new THREE.Vector3(0.05, person.seat / scale + 0.36, 0.36), pole: new THREE.Vector3(-0.9, -0.3, 0) },
      ];
      pose.chest.x += 0.1;
    } else gesture(pose, { ...m, talk: m.talk * 0.8 });
  },
  play: (pose, person, m, scale) => {
    sit(pose, Math.max(0.3, person.seat), scale, m);
    const t = m.seconds + m.offset;
    const bow = wave(t * 0.42) * 0.75 + wave(t * 0.84 + 0.1) * 0.25;
    const height = Math.max(0.3, person.seat) / scale;
    pose.legs = [
      { foot: new THREE.Vector3(0.25, ankle, 0.34), pitch: 0, turn: 0.4, pole: new THREE.Vector3(0.75, 0.4, 1) },
      { foot: new THREE.Vector3(-0.25, ankle, 0.34), pitch: 0, turn: -0.4, pole: new THREE.Vector3(-0.75, 0.4, 1) },
    ];
    pose.arms = [
      {
        hand: new THREE.Vector3(0.11, height + 0.72 + wave(t * 0.31) * 0.07, 0.24),
        pole: new THREE.Vector3(1, -0.35, 0.1),
      },
      {
        hand: new THREE.Vector3(-0.3 - bow * 0.16, height + 0.2 - bow * 0.02, 0.36 - bow * 0.03),
        pole: new THREE.Vector3(-1, 0.1, -0.2),
      },
    ];
    pose.chest.y += bow * 0.07;
    pose.chest.x += 0.08;
    pose.chest.z += bow * 0.03;
    pose.neck.x += 0.12 + wave(t * 0.21) * 0.05;
    pose.neck.y += 0.14;
  },
  hold: (pose, _person, m) => {
    idle(pose, m);
    const turn = wave((m.seconds + m.offset) * 0.16) * 0.22;
    const wheel = (a: number) => new THREE.Vector3(Math.sin(a + turn) * 0.25, 1.06 + Math.cos(a + turn) * 0.25, 0.43);
    pose.arms = [
      { hand: wheel(0.95), pole: new THREE.Vector3(0.9, -0.7, -0.2) },
      { hand: wheel(-0.95), pole: new THREE.Vector3(-0.9, -0.7, -0.2) },
    ];
    pose.chest.x += 0.05;
    pose.chest.y += turn * 0.2;
  },
  climb: (pose, _person, m) => {
    const p = m.seconds * 0.62 + m.offset;
    const up = (q: number) => {
      const f = q % 1;
      return f < 0.5 ? 0 : Math.sin((f - 0.5) * Math.PI);
    };
    pose.hips.set(0, 1.0 + Math.abs(wave(p / 2)) * 0.04, -0.06);
    pose.hipsTurn.set(0.14, wave(p / 2) * 0.08, wave(p / 2) * 0.05);
    pose.legs = [
      {
        foot: new THREE.Vector3(0.13, ankle + 0.04 + up(p) * 0.34, 0.2),
        pitch: 0.15,
        pole: new THREE.Vector3(0.5, 0, 1),
      },
      {
        foot: new THREE.Vector3(-0.13, ankle + 0.04 + up(p + 0.5) * 0.34, 0.2),
        pitch: 0.15,
        pole: new THREE.Vector3(-0.5, 0, 1),
      },
    ];
    pose.arms = [
      { hand: new THREE.Vector3(0.21, 1.52 + up(p + 0.5) * 0.3, 0.3), pole: new THREE.Vector3(0.8, -0.8, -0.2) },
      { hand: new THREE.Vector3(-0.21, 1.52 + up(p) * 0.3, 0.3), pole: new THREE.Vector3(-0.8, -0.8, -0.2) },
    ];
    pose.neck.x -= 0.3;
  },
  point: (pose, _person, m) => {
    idle(pose, m);
    const rise = Math.min(1, m.seconds / 0.6);
    pose.arms[1] = {
      hand: new THREE.Vector3(-0.2 - 0.05 * (1 - rise), 0.9 + 0.48 * rise, 0.3 + 0.28 * rise),
      pole: new THREE.Vector3(-0.7, -0.8, -0.2),
    };
  },
  wave: (pose, _person, m) => {
    idle(pose, m);
    const t = m.seconds + m.offset;
    pose.arms[1] = {
      hand: new THREE.Vector3(-0.36 + wave(t * 1.5) * 0.11, 1.72, 0.08),
      pole: new THREE.Vector3(-1, -0.3, -0.3),
    };
  },
  crouch: (pose, _person, m) => {
    pose.hips.set(0, 0.42, -0.12);
    pose.hipsTurn.set(0.3, 0, 0);
    pose.spine.set(0.2, 0, 0);
    pose.neck.x = -0.25 + wave((m.seconds + m.offset) * 0.2) * 0.04;
    pose.legs = [
      { foot: new THREE.Vector3(0.14, ankle, 0.22), pitch: 0, pole: new THREE.Vector3(0.25, 0.1, 1) },
      { foot: new THREE.Vector3(-0.14, ankle + 0.09, -0.18), pitch: 0.7, pole: new THREE.Vector3(-0.25, -0.2, 1) },
    ];
    pose.arms = [
      { hand: new THREE.Vector3(0.14, 0.5, 0.36), pole: new THREE.Vector3(0.8, 0.2, -0.5) },
      { hand: new THREE.Vector3(-0.2, 0.14, 0.34), pole: new THREE.Vector3(-0.8, 0.2, -0.5) },
    ];
    gesture(pose, { ...m, talk: 0 });
  },
  lie: (pose, _person, m) => {
    pose.hips.set(0, 0.14, 0);
    pose.hipsTurn.set(-Math.PI / 2, 0, 0);
    pose.chest.x = wave((m.seconds + m.offset) * 0.22) * 0.02;
    pose.legs = [
      { foot: new THREE.Vector3(0.12, 0.1, 0.86), pitch: -1.2, pole: new THREE.Vector3(0.3, 1, 0) },
      { foot: new THREE.Vector3(-0.12, 0.1, 0.82), pitch: -1.2, pole: new THREE.Vector3(-0.2, 1, 0) },
    ];
    pose.arms = [
      { swing: 0.1, out: 0.4, bend: 0.3 },
      { swing: -0.1, out: 0.2, bend: 0.9 },
    ];
  },
} satisfies Partial<Record<Motion, Maker>>;

const actionsOf: Record<Motion, Maker> = {
  ...makers,
  sneak: makers.walk,
  "stand-up": makers.stand,
  talk: makers.stand,
  "pick-up": makers.stand,
  push: makers.stand,
  fall: makers.stand,
  fight: makers.stand,
  dance: makers.stand,
  drive: makers.hold,
};

function turnOf(...eulers: readonly THREE.Euler[]): THREE.Quaternion {
  const turn = new THREE.Quaternion();
  for (const euler of eulers) turn.multiply(new THREE.Quaternion().setFromEuler(euler));
  return turn;
}

const share = (turn: THREE.Euler, much: number) => new THREE.Euler(turn.x * much, turn.y * much, turn.z * much);

/** Where a bone is and how it is turned in the mannequin's frame, from its turns and those above it. */
function frameOf(bone: THREE.Object3D): { at: THREE.Vector3; turn: THREE.Quaternion } {
  const parent = bone.parent;
  if (!(parent instanceof THREE.Bone)) return { at: bone.position.clone(), turn: bone.quaternion.clone() };
  const above = frameOf(parent);
  return {
    at: bone.position.clone().applyQuaternion(above.turn).add(above.at),
    turn: above.turn.multiply(bone.quaternion),
  };
}

function applyLeg(bones: Bones, side: "left" | "right", leg: Leg, pose: Pose): void {
  const hipsTurn = turnOf(pose.hipsTurn);
  const joint = jointAt(side === "left" ? "leftUpperLeg" : "rightUpperLeg")
    .sub(jointAt("hips"))
    .applyQuaternion(hipsTurn)
    .add(pose.hips);
  const shin = reach(bones[`${side}UpperLeg`], bones[`${side}LowerLeg`], {
    from: joint,
    target: leg.foot,
    pole: leg.pole ?? new THREE.Vector3(leg.turn ?? 0, 0, 1),
    lengths: legLengths,
    parentTurn: hipsTurn,
  });
  const foot = new THREE.Quaternion().setFromEuler(new THREE.Euler(leg.pitch, leg.turn ?? 0, 0, "YXZ"));
  bones[`${side}Foot`].quaternion.copy(shin).invert().multiply(foot);
  // Over a foot that rolls off the ground the toes stay on it.
  bones[`${side}Toes`].rotation.set(-Math.max(0, Math.min(0.7, leg.pitch)) * (leg.foot.y < 0.22 ? 0.8 : 0.2), 0, 0);
}

function applyArm(bones: Bones, side: "left" | "right", arm: Arm, pose: Pose): void {
  const s = side === "left" ? 1 : -1;
  const upper = bones[`${side}UpperArm`];
  const lower = bones[`${side}LowerArm`];
  if ("hand" in arm) {
    const shoulder = frameOf(bones[`${side}Shoulder`]);
    const from = bones[`${side}UpperArm`].position.clone().applyQuaternion(shoulder.turn).add(shoulder.at);
    reach(upper, lower, {
      from,
      target: arm.hand,
      pole: arm.pole ?? new THREE.Vector3(s * 0.4, 0, -1),
      lengths: armLengths,
      parentTurn: shoulder.turn,
    });
    bones[`${side}Hand`].rotation.set(0, 0, 0);
    return;
  }
  upper.rotation.set(-arm.swing, (arm.twist ?? 0) * s, s * arm.out, "XYZ");
  lower.rotation.set(-arm.bend, 0, 0);
  bones[`${side}Hand`].rotation.set(0, 0, 0);
}

/** Poses the bones for one moment. `scale` is the person's height over 1.75 m. */
export function applyMotion(bones: Bones, person: PlannedCharacter, m: Moment, scale: number): void {
  const pose = standing();
  actionsOf[person.action](pose, person, m, scale);
  if (m.windy && person.action !== "lie") pose.chest.x += 0.02 + wave(m.seconds * 0.9 + m.offset) * 0.008;
  bones.hips.position.copy(pose.hips);
  bones.hips.quaternion.copy(turnOf(pose.hipsTurn));
  bones.spine.quaternion.copy(turnOf(pose.spine));
  // The ribs turn in two joints, the lower a little more.
  bones.chest.quaternion.copy(turnOf(share(pose.chest, 0.6)));
  bones.upperChest.quaternion.copy(turnOf(share(pose.chest, 0.4)));
  applyLeg(bones, "left", pose.legs[0], pose);
  applyLeg(bones, "right", pose.legs[1], pose);
  applyArm(bones, "left", pose.arms[0], pose);
  applyArm(bones, "right", pose.arms[1], pose);
  const gaze = m.gaze ?? { yaw: 0, pitch: 0 };
  const yaw = rad(THREE.MathUtils.clamp(gaze.yaw, -62, 62));
  bones.neck.rotation.set(pose.neck.x + rad(gaze.pitch) * 0.4, pose.neck.y + yaw * 0.4, pose.neck.z, "YXZ");
  bones.head.rotation.set(rad(gaze.pitch) * 0.6, yaw * 0.6, 0, "YXZ");
  const t = m.seconds + m.offset * 3;
  const blink = Math.max(0, 1 - Math.abs(((t * 0.31) % 1) - 0.5) / 0.018);
  bones.lids.scale.set(1, 1 - 0.9 * blink, 1);
  const syllable = Math.max(0, wave(t * 2.9) * 0.6 + wave(t * 4.7 + 0.3) * 0.4);
  bones.jaw.scale.set(1 - 0.12 * m.talk * syllable, 1 + m.talk * syllable * 2.6, 1);
}
