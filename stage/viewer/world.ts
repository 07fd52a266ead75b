import * as THREE from "three";
import { type GLTF, GLTFLoader } from "three/addons/loaders/GLTFLoader.js";
import { MeshoptDecoder } from "three/addons/libs/meshopt_decoder.module.js";
import { places } from "#domain/screenplay/plan/plan-places.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { SceneExtras } from "../export/scene-extras.ts";
import { waterName } from "../export/plain-scene.ts";
import { allRound, ambientProbe, environmentTexture, mirrored } from "../look/environment-light.ts";
import { type Palette, paletteOf } from "../look/palette.ts";
import { airOf, weatheringOf } from "../scene/built-set.ts";
import { free } from "../scene/free.ts";
import { aLamp, buildGlows, type Lamp } from "../scene/lamps.ts";
import { flashAt, strikesOf } from "../scene/lightning.ts";
import { buildSky } from "../scene/sky.ts";
import { buildWater } from "../scene/water.ts";
import { buildWeather } from "../scene/weather.ts";
import { openPeople } from "./people.ts";
import { lightenMaterials } from "./plain-materials.ts";

/** A scene put together from its files: the place as a model, its people, and the sky and air of its plan around them. */
export type World = {
  scene: THREE.Scene;
  palette: Palette;
  /** Shows the set, and the sky and weather round it; its lights shine either way. */
  showSet(shown: boolean): void;
  /** Where there is something to see: what one goes round. */
  middle(): THREE.Vector3;
  /** How far round that there is something to see, metres. */
  spread(): number;
  /** Brings everything to a time; the camera must be placed first. */
  update(seconds: number, camera: THREE.PerspectiveCamera): void;
  castShadows(on: boolean): void;
  /** How much of a way is free of the set, 0 to 1. */
  clear(from: THREE.Vector3, to: THREE.Vector3): number;
  dispose(): void;
};

export type WorldFiles = { scene: ArrayBuffer; character: ArrayBuffer | null };

/** A camera keeps this far from a wall, metres. */
const wallGap = 0.25;
/** A place without people is seen this far round its middle, metres. */
const emptySpread = 2.5;
/** Half of what the sun's shadow covers, metres. */
const shadowReach = 12;

