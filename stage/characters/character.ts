import * as THREE from "three";
import type { Deed, PlannedCharacter, ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { PieceKind } from "#domain/screenplay/plan/plan-words.ts";
import { hashText } from "#domain/screenplay/seeded.ts";
import { shownInstrument } from "#domain/screenplay/plan/instrument-words.ts";
import { headOf, stoopOf } from "./age.ts";
import { bodyGeometry } from "./body.ts";
import { type HeldPiece, holdThings, takenAt } from "./held-things.ts";
import { onTheFloor } from "./motions/hands.ts";
import { buildPerformer, momentOf, type Now } from "./perform.ts";
import { mix, smooth } from "./pose.ts";
import { type Act, type Finder, layOut, type Track } from "./track.ts";
import { buildBones } from "./skeleton.ts";
import { wrap } from "./way.ts";

/** A person on the stage: a skinned mannequin that is posed for any moment of the shot. */
export type Character = {
  plan: PlannedCharacter;
  object: THREE.Group;
  /** Puts and poses them for a time of the shot. */
  update(seconds: number, others: readonly Character[]): void;
  /** Where they are at a time, without posing. */
  placeAt(seconds: number): THREE.Vector3;
  /** Which way their body faces at a time, degrees. */
  facingAt(seconds: number): number;
  /** Where their eyes are at a time, without posing: smooth, for cameras and for those who look at them. */
  eyesAt(seconds: number): THREE.Vector3;
  /** What they do, in time. */
  track: Track;
  /** Where a piece of the set is that they pick up; they must be posed for that moment. */
  heldPiece(seconds: number): HeldPiece | null;
  /** Left and right: whether the foot stands and must not slide. */
  planted(seconds: number): [boolean, boolean];
  /** Eye height above the floor they stand on, as the shot begins. */
  eyeHeight: number;
  /** As the shot begins. */
  facing: number;
};

/** @returns for each foot whether it stands on the floor at that time and must not slide */
export function plantedFeet(character: Character, seconds: number): { left: boolean; right: boolean } {
  const [left, right] = character.planted(seconds);
  return { left, right };
}

export function buildCharacter(person: PlannedCharacter, index: number, plan: ScenePlan): Character {
  const scale = person.look.height / 1.75;
  const { bones, skeleton } = buildBones();
  const track = layOut(person, plan, finderOf(plan));
  const sits = track.acts.some((act) => act.posture === "seated");
  const glossy = person.look.garment === "raincoat" || plan.weather === "rain" || plan.weather === "storm";
  const mesh = new THREE.SkinnedMesh(
    bodyGeometry(person.look, sits),
    new THREE.MeshStandardMaterial({ vertexColors: true, roughness: glossy ? 0.5 : 0.78, metalness: 0 }),
  );
  mesh.add(bones.hips);
  mesh.bind(skeleton);
  bones.head.scale.setScalar(headOf(person.look.age));
  mesh.castShadow = true;
  mesh.receiveShadow = true;
  mesh.frustumCulled = false;
  const object = new THREE.Group();
  object.name = `character:${index}`;
  object.add(mesh);
  object.scale.setScalar(scale);

  const offset = (hashText(person.name) % 1000) / 250 + index * 0.37;
  const player = {
    person,
    scale,
    offset,
    beatSeconds: plan.beatSeconds,
    instrument: shownInstrument(plan),
    windy: plan.windy && !plan.interior,
  };
  const performer = buildPerformer(track, player);
  const spoken = plan.lines.filter((line) => line.who === index);
  const talkAt = (seconds: number) =>
    spoken.reduce((most, line) => Math.max(most, voice(seconds, line.start, line.seconds)), 0);

  const placeAt = (seconds: number) => {
    const { x, y, z } = track.rootAt(seconds);
    return new THREE.Vector3(x, y, z);
  };
  const still = (seconds: number): Now => ({
    seconds,
    talk: 0,
    carries: null,
    gaze: null,
    partnerAt: () => null,
    firstOf: () => true,
  });
  function eyesAt(seconds: number): THREE.Vector3 {
    const at = track.actAt(seconds);
    const root = track.rootAt(seconds);
    const heightOf = (act: Act) => {
      const { eyeHeight } = act.maker;
      const high =
        typeof eyeHeight === "number" ? eyeHeight : eyeHeight(momentOf(act, null, root, player, still(seconds)));
      const bent = act.posture === "ground" ? 0 : stoopOf(person.look.age) * 0.07;
      return (high - bent) * scale + (act.posture === "seated" ? act.seat : 0);
    };
    const act = track.acts[at]!;
    const k = at === 0 || act.lead === 0 ? 1 : smooth((seconds - act.from) / act.lead);
    const up = k >= 1 ? heightOf(act) : mix(heightOf(track.acts[at - 1]!), heightOf(act), k);
    // A body that jumps onto a seat has its eyes go there as slowly as it sits down.
    const behind = k >= 1 ? 0 : -act.jump * scale * (1 - k);
    const rising = act.motion === "stand-up" ? risingAhead(act, seconds) * scale : 0;
    return new THREE.Vector3(root.x, root.y + up, root.z).add(
      new THREE.Vector3(Math.sin(root.yaw), 0, Math.cos(root.yaw)).multiplyScalar(behind + rising),
    );
  }

  const things = holdThings(person, plan, object, bones, track, () => {
    const act = track.acts.find(({ motion }) => motion === "pick-up");
    if (act === undefined) return null;
    const found = act.towards === undefined ? null : finderOf(plan)(act.towards, act.from);
    if (found !== null) return found;
    const { x, y, z, yaw } = track.rootAt(takenAt(act));
    const { x: aside, z: ahead } = onTheFloor;
    return [
      x + (Math.cos(yaw) * aside + Math.sin(yaw) * ahead) * scale,
      y,
      z + (-Math.sin(yaw) * aside + Math.cos(yaw) * ahead) * scale,
    ];
  });
  const picks = track.acts.find(({ motion }) => motion === "pick-up");
  const picked =
    picks?.towards?.kind === "piece"
      ? plan.pieces.find(({ id }) => picks.towards?.kind === "piece" && id === picks.towards.id)
      : undefined;
  /** What is in the right hand by then. */
  const inHand = (seconds: number): PieceKind | null => {
    const taken = picks === undefined || seconds >= takenAt(picks);
    if (picked !== undefined && taken) return picked.kind;
    return taken || picked !== undefined ? person.carries : null;
  };

  const character: Character = {
    plan: person,
    object,
    track,
    placeAt,
    facingAt: (seconds) => (track.rootAt(seconds).yaw * 180) / Math.PI,
    eyesAt,
    heldPiece: (seconds) => things.pieceAt(seconds),
    planted: (seconds) => performer.planted(seconds),
    eyeHeight: eyesAt(0).y - track.rootAt(0).y,
    facing: (track.rootAt(0).yaw * 180) / Math.PI,
    update(seconds, others) {
      const root = track.rootAt(seconds);
      object.position.set(root.x, root.y, root.z);
      object.rotation.y = root.yaw;
      performer.pose(bones, {
        seconds,
        talk: talkAt(seconds),
        carries: inHand(seconds),
        gaze: gazeAt(seconds, others),
        partnerAt: (act) => whereIs(act.towards, seconds, others, "body"),
        firstOf: (act) => act.towards?.kind !== "person" || index < act.towards.index,
      });
      object.updateMatrixWorld(true);
      things.update(seconds);
    },
  };

  function whereIs(
    towards: Deed["towards"],
    seconds: number,
    others: readonly Character[],
    part: "body" | "eyes",
  ): [number, number, number] | null {
    if (towards === undefined) return null;
    if (towards.kind === "person") {
      const other = others[towards.index];
      if (other === undefined || other === character) return null;
      const at = part === "eyes" ? other.eyesAt(seconds) : other.placeAt(seconds);
      return [at.x, at.y, at.z];
    }
    const found = finderOf(plan)(towards, seconds);
    return found === null ? null : [...found];
  }

  function gazeAt(seconds: number, others: readonly Character[]): Now["gaze"] {
    const at = track.actAt(seconds);
    const act = track.acts[at]!;
    const now = gazeOf(act, seconds, others);
    if (at === 0) return now;
    const k = smooth((seconds - act.from) / 0.55);
    if (k >= 1) return now;
    const was = gazeOf(track.acts[at - 1]!, seconds, others) ?? { yaw: 0, pitch: 0 };
    const next = now ?? { yaw: 0, pitch: 0 };
    return { yaw: mix(was.yaw, next.yaw, k), pitch: mix(was.pitch, next.pitch, k) };
  }

  function gazeOf(act: Act, seconds: number, others: readonly Character[]): Now["gaze"] {
    // Who goes somewhere looks there; everybody else at whom they deal with, else at whom they talk to.
    const going = act.maker.gait !== undefined;
    const towards: Deed["towards"] =
      act.towards ?? (going || person.looksAt < 0 ? undefined : { kind: "person", index: person.looksAt });
    const target = whereIs(towards, seconds, others, "eyes");
    if (target === null) return null;
    const from = eyesAt(seconds);
    const [dx, dz] = [target[0] - from.x, target[2] - from.z];
    const yaw = (wrap(Math.atan2(dx, dz) - track.rootAt(seconds).yaw) * 180) / Math.PI;
    const pitch = (Math.atan2(from.y - target[1], Math.max(0.4, Math.hypot(dx, dz))) * 180) / Math.PI;
    // A look rests on the other and leaves for a moment now and then.
    const away = Math.max(0, Math.sin(seconds * 0.9 + offset * 5) - 0.86) * 60;
    // What has been picked up is not looked for any more.
    const still = act.motion === "pick-up" ? 1 - smooth((seconds - takenAt(act)) / 0.6) : 1;
    return { yaw: (yaw * 0.92 + away) * still, pitch: pitch * still };
  }
  return character;
}

const risingAhead = (act: Act, seconds: number) =>
  0.42 * smooth((seconds - act.from) / Math.max(0.3, Math.min(1.6, act.to - act.from)));

/** Where points and pieces are, and where people stand as the shot begins. The camera is in front. */
function finderOf(plan: ScenePlan): Finder {
  return (towards) => {
    switch (towards.kind) {
      case "point":
        return towards.at;
      case "piece": {
        const piece = plan.pieces.find(({ id }) => id === towards.id);
        return piece === undefined ? null : piece.at;
      }
      case "person":
        return plan.cast[towards.index]?.at ?? null;
      case "camera":
        return null;
    }
  };
}

/** Rises and falls softly at the ends of a line. */
function voice(seconds: number, start: number, length: number): number {
  const into = seconds - start;
  if (into < -0.15 || into > length + 0.3) return 0;
  return Math.min(1, (into + 0.15) / 0.3) * Math.min(1, (length + 0.3 - into) / 0.35);
}
