import * as THREE from "three";
import type { PlannedCharacter, ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { buildProp } from "../scene/props.ts";
import type { Bones } from "./skeleton.ts";
import type { Track } from "./track.ts";
import { grabAt } from "./motions/hands.ts";

/** What somebody holds, wears on the back or works at; it follows their bones. */
export type HeldThings = { update(seconds: number): void };

/** @param onFloor  where a thing lies that is still to be picked up, in the set */
export function holdThings(
  person: PlannedCharacter,
  plan: ScenePlan,
  object: THREE.Group,
  bones: Bones,
  track: Track,
  onFloor: (seconds: number) => readonly [number, number, number] | null,
): HeldThings {
  const updates: ((seconds: number) => void)[] = [];
  const does = (motion: string) => track.acts.some((act) => act.motion === motion);
  if (does("play") && person.seat > 0) {
    const cello = buildProp("cello");
    cello.position.set(0.02, 0.1, 0.4);
    cello.rotation.set(-0.32, 0.1, 0.06);
    object.add(cello);
    return { update: () => undefined };
  }
  if (does("hold") && (plan.dressing.includes("wheel") || plan.place === "ship-deck")) {
    const wheel = buildProp("wheel");
    wheel.position.z = 0.46;
    object.add(wheel);
  }
  const kind = person.carries;
  if (kind === null) return { update: () => undefined };
  const prop = buildProp(kind);
  if (kind === "cello-case" && person.seat > 0) {
    prop.position.set(0, 0.02, 0.42);
    prop.rotation.set(-0.22, 0, 0.05);
    object.add(prop);
    return { update: () => undefined };
  }
  const { parent, at, turn } = holding(kind, bones);
  parent.add(prop);
  prop.position.set(...at);
  prop.rotation.set(...turn);
  const picks = track.acts.find((act) => act.motion === "pick-up");
  if (picks !== undefined) {
    const taken = picks.from + grabAt(picks.to - picks.from);
    const held = { at: prop.position.clone(), turn: prop.quaternion.clone() };
    const inverse = new THREE.Matrix4();
    const world = new THREE.Matrix4();
    const lying = new THREE.Matrix4();
    updates.push((seconds) => {
      if (seconds >= taken) {
        prop.position.copy(held.at);
        prop.quaternion.copy(held.turn);
        prop.scale.setScalar(1);
        return;
      }
      const spot = onFloor(picks.from);
      if (spot === null) return;
      parent.updateWorldMatrix(true, false);
      const scale = object.scale.x;
      lying.compose(
        new THREE.Vector3(...spot),
        new THREE.Quaternion().setFromAxisAngle(new THREE.Vector3(0, 1, 0), object.rotation.y),
        new THREE.Vector3(scale, scale, scale),
      );
      world.copy(inverse.copy(parent.matrixWorld).invert()).multiply(lying);
      world.decompose(prop.position, prop.quaternion, prop.scale);
    });
  }
  return { update: (seconds) => updates.forEach((update) => update(seconds)) };
}

type Holding = { parent: THREE.Bone; at: [number, number, number]; turn: [number, number, number] };

/** How each thing is held: where its own origin is from the hand, and how it is turned. */
function holding(kind: NonNullable<PlannedCharacter["carries"]>, bones: Bones): Holding {
  const hand = bones.rightHand;
  switch (kind) {
    case "cello-case":
      return { parent: bones.upperChest, at: [0.02, -0.9, -0.27], turn: [0.06, 0, 0.12] };
    case "umbrella":
      return { parent: hand, at: [0, -0.06, 0.05], turn: [0, 0, 0] };
    case "suitcase":
      return { parent: hand, at: [0, -0.52, 0.02], turn: [0, 0, 0] };
    case "lantern":
      return { parent: hand, at: [0, -0.38, 0.02], turn: [0, 0, 0] };
    case "letter":
    case "phone":
    case "book":
      // Flat things are held upright before the fingers, their face to the reader.
      return { parent: hand, at: [0.02, -0.12, 0.05], turn: [0.2, 0, Math.PI / 2] };
    default:
      return { parent: hand, at: [0, -0.1, 0.06], turn: [0, 0, 0] };
  }
}
