import * as THREE from "three";
import type { CameraView } from "../camera/shot-camera.ts";
import { depthAhead } from "./depth-ahead.ts";
import type { Palette } from "./palette.ts";
import { isSoftware, rendererName } from "./renderer-name.ts";

/**
 * From light to picture: the scene in linear light with 4x MSAA, contact shade from depth, a soft background for long
 * lenses, bloom, ACES, a grade by hour, vignette and grain. Everything but the scene and the last pass runs on a
 * quarter or half of the picture, so that it stays affordable in software.
 */
const fullScreen = /* glsl */ `varying vec2 uv2; void main() { uv2 = position.xy * 0.5 + 0.5; gl_Position = vec4(position.xy, 0.0, 1.0); }`;

const depthGlsl = /* glsl */ `
  uniform sampler2D depthMap; uniform float near, far;
  float depthAt(vec2 uv) { float z = texture2D(depthMap, uv).r * 2.0 - 1.0; return 2.0 * near * far / (far + near - z * (far - near)); }
`;

/** How far out of focus something is, 0 to 1: behind what is sharp, and sooner before it. */
const focusGlsl = /* glsl */ `
  uniform float focus, strength;
  float cocAt(float d) { return clamp(max((d - focus * 1.06) / (focus * 0.9), (focus * 0.88 - d) / (focus * 0.5)) * strength, 0.0, 1.0); }
`;

export type PicturePass = {
  render(scene: THREE.Scene, camera: THREE.PerspectiveCamera, view: CameraView, seconds: number): void;
  dispose(): void;
};

