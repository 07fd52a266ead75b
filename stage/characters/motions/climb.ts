import * as THREE from "three";
import { ankle, handAt, legAt, smooth, wave as sine } from "../pose.ts";
import type { MotionMaker } from "./motion.ts";

/** Between two rungs, metres; and rungs a second. */
const rung = 0.28;
const pace = 0.62;
/** Metres a second up. */
export const climbSpeed = rung * 2 * pace * 0.5;

/** Up a ladder: a hand and the foot of the other side, then the others; what holds stays where it is. */
export const climb: MotionMaker = {
  eyeHeight: 1.68,
  lead: 0.5,
  posture: "ground",
  afoot: () => false,
  pose(pose, m) {
    const c = m.into * pace * 0.5;
    /** How far above where it was at first a limb is that goes up in the second half of its time. */
    const grip = (ahead: number) => {
      const q = c + ahead;
      const whole = Math.floor(q);
      return (whole + smooth((q - whole - 0.55) / 0.45) - ahead - c) * rung * 2;
    };
    const reaching = (ahead: number) => {
      const q = c + ahead - Math.floor(c + ahead);
      return q > 0.55 ? Math.sin(((q - 0.55) / 0.45) * Math.PI) : 0;
    };
    pose.hips.set(sine(c) * 0.03, 1.0, -0.08);
    pose.hipsTurn.set(0.1, sine(c) * 0.1, sine(c) * 0.06);
    pose.spine.x = 0.04;
    pose.legs = [
      legAt(0.12, ankle + 0.2 + grip(0), 0.2 - reaching(0) * 0.08, {
        pitch: 0.1,
        pole: new THREE.Vector3(0.55, 0.1, 1),
      }),
      legAt(-0.12, ankle + 0.2 + grip(0.5), 0.2 - reaching(0.5) * 0.08, {
        pitch: 0.1,
        pole: new THREE.Vector3(-0.55, 0.1, 1),
      }),
    ];
    pose.arms = [
      handAt(1, 0.19, 1.5 + grip(0.5), 0.3 - reaching(0.5) * 0.06, [0.8, -0.8, -0.2]),
      handAt(-1, 0.19, 1.5 + grip(0), 0.3 - reaching(0) * 0.06, [0.8, -0.8, -0.2]),
    ];
    pose.neck.x -= 0.34;
    pose.neck.y += sine(c) * 0.1;
  },
};
