import * as THREE from "three";
import { ankle, handAt, legAt, type Pose, wave as sine } from "../pose.ts";
import { pianoKeys } from "../instruments.ts";
import { atDrums } from "./drum.ts";
import type { MotionMaker, MotionMoment } from "./motion.ts";
import { idle } from "./stand.ts";

/** On a cello where there is a seat, on a violin where there is none; on a guitar anywhere, at piano and drums seated. */
export const play: MotionMaker = {
  eyeHeight: (m) => (m.seat > 0 ? 0.78 : 1.63),
  lead: 0.6,
  posture: "any",
  ownGaze: true,
  pose(pose, m) {
    const t = m.seconds + m.offset;
    if (m.instrument === "guitar") return onGuitar(pose, m);
    if (m.instrument === "piano") return atPiano(pose, m);
    if (m.instrument === "drums") return atDrums(pose, m);
    const bow = sine(t * 0.42) * 0.75 + sine(t * 0.84 + 0.1) * 0.25;
    if (m.seat > 0) {
      pose.legs = [
        legAt(0.25, ankle, 0.34, { turn: 0.4, pole: new THREE.Vector3(0.75, 0.4, 1) }),
        legAt(-0.25, ankle, 0.34, { turn: -0.4, pole: new THREE.Vector3(-0.75, 0.4, 1) }),
      ];
      pose.arms = [
        handAt(1, 0.18, m.seat + 0.55 + sine(t * 0.31) * 0.06, 0.21, [1, -0.35, -0.1]),
        handAt(-1, 0.3 + bow * 0.14, m.seat + 0.17 - bow * 0.02, 0.44 - bow * 0.03, [1, 0.1, -0.2]),
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

/** Down on the beat and up between; the left hand changes its grip with the bar. */
function onGuitar(pose: Pose, m: MotionMoment): void {
  const beats = m.seconds / m.beatSeconds;
  const strum = sine(beats * 0.5 + 0.25);
  const bar = Math.floor(beats / 4 + m.offset) % 3;
  const change = Math.min(1, ((beats / 4 + m.offset) % 1) * 9);
  const grips = [0, 0.055, 0.1];
  const grip = grips[(bar + 2) % 3]! + (grips[bar]! - grips[(bar + 2) % 3]!) * change;
  const seated = m.seat > 0;
  if (!seated) idle(pose, m);
  const belly = seated ? m.seat + 0.27 : 1.06;
  const z = seated ? 0.24 : 0.25;
  pose.arms = [
    handAt(1, 0.43 - grip, belly + 0.16 - grip * 0.32, z + 0.1, [0.75, -1, -0.25]),
    handAt(-1, 0.07, belly + 0.03 - strum * 0.05, z + 0.09, [1, 0.15, -0.6]),
  ];
  pose.chest.x += 0.09;
  pose.chest.y -= 0.06;
  pose.chest.z += sine(beats * 0.25) * 0.02;
  pose.neck.x += 0.16 + 0.05 * sine(beats * 0.5);
  pose.neck.y += 0.16 + sine(m.seconds * 0.09 + m.offset) * 0.14;
}

/** Both hands along the keys, a finger's height up and down with the notes, the body with the phrase. */
function atPiano(pose: Pose, m: MotionMoment): void {
  const beats = m.seconds / m.beatSeconds;
  const t = m.seconds + m.offset;
  const keys = pianoKeys.high / m.scale + 0.055;
  const ahead = (pianoKeys.ahead - 0.02) / m.scale;
  const touch = (shift: number) => Math.max(0, sine(beats + shift)) * 0.035;
  const run = sine(t * 0.13) * 0.14;
  pose.arms = [
    handAt(1, 0.24 - run * 0.5 + 0.03 * sine(t * 0.31), keys + touch(0.5), ahead, [0.9, -0.5, -0.5]),
    handAt(-1, 0.22 + run + 0.05 * sine(t * 0.47), keys + touch(0) * 0.8 + touch(0.27) * 0.4, ahead, [0.9, -0.5, -0.5]),
  ];
  pose.chest.x += 0.1 + sine(t * 0.11) * 0.04;
  pose.chest.z += sine(t * 0.14) * 0.03;
  pose.neck.x += 0.12 + sine(t * 0.11 + 0.1) * 0.05;
  pose.neck.y += sine(t * 0.07) * 0.18;
}