/** @param software  whether pictures are drawn without a GPU: surfaces are simpler then */
export async function openWorld(files: WorldFiles, plan: ScenePlan, software: boolean): Promise<World> {
  const loader = new GLTFLoader().setMeshoptDecoder(MeshoptDecoder);
  const read = (bytes: ArrayBuffer): Promise<GLTF> => loader.parseAsync(bytes, "");
  const [place, cast] = await Promise.all([read(files.scene), files.character === null ? null : read(files.character)]);
  const palette = paletteOf(plan);
  const extras = SceneExtras.safeParse(place.scene.userData);
  const lamps: Lamp[] = extras.success ? extras.data.lamps.map((lamp) => aLamp({ ...lamp, on: true })) : [];
  const scene = new THREE.Scene();
  const set = place.scene;
  const air = new THREE.Group();
  lightenMaterials(set, { software, glow: 1.7, weathering: weatheringOf(plan) });
  scene.add(set, air);
  const fog = new THREE.FogExp2(palette.fog.colour, palette.fog.density);
  const backdrop = plan.interior ? palette.skyHorizon.clone().multiplyScalar(0.05) : null;
  scene.fog = fog;
  scene.background = backdrop;
  if (!software) {
    scene.environment = environmentTexture(plan);
    scene.environmentIntensity = mirrored(palette);
  }

  const fill = new THREE.LightProbe(ambientProbe(palette, plan), allRound);
  air.add(fill, buildGlows(lamps, airOf(plan)));
  const sun = dressLights(set);
  const sunPower = sun?.intensity ?? 0;
  const sky = plan.interior ? null : buildSky(palette, plan.setSeed);
  const sea = extras.success ? extras.data.water : undefined;
  const water = sea === undefined ? null : buildWater(palette, lamps, { ...sea, rain: palette.wet ? 0.5 : 0 });
  const weather = buildWeather(plan, palette, {
    at: places[plan.place].mark.at,
    reach: sea === undefined ? 8 : 2.6,
  });
  for (const part of [sky, weather]) if (part !== null) air.add(part.object);
  const sheet = water === null ? undefined : set.getObjectByName(waterName);
  if (water !== null) {
    // Under our own moving water the still sheet of the model would only shine through.
    if (sheet !== undefined) sheet.visible = false;
    set.add(water.object);
  }
  const people = cast === null ? null : openPeople(cast, plan, palette, lamps, software);
  if (people !== null) scene.add(people.object);
  const strikes = strikesOf(plan);
  const ray = new THREE.Raycaster();

  const middle = () => people?.middle() ?? new THREE.Vector3(...places[plan.place].mark.at).setY(1.2);
  return {
    scene,
    palette,
    middle,
    spread: () => people?.spread() ?? emptySpread,
    showSet(shown) {
      for (const part of [set, air])
        part.traverse((object) => {
          if (isDrawn(object) && object !== sheet) object.visible = shown;
        });
      scene.background = shown ? backdrop : null;
      scene.fog = shown ? fog : null;
    },
    update(seconds, camera) {
      const flash = flashAt(strikes, seconds);
      fill.intensity = allRound + flash * 3.5;
      if (sun !== null) sun.intensity = sunPower + flash * (plan.interior ? 0.8 : 5);
      sky?.update(seconds, flash);
      water?.update(seconds);
      people?.update(seconds, camera);
      weather?.update(seconds, camera, flash);
      if (sun?.castShadow === true) aimShadow(sun, middle());
    },
    castShadows(on) {
      if (sun !== null) sun.castShadow = on;
      scene.traverse((object) => {
        if (!(object instanceof THREE.Mesh) || object.parent === air) return;
        object.castShadow = on && !(object.material instanceof THREE.MeshBasicMaterial);
        object.receiveShadow = on;
      });
    },
    clear(from, to) {
      const way = to.clone().sub(from);
      const far = way.length();
      ray.set(from, way.divideScalar(Math.max(1e-6, far)));
      ray.far = far + wallGap;
      const hit = ray.intersectObject(set, true)[0];
      return hit === undefined ? 1 : Math.max(0.05, (hit.distance - wallGap) / far);
    },
    dispose: () => free(scene),
  };
}

const isDrawn = (object: THREE.Object3D) => object instanceof THREE.Mesh || object instanceof THREE.Sprite;

/** Lamps fall off as on the stage. @returns the sun or moon */
function dressLights(set: THREE.Object3D): THREE.DirectionalLight | null {
  let sun: THREE.DirectionalLight | null = null;
  set.traverse((object) => {
    if (object instanceof THREE.PointLight || object instanceof THREE.SpotLight) object.decay = 1.7;
    if (object instanceof THREE.DirectionalLight && object.name.startsWith("key")) sun = object;
  });
  const found = sun as THREE.DirectionalLight | null;
  if (found === null) return null;
  found.shadow.mapSize.setScalar(1024);
  found.shadow.bias = -0.0006;
  found.shadow.normalBias = 0.03;
  Object.assign(found.shadow.camera, {
    ...{ left: -shadowReach, right: shadowReach, top: shadowReach, bottom: -shadowReach, near: 1, far: 70 },
  });
  found.shadow.camera.updateProjectionMatrix();
  return found;
}

/** The shadow covers where the action is, whichever way the sun shines. */
function aimShadow(sun: THREE.DirectionalLight, middle: THREE.Vector3): void {
  sun.updateWorldMatrix(true, true);
  const way = sun.target.getWorldPosition(new THREE.Vector3()).sub(sun.getWorldPosition(new THREE.Vector3()));
  const from = middle.clone().addScaledVector(way.normalize(), -32);
  if (sun.parent === null) return;
  // It hangs where the model has it, turned as it is: only moving it keeps its direction.
  sun.position.copy(sun.parent.worldToLocal(from));
}
