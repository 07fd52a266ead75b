import * as THREE from "three";
import { noiseGlsl, noiseTexture } from "../look/noise.ts";
import type { Palette } from "../look/palette.ts";

/** The dome: a gradient, the glow of sun or moon, slow clouds, stars. The horizon is the fog's colour, so that land ends softly. */
export function buildSky(
  palette: Palette,
  seed: number,
): { object: THREE.Mesh; update: (seconds: number, flash: number) => void; grade: (palette: Palette) => void } {
  const uniforms = {
    top: { value: palette.skyTop },
    horizon: { value: palette.skyHorizon },
    glow: { value: palette.skyGlow },
    sun: { value: palette.key.from },
    stars: { value: palette.stars },
    clouds: { value: palette.clouds },
    noiseMap: { value: noiseTexture() },
    time: { value: 0 },
    flash: { value: 0 },
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
      varying vec3 way; uniform vec3 top, horizon, glow, sun; uniform float stars, clouds, time, shift, flash;
      void main() {
        vec3 d = normalize(way); float up = max(d.y, 0.0);
        vec3 c = mix(horizon, top, pow(smoothstep(0.0, 0.62, up), 0.7));
        float s = max(dot(d, normalize(sun)), 0.0);
        c += glow * (pow(s, 5.0) * 0.34 + pow(s, 60.0) * 0.5) * (1.0 - clouds * 0.5);
        if (d.y > 0.01) {
          vec2 q = d.xz / (d.y + 0.16) * 1.3 + shift + time * 0.012;
          float n = noise2(q).r * 0.52 + noise2(q * 2.3 + 7.0).g * 0.3 + noise2(q * 5.7).r * 0.18;
          float cover = smoothstep(0.6 - clouds * 0.3, 0.84 - clouds * 0.1, n) * smoothstep(0.0, 0.16, d.y);
          // Bright where the sun comes through, dark where a cloud is thick.
          float thick = smoothstep(0.55, 0.95, n);
          vec3 lit = mix(mix(horizon, top, 0.25) * 1.3, glow * 1.1, 0.18 + pow(s, 3.0) * 0.4);
          c = mix(c, mix(lit, mix(horizon, top, 0.6) * 0.82, thick * 0.75), cover * (0.6 + 0.25 * clouds));
          c += vec3(0.55, 0.62, 0.8) * flash * (0.12 + cover * 0.42);
          vec2 field = d.xz / (d.y + 0.3) * 90.0; vec2 cell = floor(field);
          vec2 off = fract(field) - 0.5 - (vec2(hash2(cell + 7.0), hash2(cell + 9.0)) - 0.5) * 0.5;
          float star = step(0.988, hash2(cell)) * smoothstep(0.3, 0.06, length(off)) * smoothstep(0.05, 0.3, d.y) * (1.0 - cover);
          c += stars * star * (0.35 + 0.65 * hash2(cell + 3.0)) * 0.9;
        } else c += vec3(0.07, 0.08, 0.11) * flash;
        gl_FragColor = vec4(c, 1.0);
      }`,
  });
  const mesh = new THREE.Mesh(new THREE.SphereGeometry(1, 24, 16), material);
  mesh.frustumCulled = false;
  // After everything that stands before it: what is hidden of it is not worked out.
  mesh.renderOrder = 5;
  mesh.name = "sky";
  return {
    object: mesh,
    update: (seconds, flash) => {
      uniforms.time.value = seconds;
      uniforms.flash.value = flash;
    },
    grade: (next) => {
      uniforms.top.value = next.skyTop;
      uniforms.horizon.value = next.skyHorizon;
      uniforms.glow.value = next.skyGlow;
      uniforms.sun.value = next.key.from;
    },
  };
}
