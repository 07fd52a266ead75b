import * as THREE from "three";
import type { GeometryBuffer } from "./geometry-buffer.ts";
import { unpackGlsl } from "./geometry-buffer.ts";
import type { IdTable } from "./id-colours.ts";

/** Passes that are made from what is where, as grey, colours and lines. */
export type FlatPass = "depth" | "normal" | "edge" | "ids";

export type DepthRange = { near: number; far: number };

export type FlatPasses = {
  draw(pass: FlatPass, range: DepthRange): void;
  dispose(): void;
};

const bodies: Record<FlatPass, string> = {
  /** Near is white; as 1/distance, which is what depth models speak. */
  depth: /* glsl */ `
    vec4 c = here(0, 0);
    float v = idOf(c) == 0 ? 0.0 : clamp((1.0 / max(depthOf(c), 1e-3) - 1.0 / far) / (1.0 / near - 1.0 / far), 0.0, 1.0);
    gl_FragColor = vec4(vec3(v), 1.0);`,
  normal: /* glsl */ `
    vec4 n = texelFetch(normals, ivec2(gl_FragCoord.xy), 0);
    gl_FragColor = n.a < 0.5 ? vec4(vec2(128.0 / 255.0), 1.0, 1.0) : vec4(n.rgb, 1.0);`,
  ids: /* glsl */ `
    gl_FragColor = vec4(texelFetch(colours, ivec2(idOf(here(0, 0)), 0), 0).rgb, 1.0);`,
  /**
   * Where one thing ends before another, and where a surface breaks. 1/distance is even over the picture of a plane, so
   * a floor that runs away has no lines in it.
   */
  edge: /* glsl */ `
    vec4 c = here(0, 0), l = here(-1, 0), r = here(1, 0), d = here(0, -1), u = here(0, 1);
    float w = nearness(c), wl = nearness(l), wr = nearness(r), wd = nearness(d), wu = nearness(u);
    float e = 0.0;
    if (w > 0.0) {
      float fold = max(2.0 * w - wl - wr, 2.0 * w - wd - wu) / w;
      e = smoothstep(0.03, 0.09, fold);
      int id = idOf(c);
      if ((idOf(l) != id && wl <= w) || (idOf(r) != id && wr <= w) || (idOf(d) != id && wd <= w) || (idOf(u) != id && wu <= w)) e = 1.0;
      vec3 n = normalAt(0, 0);
      if (idOf(r) == id) e = max(e, smoothstep(0.12, 0.4, 1.0 - dot(n, normalAt(1, 0))));
      if (idOf(u) == id) e = max(e, smoothstep(0.12, 0.4, 1.0 - dot(n, normalAt(0, 1))));
    }
    gl_FragColor = vec4(vec3(e), 1.0);`,
};

export function buildFlatPasses(
  renderer: THREE.WebGLRenderer,
  buffer: GeometryBuffer,
  ids: IdTable,
  height: number,
): FlatPasses {
  const bytes = new Uint8Array(256 * 4);
  ids.colours.forEach(({ colour }, index) => {
    const n = Number.parseInt(colour.slice(1), 16);
    bytes.set([n >> 16, (n >> 8) & 255, n & 255, 255], index * 4);
  });
  const colours = new THREE.DataTexture(bytes, 256, 1);
  colours.needsUpdate = true;
  const uniforms = {
    normals: { value: buffer.normals },
    things: { value: buffer.things },
    colours: { value: colours },
    near: { value: 1 },
    far: { value: 10 },
    // Lines are a pixel wide at 720 lines, and grow with the picture.
    stride: { value: Math.max(1, Math.round(height / 720)) },
  };
  const materialOf = (pass: FlatPass) =>
    new THREE.ShaderMaterial({
      vertexShader: "void main() { gl_Position = vec4(position.xy, 0.0, 1.0); }",
      fragmentShader: /* glsl */ `
        uniform sampler2D normals, things, colours; uniform float near, far; uniform int stride;
        ${unpackGlsl}
        ivec2 spot(int x, int y) { return clamp(ivec2(gl_FragCoord.xy) + ivec2(x, y) * stride, ivec2(0), textureSize(things, 0) - 1); }
        vec4 here(int x, int y) { return texelFetch(things, spot(x, y), 0); }
        vec3 normalAt(int x, int y) { return normalize(texelFetch(normals, spot(x, y), 0).rgb * 2.0 - 1.0); }
        float nearness(vec4 thing) { return idOf(thing) == 0 ? 0.0 : 1.0 / max(depthOf(thing), 1e-3); }
        void main() { ${bodies[pass]} }`,
      uniforms,
      depthTest: false,
      depthWrite: false,
      toneMapped: false,
    });
  const materials: Record<FlatPass, THREE.ShaderMaterial> = {
    depth: materialOf("depth"),
    normal: materialOf("normal"),
    edge: materialOf("edge"),
    ids: materialOf("ids"),
  };
  const quad = new THREE.Mesh(new THREE.PlaneGeometry(2, 2), materials.depth);
  quad.frustumCulled = false;
  const flat = new THREE.Scene();
  flat.add(quad);
  const still = new THREE.OrthographicCamera(-1, 1, 1, -1, 0, 1);

  return {
    draw(pass, { near, far }) {
      uniforms.near.value = near;
      uniforms.far.value = far;
      quad.material = materials[pass];
      renderer.setRenderTarget(null);
      renderer.render(flat, still);
    },
    dispose() {
      colours.dispose();
      quad.geometry.dispose();
      for (const material of Object.values(materials)) material.dispose();
    },
  };
}
