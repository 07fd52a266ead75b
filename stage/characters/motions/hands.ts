import { pickingSeconds } from "#domain/screenplay/plan/deed-moments.ts";
import { clamp01, handAt, hipsHeight, mix, rise, wave as sine } from "../pose.ts";
import type { MotionMaker, MotionMoment } from "./motion.ts";
import { gesture, idle, stand } from "./stand.ts";

/** At the wheel of a ship, or any that stands in front of one. */
export const hold: MotionMaker = {
  ...stand,
  eyeHeight: 1.64,
  pose(pose, m) {
    idle(pose, m);
    const turn = sine((m.seconds + m.offset) * 0.16) * 0.22;
    const grip = (side: 1 | -1) => {
      const a = side * 0.95 + turn;
      return handAt(side, side * Math.sin(a) * 0.25, 1.06 + Math.cos(a) * 0.25, 0.43, [0.9, -0.7, -0.2]);
    };
    pose.arms = [grip(1), grip(-1)];
    pose.chest.x += 0.05;
    pose.chest.y += turn * 0.2;
  },
};

/** What is reached for when nothing is named: on the floor, a step ahead. */
export const onTheFloor = { x: -0.14, y: 0.04, z: 0.42 };

/** Down to it, a hand on the knee; the hand closes; up again with it. */
export const pickUp: MotionMaker = {
  eyeHeight: (m) => mix(1.65, 1.0, bent(m)),
  lead: 0.3,
  posture: "standing",
  pose(pose, m) {
    idle(pose, m, 0.4);
    const u = progress(m);
    const target = m.partner ?? onTheFloor;
    const far = Math.max(0.2, Math.min(0.6, Math.hypot(target.x, target.z)));
    const low = clamp01((1.05 - target.y) / 1.05);
    const d = bent(m);
    pose.hips.y = hipsHeight - d * 0.46 * low;
    pose.hips.z -= d * 0.16 * low;
    pose.hipsTurn.x += d * (0.25 + 0.5 * low);
    pose.spine.x += d * (0.1 + 0.22 * low);
    pose.chest.x += d * (0.06 + 0.16 * low);
    pose.chest.y += d * 0.16;
    pose.neck.x += -d * 0.05;
    for (const [at, side] of [
      [0, 1],
      [1, -1],
    ] as const)
      pose.legs[at].pole.set(side * (0.2 + 0.35 * d * low), 0, 1);
    // Eyes first, then the hand.
    pose.neck.x += (rise(u, 0, 0.15) - rise(u, 0.5, 0.7)) * 0.2;
    const out = rise(u, 0.08, 0.42);
    const back = rise(u, 0.53, 0.95);
    const hanging = handAt(-1, 0.26, 0.86, 0.1);
    const there = handAt(
      -1,
      -Math.min(0, -0.02) + Math.min(0.3, Math.abs(target.x)) * Math.sign(-target.x || 1),
      target.y + 0.1,
      far,
    );
    const kept = handAt(-1, 0.2, 1.02, 0.3, [0.8, -0.5, -0.4]);
    hanging.hand.lerp(there.hand, out).lerp(kept.hand, back);
    hanging.pole.lerp(kept.pole, back);
    // Round the knee, not through it.
    hanging.hand.x -= Math.sin(clamp01(u / 0.5) * Math.PI) * 0.05;
    pose.arms[1] = hanging;
    if (low > 0.5 && d > 0.02) {
      const knee = handAt(1, 0.2, mix(0.86, 0.56, d), mix(0.06, 0.3, d), [0.9, 0, -0.4]);
      pose.arms[0] = knee;
    }
    gesture(pose, { ...m, talk: m.talk * 0.6 * (1 - d) }, [low < 0.5, false]);
  },
};

const progress = (m: MotionMoment) => clamp01(m.into / Math.max(0.2, pickingSeconds(m.into + m.left)));
const bent = (m: MotionMoment) => rise(progress(m), 0.05, 0.43) - rise(progress(m), 0.52, 0.96);
