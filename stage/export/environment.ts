import * as THREE from "three";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { shotCamera } from "../camera/shot-camera.ts";
import { type BuiltScene, buildScene } from "../scene/build-scene.ts";
import { toGlb } from "./glb.ts";
import { plainScene, waterName } from "./plain-scene.ts";
import type { SceneExtras } from "./scene-extras.ts";
import type { SplatView } from "./splat-spots.ts";
import { encodeSplats, splatsOf } from "./splats.ts";

/** 2.6 MB of splats. */
const splats = 80_000;

/** The place of a plan without its people: as a model, and as a cloud of splats that has the sky as well. */
export async function environmentFiles(plan: ScenePlan): Promise<{ scene: Uint8Array; background: Uint8Array }> {
  const built = buildScene({ ...plan, crowd: 0 });
  built.update(0, new THREE.PerspectiveCamera());
  const plain = plainScene(built);
  const cloud = splatsOf(plain, { count: splats, plan, palette: built.palette, views: viewsOf(plan, built) });
  const scene = new THREE.Scene();
  scene.name = plan.place;
  scene.userData = extrasOf(plan, built) satisfies SceneExtras;
  scene.add(...plain.meshes, ...plain.lights);
  return { scene: await toGlb(scene), background: encodeSplats(cloud) };
}

/** From where the film is seen, at some of its moments. */
function viewsOf(plan: ScenePlan, built: BuiltScene): SplatView[] {
  const viewAt = shotCamera(plan, built.characters, 16 / 9, built.solids, built.slender);
  const seconds = (plan.frames * plan.fps.den) / plan.fps.num;
  return [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const { eye, look, verticalFov } = viewAt(part * seconds);
    return { eye: eye.clone(), look: look.clone(), verticalFov };
  });
}

function extrasOf(plan: ScenePlan, built: BuiltScene): SceneExtras {
  const lamps = built.set.lamps
    .filter(({ on }) => on)
    .map(({ at: [x, y, z], colour, power, reach, glow, cone, flicker = 0 }): SceneExtras["lamps"][number] => ({
      ...{ at: [x, y, z], power, reach, glow, cone, flicker },
      colour: `#${new THREE.Color(colour).getHexString()}`,
    }));
  return { engine: "previz", hour: plan.hour, weather: plan.weather, lamps, ...waterOf(built.scene) };
}

/** How high the water stands and how rough it is, which only its shader knows. */
function waterOf(scene: THREE.Scene): Pick<SceneExtras, "water"> {
  const sheet = scene.getObjectByName(waterName);
  if (!(sheet instanceof THREE.Mesh) || !(sheet.material instanceof THREE.ShaderMaterial)) return {};
  const chop: unknown = sheet.material.uniforms["chop"]?.value;
  return { water: { level: sheet.position.y, chop: typeof chop === "number" ? chop : 0.1 } };
}
