import * as THREE from "three";
import type { Palette } from "../look/palette.ts";
import type { Lamp } from "./lamps.ts";
import { noiseGlsl, noiseTexture } from "../look/noise.ts";

const maxGlints = 6;

/**
 * Open water: the sky mirrored in moving ripples, and under every lamp its long broken reflection, worked out rather
 * than rendered, so that a sea costs one draw call.
 */
export function buildWater(
  palette: Palette,
  lamps: readonly Lamp[],
  options: { level: number; chop: number; rain: number },
): { object: THREE.Mesh; update: (seconds: number) => void; grade: (palette: Palette) => void } {
  const shown = lamps.filter((lamp) => lamp.on).slice(0, maxGlints);
  const spots = Array.from({ length: maxGlints }, (_, i) => new THREE.Vector3(...(shown[i]?.at ?? [0, -1e4, 0])));
  const tints = Array.from({ length: maxGlints }, (_, i) =>
    new THREE.Color(shown[i]?.colour ?? "#000").multiplyScalar(Math.min(3, (shown[i]?.power ?? 0) * 0.06)),
  );
  const uniforms = {
    noiseMap: { value: noiseTexture() },
    time: { value: 0 },
    chop: { value: options.chop },
    rain: { value: options.rain },
    deep: { value: palette.water },
    top: { value: palette.skyTop },
    horizon: { value: palette.skyHorizon },
    glow: { value: palette.skyGlow },
    sun: { value: palette.key.from },
    fogColour: { value: palette.fog.colour },
    fogDensity: { value: palette.fog.density },
    sunPower: { value: palette.key.power },
    spots: { value: spots },
    tints: { value: tints },
  };
  const material = new THREE.ShaderMaterial({
    uniforms,
    fog: false,
    vertexShader: /* glsl */ `varying vec3 at; void main() { vec4 p = modelMatrix * vec4(position, 1.0); at = p.xyz; gl_Position = projectionMatrix * viewMatrix * p; }`,
    fragmentShader: /* glsl */ `
      ${noiseGlsl}
      varying vec3 at; uniform float time, chop, rain, fogDensity, sunPower; uniform vec3 deep, top, horizon, glow, sun, fogColour;
      uniform vec3 spots[${maxGlints}]; uniform vec3 tints[${maxGlints}];
      void main() {
        vec3 toEye = cameraPosition - at; float far = length(toEye); vec3 v = toEye / far;
        vec2 p = at.xz; float soft = 1.0 / (1.0 + far * 0.02);
        vec2 w = vec2(0.0);
        w += noise2(p * 0.35 + time * vec2(0.22, 0.14)) - 0.5;
        w += (noise2(p * 1.1 - time * vec2(0.5, -0.3)) - 0.5) * 0.7;
        w += (noise2(p * 3.3 + time * vec2(0.9, 0.7)) - 0.5) * 0.5 * soft;
        if (rain > 0.0) w += (noise2(p * 9.0 + time * vec2(5.0, 4.0)) - 0.5) * rain * soft;
        vec3 n = normalize(vec3(w.x * chop, 1.0, w.y * chop));
        vec3 r = reflect(-v, n); r.y = abs(r.y);
        vec3 sky = mix(horizon, top, pow(smoothstep(0.0, 0.6, r.y), 0.7));
        float fresnel = 0.03 + 0.97 * pow(1.0 - max(dot(n, v), 0.0), 5.0);
        vec3 c = mix(deep, sky, clamp(fresnel * 0.92 + 0.06, 0.0, 1.0));
        float s = max(dot(r, normalize(sun)), 0.0);
        c += glow * (pow(s, 220.0) * 2.2 + pow(s, 24.0) * 0.14) * min(sunPower, 2.0);
        for (int i = 0; i < ${maxGlints}; i++) {
          vec3 l = normalize(spots[i] - at);
          vec3 h = normalize(l + v);
          float gap = length((h.xz - n.xz) * vec2(1.0, 1.0));
          c += tints[i] * exp(-gap * gap * 90.0) * (0.35 + fresnel) ;
        }
        float f = 1.0 - exp(-pow(fogDensity * far, 2.0));
        gl_FragColor = vec4(mix(c, fogColour, f), 1.0);
      }`,
  });
  const mesh = new THREE.Mesh(new THREE.PlaneGeometry(900, 900).rotateX(-Math.PI / 2), material);
  mesh.position.y = options.level;
  mesh.name = "water";
  // After what stands in it and before it.
  mesh.renderOrder = 1;
  return {
    object: mesh,
    update: (seconds) => {
      uniforms.time.value = seconds;
    },
    grade: (next) => {
      uniforms.deep.value = next.water;
      uniforms.top.value = next.skyTop;
      uniforms.horizon.value = next.skyHorizon;
      uniforms.glow.value = next.skyGlow;
      uniforms.sun.value = next.key.from;
      uniforms.sunPower.value = next.key.power;
      uniforms.fogColour.value = next.fog.colour;
      uniforms.fogDensity.value = next.fog.density;
    },
  };
}
