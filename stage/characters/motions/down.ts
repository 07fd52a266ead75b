import * as THREE from "three";
import { fallLies as down, fallStrikes as hit } from "#domain/screenplay/plan/deed-moments.ts";
import { ankle, handAt, hipsHeight, legAt, mix, type Pose, rise, wave as sine } from "../pose.ts";
import type { MotionMaker } from "./motion.ts";
import { gesture } from "./stand.ts";

export const crouch: MotionMaker = {
  eyeHeight: 1.02,
  lead: 0.75,
  posture: "ground",
  leans: 0.2,
  pose(pose, m) {
    const t = m.seconds + m.offset;
    pose.hips.set(sine(t * 0.1) * 0.006, 0.42, -0.12);
    pose.hipsTurn.set(0.3, 0, 0);
    pose.spine.set(0.2, 0, 0);
    pose.chest.x += sine(t * 0.25) * 0.012;
    pose.neck.x = -0.25 + sine(t * 0.2) * 0.04;
    pose.legs = [
      legAt(0.14, ankle, 0.22, { turn: 0.15, pole: new THREE.Vector3(0.25, 0.1, 1) }),
      legAt(-0.14, ankle + 0.09, -0.18, { pitch: 0.75, turn: -0.1, pole: new THREE.Vector3(-0.25, -0.2, 1) }),
    ];
    pose.arms = [handAt(1, 0.14, 0.5, 0.36, [0.8, 0.2, -0.5]), handAt(-1, 0.2, 0.14, 0.34, [0.8, 0.2, -0.5])];
    if (m.talk > 0.4) gesture(pose, { ...m, talk: m.talk * 0.6 }, [false, true]);
  },
};

function lying(pose: Pose, breath: number): void {
  pose.hips.set(0, 0.13, -0.42);
  pose.hipsTurn.set(-Math.PI / 2, 0, 0);
  pose.spine.set(0.02, 0, 0);
  pose.chest.set(0.04 + breath, 0, 0);
  pose.neck.set(0.1, 0.25, 0);
  pose.legs = [
    legAt(0.15, 0.085, 0.34, { pitch: -1.25, turn: 0.35, pole: new THREE.Vector3(0.4, 1, 0.2) }),
    legAt(-0.17, 0.085, 0.28, { pitch: -1.25, turn: -0.35, pole: new THREE.Vector3(-0.25, 1, 0.2) }),
  ];
  pose.arms = [
    { swing: -0.06, out: 0.42, bend: 0.25 },
    { swing: -0.06, out: 0.3, bend: 0.55, twist: 0.5 },
  ];
}

export const lie: MotionMaker = {
  eyeHeight: 0.2,
  lead: 1.5,
  posture: "ground",
  through: "crouch",
  ownGaze: true,
  afoot: () => false,
  pose(pose, m) {
    lying(pose, sine((m.seconds + m.offset) * 0.22) * 0.02);
  },
};

/** The knees give, the body goes down backwards onto the seat, then flat, and lies. */
export const fall: MotionMaker = {
  eyeHeight: (m) => mix(1.65, 0.2, rise(m.into, 0.25, down)),
  lead: 0.15,
  posture: "standing",
  ownGaze: true,
  afoot: (m) => m.into < 0.1,
  pose(pose, m) {
    const t = m.into;
    // A jolt, the loss of balance, the drop, the back; each goes faster than the one before.
    const jolt = rise(t, 0, 0.16);
    const give = Math.pow(rise(t, 0.1, hit), 1.5);
    const flat = Math.pow(rise(t, hit - 0.12, down), 1.3);
    const settle = rise(t, down, down + 0.5);
    const bounce = t > down ? Math.exp(-(t - down) * 7) * Math.sin((t - down) * 20) : 0;
    const breath = settle * sine((m.seconds + m.offset) * 0.22) * 0.02;
    const flail = jolt * (1 - flat);
    lying(pose, breath);
    pose.hips.set(
      0.015 * jolt * (1 - give),
      mix(mix(hipsHeight, 0.15, give), 0.13, flat) + Math.max(0, bounce) * 0.015,
      -0.42 * Math.pow(give, 0.8),
    );
    pose.hipsTurn.set(mix(-0.06 * jolt - 0.28 * give, -Math.PI / 2, flat), 0.12 * give * (1 - flat), 0);
    pose.spine.set(mix(0.12 * jolt + 0.25 * give, 0.02, flat), 0, 0);
    pose.chest.set(mix(-0.16 * jolt * (1 - give) + 0.32 * give, 0.04 + breath, flat), -0.12 * flail, 0.06 * flail);
    // The chin stays on the chest until the head is down.
    pose.neck.set(mix(0.04 + 0.45 * give, 0.1, settle) + bounce * 0.06, 0.25 * settle, 0);
    const slid = rise(t, hit - 0.05, down + 0.25);
    const lying0 = pose.legs[0];
    const lying1 = pose.legs[1];
    const leg = (side: 1 | -1, to: typeof lying0) => {
      const at = side === 1 ? { x: 0.115, z: 0.02 } : { x: -0.115, z: -0.03 };
      const step = rise(t, 0.12, 0.42) * (side === 1 ? 0 : -0.16) * (1 - give);
      return legAt(
        mix(at.x, to.foot.x, slid),
        ankle + Math.sin(slid * Math.PI) * 0.1,
        mix(at.z + step, to.foot.z, slid),
        {
          pitch: mix(0, to.pitch, slid) - 0.2 * give * (1 - slid),
          turn: mix(side * 0.19, to.turn, slid),
          pole: new THREE.Vector3(side * 0.25, 0.2 + give, 1).lerp(to.pole, slid),
        },
      );
    };
    pose.legs = [leg(1, lying0), leg(-1, lying1)];
    // The arms fly up and out, then go back to catch the floor.
    const fly = flail * Math.sin(Math.min(1, t / hit) * Math.PI);
    const arm = (side: 1 | -1) => ({
      swing: mix(0.35 * fly + side * 0.25 * fly, -0.06, flat) - 0.75 * give * (1 - flat),
      out: mix(0.07 + 0.85 * fly + 0.3 * give, side === 1 ? 0.42 : 0.3, flat),
      bend: mix(0.16 + 0.55 * fly, side === 1 ? 0.25 : 0.55, flat),
      twist: side === -1 ? 0.5 * flat : 0,
    });
    pose.arms = [arm(1), arm(-1)];
  },
};
