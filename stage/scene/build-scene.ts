import * as THREE from "three";
import { places } from "#domain/screenplay/plan-places.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { seededRandom } from "#domain/screenplay/seeded.ts";
import { buildCharacter } from "../characters/character.ts";
import type { Character } from "../characters/character.ts";
import { paletteOf } from "../look/palette.ts";
import type { Palette } from "../look/palette.ts";
import { kits } from "./kits/all-kits.ts";
import { buildLamps } from "./lamps.ts";
import type { KitContext } from "./kit.ts";
import { buildProp } from "./props.ts";
import { SetBuilder } from "./set-builder.ts";
import { buildSky } from "./sky.ts";
import { buildWater } from "./water.ts";
import { buildWeather } from "./weather.ts";

export type BuiltScene = {
  scene: THREE.Scene;
  characters: Character[];
  palette: Palette;
  /** Brings everything to a time of the shot; the camera must be placed first, for the rain goes with it. */
  update(seconds: number, camera: THREE.Camera): void;
};

/** Builds everything that a plan asks for: set, light, air, people and things. */
export function buildScene(plan: ScenePlan): BuiltScene {
  const scene = new THREE.Scene();
  const palette = paletteOf(plan);
  const random = seededRandom(plan.setSeed);
  const context: KitContext = {
    plan,
    palette,
    set: new SetBuilder(random),
    random,
    lamps: [],
    extra: [],
    moving: [],
    sea: (options) => {
      sea = options;
    },
  };
  let sea: { level: number; chop: number } | undefined;
  kits[plan.place](context);
  scene.add(context.set.build(), ...context.extra);

  const focus = new THREE.Vector3(...places[plan.place].mark.at);
  const lead = plan.cast[0];
  if (lead !== undefined) focus.set(...lead.at).lerp(new THREE.Vector3(...lead.to), 0.6);
  const air = plan.interior
    ? 0.12
    : { clear: plan.hour === "night" ? 0.16 : 0.08, rain: 0.5, storm: 0.5, snow: 0.4, fog: 0.8 }[plan.weather];
  const lamps = buildLamps(context.lamps, focus.clone().setY(1.5), air);
  scene.add(lamps.group);
  addLight(scene, palette, focus, plan);
  scene.fog = new THREE.FogExp2(palette.fog.colour.getHex(), palette.fog.density);
  const sky = plan.interior ? null : buildSky(palette, plan.setSeed);
  if (sky !== null) scene.add(sky.mesh);
  else scene.background = palette.skyHorizon.clone().multiplyScalar(0.05);
  const water =
    sea === undefined
      ? null
      : buildWater(palette, context.lamps, {
          ...(sea as { level: number; chop: number }),
          rain: palette.wet ? 0.5 : 0,
        });
  if (water !== null) scene.add(water.mesh);
  const weather = buildWeather(plan, palette);
  if (weather !== null) scene.add(weather.object);
  for (const planned of plan.props) {
    if (planned.kind === "clock" && plan.place === "ferry-lounge") continue;
    const prop = buildProp(planned.kind);
    prop.position.set(...planned.at);
    prop.rotation.y = (planned.facing * Math.PI) / 180;
    scene.add(prop);
  }
  const characters = plan.cast.map((person, index) => buildCharacter(person, index, plan));
  for (const character of characters) scene.add(character.object);
  if (plan.camera.framing === "pov" && plan.camera.subject.kind === "character") {
    const seer = characters[plan.camera.subject.index];
    if (seer !== undefined) seer.object.visible = false;
  }
  return {
    scene,
    characters,
    palette,
    update(seconds, camera) {
      for (const move of context.moving) move(seconds);
      lamps.update(seconds);
      sky?.update(seconds);
      water?.update(seconds);
      weather?.update(seconds, camera);
      for (const character of characters) character.update(seconds, characters);
    },
  };
}

function addLight(scene: THREE.Scene, palette: Palette, focus: THREE.Vector3, plan: ScenePlan): void {
  scene.add(new THREE.HemisphereLight(palette.fill.sky, palette.fill.ground, palette.fill.power));
  const key = new THREE.DirectionalLight(palette.key.colour, palette.key.power);
  key.position.copy(focus).addScaledVector(palette.key.from, 30);
  key.target.position.copy(focus);
  key.castShadow = true;
  key.shadow.mapSize.set(1024, 1024);
  const half = plan.interior ? 9 : 15;
  Object.assign(key.shadow.camera, { left: -half, right: half, top: half, bottom: -half, near: 1, far: 70 });
  key.shadow.bias = -0.0006;
  key.shadow.normalBias = 0.03;
  key.shadow.radius = 2.2;
  const rim = new THREE.DirectionalLight(palette.rim.colour, palette.rim.power);
  rim.position.copy(focus).addScaledVector(palette.rim.from, 30);
  rim.target.position.copy(focus);
  scene.add(key, key.target, rim, rim.target);
}
