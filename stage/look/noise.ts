import * as THREE from "three";
import { seededRandom } from "#domain/screenplay/seeded.ts";

/** Noise for shaders, as GLSL: a small texture costs a software renderer far less than arithmetic. */
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
