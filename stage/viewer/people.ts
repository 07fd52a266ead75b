import * as THREE from "three";
import type { GLTF } from "three/addons/loaders/GLTFLoader.js";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { buildCastLight, type CastLight } from "../look/cast-light.ts";
import type { Palette } from "../look/palette.ts";
import type { Lamp } from "../scene/lamps.ts";
import { lightenMaterials } from "./plain-materials.ts";

/** The people of a package, acting what their file says. */
export type People = {
  object: THREE.Object3D;
  /** Between those who are there, at the height of a chest. */
  middle(): THREE.Vector3;
  /** How far from that whoever stands outermost is, metres. */
  spread(): number;
  update(seconds: number, camera: THREE.PerspectiveCamera): void;
};

type Person = { hips: THREE.Bone; light: CastLight };

export function openPeople(
  { scene, animations }: GLTF,
  plan: ScenePlan,
  palette: Palette,
  lamps: readonly Lamp[],
  software: boolean,
): People {
  lightenMaterials(scene, { software, glow: 1.2 });
  const bodies: THREE.SkinnedMesh[] = [];
  scene.traverse((object) => {
    if (object instanceof THREE.SkinnedMesh) bodies.push(object);
  });
  const people = bodies.map((body): Person => {
    const hips = body.skeleton.bones[0]!;
    const light = buildCastLight(plan, palette, lamps);
    // Each has a light of their own, and what they wear and hold hangs on their bones.
    body.material = (body.material as THREE.Material).clone();
    light.dress(body);
    light.dress(hips.parent ?? hips);
    return { hips, light };
  });
  const mixer = new THREE.AnimationMixer(scene);
  const clip = animations[0];
  if (clip !== undefined) mixer.clipAction(clip).play();
  const at = new THREE.Vector3();
  const facing = new THREE.Vector3();

  const middle = () => {
    const sum = new THREE.Vector3();
    for (const { hips } of people) sum.add(hips.getWorldPosition(at));
    sum.divideScalar(Math.max(1, people.length));
    sum.y += 0.25;
    return sum;
  };

  return {
    object: scene,
    middle,
    spread() {
      const { x, z } = middle();
      const far = people.map(({ hips }) => {
        hips.getWorldPosition(at);
        return Math.hypot(at.x - x, at.z - z);
      });
      return Math.max(0, ...far);
    },
    update(seconds, camera) {
      // At its very end a clip would begin anew.
      if (clip !== undefined) mixer.setTime(Math.min(seconds, clip.duration - 1e-3));
      scene.updateMatrixWorld(true);
      for (const { hips, light } of people) {
        hips.getWorldPosition(at);
        facing.set(0, 0, 1).transformDirection(hips.matrixWorld);
        light.update(at.clone(), facing, camera, seconds);
      }
    },
  };
}
