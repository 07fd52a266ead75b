import {
  type Arm,
  type Hand,
  clamp01,
  handAt,
  hipsHeight,
  mix,
  type Pose,
  rise,
  smooth,
  wave as sine,
} from "../pose.ts";
import type { Side } from "../pose.ts";
import type { MotionMaker, MotionMoment } from "./motion.ts";

/** Breath, and the weight that goes from foot to foot: nobody stands still. */
export function idle(pose: Pose, m: MotionMoment, much = 1): void {
  const t = m.seconds + m.offset;
  const breath = sine(t * 0.27) * 0.5;
  const sway = (sine(t * 0.11) * 0.6 + sine(t * 0.07 + 0.3) * 0.4) * much * (m.seat > 0 ? 0.35 : 1);
  pose.hips.x += m.seat > 0 ? 0 : sway * 0.022;
  pose.hips.y += m.seat > 0 ? 0 : breath * 0.003 - Math.abs(sway) * 0.004;
  pose.hipsTurn.z += sway * 0.024;
  pose.chest.z -= sway * 0.03;
  pose.chest.x += breath * 0.014;
  pose.chest.y += sine(t * 0.083) * 0.05 * much;
  pose.neck.y += sine(t * 0.061 + 0.2) * 0.1 * much;
  pose.neck.z += sine(t * 0.047 + 0.6) * 0.03 * much;
}

/** Heights are said of somebody standing; who sits has everything as much lower. */
const lower = (pose: Pose) => pose.hips.y - hipsHeight;

/** Hands that speak: each swing of the arms is a beat of the sentence. */
export function gesture(pose: Pose, m: MotionMoment, free: readonly [boolean, boolean] = [true, true]): void {
  const k = m.talk;
  if (k <= 0.001) return;
  const t = m.seconds + m.offset * 1.7;
  const down = lower(pose);
  const lead: Side = m.offset % 1 > 0.5 ? 1 : -1;
  // A phrase: both hands, then one, then they rest for a moment.
  const phrase = 0.5 + 0.5 * sine(t * 0.19);
  const beat = 0.5 + 0.5 * sine(t * 0.62);
  const accent = Math.pow(0.5 + 0.5 * sine(t * 1.31 + 0.2), 2);
  const arm = (side: Side, much: number): Hand =>
    handAt(
      side,
      mix(0.24, 0.2 + 0.13 * beat, much),
      0.97 + down + (0.1 + 0.19 * beat + 0.07 * accent) * much,
      0.2 + (0.1 + 0.1 * accent) * much,
      [0.65, -0.5, -0.6],
    );
  const main = lead > 0 ? 0 : 1;
  const other = 1 - main;
  const much = k * (0.55 + 0.3 * phrase + 0.25 * m.energy);
  if (free[main]) pose.arms[main] = blendArm(pose.arms[main]!, arm(lead, much), smooth(k * 1.6), lead, down);
  const second = smooth(k * 1.6) * rise(phrase, 0.35, 0.7);
  if (free[other] && second > 0)
    pose.arms[other] = blendArm(pose.arms[other]!, arm(-lead as Side, much * 0.7), second, -lead as Side, down);
  pose.chest.y += k * lead * 0.08 * (beat - 0.5);
  pose.chest.x += k * (0.02 + 0.04 * accent);
  pose.neck.x += k * (accent - 0.4) * 0.13;
  pose.neck.z += k * sine(t * 0.37) * 0.06;
}

/** From an arm that hangs to a hand that is somewhere, by way of where the hanging hand is. */
function blendArm(from: Arm, to: Hand, k: number, side: Side, down: number): Arm {
  if (k >= 0.999) return to;
  const hanging =
    "hand" in from
      ? from
      : handAt(
          side,
          0.27,
          0.87 + down + 0.03 * from.bend,
          0.03 + 0.3 * Math.sin(from.swing) + 0.2 * Math.sin(from.bend),
        );
  return {
    hand: hanging.hand.clone().lerp(to.hand, k),
    pole: (hanging.pole ?? to.pole).clone().lerp(to.pole, k),
  };
}

export const stand: MotionMaker = {
  eyeHeight: 1.65,
  lead: 0.4,
  posture: "any",
  pose(pose, m) {
    idle(pose, m);
    gesture(pose, m);
  },
};

/** Talks whether or not a line is theirs: to somebody, at length, with the hands. */
export const talk: MotionMaker = {
  ...stand,
  pose(pose, m) {
    idle(pose, m);
    const t = m.seconds + m.offset;
    const own = 0.55 + 0.35 * sine(t * 0.21) + 0.1 * m.energy;
    gesture(pose, { ...m, talk: Math.max(m.talk, clamp01(own)) });
  },
};

export const look: MotionMaker = {
  ...stand,
  pose(pose, m) {
    idle(pose, m);
    const t = m.seconds + m.offset;
    pose.neck.y += sine(t * 0.13) * 0.28;
    pose.chest.y += sine(t * 0.13 - 0.04) * 0.08;
    pose.neck.x -= 0.05;
    gesture(pose, m);
  },
};

export const point: MotionMaker = {
  ...stand,
  lead: 0.45,
  pose(pose, m) {
    idle(pose, m);
    const down = lower(pose);
    // Out, a little too far, and back onto it.
    const out = rise(m.into, 0.05, 0.55) + 0.06 * Math.sin(rise(m.into, 0.4, 0.9) * Math.PI);
    const reach = 0.6 * mix(1, out, 0.5);
    const at = m.partner === null ? { x: -0.12, z: 1 } : { x: m.partner.x, z: m.partner.z };
    const far = Math.max(0.01, Math.hypot(at.x, at.z));
    // Across the body no arm goes far: the left one points to the left.
    const side: Side = at.x / far > 0.1 ? 1 : -1;
    const way = { x: at.x / far, z: Math.max(0.1, at.z / far) };
    const arm = handAt(side, 0, 1.33 + down, 0, [0.5, -0.9, -0.3]);
    arm.hand.x = side * 0.19 + way.x * reach;
    arm.hand.z = way.z * reach;
    arm.hand.y += (out - 1) * 0.3;
    pose.arms[side === 1 ? 0 : 1] = arm;
    pose.chest.y += -side * 0.12 * out;
    gesture(pose, { ...m, talk: m.talk * 0.8 }, side === 1 ? [false, true] : [true, false]);
  },
};

export const wave: MotionMaker = {
  ...stand,
  lead: 0.5,
  pose(pose, m) {
    idle(pose, m);
    const t = m.into;
    const down = lower(pose);
    const swing = Math.sin(t * Math.PI * 2 * (1.2 + 0.5 * m.energy));
    pose.arms[1] = handAt(-1, 0.43 - swing * 0.12, 1.66 + down + Math.abs(swing) * -0.03, 0.12, [1, -0.35, -0.3]);
    pose.chest.z += 0.05;
    pose.chest.y += swing * 0.03;
    pose.hips.x += m.seat > 0 ? 0 : 0.012;
    gesture(pose, { ...m, talk: m.talk * 0.7 }, [true, false]);
  },
};
