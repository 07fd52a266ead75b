import * as THREE from "three";

/** The set on screen: one pass of the scene and a tone curve. At rest it is drawn once more, with smooth edges. */
export interface ViewportPicture {
  resize(width: number, height: number): void;
  /** @param isClay  in greys, but for what is strongly coloured: coats, buoys, signs */
  render(scene: THREE.Scene, camera: THREE.Camera, isClay: boolean, isFine: boolean): void;
  dispose(): void;
}

export function buildViewportPicture(renderer: THREE.WebGLRenderer): ViewportPicture {
  const target = (samples: number) =>
    new THREE.WebGLRenderTarget(4, 4, { type: THREE.HalfFloatType, samples, depthBuffer: true });
  const fast = target(0);
  const fine = target(4);
  const curve = new THREE.ShaderMaterial({
    vertexShader:
      "varying vec2 at; void main() { at = position.xy * 0.5 + 0.5; gl_Position = vec4(position.xy, 0.0, 1.0); }",
    fragmentShader: `varying vec2 at; uniform sampler2D map; uniform float clay;
      void main() {
        vec3 c = max(texture2D(map, at).rgb, 0.0) * mix(1.0, 0.66, clay);
        c = (c * (2.51 * c + 0.03)) / (c * (2.43 * c + 0.59) + 0.14);
        // In work light planks and water are told apart, too: what is dark is lifted more than what is light.
        c = pow(clamp(c, 0.0, 1.0), vec3(mix(1.0, 0.74, clay) / 2.2));
        float l = dot(c, vec3(0.2126, 0.7152, 0.0722));
        float strong = smoothstep(0.14, 0.36, max(c.r, max(c.g, c.b)) - min(c.r, min(c.g, c.b)));
        c = mix(c, mix(vec3(l), c, mix(0.08, 0.74, strong)), clay);
        gl_FragColor = vec4(c, 1.0);
      }`,
    uniforms: { map: { value: fast.texture }, clay: { value: 0 } },
    depthTest: false,
    depthWrite: false,
    toneMapped: false,
  });
  const quad = new THREE.Mesh(new THREE.PlaneGeometry(2, 2), curve);
  quad.frustumCulled = false;
  const flat = new THREE.Scene().add(quad);
  const still = new THREE.OrthographicCamera(-1, 1, 1, -1, 0, 1);

  return {
    resize(width, height) {
      fast.setSize(width, height);
      fine.setSize(width, height);
    },
    render(scene, camera, isClay, isFine) {
      const to = isFine ? fine : fast;
      renderer.setRenderTarget(to);
      renderer.clear();
      renderer.render(scene, camera);
      curve.uniforms["map"]!.value = to.texture;
      curve.uniforms["clay"]!.value = isClay ? 1 : 0;
      renderer.setRenderTarget(null);
      renderer.render(flat, still);
    },
    dispose() {
      for (const part of [fast, fine, curve, quad.geometry]) part.dispose();
    },
  };
}
