import { clamp01, handAt, hipsHeight, legAt, mix, rad, rise, seatReach, wave as sine } from "../pose.ts";
import type { MotionMaker, MotionMoment } from "./motion.ts";
import { gesture, idle } from "./stand.ts";

export const sit: MotionMaker = {
  eyeHeight: 0.8,
  lead: 1.15,
  posture: "seated",
  leans: 0.5,
  pose(pose, m) {
    idle(pose, m, 0.6);
    pose.chest.x += sine((m.seconds + m.offset) * 0.25) * 0.01;
    pose.neck.y += sine((m.seconds + m.offset) * 0.06) * 0.1;
    if (m.person.carries === "cello-case" && m.seat > 0) {
      // Both arms wrapped about it.
      pose.arms = [
        handAt(1, -0.05, m.seat + 0.5, 0.34, [0.9, -0.3, 0]),
        handAt(-1, -0.05, m.seat + 0.36, 0.36, [0.9, -0.3, 0]),
      ];
      pose.chest.x += 0.1;
    } else gesture(pose, { ...m, talk: m.talk * 0.8 });
  },
};

/** Forward over the feet first, then up: nobody rises straight from a chair. */
export const standUp: MotionMaker = {
  eyeHeight: (m) => mix(0.8, 1.65 - m.seat, rise(rising(m), 0.3, 1)),
  lead: 0.3,
  posture: "seated",
  pose(pose, m) {
    const u = rising(m);
    const forward = rise(u, 0.02, 0.5);
    const up = rise(u, 0.3, 1);
    const lean = rise(u, 0, 0.42) - rise(u, 0.45, 1);
    const low = pose.hips.y;
    pose.hips.set(0, mix(low, hipsHeight, up), seatReach * mix(forward, rise(u, 0.1, 0.85), 0.5));
    pose.hipsTurn.set(mix(-0.1, 0, up) + lean * 0.62, 0, 0);
    pose.spine.set(mix(0.06, 0.01, up) + lean * 0.16, 0, 0);
    pose.chest.set(mix(0.06, -0.02, up) + lean * 0.05, 0, 0);
    pose.neck.set(0.04 - lean * 0.42, 0, 0);
    for (const [at, side] of [
      [0, 1],
      [1, -1],
    ] as const) {
      // The hands press on the thighs, then hang.
      const press = handAt(
        side,
        mix(0.11, 0.16, forward),
        mix(m.seat + 0.185, m.seat + 0.2, forward),
        mix(0.27, 0.42, forward),
        [0.9, -0.1, -0.6],
      );
      const hang = handAt(side, 0.26, 0.87, seatReach + 0.05, [0.5, -0.2, -0.9]);
      press.hand.lerp(hang.hand, rise(u, 0.45, 0.95));
      press.hand.y += Math.max(0, up - rise(u, 0.45, 0.95)) * 0.12;
      pose.arms[at] = press;
      pose.legs[at].pole.set(side * 0.14, 0.2 * (1 - up), 1);
    }
    if (u >= 1) idle(pose, { ...m, seat: 0 }, rise(m.into, 1.5, 2.5));
  },
};

const rising = (m: MotionMoment) => clamp01(m.into / Math.min(1.6, Math.max(0.3, m.into + m.left)));
/** Seconds that rising from a chair takes. */
export const risingSeconds = 1.45;

/** Hands at ten to two, small corrections, an eye to the mirror now and then. */
export const drive: MotionMaker = {
  eyeHeight: 0.77,
  lead: 0.8,
  posture: "seated",
  leans: 0.4,
  pose(pose, m) {
    const t = m.seconds + m.offset;
    const turn = steering(m.seconds, m.offset);
    pose.hips.x = 0;
    pose.hipsTurn.set(-0.24, 0, 0);
    pose.spine.set(0.02, 0, 0);
    pose.chest.set(0.1 + sine(t * 0.25) * 0.008, turn * 0.06, -turn * 0.05);
    const road = 0.004 * sine(t * 2.3) + 0.003 * sine(t * 3.7 + 0.4);
    pose.hips.y += road;
    pose.neck.x += 0.1 + road * 4;
    const mirror = Math.max(0, sine(t * 0.11) - 0.86) * 7;
    pose.neck.y += turn * 0.1 - mirror * 0.5;
    const grip = (side: 1 | -1) => {
      const [x, y, z] = onWheel(side * rad(62) - turn, m.seat);
      return handAt(side, side * x, y, z, [0.85, -0.75, -0.1]);
    };
    pose.arms = [grip(1), grip(-1)];
    pose.legs = [
      legAt(0.14, 0.33, 0.62, { pitch: -0.4, turn: 0.1 }),
      legAt(-0.1, 0.33, 0.66, { pitch: -0.45, turn: -0.1 }),
    ];
    for (const [at, side] of [
      [0, 1],
      [1, -1],
    ] as const)
      pose.legs[at].pole.set(side * 0.2, 0.8, 1);
  },
};

/** @returns how far the wheel is turned, radians */
export function steering(seconds: number, offset: number): number {
  const t = seconds + offset;
  return sine(t * 0.17) * 0.2 + sine(t * 0.43 + 0.3) * 0.09;
}

/** Where the rim of a car's wheel is, own metres, `angle` from its top to the left. */
function onWheel(angle: number, seat: number): readonly [number, number, number] {
  const { radius, tilt, up, ahead } = carWheel;
  const [x, h] = [Math.sin(angle) * radius, Math.cos(angle) * radius];
  // The wrist is behind the rim, the fingers are round it.
  return [x, seat + up + h * Math.cos(tilt) - 0.02, ahead + h * Math.sin(tilt) - 0.07];
}
export const carWheel = { radius: 0.185, tilt: 0.42, up: 0.3, ahead: 0.42 };
