import * as THREE from "three";
import { buildProp } from "../scene/props.ts";
import { SetBuilder } from "../scene/set-builder.ts";
import type { Bones } from "./skeleton.ts";

/** A guitar's body, flat, its neck towards +y, its strings towards +z; the middle of the sound hole is the origin. */
function guitarBody(): THREE.BufferGeometry {
  const shape = new THREE.Shape();
  const half = [
    [0, -0.3],
    [0.13, -0.285],
    [0.188, -0.19],
    [0.165, -0.08],
    [0.118, -0.01],
    [0.128, 0.07],
    [0.142, 0.13],
    [0.1, 0.195],
    [0.03, 0.205],
  ] as const;
  shape.moveTo(0, -0.3);
  shape.splineThru(half.map(([x, y]) => new THREE.Vector2(x, y)));
  shape.splineThru([...half].reverse().map(([x, y]) => new THREE.Vector2(-x, y)));
  return new THREE.ExtrudeGeometry(shape, {
    depth: 0.075,
    bevelEnabled: true,
    bevelSize: 0.008,
    bevelThickness: 0.008,
    bevelSegments: 2,
    curveSegments: 8,
  }).translate(0, 0, -0.09);
}

function guitar(): THREE.Group {
  const set = new SetBuilder(() => 0.5);
  const dark = { colour: "#2b1a10", finish: "gloss" as const, shade: 0 };
  set.add(guitarBody(), { at: [0, 0, 0], colour: "#b5722f", finish: "gloss", shade: 0.1 });
  set.add(new THREE.CylinderGeometry(0.049, 0.049, 0.004, 20).rotateX(Math.PI / 2), {
    at: [0, 0.02, -0.0065],
    colour: "#120c08",
    shade: 0,
  });
  set.add(new THREE.TorusGeometry(0.052, 0.004, 6, 22), { at: [0, 0.02, -0.006], ...dark });
  set.box([0.05, 0.5, 0.022], { at: [0, 0.1, 0.002], ...dark });
  set.box([0.062, 0.15, 0.018], { at: [0, 0.6, -0.008], tilt: [-12, 0], colour: "#7a451d", finish: "gloss", shade: 0 });
  set.box([0.12, 0.02, 0.014], { at: [0, -0.16, -0.002], ...dark });
  for (let i = 0; i < 6; i += 1) {
    const x = -0.0175 + i * 0.007;
    set.rod([x * 1.2, -0.15, 0.012], [x, 0.6, 0.016], 0.0011, { colour: "#d9d2bd", finish: "metal" });
    set.ball([0.016, 0.016, 0.016], {
      at: [(i < 3 ? -1 : 1) * 0.042, 0.63 + (i % 3) * 0.042, -0.02],
      colour: "#d8d3c6",
      finish: "metal",
    });
  }
  return set.build();
}

/** @returns what holds a guitar on the lap or before the belly, its neck in the left hand wherever that is */
export function holdGuitar(object: THREE.Group, bones: Bones): () => void {
  const held = guitar();
  object.add(held);
  const toFrame = new THREE.Matrix4();
  return () => {
    bones.hips.updateWorldMatrix(true, true);
    toFrame.copy(object.matrixWorld).invert();
    const place = (bone: THREE.Bone, at: readonly [number, number, number]) =>
      new THREE.Vector3(...at).applyMatrix4(bone.matrixWorld).applyMatrix4(toFrame);
    const right = place(bones.rightHand, [0.012, -0.06, 0.02]);
    const neck = place(bones.leftHand, [0.02, -0.05, 0.02]);
    const belly = place(bones.spine, [0, 0, 0]);
    // It lies against the player; the strumming hand is over the hole, but goes up and down before it.
    const hole = new THREE.Vector3(right.x, belly.y - 0.005, belly.z + 0.235);
    const along = neck.clone().sub(hole).normalize();
    const strings = new THREE.Vector3(0, 0.18, 1).addScaledVector(along, -(0.18 * along.y + along.z)).normalize();
    held.matrix.makeBasis(new THREE.Vector3().crossVectors(along, strings), along, strings);
    held.matrix.setPosition(hole);
    held.matrix.decompose(held.position, held.quaternion, held.scale);
  };
}

/** Where the keys of a piano are: their height, and how far their front edge is ahead of who plays, metres. */
export const pianoKeys = { high: 0.73, ahead: 0.33 } as const;

