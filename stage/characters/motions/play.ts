import * as THREE from "three";
import { ankle, handAt, legAt, wave as sine } from "../pose.ts";
import type { MotionMaker } from "./motion.ts";
import { idle } from "./stand.ts";

/** On a cello where there is a seat, on a violin where there is none. */
export const play: MotionMaker = {
  eyeHeight: (m) => (m.seat > 0 ? 0.78 : 1.63),
  lead: 0.6,
  posture: "any",
  ownGaze: true,
  pose(pose, m) {
    const t = m.seconds + m.offset;
    const bow = sine(t * 0.42) * 0.75 + sine(t * 0.84 + 0.1) * 0.25;
    if (m.seat > 0) {
      pose.legs = [
        legAt(0.25, ankle, 0.34, { turn: 0.4, pole: new THREE.Vector3(0.75, 0.4, 1) }),
        legAt(-0.25, ankle, 0.34, { turn: -0.4, pole: new THREE.Vector3(-0.75, 0.4, 1) }),
      ];
      pose.arms = [
        handAt(1, 0.11, m.seat + 0.72 + sine(t * 0.31) * 0.07, 0.24, [1, -0.35, 0.1]),
        handAt(-1, 0.3 + bow * 0.16, m.seat + 0.2 - bow * 0.02, 0.36 - bow * 0.03, [1, 0.1, -0.2]),
      ];
      pose.chest.y += bow * 0.07;
      pose.chest.x += 0.08;
      pose.chest.z += bow * 0.03;
      pose.neck.x += 0.12 + sine(t * 0.21) * 0.05;
      pose.neck.y += 0.14;
      return;
    }
    idle(pose, m);
    pose.hipsTurn.z += sine(t * 0.21) * 0.02;
    pose.chest.y += 0.1 + bow * 0.06;
    pose.chest.x += 0.04;
    pose.neck.set(0.2, 0.42 + sine(t * 0.21) * 0.04, 0.2);
    // The frog of the bow goes away from the strings and back, square to them.
    const out = 0.12 + 0.19 * (0.5 - 0.5 * bow);
    pose.arms = [
      handAt(1, 0.3, 1.37 + sine(t * 0.31) * 0.01, 0.47, [0.35, -1, -0.1]),
      handAt(-1, -0.1 + out * 0.72, 1.45 - out * 0.38, 0.27 + out * 0.5, [1, -0.35, -0.1]),
    ];
  },
};
