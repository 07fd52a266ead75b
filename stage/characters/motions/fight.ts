import * as THREE from "three";
import { blowAt, blowLands as lands, slipped } from "#domain/screenplay/plan/deed-moments.ts";
import { ankle, type Hand, handAt, hipsHeight, legAt, rise, wave as sine } from "../pose.ts";
import type { MotionMaker, MotionMoment } from "./motion.ts";

type Blow = { /** Theirs, or one that comes at them. */ mine: boolean; u: number; count: number };

function blowOf(m: MotionMoment): Blow {
  const { count, u } = blowAt(m.seconds, m.beatSeconds);
  const turn = Math.abs(count) % 2 === 0;
  return { mine: m.partner === null || turn === m.partner.first, u, count };
}

/** Two who box: one strikes, the other takes it or slips it, then the other way round. Both go by the same clock. */
export const fight: MotionMaker = {
  eyeHeight: 1.56,
  ownLegs: true,
  lead: 0.35,
  posture: "standing",
  pose(pose, m) {
    const { mine, u, count } = blowOf(m);
    const t = m.seconds + m.offset;
    const bounce = Math.abs(sine(t * 0.9)) * 0.018;
    const far = Math.min(0.72, Math.max(0.4, (m.partner?.z ?? 1) - 0.14));
    pose.legs = [
      legAt(0.13, ankle, 0.2, { turn: -0.15, pole: new THREE.Vector3(0.1, 0, 1) }),
      legAt(-0.14, ankle + 0.028, -0.22, { pitch: 0.22, turn: -0.65, pole: new THREE.Vector3(-0.5, 0, 1) }),
    ];
    let [drive, twist, hurt, slip] = [0, 0, 0, 0];
    // The arm in front jabs twice as often as the other strikes.
    const cross = count % 3 === 2;
    const low = count % 5 === 3;
    const load = rise(u, 0.06, 0.24) - rise(u, 0.26, 0.36);
    const out = rise(u, 0.25, lands) - rise(u, lands + 0.06, 0.72);
    if (mine) {
      drive = out - load * 0.4;
      twist = cross ? out * 1.1 - load * 0.3 : -(out * 0.45 - load * 0.2);
    } else {
      const dodges = slipped(count);
      const answer = rise(u, dodges ? lands - 0.12 : lands - 0.01, lands + 0.07) - rise(u, lands + 0.12, 0.95);
      if (dodges) slip = answer;
      else hurt = answer;
    }
    pose.hips.set(
      -slip * 0.1 + sine(t * 0.45) * 0.012,
      hipsHeight - 0.1 - bounce - slip * 0.09,
      drive * 0.09 - hurt * 0.11 - 0.01,
    );
    pose.hipsTurn.set(0.1 + drive * 0.1 - hurt * 0.2 + slip * 0.16, -0.42 + twist * 0.45 + hurt * 0.14, slip * -0.08);
    pose.spine.set(0.06 + slip * 0.16, 0, 0);
    pose.chest.set(0.1 + drive * 0.06 - hurt * 0.22 + slip * 0.12, -0.12 + twist * 0.4 + hurt * 0.25, slip * -0.16);
    pose.neck.set(
      0.1 - hurt * 0.4 - slip * 0.1,
      0.42 - twist * 0.6 - hurt * 0.1 + (hurt > 0 ? hurt * (cross ? 0.5 : -0.35) : 0),
      0,
    );
    const guard = (side: 1 | -1): Hand =>
      handAt(
        side,
        side === 1 ? 0.12 : 0.1,
        1.4 - bounce - hurt * 0.12 - slip * 0.12,
        (side === 1 ? 0.36 : 0.2) - hurt * 0.12,
        [0.55, -1, -0.1],
      );
    const strike = (side: 1 | -1): Hand => {
      const arm = guard(side);
      const fist = handAt(side, 0.0, low ? 1.2 : 1.5, far + 0.1, [0.8, -0.7, -0.1]);
      arm.hand.z -= load * 0.1;
      arm.hand.lerp(fist.hand, Math.max(0, out));
      arm.pole.lerp(fist.pole, Math.max(0, out));
      return arm;
    };
    const busy = mine ? (cross ? -1 : 1) : 0;
    pose.arms = [busy === 1 ? strike(1) : guard(1), busy === -1 ? strike(-1) : guard(-1)];
  },
};
