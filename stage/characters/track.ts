/** What one person does over a shot, laid out in time: deeds, ways between them, and where the feet are throughout. */
import type { Deed, Motion, PlannedCharacter, ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { deedsOf } from "#domain/screenplay/scene-plan.ts";
import { gaitAt } from "./age.ts";
import { motionMakers } from "./motions.ts";
import { climbSpeed } from "./motions/climb.ts";
import type { MotionMaker, Posture } from "./motions/motion.ts";
import { risingSeconds } from "./motions/seat.ts";
import { mix, rad, seatReach } from "./pose.ts";
import { goTo, type Spot, turnTo, type Way, wrap } from "./way.ts";

/** One thing done, from one time of the shot to another. */
export type Act = {
  motion: Motion;
  maker: MotionMaker;
  from: number;
  to: number;
  /** Seconds in which it comes out of what was before. */
  lead: number;
  posture: Posture;
  /** Height of the seat, metres; 0 = none. */
  seat: number;
  energy: number;
  towards: Deed["towards"];
  /** How far the body's own place jumps ahead as it begins, own metres: onto a seat and off it. */
  jump: number;
};

/** From a time on: where the body's place is, or the way it is on, or how it is carried. */
type Root = { from: number; at: Spot; way: Way | null; climbs: number; ride?: { to: number; goal: Spot } };

export type Track = {
  acts: readonly Act[];
  ways: readonly Way[];
  /** Which act is on. */
  actAt(seconds: number): number;
  wayAt(seconds: number): Way | null;
  rootAt(seconds: number): Spot;
};

/** Where something is that deeds are about; null when it is not there. */
export type Finder = (
  towards: NonNullable<Deed["towards"]>,
  seconds: number,
) => readonly [number, number, number] | null;

/** So little is no way, metres. */
const noWay = 0.12;
/** Metres a second; a faster one would be out of every set before anybody saw it. */
const fastestCar = 10;
/** Eyes go to what is nearer the front than this; the body turns to what is not, degrees. */
const byEyes = 38;

/** From how far a thing or a person is dealt with, metres: who is farther away goes there first. */
const nearness: Partial<Record<Motion, number>> = { "pick-up": 0.46, push: 0.78, fight: 0.95 };

type State = {
  at: Spot;
  posture: Posture;
  seat: number;
  time: number;
  /** Until when their feet are on a way. */
  busy: number;
  /** What they do on the ground. */
  down: Motion;
};

export function layOut(
  person: PlannedCharacter,
  plan: Pick<ScenePlan, "frames" | "fps" | "beatSeconds">,
  find: Finder,
): Track {
  const scale = person.look.height / 1.75;
  const end = (plan.frames * plan.fps.den) / plan.fps.num;
  const seconds = (beat: number) => beat * plan.beatSeconds;
  const acts: Act[] = [];
  const ways: Way[] = [];
  const roots: Root[] = [];
  const [x, y, z] = person.at;
  const first = { x, y, z, yaw: rad(person.facing) };
  // Who fights and says not with whom fights the one they look at.
  const deeds = deedsOf(person, plan).map((deed) =>
    deed.motion === "fight" && deed.towards === undefined && person.looksAt >= 0
      ? { ...deed, towards: { kind: "person" as const, index: person.looksAt } }
      : deed,
  );
  const opening = deeds[0]!;
  const startsSeated =
    motionMakers[opening.motion].posture === "seated" ||
    (person.seat > 0 && sitsOn(opening.motion) && !standsUntil("sit", deeds));
  const state: State = {
    at: first,
    posture: startsSeated ? "seated" : motionMakers[opening.motion].posture === "ground" ? "ground" : "standing",
    seat: startsSeated ? person.seat : 0,
    time: 0,
    busy: 0,
    down: "crouch",
  };
  /** A jump of the body's place that the next act makes up for. */
  let pendingJump = 0;
  roots.push({ from: -Infinity, at: first, way: null, climbs: 0 });

  const add = (motion: Motion, from: number, to: number, more: Partial<Act> = {}) => {
    const maker = motionMakers[motion];
    const posture = maker.posture === "any" ? state.posture : maker.posture;
    const length = Math.max(0.02, to - from);
    const lead = acts.length === 0 ? 0 : Math.min(more.lead ?? maker.lead, length);
    acts.push({
      motion,
      maker,
      from,
      to,
      lead,
      posture,
      seat: posture === "seated" ? state.seat : 0,
      energy: 0.5,
      towards: undefined,
      jump: 0,
      ...more,
    });
    state.time = to;
  };
  /** Moves the body's place along its facing without anybody seeing it: the pose makes up for it. */
  const shift = (from: number, ahead: number): number => {
    const [dx, dz] = [Math.sin(state.at.yaw), Math.cos(state.at.yaw)];
    const by = ahead * scale;
    state.at = { ...state.at, x: state.at.x + dx * by, z: state.at.z + dz * by };
    roots.push({ from, at: state.at, way: null, climbs: 0 });
    return ahead;
  };
  /** Feet that stand apart come together first. @returns when they have */
  const gather = (from: number): number => {
    if (acts.at(-1)?.maker.ownLegs !== true) return Math.max(from, state.busy);
    add("stand", Math.max(from, state.time), Math.max(from, state.time) + 0.5, { lead: 0.5 });
    return state.time;
  };
  const take = (way: Way) => {
    ways.push(way);
    state.busy = way.to;
    roots.push({ from: Math.max(way.from, 0), at: way.end, way, climbs: 0 });
    state.at = { ...way.end, yaw: way.end.yaw };
  };
  /** Up from chair or floor, by `time`; @returns when they stand, and how far the body's place jumps then */
  const rise = (from: number, upTo: number): { time: number; jump: number } => {
    if (state.posture === "standing") return { time: from, jump: 0 };
    const sits = state.posture === "seated" && state.seat > 0;
    if (state.posture === "ground" && state.down === "lie") {
      const half = Math.min(from + 0.9, (from + upTo) / 2);
      add("crouch", from, half, { lead: half - from });
      from = half;
      state.down = "crouch";
    }
    const time = Math.min(upTo, from + (sits ? risingSeconds : 1));
    if (sits) {
      add("stand-up", from, time);
      state.posture = "standing";
      state.seat = 0;
      return { time, jump: shift(time, seatReach) };
    }
    state.posture = "standing";
    add("stand", from, time, { lead: Math.max(0.2, time - from) });
    return { time, jump: 0 };
  };

  deeds.forEach((deed, index) => {
    const maker = motionMakers[deed.motion];
    let from = Math.max(seconds(deed.from), state.time);
    const to = Math.max(from, index === deeds.length - 1 ? Math.max(seconds(deed.to), state.time) : seconds(deed.to));
    if (to - from < 0.02 && acts.length > 0) return;
    // Nothing is said of the time before: they stand, or sit on.
    if (from > state.time + 0.02) add(idleOf(state), state.time, from, { jump: takeJump() });
    const about = { energy: deed.energy, towards: deed.towards };
    const going = maker.gait !== undefined;
    const wantsSeat = deed.motion === "sit" || deed.motion === "drive" || (deed.motion === "play" && person.seat > 0);
    let jump = 0;
    const near = deed.goes === undefined ? nearTo(deed, from) : undefined;
    // Who is at it from the first frame has come near before.
    const isThere =
      near !== undefined &&
      acts.length === 0 &&
      seconds(deed.from) <= 0 &&
      Math.hypot(near[0] - state.at.x, near[2] - state.at.z) < 1.2;
    if (isThere) standAt(near);
    const goes = deed.goes ?? (isThere ? undefined : near);
    const far = goes === undefined ? 0 : Math.hypot(goes[0] - state.at.x, goes[2] - state.at.z);
    const leaves =
      deed.motion !== "drive" && far > noWay && (going || maker.posture !== "ground" || deed.motion === "climb");
    if (deed.motion === "stand-up") {
      if (state.posture === "seated" && state.seat > 0) {
        add("stand-up", from, to, about);
        state.posture = "standing";
        state.seat = 0;
        shift(to, seatReach);
        pendingJump = seatReach;
      } else {
        state.posture = "standing";
        add("stand", from, to, { ...about, lead: Math.min(1.2, to - from) });
      }
      return;
    }
    const rises =
      state.posture === "ground"
        ? maker.posture !== "ground"
        : state.posture === "seated" && (going || leaves || (maker.posture !== "seated" && maker.posture !== "any"));
    // Nobody gets up for what is over before they stand.
    if (rises && acts.length > 0 && to - Math.max(from, state.busy) < 0.9) return;
    if (rises && acts.length > 0) {
      from = Math.max(from, state.busy);
      const up = rise(from, Math.max(from + 0.3, to - 0.2));
      from = up.time;
      jump = up.jump;
      if (to - from < 0.05) {
        pendingJump = jump;
        return;
      }
    }
    jump += takeJump();
    if (leaves && goes !== undefined) {
      from = gather(from);
      const opens = seconds(deed.from) <= 0 && acts.length === 0 && going;
      const legacy = person.deeds.length === 0;
      const way = goTo({
        gait: gaitAt(person.look.age, maker.gait ?? motionMakers.walk.gait!),
        scale,
        from,
        by: going ? to : from + (to - from) * 0.6,
        start: state.at,
        goal: goes,
        rolling: opens,
        end,
        steady: legacy,
        hurry: 0.85 + 0.3 * deed.energy,
      });
      take(way);
      add(going ? deed.motion : "walk", from, Math.max(going ? to : way.to, way.to), { ...about, jump });
      jump = 0;
      from = state.time;
      if (deed.facing !== undefined) turn(from, rad(deed.facing));
      if (going) return;
    } else if (state.posture === "standing" && maker.posture !== "ground") {
      const yaw = yawFor(deed, from);
      if (yaw !== null) {
        if (acts.length === 0) face(yaw);
        else {
          turn(from, yaw);
          from = Math.max(from, state.time);
        }
      }
    }
    // Nobody sits or lies down while their feet still turn.
    if (wantsSeat || maker.posture === "ground") from = Math.max(from, state.busy);
    if (to - from < 0.05 && acts.length > 0) return;
    if (wantsSeat && state.posture !== "seated") {
      state.posture = "seated";
      state.seat = person.seat > 0 ? person.seat : 0;
      if (state.seat > 0) jump += acts.length === 0 ? 0 : shift(from, -seatReach);
    } else if (maker.posture === "ground" || deed.motion === "fall") {
      if (maker.through !== undefined && state.posture === "standing" && acts.length > 0) {
        const half = Math.min(from + 0.8, from + (to - from) / 2);
        add(maker.through, from, half, { ...about, jump });
        jump = 0;
        from = half;
      }
      state.posture = "ground";
      state.down = deed.motion === "fall" ? "lie" : deed.motion;
    }
    if (deed.motion === "drive" && far > noWay && goes !== undefined) ride(goes, from, to);
    add(deed.motion, from, to, { ...about, jump });
    if (deed.motion === "climb") climb(from, to);
  });
  // The last thing goes on for as long as anybody looks.
  if (state.time < end && acts.length > 0) {
    const tail = takeJump();
    if (tail !== 0 || acts.at(-1)!.maker.gait !== undefined) add(idleOf(state), state.time, end, { jump: tail });
  }

  function nearTo(deed: Deed, from: number): [number, number, number] | undefined {
    const near = nearness[deed.motion];
    const target = near === undefined || deed.towards === undefined ? null : find(deed.towards, from);
    if (near === undefined || target === null) return undefined;
    const [dx, dz] = [target[0] - state.at.x, target[2] - state.at.z];
    const far = Math.hypot(dx, dz);
    if (far < near + 0.3) return undefined;
    // Two who go for each other meet halfway.
    const share = deed.towards?.kind === "person" ? 0.5 : 1;
    const way = ((far - near) / far) * share;
    return [state.at.x + dx * way, state.at.y, state.at.z + dz * way];
  }
  function yawFor(deed: Deed, from: number): number | null {
    if (deed.motion === "drive" && deed.goes !== undefined)
      return Math.atan2(deed.goes[0] - state.at.x, deed.goes[2] - state.at.z);
    if (deed.facing !== undefined)
      return Math.abs(wrap(rad(deed.facing) - state.at.yaw)) > rad(8) ? rad(deed.facing) : null;
    if (deed.towards === undefined) return null;
    const target = find(deed.towards, from);
    if (target === null) return null;
    const [dx, dz] = [target[0] - state.at.x, target[2] - state.at.z];
    if (Math.hypot(dx, dz) < 0.15) return null;
    const yaw = Math.atan2(dx, dz);
    const by = wrap(yaw - state.at.yaw);
    const exact = deed.motion === "fight" || deed.motion === "push" || deed.motion === "pick-up";
    if (Math.abs(by) <= (exact ? rad(6) : rad(byEyes))) return null;
    // The eyes do the rest of it: nobody squares up to what they look at.
    return exact ? yaw : state.at.yaw + by - Math.sign(by) * rad(14);
  }
  function standAt([x, y, z]: readonly [number, number, number]): void {
    state.at = { ...state.at, x, y, z };
    roots.push({ from: state.time, at: state.at, way: null, climbs: 0 });
  }
  function face(yaw: number): void {
    state.at = { ...state.at, yaw };
    roots.push({ from: state.time, at: state.at, way: null, climbs: 0 });
  }
  function turn(from: number, yaw: number): void {
    if (Math.abs(wrap(yaw - state.at.yaw)) < rad(5)) return;
    take(turnTo(gather(from), state.at, yaw, scale));
  }
  /** In a car, at one speed. */
  function ride(goes: readonly [number, number, number], from: number, to: number): void {
    const way = [goes[0] - state.at.x, goes[1] - state.at.y, goes[2] - state.at.z] as const;
    const k = Math.min(1, (fastestCar * (to - from)) / Math.max(0.01, Math.hypot(...way)));
    const { x, y, z } = state.at;
    const goal = { x: x + way[0] * k, y: y + way[1] * k, z: z + way[2] * k, yaw: Math.atan2(way[0], way[2]) };
    roots.push({ from, at: { ...state.at, yaw: goal.yaw }, way: null, climbs: 0, ride: { to, goal } });
    state.at = goal;
    roots.push({ from: to, at: goal, way: null, climbs: 0 });
  }
  function climb(from: number, to: number): void {
    roots.push({ from, at: state.at, way: null, climbs: climbSpeed * scale });
    state.at = { ...state.at, y: state.at.y + climbSpeed * scale * (to - from) };
    roots.push({ from: to, at: state.at, way: null, climbs: 0 });
  }
  function takeJump(): number {
    const by = pendingJump;
    pendingJump = 0;
    return by;
  }

  return {
    acts,
    ways,
    actAt(t) {
      let found = 0;
      for (let i = 1; i < acts.length; i += 1) if (acts[i]!.from <= t) found = i;
      return found;
    },
    wayAt(t) {
      for (const way of ways) if (t >= way.from && t < way.to) return way;
      return null;
    },
    rootAt(t) {
      let found = roots[0]!;
      for (const root of roots) if (root.from <= t) found = root;
      if (found.way !== null) return t < found.way.to ? found.way.at(t) : found.at;
      if (found.ride !== undefined) {
        const { to, goal } = found.ride;
        const k = (t - found.from) / Math.max(0.01, to - found.from);
        return { ...goal, x: mix(found.at.x, goal.x, k), y: mix(found.at.y, goal.y, k), z: mix(found.at.z, goal.z, k) };
      }
      return found.climbs > 0 ? { ...found.at, y: found.at.y + found.climbs * Math.max(0, t - found.from) } : found.at;
    },
  };
}

const sitsOn = (motion: Motion) => motionMakers[motion].posture === "any" || motion === "stand-up";
/** Whoever does something before they do `motion`, and nothing that they could not do standing. */
function standsUntil(motion: Motion, deeds: readonly Deed[]): boolean {
  const at = deeds.findIndex((deed) => deed.motion === motion);
  return at > 0 && deeds.slice(0, at).every((deed) => motionMakers[deed.motion].posture === "any");
}
const idleOf = (state: State): Motion =>
  state.posture === "seated" ? "sit" : state.posture === "ground" ? state.down : "stand";
