import * as THREE from "three";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { shotCamera } from "./camera/shot-camera.ts";
import { buildPicture } from "./look/pipeline.ts";
import { buildScene } from "./scene/build-scene.ts";

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
};

/** Builds a plan's scene and the camera of its shot, ready to be drawn at any time. */
export function createStage(options: StageOptions): Stage {
  const { plan, width, height } = options;
  const renderer = options.renderer ?? createRenderer(options.canvas);
  renderer.setPixelRatio(1);
  renderer.setSize(width, height, false);
  const built = buildScene(plan);
  const camera = new THREE.PerspectiveCamera(40, width / height, 0.08, 420);
  const viewAt = shotCamera(plan, built.characters, width / height);
  const picture = buildPicture(renderer, built.palette, width, height, plan.seed);
  // The small light on top of the camera that keeps eyes and inserts alive.
  const eyeLight = new THREE.PointLight(built.palette.highlights, 0, 0, 1.2);
  // A light that is there costs every pixel, lit or not: wide shots do without.
  if (viewAt(0).blur > 0.3) built.scene.add(eyeLight);
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
      eyeLight.position.copy(view.eye).add(new THREE.Vector3(0.35, 0.45, 0.1));
      eyeLight.intensity = view.blur * Math.pow(view.focus, 1.2) * (built.palette.lampsOn ? 1.0 : 0.7);
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
