import * as THREE from "three";
import type { PixelLayout } from "../pixels.ts";
import { createLaterReader } from "./read-later.ts";
import { toPlanes } from "./to-planes.ts";

export type ReadOptions = {
  layout: PixelLayout;
  width: number;
  height: number;
  /** Takes one pixel as it is instead of their average: for colours that mean something. */
  isExact?: boolean;
  /** Where the bytes go. */
  into: Uint8Array;
};

export type PictureReader = {
  /**
   * Reads what is on the canvas, at the size asked for.
   * @returns what puts the bytes where they go: for when the next picture is being drawn, and before that is read
   */
  read(options: ReadOptions): () => void | Promise<void>;
  dispose(): void;
};

const vertexShader = /* glsl */ `void main() { gl_Position = vec4(position.xy, 0.0, 1.0); }`;

/** Pixels of the picture that is read, from one that may be larger and lies with its bottom row first. */
const source = /* glsl */ `
  precision highp float;
  uniform sampler2D map;
  /** Of what is read, and how many pixels of the canvas one of it is wide. */
  uniform vec2 size; uniform float scale; uniform bool exact;
  out vec4 packed;
  vec3 at(vec2 pixel) {
    vec2 p = vec2(pixel.x + 0.5, size.y - pixel.y - 0.5) * scale;
    if (exact || scale == 1.0) return texelFetch(map, ivec2(p), 0).rgb;
    vec2 texel = 1.0 / vec2(textureSize(map, 0)); vec2 d = vec2(scale * 0.25);
    return 0.25 * (texture(map, (p + d) * texel).rgb + texture(map, (p - d) * texel).rgb
      + texture(map, (p + vec2(d.x, -d.y)) * texel).rgb + texture(map, (p + vec2(-d.x, d.y)) * texel).rgb);
  }
`;

const rgbaShader = /* glsl */ `${source}
  void main() { packed = vec4(at(floor(gl_FragCoord.xy)), 1.0); }
`;

/** Four neighbours of a plane in each texel: all of Y, then U and V, each row of the texture holding two of theirs. */
const yuvShader = /* glsl */ `${source}
  const vec3 luma = vec3(0.2126, 0.7152, 0.0722);
  vec3 mean(vec2 pixel) {
    return 0.25 * (at(pixel) + at(pixel + vec2(1.0, 0.0)) + at(pixel + vec2(0.0, 1.0)) + at(pixel + vec2(1.0, 1.0)));
  }
  void main() {
    vec2 texel = floor(gl_FragCoord.xy);
    if (texel.y < size.y) {
      vec2 p = vec2(texel.x * 4.0, texel.y);
      packed = (16.0 + 219.0 * vec4(dot(at(p), luma), dot(at(p + vec2(1.0, 0.0)), luma), dot(at(p + vec2(2.0, 0.0)), luma), dot(at(p + vec2(3.0, 0.0)), luma))) / 255.0;
      return;
    }
    float quarter = size.y * 0.25; float row = texel.y - size.y;
    bool isU = row < quarter; if (!isU) row -= quarter;
    float half2 = size.x * 0.125; bool second = texel.x >= half2;
    vec2 p = vec2((second ? texel.x - half2 : texel.x) * 8.0, row * 4.0 + (second ? 2.0 : 0.0));
    vec3 a = mean(p), b = mean(p + vec2(2.0, 0.0)), c = mean(p + vec2(4.0, 0.0)), d = mean(p + vec2(6.0, 0.0));
    vec4 y = vec4(dot(a, luma), dot(b, luma), dot(c, luma), dot(d, luma));
    vec4 own = isU ? vec4(a.b, b.b, c.b, d.b) : vec4(a.r, b.r, c.r, d.r);
    packed = (128.0 + 224.0 * (own - y) / (isU ? 1.8556 : 1.5748)) / 255.0;
  }
`;

/**
 * Reads pictures off the canvas in the form in which they are encoded.
 * @param isSoftware  drawn without a GPU: then bytes are cheap to read and shaders are dear
 */
