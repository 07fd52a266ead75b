import * as THREE from "three";
import { seededRandom } from "#domain/screenplay/seeded.ts";

/**
 * Rain that hits the floor: rings that open and fade, in a square about a place. Which drop falls where and when comes
 * from the time alone.
 */
export function buildSplashes(options: {
  at: readonly [number, number, number];
  /** Half the square, metres. */
  reach: number;
  tint: THREE.Color;
  seed: number;
}): { object: THREE.Mesh; update: (seconds: number) => void } {
  const count = Math.round(Math.min(420, options.reach * options.reach * 11));
  const random = seededRandom(options.seed ^ 0x5b1a);
  const seeds = Float32Array.from({ length: count * 4 }, () => random());
  const quad = new THREE.PlaneGeometry(1, 1).rotateX(-Math.PI / 2);
  const geometry = new THREE.InstancedBufferGeometry();
  geometry.index = quad.index;
  geometry.setAttribute("position", quad.getAttribute("position"));
  geometry.setAttribute("seed", new THREE.InstancedBufferAttribute(seeds, 4));
  geometry.instanceCount = count;
  const uniforms = {
    time: { value: 0 },
    middle: { value: new THREE.Vector3(...options.at) },
    reach: { value: options.reach },
    tint: { value: options.tint },
  };
  const material = new THREE.ShaderMaterial({
    transparent: true,
    depthWrite: false,
    uniforms,
    blending: THREE.AdditiveBlending,
    vertexShader: /* glsl */ `
      attribute vec4 seed; uniform float time, reach; uniform vec3 middle; varying float life; varying vec2 q;
      void main() {
        float turn = time / (0.34 + 0.2 * seed.z) + seed.w; life = fract(turn); float drop = floor(turn);
        vec2 spot = fract(seed.xy + vec2(0.618, 0.414) * drop) * 2.0 - 1.0;
        q = position.xz * 2.0;
        float wide = 0.02 + 0.13 * life;
        vec3 p = middle + vec3(spot.x * reach, 0.02, spot.y * reach) + position * wide;
        vec4 m = viewMatrix * vec4(p, 1.0);
        life = mix(life, 1.0, smoothstep(9.0, 15.0, -m.z));
        gl_Position = projectionMatrix * m;
      }`,
    fragmentShader: /* glsl */ `varying float life; varying vec2 q; uniform vec3 tint;
      void main() { float r = length(q); float ring = smoothstep(0.62, 0.8, r) * (1.0 - smoothstep(0.84, 1.0, r)); gl_FragColor = vec4(tint, ring * (1.0 - life) * 0.7); }`,
  });
  const mesh = new THREE.Mesh(geometry, material);
  mesh.name = "weather";
  mesh.frustumCulled = false;
  mesh.renderOrder = 19;
  return {
    object: mesh,
    update: (seconds) => {
      uniforms.time.value = seconds + 10;
    },
  };
}