/** A low upright piano and its bench, about somebody who sits at x = 0, z = 0 and looks towards +z, metres. */
export function pianoWithBench(seat: number): THREE.Group {
  const set = new SetBuilder(() => 0.5);
  const wood = { colour: "#33190f", finish: "gloss" as const, shade: 0.12 };
  const { high, ahead } = pianoKeys;
  set.soft([1.46, 1.02, 0.36], { at: [0, 0, ahead + 0.46], ...wood }, 0.02);
  set.box([1.5, 0.03, 0.42], { at: [0, 1.02, ahead + 0.45], ...wood });
  set.box([1.46, 0.09, 0.32], { at: [0, high - 0.115, ahead + 0.15], ...wood });
  for (const x of [-0.7, 0.7]) {
    set.soft([0.08, 0.16, 0.34], { at: [x, high - 0.09, ahead + 0.14], ...wood }, 0.02);
    set.box([0.07, high - 0.1, 0.08], { at: [x, 0, ahead + 0.05], ...wood });
    set.box([0.09, 0.05, 0.34], { at: [x, 0, ahead + 0.14], ...wood });
  }
  set.box([1.28, 0.022, 0.15], { at: [0, high - 0.022, ahead + 0.085], colour: "#ece6d8", shade: 0 });
  for (let key = 0; key < 52; key += 1) {
    const x = -0.64 + ((key + 0.5) * 1.28) / 52;
    set.box([0.0012, 0.001, 0.15], { at: [x - 0.0123, high, ahead + 0.085], colour: "#6f6a60", shade: 0 });
    if (![1, 4].includes(key % 7))
      set.box([0.012, 0.012, 0.095], { at: [x + 0.0123, high, ahead + 0.112], colour: "#141210", shade: 0 });
  }
  // The desk with the score, open at a page.
  set.box([0.62, 0.22, 0.012], { at: [0, high + 0.07, ahead + 0.25], tilt: [14, 0], ...wood });
  for (const s of [-1, 1])
    set.box([0.2, 0.26, 0.004], {
      at: [s * 0.104, high + 0.085, ahead + 0.238],
      tilt: [14, 0],
      colour: "#efe9da",
      shade: 0,
    });
  for (const x of [-0.06, 0, 0.06])
    set.box([0.03, 0.015, 0.09], { at: [x, 0.04, ahead + 0.25], colour: "#b08d4f", finish: "metal" });
  set.soft([0.72, 0.07, 0.34], { at: [0, seat - 0.07, -0.02], colour: "#2a1d1a", shade: 0.2 }, 0.03);
  for (const x of [-0.31, 0.31])
    for (const z of [-0.14, 0.1]) set.box([0.045, seat - 0.07, 0.045], { at: [x, 0, z], ...wood });
  const piano = set.build();
  piano.name = "piano";
  return piano;
}

function aBow(): THREE.Group {
  const bow = new THREE.Group();
  const wood = new THREE.MeshLambertMaterial({ color: "#3a2417" });
  const stick = new THREE.Mesh(new THREE.CylinderGeometry(0.005, 0.004, 0.66, 6), wood);
  const hair = new THREE.Mesh(
    new THREE.BoxGeometry(0.004, 0.6, 0.008),
    new THREE.MeshLambertMaterial({ color: "#e8e2d2" }),
  );
  stick.position.y = hair.position.y = 0.3;
  hair.position.z = -0.018;
  bow.add(stick, hair);
  return bow;
}

/** A cello between the knees, its neck past the left ear, and a bow that lies across its strings wherever the hand is. */
export function holdCello(object: THREE.Group, bones: Bones): () => void {
  const cello = buildProp("cello");
  cello.position.set(0.05, 0.05, 0.44);
  cello.rotation.set(-0.36, 0.1, -0.12);
  cello.scale.setScalar(0.88);
  cello.updateMatrix();
  const strings = new THREE.Vector3(0, 0.52, 0.1).applyMatrix4(cello.matrix);
  const bow = aBow();
  object.add(cello, bow);
  const toFrame = new THREE.Matrix4();
  return () => {
    bones.hips.updateWorldMatrix(true, true);
    toFrame.copy(object.matrixWorld).invert();
    const hand = new THREE.Vector3(0, -0.08, 0.03).applyMatrix4(bones.rightHand.matrixWorld).applyMatrix4(toFrame);
    bow.position.copy(hand);
    bow.quaternion.setFromUnitVectors(new THREE.Vector3(0, 1, 0), strings.clone().sub(hand).normalize());
  };
}

const violinLength = 0.6;
/** Where its end lies on the collarbone, from the upper chest, own metres; it points to the left and ahead. */
const onShoulder = [0.075, 0.155, 0.1] as const;

/** A violin under the chin and a bow in the right hand; the bow lies across the strings wherever the hand is. */
export function holdViolin(object: THREE.Group, bones: Bones): () => void {
  const violin = buildProp("cello");
  const bow = aBow();
  object.add(violin, bow);
  const toFrame = new THREE.Matrix4();
  return () => {
    bones.hips.updateWorldMatrix(true, true);
    toFrame.copy(object.matrixWorld).invert();
    const place = (bone: THREE.Bone, at: readonly [number, number, number]) =>
      new THREE.Vector3(...at).applyMatrix4(bone.matrixWorld).applyMatrix4(toFrame);
    const chin = place(bones.upperChest, onShoulder);
    const neck = place(bones.leftHand, [0, -0.05, 0.03]);
    // The prop stands on its end with the strings to +z; here it lies, the strings up.
    const along = neck.clone().sub(chin).normalize();
    const up = new THREE.Vector3(-0.25, 1, 0).addScaledVector(along, -along.y).normalize();
    const across = new THREE.Vector3().crossVectors(along, up);
    violin.matrix.makeBasis(across, along, up).scale(new THREE.Vector3(1, 1, 1).multiplyScalar(violinLength / 1.4));
    violin.matrix.setPosition(chin.clone().addScaledVector(along, -0.06));
    violin.matrix.decompose(violin.position, violin.quaternion, violin.scale);
    const hand = place(bones.rightHand, [0, -0.08, 0.02]);
    const bridge = chin.clone().addScaledVector(along, 0.2).addScaledVector(up, 0.055);
    bow.position.copy(hand);
    bow.quaternion.setFromUnitVectors(new THREE.Vector3(0, 1, 0), bridge.sub(hand).normalize());
  };
}