export function buildPicture(
  renderer: THREE.WebGLRenderer,
  palette: Palette,
  width: number,
  height: number,
  seed: number,
): PicturePass {
  // Multisampling doubles the work of a software renderer; there a pass over the finished picture smooths the edges.
  const software = isSoftware(rendererName(renderer.getContext()));
  const main = new THREE.WebGLRenderTarget(width, height, {
    type: THREE.HalfFloatType,
    samples: software ? 0 : 4,
    depthTexture: new THREE.DepthTexture(width, height, THREE.UnsignedIntType),
  });
  const sized = (by: number) =>
    new THREE.WebGLRenderTarget(Math.max(1, Math.round(width / by)), Math.max(1, Math.round(height / by)), {
      type: THREE.HalfFloatType,
      depthBuffer: false,
    });
  const shade = sized(2);
  const evened = sized(2);
  const bright = [sized(4), sized(4)] as const;
  const wide = [sized(16), sized(16)] as const;
  const soft = [sized(3), sized(3)] as const;
  const lens = { near: { value: 0.1 }, far: { value: 400 } };

  const pass = (fragmentShader: string, uniforms: Record<string, THREE.IUniform>) =>
    new THREE.ShaderMaterial({
      vertexShader: fullScreen,
      fragmentShader: `varying vec2 uv2;\n${fragmentShader}`,
      uniforms,
      depthTest: false,
      depthWrite: false,
      toneMapped: false,
    });

  const occlusion = pass(
    `${depthGlsl} uniform float tanFov, aspect; uniform vec2 texel;
     // In the middle of a point, where its depth is: between two of them, what is steep would look folded.
     vec3 viewAt(vec2 near2) { vec2 uv = (floor(near2 / texel) + 0.5) * texel; float d = depthAt(uv); return vec3((uv * 2.0 - 1.0) * vec2(tanFov * aspect, tanFov) * d, -d); }
     void main() {
       vec2 at = (floor(gl_FragCoord.xy) * 2.0 + 0.5) * texel;
       vec3 p = viewAt(at); if (-p.z > 60.0) { gl_FragColor = vec4(1.0); return; }
       vec3 px = viewAt(at + vec2(texel.x, 0.0)) - p; vec3 mx = p - viewAt(at - vec2(texel.x, 0.0)); vec3 dx = abs(px.z) < abs(mx.z) ? px : mx;
       vec3 py = viewAt(at + vec2(0.0, texel.y)) - p; vec3 my = p - viewAt(at - vec2(0.0, texel.y)); vec3 dy = abs(py.z) < abs(my.z) ? py : my;
       vec3 n = normalize(cross(dx, dy));
       float radius = 0.42; float onScreen = clamp(radius / (-p.z * tanFov) * 0.5, 0.006, 0.12);
       float turn = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715)))) * 6.2831853;
       float sum = 0.0;
       for (int i = 0; i < 9; i++) {
         float f = (float(i) + 0.5) / 9.0; float a = turn + float(i) * 2.399963;
         vec3 q = viewAt(at + vec2(cos(a), sin(a) * aspect) * onScreen * sqrt(f)) - p;
         float l = length(q);
         sum += max(0.0, dot(n, q) / (l + 1e-4) - 0.12) * smoothstep(radius * 2.2, radius * 0.4, l);
       }
       gl_FragColor = vec4(vec3(clamp(1.0 - sum / 9.0 * 2.1, 0.0, 1.0)), 1.0);
     }`,
    {
      depthMap: { value: main.depthTexture },
      ...lens,
      tanFov: { value: 0.4 },
      aspect: { value: width / height },
      texel: { value: new THREE.Vector2(1 / width, 1 / height) },
    },
  );
  const brightPass = pass(
    `uniform sampler2D map; uniform vec2 texel; void main() { vec3 c = vec3(0.0); for (int y = 0; y < 2; y++) for (int x = 0; x < 2; x++) c += min(texture2D(map, uv2 + (vec2(float(x), float(y)) - 0.5) * 2.0 * texel).rgb, vec3(12.0)); c *= 0.25; float l = max(c.r, max(c.g, c.b)); gl_FragColor = vec4(c * smoothstep(0.95, 2.2, l), 1.0); }`,
    { map: { value: main.texture }, texel: { value: new THREE.Vector2(1 / width, 1 / height) } },
  );
  const softPass = pass(
    `${depthGlsl} ${focusGlsl} uniform sampler2D map; void main() { float c = cocAt(depthAt(uv2)); vec3 l = min(texture2D(map, uv2).rgb, vec3(8.0)); l *= 1.0 + 1.5 * smoothstep(0.9, 2.6, max(l.r, max(l.g, l.b))); gl_FragColor = vec4(l * (c + 0.001), c + 0.001); }`,
    {
      map: { value: main.texture },
      depthMap: { value: main.depthTexture },
      ...lens,
      focus: { value: 3 },
      strength: { value: 0 },
    },
  );
  // A disc, not a bell: lamps behind somebody become the round lights of a long lens.
  const disc = pass(
    `uniform sampler2D map; uniform vec2 reach;
     void main() {
       vec4 sum = texture2D(map, uv2); float turn = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715)))) * 0.8;
       for (int i = 1; i < 26; i++) { float r = sqrt(float(i) / 25.0); float a = float(i) * 2.399963 + turn; vec4 s = texture2D(map, uv2 + vec2(cos(a), sin(a)) * r * reach); sum += s * step(r * 0.55, s.a + 0.05); }
       gl_FragColor = sum / 26.0;
     }`,
    { map: { value: null }, reach: { value: new THREE.Vector2() } },
  );
  const blur = pass(
    `uniform sampler2D map; uniform vec2 step2; void main() { vec4 c = texture2D(map, uv2) * 0.2042; c += (texture2D(map, uv2 + step2 * 1.407) + texture2D(map, uv2 - step2 * 1.407)) * 0.3040; c += (texture2D(map, uv2 + step2 * 3.294) + texture2D(map, uv2 - step2 * 3.294)) * 0.0939; gl_FragColor = c; }`,
    { map: { value: null }, step2: { value: new THREE.Vector2() } },
  );
  // The shade is made of few looks each, turned from point to point: its neighbours' mean is even. What shines rides in
  // the same picture, so that the last pass looks into one instead of three.
  const even = pass(
    `uniform sampler2D map, brightMap, wideMap; void main() {
       ivec2 at = ivec2(gl_FragCoord.xy), last = textureSize(map, 0) - 1; float sum = 0.0;
       for (int y = -1; y <= 1; y++) for (int x = -1; x <= 1; x++) sum += texelFetch(map, clamp(at + ivec2(x, y), ivec2(0), last), 0).r;
       gl_FragColor = vec4(texture2D(brightMap, uv2).rgb * 0.42 + texture2D(wideMap, uv2).rgb * 0.34, sum / 9.0);
     }`,
    { map: { value: shade.texture }, brightMap: { value: bright[0].texture }, wideMap: { value: wide[0].texture } },
  );
  const copy = pass(`uniform sampler2D map; void main() { gl_FragColor = texture2D(map, uv2); }`, {
    map: { value: null },
  });
  const finishing = {
    map: { value: main.texture },
    gatherMap: { value: evened.texture },
    softMap: { value: soft[0].texture },
    depthMap: { value: main.depthTexture },
    ...lens,
    exposure: { value: palette.exposure },
    saturation: { value: palette.saturation },
    contrast: { value: palette.contrast },
    shadows: { value: palette.shadows },
    highlights: { value: palette.highlights },
    focus: { value: 3 },
    strength: { value: 0 },
    grain: { value: 0 },
    grained: { value: palette.grain },
  };
  // Software works out both sides of every question: what is sharp all over is not asked about softness.
  const finisher = (softens: boolean) =>
    pass(
      `${depthGlsl} ${focusGlsl}
     uniform sampler2D map, gatherMap, softMap; uniform float exposure, saturation, contrast, grain, grained; uniform vec3 shadows, highlights;
     vec3 aces(vec3 v) { v = mat3(0.59719, 0.07600, 0.02840, 0.35458, 0.90834, 0.13383, 0.04823, 0.01566, 0.83777) * v; vec3 a = v * (v + 0.0245786) - 0.000090537; vec3 b = v * (0.983729 * v + 0.4329510) + 0.238081; v = a / b; return mat3(1.60475, -0.10208, -0.00327, -0.53108, 1.10813, -0.07276, -0.07367, -0.00605, 1.07602) * v; }
     float hash(vec3 p) { p = fract(p * 0.1031); p += dot(p, p.zyx + 31.32); return fract((p.x + p.y) * p.z); }
     void main() {
       ivec2 at = ivec2(uv2 * vec2(textureSize(map, 0)));
       vec3 c = texelFetch(map, at, 0).rgb;
       float d = texelFetch(depthMap, at, 0).r * 2.0 - 1.0; d = 2.0 * near * far / (far + near - d * (far - near));
       vec4 gathered = texture2D(gatherMap, uv2);
       float lum = dot(c, vec3(0.299, 0.587, 0.114));
       c *= mix(1.0, gathered.a, 0.78 * (1.0 - smoothstep(0.9, 2.2, lum)) * (1.0 - smoothstep(18.0, 50.0, d)));
       ${softens ? "vec4 s = texture2D(softMap, uv2); c = mix(c, s.rgb / max(s.a, 1e-4), smoothstep(0.05, 0.55, cocAt(d)));" : ""}
       c += gathered.rgb;
       c = aces(c * exposure * 1.3);
       c = clamp(c, 0.0, 1.0);
       float l = dot(c, vec3(0.2126, 0.7152, 0.0722));
       vec3 low = shadows / max(dot(shadows, vec3(0.3333)), 0.001); vec3 high = highlights / max(dot(highlights, vec3(0.3333)), 0.001);
       c *= mix(mix(vec3(1.0), low, 0.4), mix(vec3(1.0), high, 0.35), smoothstep(0.05, 0.7, l));
       c = mix(vec3(l), c, saturation);
       c = pow(c, vec3(1.0 / 2.2));
       c = mix(c, c * c * (3.0 - 2.0 * c), (contrast - 0.9) * 1.1);
       vec2 q = (uv2 - 0.5) * vec2(1.0, 0.86); c *= 1.0 - dot(q, q) * 0.62;
       c += (hash(vec3(gl_FragCoord.xy, grain)) - 0.5) * 0.075 * grained * (1.0 - 0.6 * l);
       // Its brightness goes along for the edges to be found by.
       gl_FragColor = vec4(c, dot(clamp(c, 0.0, 1.0), vec3(0.299, 0.587, 0.114)));
     }`,
      finishing,
    );
  const [finishSharp, finishSoft] = [finisher(false), finisher(true)];

  const graded = new THREE.WebGLRenderTarget(width, height, { depthBuffer: false });
  const edges = pass(
    `uniform sampler2D map; uniform vec2 texel;
     void main() {
       ivec2 at = ivec2(uv2 / texel), last = textureSize(map, 0) - 1;
       vec4 m = texelFetch(map, at, 0);
       float nw = texelFetch(map, clamp(at + ivec2(-1, -1), ivec2(0), last), 0).a, ne = texelFetch(map, clamp(at + ivec2(1, -1), ivec2(0), last), 0).a;
       float sw = texelFetch(map, clamp(at + ivec2(-1, 1), ivec2(0), last), 0).a, se = texelFetch(map, clamp(at + ivec2(1, 1), ivec2(0), last), 0).a;
       float low = min(m.a, min(min(nw, ne), min(sw, se))), high = max(m.a, max(max(nw, ne), max(sw, se)));
       if (high - low < max(0.03, high * 0.1)) { gl_FragColor = vec4(m.rgb, 1.0); return; }
       vec2 dir = vec2(-((nw + ne) - (sw + se)), (nw + sw) - (ne + se));
       dir = clamp(dir / (min(abs(dir.x), abs(dir.y)) + max((nw + ne + sw + se) * 0.03125, 0.0078)), -8.0, 8.0) * texel;
       vec4 a = 0.5 * (texture2D(map, uv2 - dir * 0.16667) + texture2D(map, uv2 + dir * 0.16667));
       vec4 b = a * 0.5 + 0.25 * (texture2D(map, uv2 - dir * 0.5) + texture2D(map, uv2 + dir * 0.5));
       gl_FragColor = vec4(b.a < low || b.a > high ? a.rgb : b.rgb, 1.0);
     }`,
    { map: { value: graded.texture }, texel: { value: new THREE.Vector2(1 / width, 1 / height) } },
  );
  const quad = new THREE.Mesh(new THREE.PlaneGeometry(2, 2), copy);
  quad.frustumCulled = false;
  const flat = new THREE.Scene();
  flat.add(quad);
  const still = new THREE.OrthographicCamera(-1, 1, 1, -1, 0, 1);
  const draw = (material: THREE.ShaderMaterial, target: THREE.WebGLRenderTarget | null) => {
    quad.material = material;
    renderer.setRenderTarget(target);
    renderer.render(flat, still);
  };
  const set = (material: THREE.ShaderMaterial, name: string, value: unknown) => {
    const uniform = material.uniforms[name];
    if (uniform !== undefined) uniform.value = value;
  };
  const smooth = (pair: readonly [THREE.WebGLRenderTarget, THREE.WebGLRenderTarget], by: number) => {
    set(blur, "map", pair[0].texture);
    set(blur, "step2", new THREE.Vector2(by / pair[0].width, 0));
    draw(blur, pair[1]);
    set(blur, "map", pair[1].texture);
    set(blur, "step2", new THREE.Vector2(0, by / pair[0].height));
    draw(blur, pair[0]);
  };

  const ahead = depthAhead(renderer);
  return {
    render(scene, camera, view, seconds) {
      renderer.setRenderTarget(main);
      renderer.clear();
      if (software) ahead.render(scene, camera);
      else renderer.render(scene, camera);
      lens.near.value = camera.near;
      lens.far.value = camera.far;
      set(occlusion, "tanFov", Math.tan((camera.fov * Math.PI) / 360));
      draw(occlusion, shade);
      draw(brightPass, bright[0]);
      smooth(bright, 1);
      set(copy, "map", bright[0].texture);
      draw(copy, wide[0]);
      smooth(wide, 1.2);
      draw(even, evened);
      // A short lens has everything sharp; what little is soft would not be seen.
      const softens = view.blur > 0.02;
      for (const uniforms of [softPass.uniforms, finishing]) {
        uniforms["focus"]!.value = view.focus;
        uniforms["strength"]!.value = softens ? view.blur : 0;
      }
      if (softens) {
        draw(softPass, soft[0]);
        const reach = 0.004 + 0.013 * view.blur;
        set(disc, "map", soft[0].texture);
        set(disc, "reach", new THREE.Vector2(reach, (reach * width) / height));
        draw(disc, soft[1]);
        set(copy, "map", soft[1].texture);
        draw(copy, soft[0]);
        smooth(soft, 0.5);
      }
      // The grade may change while the picture stays: people try it out.
      for (const name of ["exposure", "saturation", "contrast", "shadows", "highlights"] as const)
        finishing[name].value = palette[name];
      finishing.grained.value = palette.grain;
      finishing.grain.value = (seed % 251) + (Math.round(seconds * 1000) % 997);
      draw(softens ? finishSoft : finishSharp, software ? graded : null);
      if (software) draw(edges, null);
    },
    dispose() {
      for (const target of [main, graded, shade, evened, ...bright, ...wide, ...soft]) target.dispose();
      for (const material of [occlusion, brightPass, softPass, disc, even, blur, copy, finishSharp, finishSoft, edges])
        material.dispose();
      quad.geometry.dispose();
      ahead.dispose();
    },
  };
}
