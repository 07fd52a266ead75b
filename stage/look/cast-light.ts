import * as THREE from "three";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { Lamp } from "../scene/lamps.ts";
import { steady } from "../scene/lamps.ts";
import { mirrorsOnly } from "./environment-light.ts";
import type { Palette } from "./palette.ts";

/**
 * Light that falls on people alone, as a crew would set it for every camera: a key from the side on which the light of
 * the place is, as strong as is missing for a face to read, and a rim from behind that parts them from what is behind
 * them. It lives in the people's own materials: the set pays nothing for it and keeps its dark.
 */
export type CastLight = {
  /** Has everything of a person lit that can be lit. */
  dress(person: THREE.Object3D): void;
  /** Sets it for where a person is and turns to, and for the camera; `at` is about the middle of them. */
  update(at: THREE.Vector3, facing: THREE.Vector3, camera: THREE.Camera, seconds: number): void;
};

/** Irradiance that a face should have: enough to read in its hour, less than by day. */
const wanted: Record<ScenePlan["hour"], number> = { day: 3.4, dawn: 3, dusk: 2.7, night: 2.4 };

const fragment = /* glsl */ `
  #include <lights_fragment_end>
  {
    float castTurned = dot(normal, castKeyFrom);
    float castFacing = max(dot(normal, normalize(vViewPosition)), 0.0);
    // What is dark by itself, skin and hair and navy cloth, gets more of it than what is pale.
    float castOwn = dot(diffuseColor.rgb, vec3(0.2126, 0.7152, 0.0722));
    float castMore = 1.0 + 0.85 * (1.0 - smoothstep(0.02, 0.24, castOwn)) - 0.22 * smoothstep(0.35, 0.7, castOwn);
    float castEdge = pow(1.0 - castFacing, 2.5) * smoothstep(-0.25, 0.6, dot(normal, castRimFrom));
    // Nobody stands so near a lamp that their brow burns out and their chin is night.
    float castMost = max(max(reflectedLight.directDiffuse.r, reflectedLight.directDiffuse.g), reflectedLight.directDiffuse.b);
    reflectedLight.directDiffuse /= 1.0 + 0.9 * max(0.0, castMost - 0.3);
    reflectedLight.directDiffuse += diffuseColor.rgb * castFill * castMore * (0.4 + 0.6 * castFacing) * RECIPROCAL_PI;
    reflectedLight.directDiffuse += diffuseColor.rgb * castKey * castMore * max(0.0, (castTurned + 0.22) / 1.22) * RECIPROCAL_PI;
    reflectedLight.directDiffuse += (diffuseColor.rgb * 0.75 + 0.08) * castRim * castEdge;
  }`;

/** A person mirrors the place a little: enough to belong to it. */
const mirrors = /* glsl */ `
  #if defined( USE_ENVMAP ) && defined( STANDARD )
    radiance *= 0.35;
  #endif`;

