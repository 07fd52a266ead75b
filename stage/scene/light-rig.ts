import * as THREE from "three";
import type { Tier } from "#domain/jobs/tiers.ts";
import { places } from "#domain/screenplay/plan/plan-places.ts";
import type { PlannedLight, ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { allRound, ambientProbe } from "../look/environment-light.ts";
import type { Palette } from "../look/palette.ts";
import { free } from "./free.ts";
import { type Lamp, coneOfLight, steady } from "./lamps.ts";

/** Real lights cost every pixel, so only the lamps nearest to the action are real; the others still glow. */
const realLamps: Record<Tier, number> = { draft: 3, standard: 4, fine: 6 };
const shadowMap: Record<Tier, number> = { draft: 1024, standard: 1024, fine: 2048 };
/** Light falls off a little slower than in nature, so that a pool of light has a soft rim. */
const decay = 1.7;

/** The lights of a scene: sky, sun or moon, rim, the nearest lamps, and those that the plan puts up. */
export type LightRig = {
  group: THREE.Group;
  /** The plan's own lights by their ids. */
  lights: Map<string, THREE.Light>;
  /** Turns everything to where the action of this plan is, in the colours of its palette. */
  aim(plan: ScenePlan): void;
  /** `flash`: how bright lightning is, 0 to 1. */
  update(seconds: number, flash: number): void;
  dispose(): void;
};

export function buildLightRig(palette: Palette, lamps: readonly Lamp[], tier: Tier): LightRig {
  const group = new THREE.Group();
  group.name = "lights";
  const sky = new THREE.LightProbe();
  const key = new THREE.DirectionalLight();
  key.castShadow = true;
  key.shadow.mapSize.setScalar(shadowMap[tier]);
  key.shadow.bias = -0.0012;
  key.shadow.normalBias = 0.05;
  key.shadow.radius = 1.7;
  const rim = new THREE.DirectionalLight();
  group.add(sky, key, key.target, rim, rim.target);

  const burning = lamps.filter(({ on }) => on);
  // As many as there can be: when the action goes elsewhere, the same lights go to other lamps.
  const points = burning
    .slice(0, realLamps[tier])
    .map((lamp) => ({ lamp, light: new THREE.PointLight(lamp.colour, 0, 0, decay) }));
  for (const { light } of points) group.add(light);

  const lights = new Map<string, THREE.Light>();
  let planned: Planned[] = [];
  let beat = 0.5;
  let indoors = false;

  return {
    group,
    lights,
    aim(plan) {
      const focus = focusOf(plan);
      sky.sh.copy(ambientProbe(palette, plan));
      for (const [light, { colour, power, from }] of [
        [key, palette.key],
        [rim, palette.rim],
      ] as const) {
        light.color.copy(colour);
        light.intensity = power;
        light.position.copy(focus).addScaledVector(from, 30);
        light.target.position.copy(focus);
      }
      const half = plan.interior ? 9 : 15;
      Object.assign(key.shadow.camera, { left: -half, right: half, top: half, bottom: -half, near: 1, far: 70 });
      key.shadow.camera.updateProjectionMatrix();
      const nearest = [...burning].sort((a, b) => weight(b, focus) - weight(a, focus));
      points.forEach((point, index) => {
        const lamp = nearest[index] ?? point.lamp;
        point.lamp = lamp;
        point.light.color.set(lamp.colour);
        point.light.distance = lamp.reach;
        point.light.position.set(...lamp.at);
      });
      beat = plan.beatSeconds;
      indoors = plan.interior;
      for (const one of planned) dismiss(one);
      planned = plan.lights.map((light) => ({ plan: light, light: lightFor(light), beam: beamFor(light) }));
      lights.clear();
      for (const { plan: light, light: object, beam } of planned) {
        lights.set(light.id, object);
        group.add(object);
        if (object instanceof THREE.SpotLight) group.add(object.target);
        if (beam !== null) group.add(beam);
      }
    },
    update(seconds, flash) {
      sky.intensity = allRound + flash * 3.5;
      key.intensity = palette.key.power + flash * (indoors ? 0.8 : 5);
      for (const { lamp, light } of points) light.intensity = lamp.power * 1.15 * steady(lamp, seconds);
      for (const { plan, light, beam } of planned) {
        const now = seconds / beat;
        const on = now >= plan.from && now < plan.to;
        light.intensity = on ? plan.power * steady({ at: plan.at, flicker: plan.flicker }, seconds) : 0;
        // A hand may have carried it off.
        light.position.set(...plan.at);
        if (beam !== null) beam.visible = light.intensity > 0;
      }
    },
    dispose() {
      for (const light of [key, rim]) light.dispose();
      for (const { light } of points) light.dispose();
      for (const one of planned) dismiss(one);
      group.removeFromParent();
    },
  };
}

type Planned = { plan: PlannedLight; light: THREE.PointLight | THREE.SpotLight; beam: THREE.Mesh | null };

/** Where the action is: with the first of the cast, on their way, or else at the place's mark. */
export function focusOf(plan: ScenePlan): THREE.Vector3 {
  const focus = new THREE.Vector3(...places[plan.place].mark.at);
  const lead = plan.cast.find(({ offScreen }) => !offScreen);
  return lead === undefined ? focus : focus.set(...lead.at).lerp(new THREE.Vector3(...lead.to), 0.6);
}

function weight(lamp: Lamp, focus: THREE.Vector3): number {
  return lamp.power / (1 + focus.distanceToSquared(new THREE.Vector3(...lamp.at)));
}

/** Half the opening of each kind, degrees, and how soft its edge is; a lamp shines all round. */
const cones = { key: [38, 0.9], fill: [52, 1], rim: [34, 0.8], spot: [22, 0.35], beam: [9, 0.2] } as const;

function lightFor(planned: PlannedLight): THREE.PointLight | THREE.SpotLight {
  const { kind, colour, reach, at, look } = planned;
  if (kind === "lamp") {
    const lamp = new THREE.PointLight(colour, 0, reach, decay);
    lamp.name = `light:${planned.id}`;
    lamp.position.set(...at);
    return lamp;
  }
  const [half, penumbra] = cones[kind];
  const spot = new THREE.SpotLight(colour, 0, reach, (half * Math.PI) / 180, penumbra, decay);
  spot.name = `light:${planned.id}`;
  spot.position.set(...at);
  // Unless it is said where, a light shines down.
  spot.target.position.set(...(look ?? ([at[0], at[1] - 1, at[2]] as const)));
  return spot;
}

/** What one sees of a spot or a beam in the air. */
function beamFor({ kind, colour, at, look, power }: PlannedLight): THREE.Mesh | null {
  if (kind !== "spot" && kind !== "beam") return null;
  const from = new THREE.Vector3(...at);
  const way = new THREE.Vector3(...(look ?? ([at[0], at[1] - 1, at[2]] as const))).sub(from);
  const tall = Math.min(30, Math.max(3, way.length()));
  const strength = Math.min(0.16, 0.0022 * power);
  const beam = coneOfLight(
    tall,
    tall * Math.tan((cones[kind][0] * Math.PI) / 180),
    new THREE.Color(colour).multiplyScalar(strength),
  );
  beam.position.copy(from);
  beam.quaternion.setFromUnitVectors(new THREE.Vector3(0, -1, 0), way.normalize());
  return beam;
}

function dismiss({ light, beam }: Planned): void {
  light.removeFromParent();
  if (light instanceof THREE.SpotLight) light.target.removeFromParent();
  light.dispose();
  if (beam === null) return;
  beam.removeFromParent();
  free(beam);
}