export function createPictureReader(
  renderer: THREE.WebGLRenderer,
  { isSoftware, nextTurn }: { isSoftware: boolean; nextTurn: () => Promise<void> },
): PictureReader {
  const uniforms = {
    map: { value: null as THREE.Texture | null },
    size: { value: new THREE.Vector2() },
    scale: { value: 1 },
    exact: { value: false },
  };
  const material = (fragmentShader: string) =>
    new THREE.ShaderMaterial({
      glslVersion: THREE.GLSL3,
      vertexShader,
      fragmentShader,
      uniforms,
      depthTest: false,
      depthWrite: false,
      toneMapped: false,
      blending: THREE.NoBlending,
    });
  const materials: Record<PixelLayout, THREE.ShaderMaterial> = {
    rgba: material(rgbaShader),
    yuv420p: material(yuvShader),
  };
  const quad = new THREE.Mesh(new THREE.PlaneGeometry(2, 2), materials.rgba);
  quad.frustumCulled = false;
  const scene = new THREE.Scene();
  scene.add(quad);
  const camera = new THREE.OrthographicCamera(-1, 1, 1, -1, 0, 1);
  let taken: THREE.FramebufferTexture | null = null;
  const targets = new Map<string, THREE.WebGLRenderTarget>();

  function take(): THREE.FramebufferTexture {
    const { width, height } = renderer.domElement;
    if (taken === null || taken.image.width !== width || taken.image.height !== height) {
      taken?.dispose();
      taken = new THREE.FramebufferTexture(width, height);
      taken.minFilter = THREE.LinearFilter;
      taken.magFilter = THREE.LinearFilter;
    }
    renderer.setRenderTarget(null);
    renderer.copyFramebufferToTexture(taken);
    return taken;
  }

  /** One for each layout and size; those of another size are let go. */
  function targetFor(layout: PixelLayout, width: number, height: number): THREE.WebGLRenderTarget {
    const key = `${layout} ${width} ${height}`;
    const known = targets.get(key);
    if (known !== undefined) return known;
    for (const [name, target] of targets)
      if (!name.endsWith(` ${width} ${height}`)) {
        target.dispose();
        targets.delete(name);
      }
    const target = new THREE.WebGLRenderTarget(
      layout === "rgba" ? width : width / 4,
      layout === "rgba" ? height : (height * 3) / 2,
      { depthBuffer: false, minFilter: THREE.NearestFilter, magFilter: THREE.NearestFilter },
    );
    targets.set(key, target);
    return target;
  }

  // three.js has no other since its r163.
  const gl = renderer.getContext() as WebGL2RenderingContext;
  const later = createLaterReader(gl, nextTurn);
  let plain = new Uint8Array(0);

  /** The canvas as it is, packed by the processor. */
  function readPlain(width: number, height: number, into: Uint8Array): () => void {
    if (plain.byteLength !== width * height * 4) plain = new Uint8Array(width * height * 4);
    renderer.setRenderTarget(null);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, plain);
    return () => toPlanes(plain, width, height, into);
  }

  return {
    read({ layout, width, height, isExact = false, into }) {
      if (isSoftware && layout === "yuv420p" && renderer.domElement.width === width) {
        return readPlain(width, height, into);
      }
      uniforms.map.value = take();
      uniforms.size.value.set(width, height);
      uniforms.scale.value = renderer.domElement.width / width;
      uniforms.exact.value = isExact;
      quad.material = materials[layout];
      const target = targetFor(layout, width, height);
      renderer.setRenderTarget(target);
      renderer.render(scene, camera);
      // Without a GPU nothing is gained by waiting later.
      if (isSoftware) gl.readPixels(0, 0, target.width, target.height, gl.RGBA, gl.UNSIGNED_BYTE, into);
      const fetch = isSoftware ? () => undefined : later.read(target.width, target.height, into);
      renderer.setRenderTarget(null);
      return fetch;
    },
    dispose() {
      taken?.dispose();
      for (const target of targets.values()) target.dispose();
      for (const one of Object.values(materials)) one.dispose();
      later.dispose();
      quad.geometry.dispose();
    },
  };
}
