/** The ways people go through a place: where they are at each moment, and where each foot comes down. */
import { clamp01, type Footing, mix, smooth, stance } from "./pose.ts";

/** A place on the floor: metres, and a turn about y in radians. */
export type Spot = { x: number; y: number; z: number; yaw: number };

const rest: readonly [Footing, Footing] = stance;

/** How somebody goes, in their own metres: at a height of 1.75. */
export type Gait = {
  /** Metres a second, at ease. */
  speed: number;
  /** From one foot to the other at that speed. */
  stepLength: number;
  /** Part of a step that both feet are on the ground (+) or in the air (-) at either end of a swing. */
  both: number;
  /** Where a foot comes down: 0 = as far ahead of the body as it will be left behind, more = nearer. */
  near: number;
  /** How far apart the feet go. */
  width: number;
  /** How high a foot is lifted. */
  lift: number;
  /** How far the heel is thrown up behind. */
  kick?: number;
  /** The heel comes first by so much, radians, and goes off the ground by so much. */
  strike: number;
  off: number;
  /** Seconds to come to speed, and to stop. */
  start: number;
  stop: number;
};

/** One foot through the air, from where it stood to where it will. */
export type Step = { foot: 0 | 1; from: number; to: number; lands: Spot; long: number };

export type Way = {
  from: number;
  to: number;
  gait: Gait;
  scale: number;
  start: Spot;
  end: Spot;
  /** Where both feet stand when it begins. */
  feet: readonly [Spot, Spot];
  steps: readonly Step[];
  at(seconds: number): Spot;
  /** Metres a second over the gait's own. */
  pace(seconds: number): number;
  /** Steps gone, and how far in a stride of two: 0 as the left foot comes down. */
  phase(seconds: number): { steps: number; stride: number };
};

const turnGait: Gait = {
  speed: 0.6,
  stepLength: 0.3,
  both: 0.1,
  near: 0,
  width: 0.1,
  lift: 0.05,
  strike: 0,
  off: 0.15,
  start: 0.3,
  stop: 0.3,
};

/** @returns an angle between -π and π */
export function wrap(angle: number): number {
  const full = Math.PI * 2;
  return ((((angle + Math.PI) % full) + full) % full) - Math.PI;
}

/** Where a foot is that stands as at rest under somebody who stands there. */
function footUnder(foot: 0 | 1, at: Spot, scale: number, place: Footing = rest[foot]): Spot {
  const [c, s] = [Math.cos(at.yaw), Math.sin(at.yaw)];
  const [x, z] = [place.x * scale, place.z * scale];
  return { x: at.x + c * x + s * z, y: at.y, z: at.z - s * x + c * z, yaw: at.yaw + place.turn };
}

/** Turns on the spot, by steps. */
export function turnTo(from: number, at: Spot, yaw: number, scale: number): Way {
  const by = wrap(yaw - at.yaw);
  const seconds = 0.4 + (Math.abs(by) / Math.PI) * 1.1;
  const end = { ...at, yaw: at.yaw + by };
  return planWay({
    gait: turnGait,
    scale,
    from,
    to: from + seconds,
    first: by > 0 ? 0 : 1,
    at: (t) => ({ ...at, yaw: at.yaw + by * smooth((t - from) / seconds) }),
    start: at,
    end,
    rate: () => Math.max(2, Math.ceil(Math.abs(by) / 0.8)) / seconds,
    pace: () => 0,
  });
}

type Going = {
  gait: Gait;
  scale: number;
  from: number;
  /** When they should be there; they hurry or take their time for it, within reason. */
  by: number;
  start: Spot;
  goal: readonly [number, number, number];
  /** They are on their way already when it begins. */
  rolling: boolean;
  /** Nobody sees them arrive after that. */
  end: number;
  /** The pace as it is, whatever the time. */
  steady?: boolean;
  hurry?: number;
};

