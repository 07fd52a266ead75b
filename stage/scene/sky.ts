import * as THREE from "three";
import type { Palette } from "../look/palette.ts";

/** Noise shared by sky and water, as GLSL. */
export const noiseGlsl = /* glsl */ `
float hash2(vec2 p) { p = fract(p * vec2(123.34, 456.21)); p += dot(p, p + 45.32); return fract(p.x * p.y); }
float noise2(vec2 p) {
  vec2 i = floor(p); vec2 f = fract(p); f = f * f * (3.0 - 2.0 * f);
  return mix(mix(hash2(i), hash2(i + vec2(1, 0)), f.x), mix(hash2(i + vec2(0, 1)), hash2(i + vec2(1, 1)), f.x), f.y);
}
`;

/** The dome: a gradient, the glow of sun or moon, slow clouds, stars. The horizon is the fog's colour, so that land ends softly. */
export function buildSky(palette: Palette, seed: number): { mesh: THREE.Mesh; update: (seconds: number) => void } {
  const uniforms = {
    top: { value: palette.skyTop }, horizon: { value: palette.skyHorizon }, glow: { value: palette.skyGlow },
    sun: { value: palette.key.from }, stars: { value: palette.stars }, clouds: { value: palette.clouds },
    time: { value: 0 }, shift: { value: (seed % 97) * 1.37 },
  };
  const material = new THREE.ShaderMaterial({
    side: THREE.BackSide, depthWrite: false, fog: false, uniforms,
    vertexShader: /* glsl */ `varying vec3 way; void main() { way = position; vec4 p = projectionMatrix * vec4(mat3(modelViewMatrix) * position, 1.0); gl_Position = p.xyww; }`,
    fragmentShader: /* glsl */ `
      ${noiseGlsl}
      varying vec3 way; uniform vec3 top, horizon, glow, sun; uniform float stars, clouds, time, shift;
      void main() {
        vec3 d = normalize(way); float up = max(d.y, 0.0);
        vec3 c = mix(horizon, top, pow(smoothstep(0.0, 0.62, up), 0.7));
        float s = max(dot(d, normalize(sun)), 0.0);
        c += glow * (pow(s, 6.0) * 0.22 + pow(s, 60.0) * 0.5) * (1.0 - clouds * 0.62);
        if (d.y > 0.01) {
          vec2 q = d.xz / (d.y + 0.16) * 1.3 + shift + time * 0.012;
          float n = noise2(q) * 0.55 + noise2(q * 2.3 + 7.0) * 0.3 + noise2(q * 5.1) * 0.15;
          float cover = smoothstep(0.62 - clouds * 0.3, 0.95 - clouds * 0.12, n) * smoothstep(0.0, 0.2, d.y);
          vec3 lit = mix(mix(horizon, top, 0.35) * 1.12, glow, pow(s, 3.0) * 0.35);
          c = mix(c, lit, cover * 0.75);
          vec2 cell = floor(d.xz / (d.y + 0.3) * 90.0);
          float star = step(0.9955, hash2(cell)) * smoothstep(0.05, 0.3, d.y) * (1.0 - cover);
          c += stars * star * (0.35 + 0.65 * hash2(cell + 3.0)) * 0.9;
        }
        gl_FragColor = vec4(c, 1.0);
      }`,
  });
  const mesh = new THREE.Mesh(new THREE.SphereGeometry(1, 24, 16), material);
  mesh.frustumCulled = false;
  mesh.renderOrder = -10;
  return { mesh, update: (seconds) => { uniforms.time.value = seconds; } };
}
