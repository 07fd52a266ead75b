import * as THREE from "three";
import type { Tier } from "#domain/jobs/tiers.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { shotCamera } from "./camera/shot-camera.ts";
import { buildPicture } from "./look/pipeline.ts";
import { type SetCache, buildScene } from "./scene/build-scene.ts";

export type Stage = {
  /** Draws the picture at a time of the shot onto the canvas. Depends on the plan and the time alone. */
  renderFrame(seconds: number): void;
  /** Draw calls and triangles of the last picture's scene. */
  info(): { calls: number; triangles: number };
  dispose(): void;
};

export type StageOptions = {
  canvas: HTMLCanvasElement;
  plan: ScenePlan;
  width: number;
  height: number;
  renderer?: THREE.WebGLRenderer;
  /** How much care the pictures take; absent: draft. */
  tier?: Tier;
  /** Sets of earlier shots, for this one to be built sooner. */
  sets?: SetCache;
};

/** Builds a plan's scene and the camera of its shot, ready to be drawn at any time. */
export function createStage(options: StageOptions): Stage {
  const { plan, width, height } = options;
  const renderer = options.renderer ?? createRenderer(options.canvas);
  renderer.setPixelRatio(1);
  renderer.setSize(width, height, false);
  const built = buildScene(plan, options);
  const camera = new THREE.PerspectiveCamera(40, width / height, 0.08, 420);
  const viewAt = shotCamera(plan, built.characters, width / height);
  const picture = buildPicture(renderer, built.palette, width, height, plan.seed);
  let info = { calls: 0, triangles: 0 };
  renderer.info.autoReset = false;

  return {
    renderFrame(seconds) {
      const view = viewAt(seconds);
      camera.position.copy(view.eye);
      camera.fov = view.verticalFov;
      camera.up.set(Math.sin(view.roll), Math.cos(view.roll), 0);
      camera.lookAt(view.look);
      camera.updateProjectionMatrix();
      camera.updateMatrixWorld(true);
      built.update(seconds, camera);
      renderer.info.reset();
      picture.render(built.scene, camera, view, seconds);
      info = { calls: renderer.info.render.calls, triangles: renderer.info.render.triangles };
    },
    info: () => info,
    dispose() {
      picture.dispose();
      built.dispose();
      if (options.renderer === undefined) renderer.dispose();
    },
  };
}

export function createRenderer(canvas: HTMLCanvasElement): THREE.WebGLRenderer {
  const renderer = new THREE.WebGLRenderer({
    canvas,
    antialias: false,
    alpha: false,
    powerPreference: "high-performance",
    preserveDrawingBuffer: true,
  });
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = THREE.PCFShadowMap;
  // Light stays linear until the last pass, which does its own tone curve.
  renderer.toneMapping = THREE.NoToneMapping;
  renderer.outputColorSpace = THREE.LinearSRGBColorSpace;
  return renderer;
}