/** Walks a straight way, with a start, a stop, and a turn into it. */
export function goTo(going: Going): Way {
  const { gait, scale, start, goal, from } = going;
  const [dx, dz] = [goal[0] - start.x, goal[2] - start.z];
  const length = Math.hypot(dx, dz);
  const yaw = length > 0.02 ? Math.atan2(dx, dz) : start.yaw;
  const by = wrap(yaw - start.yaw);
  const rolling = going.rolling;
  // Who has to turn round does so before they go.
  const wait = rolling ? 0 : (Math.max(0, Math.abs(by) - 0.7) / Math.PI) * 1.1;
  const turning = rolling ? 0 : 0.35 + (Math.abs(by) / Math.PI) * 0.95;
  const usual = gait.speed * (going.hurry ?? 1);
  const room = Math.max(0.1, going.by - from - wait - (rolling ? 0 : gait.start / 2) - gait.stop / 2);
  const speed = going.steady === true ? usual : Math.min(usual * 1.3, Math.max(usual * 0.72, length / room));
  const ramp = rolling ? 0 : Math.min(gait.start, length / speed);
  // Who is still going when the shot ends does not slow down for it.
  const passes = from + wait + ramp / 2 + length / speed > going.end - 0.02;
  const halt = passes ? 0 : Math.min(gait.stop, (length / speed) * 0.9);
  const cruise = Math.max(0, length / speed - ramp / 2 - halt / 2);
  const began = from + wait;
  const done = began + ramp + cruise + halt;
  const gone = (t: number): number => {
    const u = t - began;
    if (u <= 0) return rolling ? speed * u : 0;
    if (u < ramp) return speed * ramp * integral(u / ramp);
    if (u < ramp + cruise || passes) return speed * (ramp / 2 + (u - ramp));
    if (u < ramp + cruise + halt)
      return speed * (ramp / 2 + cruise + halt * (0.5 - integral(1 - (u - ramp - cruise) / halt)));
    return length;
  };
  const paceAt = (t: number): number => {
    const u = t - began;
    if (u <= 0) return rolling ? speed : 0;
    if (u < ramp) return speed * smooth(u / ramp);
    if (u < ramp + cruise || passes) return speed;
    return speed * (1 - smooth((u - ramp - cruise) / Math.max(1e-6, halt)));
  };
  const [ux, uz] = length > 0 ? [dx / length, dz / length] : [0, 0];
  const at = (t: number): Spot => {
    const s = gone(t);
    const turned = turning > 0 ? smooth((t - from) / turning) : 1;
    const up = length > 0 ? clamp01(s / length) * (goal[1] - start.y) : 0;
    return { x: start.x + ux * s, y: start.y + up, z: start.z + uz * s, yaw: yaw - by + by * turned };
  };
  const outside = 2.2 / (speed / (gait.stepLength * scale));
  const to = passes ? Math.max(done, going.end) + outside : Math.max(done, from + turning);
  const shortest = 0.55;
  return planWay({
    gait,
    scale,
    from: rolling ? from - outside : from,
    to,
    first: by < 0 ? 1 : 0,
    at,
    start,
    end: { x: start.x + dx, y: goal[1], z: start.z + dz, yaw: start.yaw + by },
    rate: (t) => {
      const v = paceAt(t);
      const step = gait.stepLength * scale * mix(shortest, 1, clamp01(v / usual));
      const turn = turning > 0 && t < from + turning ? Math.abs(by) / 0.9 / turning : 0;
      // Who stops does so in small quick steps: the last ones must land where the body will be.
      const u = t - began;
      const least = u < 0 ? 0 : u < ramp ? 1.5 : halt > 0 && u > ramp + cruise && u < ramp + cruise + halt ? 2.5 : 0;
      return Math.max(v / step, turn, least);
    },
    pace: (t) => paceAt(t) / usual,
  });
}

/** Of {@link smooth} from 0 to k. */
const integral = (k: number) => k * k * k - (k * k * k * k) / 2;

type WayPlan = {
  gait: Gait;
  scale: number;
  from: number;
  to: number;
  first: 0 | 1;
  at(seconds: number): Spot;
  start: Spot;
  end: Spot;
  /** Steps a second. */
  rate(seconds: number): number;
  pace(seconds: number): number;
};

/** Sets the feet along a way: each comes down where the body will be over it halfway through its stay. */
function planWay(plan: WayPlan): Way {
  const { gait, scale, from, to, first } = plan;
  const moments = Math.max(8, Math.min(6000, Math.ceil((to - from) * 60)));
  const tick = (to - from) / moments;
  const table = new Float64Array(moments + 1);
  for (let i = 1; i <= moments; i += 1) table[i] = table[i - 1]! + plan.rate(from + (i - 0.5) * tick) * tick;
  const total = table[moments]!;
  const count = Math.max(2, Math.round(total));
  const stretch = total > 0 ? count / total : 1;
  const stepsAt = (t: number): number => {
    const u = Math.min(moments, Math.max(0, (t - from) / tick));
    const i = Math.min(moments - 1, Math.floor(u));
    return mix(table[i]!, table[i + 1]!, u - i) * stretch;
  };
  const when = (steps: number): number => {
    if (steps <= 0) return from;
    if (steps >= count) return to;
    let [low, high] = [0, moments];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (table[middle]! * stretch <= steps) low = middle;
      else high = middle;
    }
    const [a, b] = [table[low]! * stretch, table[high]! * stretch];
    return from + (low + (b > a ? (steps - a) / (b - a) : 0)) * tick;
  };
  const going: readonly [Footing, Footing] = [
    { x: gait.width, z: 0, turn: 0.09 },
    { x: -gait.width, z: 0, turn: -0.09 },
  ];
  const feet = [footUnder(0, plan.start, scale), footUnder(1, plan.start, scale)] as const;
  const stands: [Spot, Spot] = [...feet];
  const steps: Step[] = [];
  for (let k = 0; k < count; k += 1) {
    const foot = ((first + k) % 2) as 0 | 1;
    const last = k >= count - 2;
    const lands = last
      ? footUnder(foot, plan.end, scale)
      : footUnder(foot, plan.at(when(k + 1.5 - gait.near)), scale, going[foot]);
    const before = stands[foot];
    steps.push({
      foot,
      from: when(Math.max(0, k + gait.both)),
      to: when(Math.min(count, k + 1 - gait.both)),
      lands,
      long: Math.hypot(lands.x - before.x, lands.z - before.z) / scale,
    });
    stands[foot] = lands;
  }
  return {
    from,
    to,
    gait,
    scale,
    start: plan.start,
    end: plan.end,
    feet,
    steps,
    at: plan.at,
    pace: plan.pace,
    phase(t) {
      const gone = stepsAt(t);
      // The left comes down at odd counts when it goes first, at even ones when the right does.
      const stride = (gone - (first === 0 ? 1 : 0)) / 2;
      return { steps: gone, stride: stride - Math.floor(stride) };
    },
  };
}
