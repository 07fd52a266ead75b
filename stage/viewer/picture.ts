import * as THREE from "three";
import { buildPicture, type PicturePass } from "../look/pipeline.ts";
import { isSoftware, rendererName } from "../look/renderer-name.ts";
import type { World } from "./world.ts";

/** Draws a world as the film is drawn: in linear light, with its haze, glow and grade. */
export type Picture = {
  readonly renderer: THREE.WebGLRenderer;
  /** Whether there is no GPU to draw with. */
  readonly software: boolean;
  /** What draws, in words. */
  readonly device: string;
  /** Size on the screen, and pixels of the picture for each of it. */
  resize(width: number, height: number, scale: number): void;
  draw(world: World, camera: THREE.PerspectiveCamera, focus: { focus: number; blur: number }, seconds: number): void;
  /** Draws what is lit already, as splats are: nothing is done to it but to show it. */
  drawPlainly(world: World, camera: THREE.PerspectiveCamera): void;
  info(): { draws: number; triangles: number; width: number; height: number };
  dispose(): void;
};

/** @returns null where there is no WebGL 2 */
export function openPicture(canvas: HTMLCanvasElement, seed: number): Picture | null {
  const gl = canvas.getContext("webgl2", { antialias: false, alpha: false, powerPreference: "high-performance" });
  if (!gl) return null;
  const device = rendererName(gl);
  const renderer = new THREE.WebGLRenderer({ canvas, context: gl, antialias: false, alpha: false });
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = THREE.PCFShadowMap;
  // Light stays linear until the last pass, which does its own tone curve.
  renderer.toneMapping = THREE.NoToneMapping;
  renderer.outputColorSpace = THREE.LinearSRGBColorSpace;
  renderer.info.autoReset = false;
  let size = { width: 2, height: 2 };
  let passes: { of: World; made: PicturePass } | null = null;
  let info = { draws: 0, triangles: 0 };

  return {
    renderer,
    device,
    software: isSoftware(device),
    resize(width, height, scale) {
      const next = { width: even(width * scale), height: even(height * scale) };
      if (next.width === size.width && next.height === size.height) return;
      size = next;
      renderer.setPixelRatio(1);
      renderer.setSize(size.width, size.height, false);
      passes?.made.dispose();
      passes = null;
    },
    draw(world, camera, { focus, blur }, seconds) {
      if (passes?.of !== world) {
        passes?.made.dispose();
        passes = { of: world, made: buildPicture(renderer, world.palette, size.width, size.height, seed) };
      }
      const view = {
        eye: camera.position,
        look: camera.position,
        verticalFov: camera.fov,
        lensMm: 50,
        roll: 0,
        aperture: 4,
        focus,
        blur,
      };
      renderer.info.reset();
      passes.made.render(world.scene, camera, view, seconds);
      info = { draws: renderer.info.render.calls, triangles: renderer.info.render.triangles };
    },
    drawPlainly(world, camera) {
      renderer.toneMapping = THREE.ACESFilmicToneMapping;
      // The library's curve is brighter by this than the film's.
      renderer.toneMappingExposure = world.palette.exposure * 1.3 * 0.6;
      renderer.outputColorSpace = THREE.SRGBColorSpace;
      renderer.info.reset();
      renderer.setRenderTarget(null);
      renderer.render(world.scene, camera);
      renderer.toneMapping = THREE.NoToneMapping;
      renderer.outputColorSpace = THREE.LinearSRGBColorSpace;
      info = { draws: renderer.info.render.calls, triangles: renderer.info.render.triangles };
    },
    info: () => ({ ...info, ...size }),
    dispose() {
      passes?.made.dispose();
      renderer.dispose();
      // A browser has few of them; it takes one back late when only the canvas goes.
      renderer.forceContextLoss();
    },
  };
}

const even = (n: number) => Math.max(2, Math.round(n / 2) * 2);
