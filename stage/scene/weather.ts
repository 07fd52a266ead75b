import * as THREE from "three";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { seededRandom } from "#domain/screenplay/seeded.ts";
import type { Palette } from "../look/palette.ts";
import { buildSplashes } from "./splashes.ts";

/**
 * Rain and snow: instanced quads in a box that goes with the camera, moved in the vertex shader from the time alone,
 * so that frame n looks alike however it is reached.
 */
export function buildWeather(
  plan: ScenePlan,
  palette: Palette,
  /** Middle of where rain is seen to hit the floor, and how far from there. */
  floor: { at: readonly [number, number, number]; reach: number },
): { object: THREE.Object3D; update: (seconds: number, camera: THREE.Camera, flash: number) => void } | null {
  if (plan.interior || plan.weather === "clear" || plan.weather === "fog") return null;
  const snow = plan.weather === "snow";
  const count = snow ? 3200 : plan.weather === "storm" ? 2600 : 2000;
  const random = seededRandom(plan.setSeed ^ 0x5eed);
  const seeds = new Float32Array(count * 4);
  for (let i = 0; i < seeds.length; i += 1) seeds[i] = random();
  const quad = new THREE.PlaneGeometry(1, 1);
  const geometry = new THREE.InstancedBufferGeometry();
  geometry.index = quad.index;
  geometry.setAttribute("position", quad.getAttribute("position"));
  geometry.setAttribute("seed", new THREE.InstancedBufferAttribute(seeds, 4));
  geometry.instanceCount = count;
  const gust = plan.windy || plan.weather === "storm" ? 1 : 0.35;
  const bright = { day: 0.62, dawn: 0.6, dusk: 0.5, night: 0.42 }[plan.hour];
  const tint = palette.skyHorizon
    .clone()
    .lerp(new THREE.Color("#dfe8f2"), 0.62)
    .multiplyScalar(snow ? bright * 2 : bright);
  const uniforms = {
    time: { value: 0 },
    eye: { value: new THREE.Vector3() },
    tint: { value: tint },
    gust: { value: gust },
    flash: { value: 1 },
  };
  const material = new THREE.ShaderMaterial({
    transparent: true,
    depthWrite: false,
    side: THREE.DoubleSide,
    uniforms,
    blending: snow ? THREE.NormalBlending : THREE.AdditiveBlending,
    vertexShader: /* glsl */ `
      attribute vec4 seed; uniform float time, gust; uniform vec3 eye; varying float a; varying vec2 q;
      const vec3 span = vec3(22.0, 13.0, 22.0);
      void main() {
        vec3 fall = ${snow ? "vec3(0.5 * gust + 0.25 * sin(time * 0.9 + seed.w * 20.0), -0.9 - seed.w * 0.5, 0.2)" : "vec3(1.9 * gust, -9.5 - seed.w * 3.0, 0.5 * gust)"};
        vec3 p = seed.xyz * span + fall * time;
        p = mod(p - eye + span * 0.5, span) - span * 0.5 + eye;
        float far = length(p - eye);
        vec4 m = viewMatrix * vec4(p, 1.0);
        q = position.xy;
        ${
          snow
            ? "m.xy += position.xy * (0.04 + 0.035 * seed.w + 0.0035 * far);"
            : "vec3 dir = normalize((viewMatrix * vec4(fall, 0.0)).xyz); vec2 along = dir.xy; vec2 across = vec2(-along.y, along.x) / max(length(along), 0.05); m.xyz += dir * position.y * (0.34 + 0.3 * seed.w); m.xy += across * position.x * (0.006 + 0.0016 * far);"
        }
        a = smoothstep(0.7, 2.4, far) * (1.0 - smoothstep(${snow ? "9.5, 11.0" : "8.0, 11.0"}, far)) * (0.45 + 0.55 * seed.w);
        gl_Position = projectionMatrix * m;
      }`,
    fragmentShader: /* glsl */ `varying float a; varying vec2 q; uniform vec3 tint; uniform float flash;
      void main() { float s = ${snow ? "smoothstep(0.5, 0.1, length(q))" : "(1.0 - abs(q.x) * 2.0) * (1.0 - abs(q.y) * 1.6)"}; gl_FragColor = vec4(tint * flash, a * max(s, 0.0)); }`,
  });
  const mesh = new THREE.Mesh(geometry, material);
  mesh.frustumCulled = false;
  mesh.renderOrder = 20;
  mesh.name = "weather";
  const splashes = snow ? null : buildSplashes({ ...floor, tint, seed: plan.setSeed });
  const object = new THREE.Group();
  object.name = "weather";
  object.add(mesh);
  if (splashes !== null) object.add(splashes.object);
  return {
    object,
    update(seconds, camera, flash) {
      uniforms.time.value = seconds + 10;
      uniforms.flash.value = 1 + flash * 4;
      splashes?.update(seconds);
      camera.getWorldPosition(uniforms.eye.value);
    },
  };
}
