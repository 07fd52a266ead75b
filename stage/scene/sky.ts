import * as THREE from "three";
import { seededRandom } from "#domain/screenplay/seeded.ts";
import type { Palette } from "../look/palette.ts";

/** Noise shared by sky and water, as GLSL: a small texture costs a software renderer far less than arithmetic. */
export const noiseGlsl = /* glsl */ `
uniform sampler2D noiseMap;
vec2 noise2(vec2 p) { return texture2D(noiseMap, p * 0.03125).rg; }
float hash2(vec2 p) { p = fract(p * vec2(123.34, 456.21)); p += dot(p, p + 45.32); return fract(p.x * p.y); }
`;

let noise: THREE.DataTexture | undefined;

/** Two channels of value noise with a cell of 1/32 of the texture, smooth and without seams. */
export function noiseTexture(): THREE.DataTexture {
  if (noise !== undefined) return noise;
  const cells = 32;
  const size = 128;
  const random = seededRandom(7);
  const grid = Array.from({ length: 2 }, () => Float32Array.from({ length: cells * cells }, () => random()));
  const data = new Uint8Array(size * size * 4);
  const ease = (k: number) => k * k * (3 - 2 * k);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const [gx, gy] = [(x / size) * cells, (y / size) * cells];
      const [ix, iy] = [Math.floor(gx), Math.floor(gy)];
      const [fx, fy] = [ease(gx - ix), ease(gy - iy)];
      grid.forEach((values, channel) => {
        const at = (cx: number, cy: number) => values[(cy % cells) * cells + (cx % cells)] ?? 0;
        const low = at(ix, iy) * (1 - fx) + at(ix + 1, iy) * fx;
        const high = at(ix, iy + 1) * (1 - fx) + at(ix + 1, iy + 1) * fx;
        data[(y * size + x) * 4 + channel] = Math.round((low * (1 - fy) + high * fy) * 255);
      });
      data[(y * size + x) * 4 + 3] = 255;
    }
  }
  noise = new THREE.DataTexture(data, size, size);
  noise.wrapS = noise.wrapT = THREE.RepeatWrapping;
  noise.magFilter = THREE.LinearFilter;
  noise.minFilter = THREE.LinearMipmapLinearFilter;
  noise.generateMipmaps = true;
  noise.needsUpdate = true;
  return noise;
}

/** The dome: a gradient, the glow of sun or moon, slow clouds, stars. The horizon is the fog's colour, so that land ends softly. */
export function buildSky(
  palette: Palette,
  seed: number,
): { object: THREE.Mesh; update: (seconds: number) => void; grade: (palette: Palette) => void } {
  const uniforms = {
    top: { value: palette.skyTop },
    horizon: { value: palette.skyHorizon },
    glow: { value: palette.skyGlow },
    sun: { value: palette.key.from },
    stars: { value: palette.stars },
    clouds: { value: palette.clouds },
    noiseMap: { value: noiseTexture() },
    time: { value: 0 },
    shift: { value: (seed % 97) * 1.37 },
  };
  const material = new THREE.ShaderMaterial({
    side: THREE.BackSide,
    depthWrite: false,
    fog: false,
    uniforms,
    vertexShader: /* glsl */ `varying vec3 way; void main() { way = position; vec4 p = projectionMatrix * vec4(mat3(modelViewMatrix) * position, 1.0); gl_Position = p.xyww; }`,
    fragmentShader: /* glsl */ `
      ${noiseGlsl}
      varying vec3 way; uniform vec3 top, horizon, glow, sun; uniform float stars, clouds, time, shift;
      void main() {
        vec3 d = normalize(way); float up = max(d.y, 0.0);
        vec3 c = mix(horizon, top, pow(smoothstep(0.0, 0.62, up), 0.7));
        float s = max(dot(d, normalize(sun)), 0.0);
        c += glow * (pow(s, 5.0) * 0.34 + pow(s, 60.0) * 0.5) * (1.0 - clouds * 0.5);
        if (d.y > 0.01) {
          vec2 q = d.xz / (d.y + 0.16) * 1.3 + shift + time * 0.012;
          float n = noise2(q).r * 0.55 + noise2(q * 2.3 + 7.0).g * 0.3 + noise2(q * 5.1).r * 0.15;
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
  mesh.name = "sky";
  return {
    object: mesh,
    update: (seconds) => {
      uniforms.time.value = seconds;
    },
    grade: (next) => {
      uniforms.top.value = next.skyTop;
      uniforms.horizon.value = next.skyHorizon;
      uniforms.glow.value = next.skyGlow;
      uniforms.sun.value = next.key.from;
    },
  };
}
