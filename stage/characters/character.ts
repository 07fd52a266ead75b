import * as THREE from "three";
import type { PlannedCharacter, ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { hashText } from "#domain/screenplay/seeded.ts";
import { buildProp } from "../scene/props.ts";
import { bodyGeometry } from "./body.ts";
import { applyMotion, distanceGone } from "./motion.ts";
import { buildBones } from "./skeleton.ts";

/** A person on the stage: a skinned mannequin that is posed for any moment of the shot. */
export type Character = {
  plan: PlannedCharacter;
  object: THREE.Group;
  /** Puts and poses them for a time of the shot. */
  update(seconds: number, others: readonly Character[]): void;
  /** Where they are at a time, without posing. */
  placeAt(seconds: number): THREE.Vector3;
  /** Eye height above the floor they stand on. */
  eyeHeight: number;
  facing: number;
};

const eyeHeights: Record<PlannedCharacter["action"], number> = {
  stand: 1.65,
  walk: 1.63,
  run: 1.55,
  sit: 0.8,
  climb: 1.68,
  look: 1.65,
  play: 0.78,
  hold: 1.64,
  point: 1.65,
  wave: 1.65,
  crouch: 1.02,
  lie: 0.2,
  sneak: 1.5,
  "stand-up": 1.65,
  talk: 1.65,
  "pick-up": 1.65,
  push: 1.6,
  fall: 1.65,
  fight: 1.6,
  dance: 1.6,
  drive: 0.8,
};

export function buildCharacter(person: PlannedCharacter, index: number, plan: ScenePlan): Character {
  const scale = person.look.height / 1.75;
  const { bones, skeleton } = buildBones();
  const glossy = person.look.garment === "raincoat" || plan.weather === "rain" || plan.weather === "storm";
  const mesh = new THREE.SkinnedMesh(
    bodyGeometry(person.look, person.seat > 0 || person.action === "play"),
    new THREE.MeshStandardMaterial({ vertexColors: true, roughness: glossy ? 0.5 : 0.78, metalness: 0 }),
  );
  mesh.add(bones.hips);
  mesh.bind(skeleton);
  mesh.castShadow = true;
  mesh.receiveShadow = true;
  mesh.frustumCulled = false;
  const object = new THREE.Group();
  object.name = `character:${index}`;
  object.add(mesh);
  object.scale.setScalar(scale);
  carry(person, object, bones.upperChest, bones.rightHand);
  if (person.action === "hold" && (plan.dressing.includes("wheel") || plan.place === "ship-deck")) {
    const wheel = buildProp("wheel");
    wheel.position.z = 0.46;
    object.add(wheel);
  }
  const offset = (hashText(person.name) % 1000) / 250 + index * 0.37;
  const start = new THREE.Vector3(...person.at);
  const way = new THREE.Vector3(...person.to).sub(start);
  const length = way.length();
  if (length > 0.001) way.divideScalar(length);
  const placeAt = (seconds: number) => start.clone().addScaledVector(way, distanceGone(person, seconds));
  const eyeHeight =
    eyeHeights[person.action] * scale + (person.seat > 0 ? person.seat : person.action === "play" ? 0.3 : 0);
  const spoken = plan.lines.filter((line) => line.who === index);

  const character: Character = {
    plan: person,
    object,
    placeAt,
    eyeHeight,
    facing: person.facing,
    update(seconds, others) {
      const at = placeAt(seconds);
      object.position.copy(at);
      object.rotation.y = (person.facing * Math.PI) / 180;
      if (person.action === "climb") object.position.y += Math.max(-0.3, seconds * 0.16 - 0.3);
      const talk = spoken.reduce((most, line) => Math.max(most, voice(seconds, line.start, line.seconds)), 0);
      applyMotion(
        bones,
        person,
        { seconds, talk, gaze: gazeAt(seconds, others), offset, windy: plan.windy && !plan.interior },
        scale,
      );
      object.updateMatrixWorld(true);
    },
  };

  function gazeAt(seconds: number, others: readonly Character[]): { yaw: number; pitch: number } | null {
    const target = person.looksAt >= 0 ? others[person.looksAt] : undefined;
    if (target === undefined || target === character || person.action === "play") return null;
    const from = placeAt(seconds);
    const to = target.placeAt(seconds);
    const dx = to.x - from.x;
    const dz = to.z - from.z;
    const yaw = (((Math.atan2(dx, dz) * 180) / Math.PI - person.facing + 540) % 360) - 180;
    const pitch = (Math.atan2(eyeHeight - target.eyeHeight, Math.max(0.4, Math.hypot(dx, dz))) * 180) / Math.PI;
    // A look rests on the other and leaves for a moment now and then.
    const away = Math.max(0, Math.sin(seconds * 0.9 + offset * 5) - 0.86) * 60;
    return { yaw: yaw * 0.92 + away, pitch };
  }
  return character;
}

/** Rises and falls softly at the ends of a line. */
function voice(seconds: number, start: number, length: number): number {
  const into = seconds - start;
  if (into < -0.15 || into > length + 0.3) return 0;
  return Math.min(1, (into + 0.15) / 0.3) * Math.min(1, (length + 0.3 - into) / 0.35);
}

function carry(person: PlannedCharacter, object: THREE.Group, chest: THREE.Bone, hand: THREE.Bone): void {
  if (person.action === "play") {
    const cello = buildProp("cello");
    cello.position.set(0.02, 0.1, 0.4);
    cello.rotation.set(-0.32, 0.1, 0.06);
    object.add(cello);
    return;
  }
  const kind = person.carries;
  if (kind === null) return;
  const prop = buildProp(kind);
  if (kind === "cello-case") {
    if (person.seat > 0) {
      prop.position.set(0, 0.02, 0.42);
      prop.rotation.set(-0.22, 0, 0.05);
      object.add(prop);
    } else {
      prop.position.set(0.02, -0.9, -0.27);
      prop.rotation.set(0.06, 0, 0.12);
      chest.add(prop);
    }
    return;
  }
  if (kind === "umbrella") prop.position.set(0, -0.06, 0.05);
  else if (kind === "suitcase" || kind === "lantern") prop.position.set(0, kind === "suitcase" ? -0.52 : -0.38, 0.02);
  else prop.position.set(0, -0.1, 0.06);
  hand.add(prop);
}
