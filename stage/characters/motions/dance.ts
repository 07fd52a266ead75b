import * as THREE from "three";
import { ankle, handAt, hipsHeight, legAt, mix, rise, smooth, wave as sine } from "../pose.ts";
import type { MotionMaker } from "./motion.ts";

/** How far to either side. */
const reach = 0.15;

/** Side, together, side, together, on the beat; the knees pulse, the shoulders answer, the arms change every two bars. */
export const dance: MotionMaker = {
  eyeHeight: 1.62,
  ownLegs: true,
  lead: 0.4,
  posture: "standing",
  pose(pose, m) {
    const beats = m.seconds / m.beatSeconds;
    const b = ((beats % 4) + 4) % 4;
    const lively = 0.7 + 0.6 * m.energy;
    // A foot goes between the beats and is there on the beat.
    const goes = (from: number) => smooth((b - from - 0.35) / 0.55);
    const air = (from: number) => Math.sin(Math.min(1, Math.max(0, (b - from - 0.35) / 0.55)) * Math.PI);
    // Beats 3→0: the left goes left, 0→1: the right closes, 1→2: the right goes right, 2→3: the left closes.
    const left = b < 2.35 ? reach : b < 3.35 ? mix(reach, -reach, goes(2)) : mix(-reach, reach, goes(3));
    const right = b < 0.35 ? -reach : b < 1.35 ? mix(-reach, reach, goes(0)) : mix(reach, -reach, goes(1));
    const body = Math.sin((b / 4) * Math.PI * 2) * reach * 0.95;
    const pulse = Math.pow(Math.abs(Math.cos(beats * Math.PI)), 1.5);
    pose.hips.set(body, hipsHeight - 0.035 - pulse * 0.035 * lively, -0.01);
    const sway = Math.cos((b / 4) * Math.PI * 2);
    pose.hipsTurn.set(0.06, sway * 0.12, -Math.sin(((b + 0.5) / 2) * Math.PI * 2) * 0.06 * lively);
    pose.spine.set(0.02, 0, Math.sin(((b + 0.5) / 2) * Math.PI * 2) * 0.05 * lively);
    pose.chest.set(0.02 + pulse * 0.05, -sway * 0.25 * lively, Math.sin(((b + 0.5) / 2) * Math.PI * 2) * 0.07 * lively);
    pose.neck.set(-0.03 + pulse * 0.09, sway * 0.12, -sway * 0.05);
    const leg = (side: 1 | -1, x: number, up: number, touch: number) =>
      legAt(side * 0.1 + x, ankle + up * 0.07 + touch * 0.055, 0.01 + up * 0.02, {
        pitch: touch * 0.5 + up * 0.25,
        turn: side * 0.22,
        pole: new THREE.Vector3(side * 0.3, 0, 1),
      });
    pose.legs = [leg(1, left, air(2) + air(3), 0), leg(-1, right, air(0) + air(1), 0)];
    // Two bars with the elbows low, two with the hands up.
    const high = rise(sine(beats / 32 + m.offset), 0.2, 0.6);
    const arm = (side: 1 | -1) => {
      const swing = Math.sin(((b + 0.5) / 2) * Math.PI * 2) * side;
      const low = handAt(
        side,
        0.27 + 0.04 * swing,
        1.08 + 0.07 * swing * lively - pulse * 0.04,
        0.26 + 0.08 * swing,
        [1, -0.5, -0.5],
      );
      const up = handAt(
        side,
        0.34 + body * side * 0.4,
        1.55 + 0.1 * swing * lively - pulse * 0.05,
        0.2,
        [1, -0.4, -0.2],
      );
      low.hand.lerp(up.hand, high);
      low.hand.x += body * 0.7;
      return low;
    };
    pose.arms = [arm(1), arm(-1)];
  },
};
