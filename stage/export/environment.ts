import * as THREE from "three";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { buildScene } from "../scene/build-scene.ts";
import { toGlb } from "./glb.ts";
import { plainScene } from "./plain-scene.ts";
import { encodeSplats, splatsOf } from "./splats.ts";

/** 2.6 MB of splats. */
const splats = 80_000;

/** The place of a plan without its people: as a model, and as a cloud of splats that has the sky as well. */
export async function environmentFiles(plan: ScenePlan): Promise<{ scene: Uint8Array; background: Uint8Array }> {
  const built = buildScene(plan);
  built.update(0, new THREE.PerspectiveCamera());
  const plain = plainScene(built);
  const cloud = splatsOf(plain, built.palette, { count: splats, seed: plan.setSeed, interior: plan.interior });
  const scene = new THREE.Scene();
  scene.name = plan.place;
  scene.userData = { engine: "previz", hour: plan.hour, weather: plan.weather };
  scene.add(...plain.meshes, ...plain.lights);
  return { scene: await toGlb(scene), background: encodeSplats(cloud) };
}
