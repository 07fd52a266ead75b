import { ankle, type Arm, handAt, hipsHeight, legAt, mix, type Pose, type Side, wave as sine } from "../pose.ts";
import type { Gait } from "../way.ts";
import type { MotionMaker, MotionMoment } from "./motion.ts";
import { gesture, idle } from "./stand.ts";

const walking: Gait = {
  speed: 1.35,
  stepLength: 0.71,
  both: 0.11,
  near: 0.1,
  width: 0.085,
  lift: 0.075,
  strike: 0.3,
  off: 0.78,
  start: 0.5,
  stop: 0.55,
};

const running: Gait = {
  speed: 3.4,
  stepLength: 1.25,
  both: -0.14,
  near: 0.06,
  width: 0.06,
  lift: 0.15,
  kick: 0.24,
  strike: 0.08,
  off: 0.85,
  start: 0.9,
  stop: 0.8,
};

const sneaking: Gait = {
  speed: 0.62,
  stepLength: 0.46,
  both: 0.17,
  near: 0.12,
  width: 0.1,
  lift: 0.17,
  // The toes come first, and feel.
  strike: -0.22,
  off: 0.42,
  start: 0.5,
  stop: 0.5,
};

const pushing: Gait = {
  speed: 0.55,
  stepLength: 0.44,
  both: 0.16,
  near: -0.28,
  width: 0.12,
  lift: 0.05,
  strike: 0,
  off: 0.5,
  start: 0.6,
  stop: 0.4,
};

/** Trunk and arms of somebody who walks; `k` is how much of a walk it is. */
function stroll(pose: Pose, m: MotionMoment, k: number): void {
  const p = m.stride;
  const swing = Math.cos(p * Math.PI * 2);
  pose.hips.x += sine(p + 0.05) * 0.022 * k;
  pose.hipsTurn.x += 0.045 * k;
  pose.hipsTurn.y += -swing * 0.1 * k;
  pose.hipsTurn.z += sine(p) * 0.045 * k;
  pose.spine.x += 0.01 * k;
  pose.chest.y += swing * 0.19 * k;
  pose.chest.z += -sine(p) * 0.035 * k;
  pose.neck.x -= 0.05 * k;
  pose.neck.y += -swing * 0.08 * k;
  const lively = 0.75 + 0.5 * m.energy;
  const arm = (side: Side): Arm => {
    // The arm goes with the leg of the other side.
    const s = -swing * side;
    return {
      swing: mix(side * 0.02, (s * 0.42 + 0.02) * lively, k),
      out: 0.06 + 0.02 * k,
      bend: mix(0.17, 0.2 + Math.max(0, s) * 0.36 * lively, k),
    };
  };
  pose.arms = [arm(1), arm(-1)];
}

export const walk: MotionMaker = {
  gait: walking,
  eyeHeight: 1.63,
  lead: 0.35,
  posture: "standing",
  pose(pose, m) {
    const k = Math.min(1.15, m.pace);
    idle(pose, m, 1 - Math.min(1, k));
    stroll(pose, m, k);
    gesture(pose, { ...m, talk: m.talk * 0.6 });
  },
};

export const run: MotionMaker = {
  gait: running,
  eyeHeight: 1.58,
  lead: 0.35,
  posture: "standing",
  pose(pose, m) {
    const k = Math.min(1.1, m.pace);
    idle(pose, m, 1 - Math.min(1, k));
    const p = m.stride;
    const swing = Math.cos(p * Math.PI * 2);
    pose.hips.y -= (0.055 + sine(p * 2 + 0.06) * 0.034) * k;
    pose.hips.x += sine(p + 0.05) * 0.012 * k;
    pose.hipsTurn.x += 0.17 * k;
    pose.hipsTurn.y -= swing * 0.16 * k;
    pose.hipsTurn.z += sine(p) * 0.04 * k;
    pose.spine.x += 0.08 * k;
    pose.chest.x += 0.06 * k;
    pose.chest.y += swing * 0.34 * k;
    pose.chest.z -= sine(p) * 0.03 * k;
    pose.neck.x -= 0.24 * k;
    pose.neck.y -= swing * 0.16 * k;
    const arm = (side: Side): Arm => {
      const s = -swing * side;
      return {
        swing: mix(side * 0.02, s > 0 ? s * 0.75 : s * 0.95, k),
        out: 0.1,
        bend: mix(0.17, 1.5 + s * 0.25, k),
        twist: -0.25 * Math.max(0, s) * k,
      };
    };
    pose.arms = [arm(1), arm(-1)];
  },
};

export const sneak: MotionMaker = {
  gait: sneaking,
  eyeHeight: 1.4,
  lead: 0.45,
  posture: "standing",
  pose(pose, m) {
    const p = m.stride;
    const swing = Math.cos(p * Math.PI * 2);
    idle(pose, m, 0.4);
    pose.hips.y = hipsHeight - 0.15 - Math.abs(swing) * 0.012;
    pose.hips.z -= 0.03;
    pose.hips.x += sine(p + 0.02) * 0.03;
    pose.hipsTurn.set(0.32, -swing * 0.1, sine(p) * 0.03);
    pose.spine.x += 0.2;
    pose.chest.x += 0.18;
    pose.chest.y += swing * 0.12;
    pose.neck.x -= 0.5;
    // Left and right before every other step.
    pose.neck.y += sine((m.seconds + m.offset) * 0.23) * 0.4 - swing * 0.06;
    const hand = (side: Side): Arm => {
      const s = -swing * side;
      return handAt(side, 0.23 + 0.04 * s, 1.04 + 0.07 * s, 0.36 + 0.1 * s, [0.9, -0.35, -0.4]);
    };
    pose.arms = [hand(1), hand(-1)];
  },
};

/** Against something heavy: the whole body slants, the arms are straight, and every step is an effort. */
export const push: MotionMaker = {
  gait: pushing,
  eyeHeight: 1.38,
  ownLegs: true,
  lead: 0.5,
  posture: "standing",
  pose(pose, m) {
    const t = m.seconds + m.offset;
    const effort = m.pace > 0.05 ? Math.abs(sine(m.stride)) : 0.5 + 0.5 * sine(t * 0.55);
    pose.legs = [
      legAt(0.12, ankle, 0.1, { turn: 0.1 }),
      legAt(-0.12, ankle + 0.055, -0.36, { pitch: 0.45, turn: -0.15 }),
    ];
    pose.hips.y = hipsHeight - 0.13 + effort * 0.015;
    pose.hips.z += -0.08 + effort * 0.05;
    pose.hips.x += sine(m.stride) * 0.015 * Math.min(1, m.pace);
    pose.hipsTurn.set(0.48 + effort * 0.05, 0, sine(m.stride) * 0.03 * Math.min(1, m.pace));
    pose.spine.x += 0.12;
    pose.chest.x += 0.1 + effort * 0.03;
    pose.neck.x += -0.42 - effort * 0.06 + sine(t * 0.8) * 0.02;
    const hand = (side: Side): Arm => handAt(side, 0.2, 1.16, 0.74, [0.8, -0.75, -0.2]);
    pose.arms = [hand(1), hand(-1)];
  },
};
