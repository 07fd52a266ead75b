import * as THREE from "three";
import type { PieceKind } from "#domain/screenplay/plan/plan-words.ts";
import type { Shown } from "#domain/screenplay/plan/instrument-words.ts";
import type { PlannedCharacter } from "#domain/screenplay/scene-plan.ts";
import { stoopOf } from "./age.ts";
import { carryingArm } from "./carrying.ts";
import type { MotionMoment } from "./motions/motion.ts";
import { clamp01, type Leg, mix, type Pose, seated, seatedOnGround, smooth, standing } from "./pose.ts";
import { applyLegs, applyUpper, hipsLimit, upperBones } from "./pose-bones.ts";
import { type Bones, buildBones } from "./skeleton.ts";
import type { Act, Track } from "./track.ts";
import { type Spot, type Way, wrap } from "./way.ts";
import { wayLegs, wayPlanted } from "./way-feet.ts";

/** What a person brings to every moment, and what is the moment's. */
export type Player = {
  person: PlannedCharacter;
  scale: number;
  offset: number;
  beatSeconds: number;
  instrument: Shown;
  windy: boolean;
};
export type Now = {
  seconds: number;
  talk: number;
  /** What is in the right hand. */
  carries: PieceKind | null;
  /** Where they look, from straight ahead, degrees; null = ahead. */
  gaze: { yaw: number; pitch: number } | null;
  partnerAt(act: Act): readonly [number, number, number] | null;
  /** Whether they come first of the two who do it together. */
  firstOf(act: Act): boolean;
};

/** @returns the moment of one act; acts go on beyond their end while the next one takes over */
export function momentOf(act: Act, way: Way | null, root: Spot, player: Player, now: Now): MotionMoment {
  const { scale } = player;
  const target = now.partnerAt(act);
  const partner = target === null ? null : { ...inFrame(target, root, scale), first: now.firstOf(act) };
  return {
    seconds: now.seconds,
    into: Math.max(0, now.seconds - act.from),
    left: Math.max(0, act.to - now.seconds),
    talk: now.talk,
    offset: player.offset,
    energy: act.energy,
    scale,
    person: player.person,
    seat: act.seat / scale,
    stride: way === null ? 0 : way.phase(now.seconds).stride,
    pace: way === null ? 0 : way.pace(now.seconds),
    beatSeconds: player.beatSeconds,
    instrument: player.instrument,
    partner,
  };
}

function inFrame(
  at: readonly [number, number, number],
  root: Spot,
  scale: number,
): { x: number; y: number; z: number } {
  const [dx, dz] = [(at[0] - root.x) / scale, (at[2] - root.z) / scale];
  const [c, s] = [Math.cos(root.yaw), Math.sin(root.yaw)];
  return { x: c * dx - s * dz, y: (at[1] - root.y) / scale, z: s * dx + c * dz };
}

function poseOf(act: Act, m: MotionMoment): Pose {
  const pose = act.posture !== "seated" ? standing() : m.seat > 0.1 ? seated(m.seat) : seatedOnGround();
  act.maker.pose(pose, m);
  const bent = act.posture === "ground" || act.motion === "fall" ? 0 : stoopOf(m.person.look.age);
  pose.hips.y -= act.posture === "standing" ? bent * 0.02 : 0;
  pose.hipsTurn.x += bent * 0.05;
  pose.spine.x += bent * 0.1;
  pose.chest.x += bent * 0.2;
  pose.neck.x -= bent * 0.22;
  return pose;
}

/** One foot after the other goes from where it was to where it belongs. */
function stepOver(from: Leg, to: Leg, k: number): Leg {
  const q = smooth(k);
  const far = from.foot.distanceTo(to.foot);
  const foot = from.foot.clone().lerp(to.foot, q);
  foot.y += Math.sin(q * Math.PI) * Math.min(0.09, far * 0.45);
  return {
    foot,
    pitch: mix(from.pitch, to.pitch, q) + Math.sin(q * Math.PI) * Math.min(0.3, far),
    turn: from.turn + wrap(to.turn - from.turn) * q,
    pole: from.pole.clone().lerp(to.pole, q),
  };
}

const firstStep = (k: number) => clamp01(k / 0.58);
const secondStep = (k: number) => clamp01((k - 0.42) / 0.58);

type Performer = {
  /** Poses the bones for a moment. */
  pose(bones: Bones, now: Now): void;
  /** Left and right: whether a foot stands and must not slide. */
  planted(seconds: number): [boolean, boolean];
};

