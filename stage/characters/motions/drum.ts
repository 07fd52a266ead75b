import * as THREE from "three";
import { struck } from "../drum-kit.ts";
import { ankle, handAt, legAt, mix, type Pose, rise, wave as sine } from "../pose.ts";
import type { MotionMoment } from "./motion.ts";

/** A hand is so far behind what it strikes, and so high above it as it strikes, metres. */
const [behind, above] = [0.27, 0.07];

/** 0 at a stroke, 1 in the middle between two. */
const lifted = (strokes: number) => Math.sin((strokes - Math.floor(strokes)) * Math.PI) ** 0.7;

/**
 * Left on the hi-hat twice a beat, right on the snare on every second one, a foot on the great drum with the beat; at
 * the end of every fourth bar both go round the toms.
 */
export function atDrums(pose: Pose, m: MotionMoment): void {
  const beats = m.seconds / m.beatSeconds;
  const inFour = beats - Math.floor(beats / 16) * 16;
  const fill = rise(inFour, 13.7, 14) * (1 - rise(inFour, 15.7, 16));
  const round = rise(inFour, 14, 15.6);
  const hand = (side: 1 | -1, usual: keyof typeof struck, fills: readonly (keyof typeof struck)[], lift: number) => {
    const [from, to] = [struck[fills[0]!], struck[fills[1]!]];
    const at = (axis: 0 | 1 | 2) => mix(struck[usual][axis], mix(from[axis], to[axis], round), fill) / m.scale;
    // The elbows stay at the sides: a hand is nearer to the middle than what it strikes, when that is far out.
    const x = at(0) * 0.72 + side * 0.1;
    return handAt(side, side * x, at(1) + above + lift, at(2) - behind, [0.9, -0.7, -0.4]);
  };
  const hat = mix(lifted(beats * 2) * 0.07, lifted(beats * 2) * 0.13, fill);
  const snare = mix(lifted((beats + 1) / 2) * 0.2, lifted(beats * 2 + 0.5) * 0.13, fill);
  pose.arms = [hand(1, "hat", ["snare", "middleTom"], hat), hand(-1, "snare", ["tom", "floorTom"], snare)];
  const kick = Math.max(0, sine(beats + 0.25)) ** 2;
  pose.legs = [
    legAt(0.27, ankle + 0.02, 0.46, { turn: 0.3, pole: new THREE.Vector3(0.5, 0.5, 1) }),
    legAt(-0.12, ankle + 0.02 + 0.03 * (1 - kick), 0.48, {
      turn: -0.1,
      pitch: 0.2 * (1 - kick),
      pole: new THREE.Vector3(-0.45, 0.5, 1),
    }),
  ];
  pose.chest.x += 0.08 + 0.025 * sine(beats);
  pose.chest.y += 0.05 * sine(beats / 4) - 0.16 * fill * (round - 0.4);
  pose.neck.x += 0.06 + 0.07 * sine(beats + 0.2);
  pose.neck.y += 0.16 * sine(m.seconds * 0.11 + m.offset) - 0.25 * fill * (round - 0.4);
}
