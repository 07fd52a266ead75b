import * as THREE from "three";
import { boneNames, boneTable, type BoneName, jointAt } from "../../characters/skeleton.ts";
import { animationName } from "../character-model.ts";
import type { Performance, PersonPerformance } from "../performance.ts";
import { addMotion, addTake, type FbxPose, motionOf, poseAt } from "./curves.ts";
import { fbxFile } from "./document.ts";
import { addGeometry, addLooks } from "./mesh.ts";
import { addModel } from "./models.ts";
import { type FbxObjects, fbxObjects, sceneId } from "./objects.ts";
import { addBindPose, addSkin, type FbxBone, holdsOf } from "./skin.ts";
import { solidOf } from "./solid.ts";

/** A metre in the file's unit, which is the one that the programs that read it count in. */
const centimetres = 100;
const origin: FbxPose = { place: [0, 0, 0], turn: [0, 0, 0], scale: [1, 1, 1] };

/**
 * One person with what they do as a binary FBX file: skinned mesh, skeleton in its bind pose, one take at the film's
 * frame rate, and what they hold. How tall they are is in the bones' lengths, so that nothing above the skin is scaled.
 */
export function toFbx({ fps, times }: Performance, person: PersonPerformance): Uint8Array {
  const objects = fbxObjects();
  const tall = person.character.object.scale.x;
  const unit = centimetres * tall;
  const layer = addTake(objects, animationName, fps, times.length - 1);
  const name = nodeName(person.name);
  const materials = new Map<string, bigint>();

  const body = motionOf({ ...person.body, scales: new Float32Array(person.body.scales.length).fill(1) }, centimetres);
  const root = addModel(objects, "Null", name, poseAt(body, 0), sceneId);
  addMotion(objects, layer, root, body, origin, fps);

  const models = new Map<string, bigint>();
  const bones = boneNames.map((bone): FbxBone => {
    const motion = motionOf(person.tracks[bone], unit);
    const { parent } = boneTable[bone];
    const model = addModel(objects, "LimbNode", bone, poseAt(motion, 0), parent === null ? root : models.get(parent)!);
    addMotion(objects, layer, model, motion, { ...origin, place: offsetOf(bone).multiplyScalar(unit).toArray() }, fps);
    models.set(bone, model);
    return { name: bone, model, atBind: new THREE.Matrix4().setPosition(jointAt(bone).multiplyScalar(unit)) };
  });

  const mesh = addBody(objects, `${name}_body`, person, bones, unit, materials);
  const still = new THREE.Matrix4();
  addBindPose(objects, [{ model: root, atBind: still }, ...bones, { model: mesh, atBind: still }]);

  person.things.forEach(({ object, track }, index) => {
    const solid = solidOf(object, centimetres);
    if (solid === null) return;
    // In a frame that is as large as the person; the thing is as large as it is.
    const motion = motionOf(track, unit, tall);
    const thing = object.name === "" ? `${name}_thing_${index + 1}` : `${name}_${nodeName(object.name)}`;
    const model = addModel(objects, "Mesh", thing, poseAt(motion, 0), models.get(object.parent!.name) ?? root);
    addMotion(objects, layer, model, motion, poseAt(motion, 0), fps);
    objects.connect(addGeometry(objects, thing, solid), model);
    addLooks(objects, model, solid.looks, materials);
  });
  return fbxFile(objects, { name: animationName, fps, lastFrame: times.length - 1 });
}

function addBody(
  objects: FbxObjects,
  name: string,
  { mesh }: PersonPerformance,
  bones: readonly FbxBone[],
  unit: number,
  materials: Map<string, bigint>,
): bigint {
  // Without the bones below it, and what hangs on those.
  const skin = new THREE.Mesh(mesh.geometry, mesh.material);
  const solid = solidOf(skin, unit);
  if (solid === null) throw new Error(`${name} has nothing to draw`);
  const model = addModel(objects, "Mesh", name, origin, sceneId);
  const geometry = addGeometry(objects, name, solid);
  objects.connect(geometry, model);
  addLooks(objects, model, solid.looks, materials);
  addSkin(objects, geometry, bones, holdsOf(mesh.geometry, bones.length));
  return model;
}

function offsetOf(bone: BoneName): THREE.Vector3 {
  const { parent } = boneTable[bone];
  return parent === null ? jointAt(bone) : jointAt(bone).sub(jointAt(parent));
}

/** A name that programs take as it is: letters and digits of any script. A bone's is never a person's. */
function nodeName(name: string): string {
  const plain = name.replaceAll(/[^\p{L}\p{N}]+/gu, "_").replaceAll(/^_+|_+$/g, "");
  return plain === "" || (boneNames as readonly string[]).includes(plain) ? `person_${plain}` : plain;
}