export function buildPerformer(track: Track, player: Player): Performer {
  const scratch = buildBones().bones;
  const turns = upperBones.map(() => new THREE.Quaternion());

  /** The legs of an act that is done in place, `jump` metres behind where they are said. */
  function legsOf(index: number, now: Now, seconds: number): [Leg, Leg] {
    const act = track.acts[index]!;
    const way = track.wayAt(seconds);
    const at = { ...now, seconds };
    const m = momentOf(act, null, track.rootAt(seconds), player, at);
    if (way !== null) return wayLegs(way, seconds, track.rootAt(seconds));
    const own = poseOf(act, m).legs;
    const into = seconds - act.from;
    const before = index - 1;
    if (before < 0 || into >= act.lead) return own;
    const was = legsOf(before, now, act.from - 1e-4);
    for (const leg of was) leg.foot.z -= act.jump;
    const k = into / act.lead;
    // The one that has farther to go begins.
    const leads = was[0].foot.distanceTo(own[0].foot) >= was[1].foot.distanceTo(own[1].foot) ? 0 : 1;
    return [
      stepOver(was[0], own[0], leads === 0 ? firstStep(k) : secondStep(k)),
      stepOver(was[1], own[1], leads === 1 ? firstStep(k) : secondStep(k)),
    ];
  }

  function upper(bones: Bones, index: number, now: Now): Pose {
    const act = track.acts[index]!;
    const root = track.rootAt(now.seconds);
    const way = track.wayAt(now.seconds);
    const mine = act.maker.gait === undefined && way?.gait !== undefined ? null : way;
    const m = momentOf(act, mine, root, player, now);
    const pose = poseOf(act, m);
    if (act.maker.gait !== undefined || act.posture === "standing") swayWith(pose, way, now.seconds, act);
    if (player.windy && act.motion !== "lie")
      pose.chest.x += 0.02 + Math.sin((now.seconds * 0.9 + player.offset) * 6.283) * 0.008;
    if (now.carries !== null) carryingArm(pose, now.carries, act.motion);
    applyUpper(bones, pose);
    return pose;
  }

  return {
    pose(bones, now) {
      const index = track.actAt(now.seconds);
      const act = track.acts[index]!;
      const into = now.seconds - act.from;
      const pose = upper(bones, index, now);
      let wanted = pose.hips.y;
      const off = (one: Act) =>
        one.maker.afoot?.(momentOf(one, null, track.rootAt(now.seconds), player, now)) === false;
      let free = off(act);
      if (index > 0 && into < act.lead) {
        const k = smooth(into / act.lead);
        const before = track.acts[index - 1]!;
        const was = upper(scratch, index - 1, now);
        was.hips.z -= act.jump;
        upperBones.forEach((name, at) => {
          turns[at]!.copy(scratch[name].quaternion).slerp(bones[name].quaternion, k);
          bones[name].quaternion.copy(turns[at]!);
        });
        const lean = (act.maker.leans ?? 0) * Math.sin(k * Math.PI);
        bones.hips.quaternion.multiply(new THREE.Quaternion().setFromEuler(new THREE.Euler(lean, 0, 0)));
        bones.neck.quaternion.multiply(new THREE.Quaternion().setFromEuler(new THREE.Euler(-lean * 0.6, 0, 0)));
        bones.hips.position.copy(was.hips.clone().lerp(pose.hips, k));
        wanted = bones.hips.position.y;
        free &&= off(before);
      }
      const legs = legsOf(index, now, now.seconds);
      if (!free) bones.hips.position.y = hipsLimit(bones.hips.position, bones.hips.quaternion, legs, wanted);
      applyLegs(bones, legs);
      applyFace(bones, act, index, now);
    },
    planted(seconds) {
      const index = track.actAt(seconds);
      const act = track.acts[index]!;
      const way = track.wayAt(seconds);
      if (way !== null) return wayPlanted(way, seconds);
      const now: Now = { seconds, talk: 0, carries: null, gaze: null, partnerAt: () => null, firstOf: () => true };
      const m = momentOf(act, null, track.rootAt(seconds), player, now);
      if (act.maker.afoot?.(m) === false) return [false, false];
      const legs = poseOf(act, m).legs;
      const stands = (leg: Leg) => leg.foot.y < 0.0851 && Math.abs(leg.pitch) < 0.01;
      if (seconds - act.from < act.lead && index > 0) return [false, false];
      return [stands(legs[0]), stands(legs[1])];
    },
  };

  /** Who only turns on the spot, or goes while doing something else, has a body that goes with the feet. */
  function swayWith(pose: Pose, way: Way | null, seconds: number, act: Act): void {
    if (way === null || act.maker.gait !== undefined) return;
    const { stride } = way.phase(seconds);
    const edge = clamp01(Math.min(seconds - way.from, way.to - seconds) / 0.2);
    pose.hips.x += Math.sin((stride + 0.05) * Math.PI * 2) * 0.025 * edge;
    pose.hipsTurn.z += Math.sin(stride * Math.PI * 2) * 0.03 * edge;
    pose.hips.y -= 0.012 * edge;
  }

  function applyFace(bones: Bones, act: Act, index: number, now: Now): void {
    const own = (one: Act | undefined) => (one?.maker.ownGaze === true ? 0 : 1);
    const k = index > 0 ? smooth((now.seconds - act.from) / 0.5) : 1;
    const much = mix(own(track.acts[index - 1]), own(act), k);
    if (now.gaze !== null && much > 0) {
      const yaw = (Math.max(-65, Math.min(65, now.gaze.yaw)) * Math.PI * much) / 180;
      const pitch = (Math.max(-40, Math.min(50, now.gaze.pitch)) * Math.PI * much) / 180;
      bones.neck.quaternion.premultiply(
        new THREE.Quaternion().setFromEuler(new THREE.Euler(pitch * 0.4, yaw * 0.4, 0, "YXZ")),
      );
      bones.head.quaternion.setFromEuler(new THREE.Euler(pitch * 0.6, yaw * 0.6, 0, "YXZ"));
    }
    const t = now.seconds + player.offset * 3;
    const blink = Math.max(0, 1 - Math.abs(((t * 0.31) % 1) - 0.5) / 0.018);
    bones.lids.scale.set(1, 1 - 0.9 * blink, 1);
    const syllable = Math.max(0, Math.sin(t * 2.9 * 6.283) * 0.6 + Math.sin((t * 4.7 + 0.3) * 6.283) * 0.4);
    bones.jaw.scale.set(1 - 0.12 * now.talk * syllable, 1 + now.talk * syllable * 2.1, 1);
  }
}