export function buildCastLight(plan: ScenePlan, palette: Palette, lamps: readonly Lamp[]): CastLight {
  const uniforms = {
    castKey: { value: new THREE.Color() },
    castFill: { value: new THREE.Color() },
    castRim: { value: new THREE.Color() },
    castKeyFrom: { value: new THREE.Vector3(0, 0, 1) },
    castRimFrom: { value: new THREE.Vector3(0, 0, -1) },
  };
  const burning = lamps.filter(({ on }) => on);
  const dressed = new Set<THREE.Material>();

  return {
    dress(person) {
      person.traverse((object) => {
        if (!(object instanceof THREE.Mesh)) return;
        for (const material of [(object as THREE.Mesh).material].flat()) {
          if (!canBeLit(material) || dressed.has(material)) continue;
          dressed.add(material);
          // Cloth and skin, even wet, are no varnish.
          if (material instanceof THREE.MeshStandardMaterial && object instanceof THREE.SkinnedMesh)
            material.roughness = Math.max(0.66, material.roughness);
          const before = material.onBeforeCompile.bind(material);
          const key = material.customProgramCacheKey();
          material.onBeforeCompile = (shader, renderer) => {
            before(shader, renderer);
            mirrorsOnly(shader);
            Object.assign(shader.uniforms, uniforms);
            shader.fragmentShader = shader.fragmentShader
              .replace(
                "void main() {",
                `uniform vec3 castKey, castFill, castRim, castKeyFrom, castRimFrom;\nvoid main() {`,
              )
              .replace("#include <lights_fragment_end>", `${mirrors}\n#include <lights_fragment_end>`)
              .replace("#include <lights_fragment_end>", fragment);
          };
          material.customProgramCacheKey = () => `cast ${key}`;
        }
      });
    },
    update(at, facing, camera, seconds) {
      const light = lightAt(at, palette, burning, seconds);
      const eye = camera.getWorldPosition(new THREE.Vector3());
      const toCamera = eye.sub(at).setY(0);
      // Who is small in the picture needs more to be found, a face that fills it less.
      const far = toCamera.length();
      const small =
        0.8 +
        0.2 * THREE.MathUtils.smoothstep(far, 1, 4) +
        (plan.interior ? 0 : 0.5 * THREE.MathUtils.smoothstep(far, 5, 14));
      toCamera.normalize();
      const right = new THREE.Vector3(toCamera.z, 0, -toCamera.x);
      // From where the light of the place is, if the face sees it from there: a key on the back of a head helps nobody.
      const side = Math.tanh(right.dot(light.from) * 1.6 + right.dot(facing) * 2.4);
      // Light from behind them stays behind them: less key, more rim.
      const behind = Math.max(0, -toCamera.dot(light.from));
      const up = new THREE.Vector3(0, 1, 0);
      const keyFrom = toCamera
        .clone()
        .multiplyScalar(0.5)
        .addScaledVector(up, 0.5)
        .addScaledVector(right, side * 0.8);
      const rimFrom = toCamera
        .clone()
        .multiplyScalar(-0.75)
        .addScaledVector(up, 0.55)
        .addScaledVector(right, side * -0.5);
      uniforms.castKeyFrom.value.copy(keyFrom.normalize().transformDirection(camera.matrixWorldInverse));
      uniforms.castRimFrom.value.copy(rimFrom.normalize().transformDirection(camera.matrixWorldInverse));
      const missing = Math.max(0.8, wanted[plan.hour] * small - light.power) * (1 - 0.4 * behind);
      uniforms.castKey.value.copy(light.colour).multiplyScalar(missing);
      // From the camera, low: what top light leaves dark under brows and chins.
      uniforms.castFill.value.copy(light.colour).multiplyScalar(Math.min(2.6, 0.16 * light.power + 0.14 * light.lamps));
      uniforms.castRim.value
        .copy(palette.rim.colour)
        .lerp(light.colour, 0.25)
        .multiplyScalar((plan.hour === "day" ? 0.1 : 0.34) * small * (1 + 0.6 * behind));
    },
  };
}

function canBeLit(material: THREE.Material): boolean {
  return material instanceof THREE.MeshStandardMaterial || material instanceof THREE.MeshLambertMaterial;
}

/**
 * What a light meter held there would show: how much light there is, of what colour (no stronger than one), and from
 * where on the whole, level with the floor. `lamps`: how much of it comes from lamps.
 */
export function lightAt(
  at: THREE.Vector3,
  palette: Palette,
  burning: readonly Lamp[],
  seconds: number,
): { power: number; lamps: number; colour: THREE.Color; from: THREE.Vector3 } {
  const from = palette.key.from.clone().setY(0).normalize();
  from.multiplyScalar(palette.key.power);
  const colour = palette.key.colour.clone().multiplyScalar(palette.key.power);
  let power = palette.fill.power * bright(palette.fill.sky.clone().lerp(palette.fill.ground, 0.5));
  power += palette.key.power * 0.5 * bright(palette.key.colour);
  let lamps = 0;
  for (const lamp of burning) {
    const way = new THREE.Vector3(...lamp.at).sub(at);
    const far = Math.max(1, way.length());
    if (far > lamp.reach * 1.2) continue;
    const falls = (lamp.power * steady(lamp, seconds) * (1 - far / (lamp.reach * 1.2))) / far ** 1.7;
    from.addScaledVector(way.setY(0).normalize(), falls);
    colour.add(new THREE.Color(lamp.colour).multiplyScalar(falls));
    power += falls * 0.15;
    lamps += falls;
  }
  const most = Math.max(colour.r, colour.g, colour.b, 1e-3);
  // No lamp makes a face all red or all blue.
  colour.multiplyScalar(1 / most).lerp(new THREE.Color(1, 1, 1), 0.58);
  if (from.lengthSq() < 1e-6) from.set(1, 0, 0);
  return { power, lamps, colour, from: from.normalize() };
}

const bright = ({ r, g, b }: THREE.Color) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
