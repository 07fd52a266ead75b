import * as THREE from "three";
import { SetBuilder } from "../scene/set-builder.ts";
import type { Bones } from "./skeleton.ts";

type Place = readonly [number, number, number];

/** What is struck, the middle of its upper side: metres from the stool on, +z ahead, +x to the player's left. */
export const struck = {
  snare: [0.06, 0.68, 0.52],
  hat: [0.44, 0.86, 0.5],
  tom: [0.2, 0.86, 0.74],
  middleTom: [-0.17, 0.85, 0.74],
  floorTom: [-0.5, 0.66, 0.48],
} as const satisfies Record<string, Place>;

const steel = { colour: "#a9adb2", finish: "metal" as const, shade: 0.1 };
const shell = { colour: "#7a1d22", finish: "gloss" as const, shade: 0.25 };
const skin = { colour: "#ece7da", shade: 0 };
const brass = { colour: "#c9a24a", finish: "metal" as const, shade: 0.05 };

/** @param tilt  towards the player, radians */
function drum(set: SetBuilder, [x, y, z]: Place, radius: number, deep: number, tilt = 0): void {
  const put = (geometry: THREE.BufferGeometry, up: number) =>
    geometry.translate(0, up, 0).rotateX(-tilt).translate(x, y, z);
  set.add(put(new THREE.CylinderGeometry(radius, radius, deep, 26), -deep / 2), shell);
  set.add(put(new THREE.CylinderGeometry(radius * 0.97, radius * 0.97, 0.006, 26), 0.004), skin);
  for (const up of [0, -deep])
    set.add(put(new THREE.TorusGeometry(radius, 0.009, 6, 28).rotateX(Math.PI / 2), up), steel);
}

function cymbal(set: SetBuilder, [x, y, z]: Place, radius: number, tilt: number): void {
  const put = (geometry: THREE.BufferGeometry) => geometry.rotateX(-tilt).translate(x, y, z);
  set.add(put(new THREE.CylinderGeometry(0.04, radius, 0.022, 28)), brass);
  set.add(put(new THREE.SphereGeometry(0.045, 12, 6, 0, Math.PI * 2, 0, Math.PI / 2)), brass);
}

/** Three legs and a pole. */
function stand(set: SetBuilder, [x, top, z]: Place, spread = 0.2): void {
  set.rod([x, 0.14, z], [x, top, z], 0.011, steel);
  for (const turn of [0.4, 2.5, 4.6])
    set.rod([x, 0.24, z], [x + Math.sin(turn) * spread, 0.012, z + Math.cos(turn) * spread], 0.009, steel);
}

/** A kit and its stool, about somebody who sits at x = 0, z = 0 and looks towards +z, metres. */
export function drumKit(seat: number): THREE.Group {
  const set = new SetBuilder(() => 0.5);
  drum(set, struck.snare, 0.178, 0.14, 0.08);
  stand(set, [struck.snare[0], 0.54, struck.snare[2]], 0.22);
  drum(set, struck.tom, 0.152, 0.22, 0.35);
  drum(set, struck.middleTom, 0.165, 0.24, 0.35);
  drum(set, struck.floorTom, 0.2, 0.38);
  for (const turn of [0.6, 2.7, 4.8]) {
    const [x, z] = [struck.floorTom[0] + Math.sin(turn) * 0.21, struck.floorTom[2] + Math.cos(turn) * 0.21];
    set.rod([x, 0.02, z], [x, 0.5, z], 0.009, steel);
  }
  // The great drum lies on its side.
  const [low, ahead, long] = [0.3, 0.86, 0.42];
  const round = (radius: number, thick: number, z: number) =>
    new THREE.CylinderGeometry(radius, radius, thick, 30).rotateX(Math.PI / 2).translate(0.01, low, z);
  set.add(round(0.285, long, ahead), shell);
  for (const z of [ahead - long / 2, ahead + long / 2]) {
    set.add(round(0.28, 0.008, z + Math.sign(z - ahead) * 0.004), skin);
    set.add(new THREE.TorusGeometry(0.287, 0.014, 8, 32).translate(0.01, low, z), steel);
  }
  set.rod([0.02, low + 0.26, ahead], [0.1, 0.8, 0.78], 0.014, steel);
  set.rod([0, low + 0.26, ahead], [-0.08, 0.79, 0.78], 0.014, steel);
  const [hatX, hatY, hatZ] = struck.hat;
  stand(set, [hatX, hatY + 0.12, hatZ]);
  cymbal(set, [hatX, hatY, hatZ], 0.178, 0);
  set.add(new THREE.CylinderGeometry(0.178, 0.04, 0.022, 28).translate(hatX, hatY - 0.035, hatZ), brass);
  stand(set, [0.62, 1.16, 0.95]);
  cymbal(set, [0.6, 1.16, 0.92], 0.22, 0.32);
  stand(set, [-0.62, 1.02, 0.88]);
  cymbal(set, [-0.6, 1.03, 0.85], 0.26, 0.3);
  for (const x of [-0.1, 0.3]) set.box([0.09, 0.02, 0.26], { at: [x, 0.02, 0.52], ...steel });
  set.add(new THREE.CylinderGeometry(0.17, 0.16, 0.08, 24).translate(0, seat - 0.04, 0), {
    colour: "#1c1a1b",
    shade: 0.2,
  });
  stand(set, [0, seat - 0.08, 0], 0.24);
  const kit = set.build();
  kit.name = "drum-kit";
  return kit;
}

/** From the fist to the tip, metres. */
const stickLength = 0.34;

/** @returns what keeps a stick in either hand; each points at the skin that is before the hand, and higher with it */
export function holdSticks(object: THREE.Group, bones: Bones): () => void {
  const wood = new THREE.MeshLambertMaterial({ color: "#c9a777" });
  const sticks = (["leftHand", "rightHand"] as const).map((name) => {
    const stick = new THREE.Mesh(new THREE.CylinderGeometry(0.005, 0.008, stickLength + 0.08, 6), wood);
    object.add(stick);
    return { stick, bone: bones[name] };
  });
  const skins = Object.values(struck).map((place) => new THREE.Vector3(...place));
  const toFrame = new THREE.Matrix4();
  return () => {
    bones.hips.updateWorldMatrix(true, true);
    toFrame.copy(object.matrixWorld).invert();
    const scale = object.scale.x;
    for (const { stick, bone } of sticks) {
      const hand = new THREE.Vector3(0, -0.07, 0.02).applyMatrix4(bone.matrixWorld).applyMatrix4(toFrame);
      const before = hand.clone().add(new THREE.Vector3(0, -0.1, 0.24));
      const aim = new THREE.Vector3();
      let weights = 0;
      for (const skin of skins) {
        const at = skin.clone().divideScalar(scale);
        const weight = 1 / (0.01 + at.distanceTo(before)) ** 5;
        aim.addScaledVector(at, weight);
        weights += weight;
      }
      aim.divideScalar(weights);
      // The tip goes farther up and down than the hand.
      aim.y += Math.max(0, hand.y - aim.y - 0.06) * 1.5;
      const along = aim.sub(hand).normalize();
      stick.quaternion.setFromUnitVectors(new THREE.Vector3(0, 1, 0), along);
      stick.position.copy(hand).addScaledVector(along, stickLength / 2 - 0.04);
    }
  };
}
