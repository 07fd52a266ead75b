import * as THREE from "three";
import type { PassName } from "#domain/jobs/passes.ts";
import type { Tier } from "#domain/jobs/tiers.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { type CameraView, shotCamera } from "./camera/shot-camera.ts";
import { buildPicture } from "./look/pipeline.ts";
import { type CameraRecord, cameraRecord, placeCamera } from "./passes/camera-record.ts";
import { withoutPeople } from "./passes/clean-plate.ts";
import type { DepthRange } from "./passes/flat-passes.ts";
import { idTable } from "./passes/id-colours.ts";
import type { PoseJoint } from "./passes/joints.ts";
import { buildPassRenderer, depthRangeOf, type PassRenderer } from "./passes/pass-renderer.ts";
import { type SetCache, buildScene } from "./scene/build-scene.ts";

export type Stage = {
  /**
   * Draws the picture at a time of the shot onto the canvas, or a pass of it. Depends on the plan and the time alone.
   * Ask for all passes of a moment before the next one: they share the work.
   */
  renderFrame(seconds: number, pass?: PassName): void;
  viewAt(seconds: number): CameraView;
  /** Where the joints of the cast are in the picture, by the order of the cast; empty for who is not shown. */
  joints(seconds: number): PoseJoint[][];
  /** The file beside the passes of so many frames; `frame` counts from the shot's start at `fps`, the plan's if absent. */
  record(options: {
    from: number;
    frames: number;
    fps?: { num: number; den: number };
    /** Of the files; absent: of the canvas. */
    width?: number;
    height?: number;
  }): CameraRecord;
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
  const viewAt = shotCamera(plan, built.characters, width / height, built.solids, built.slender);
  const picture = buildPicture(renderer, built.palette, width, height, plan.seed);
  let info = { calls: 0, triangles: 0 };
  renderer.info.autoReset = false;
  let shown: number | null = null;
  let passes: PassRenderer | null = null;
  let known: DepthRange | null = null;

  function place(seconds: number): CameraView {
    const view = viewAt(seconds);
    if (shown === seconds) return view;
    placeCamera(camera, view);
    built.update(seconds, camera);
    shown = seconds;
    return view;
  }
  function range(): DepthRange {
    if (known === null) {
      const before = shown;
      known = depthRangeOf(renderer, built, plan, viewAt, width / height);
      // It has moved everything.
      shown = null;
      if (before !== null) place(before);
    }
    return known;
  }
  function passesOf(): PassRenderer {
    passes ??= buildPassRenderer({ renderer, built, plan, camera, width, height, range });
    return passes;
  }
  function draw(pass: PassName, seconds: number, view: CameraView): void {
    switch (pass) {
      case "beauty":
        return picture.render(built.scene, camera, view, seconds);
      case "clean":
        return withoutPeople(built, seconds, () => picture.render(built.scene, camera, view, seconds));
      default:
        return passesOf().draw(pass, seconds);
    }
  }

  return {
    renderFrame(seconds, pass = "beauty") {
      if (pass === "depth") range();
      const view = place(seconds);
      renderer.info.reset();
      draw(pass, seconds, view);
      if (pass === "beauty") info = { calls: renderer.info.render.calls, triangles: renderer.info.render.triangles };
    },
    viewAt,
    joints(seconds) {
      place(seconds);
      return passesOf().joints(seconds);
    },
    record: (wanted) =>
      cameraRecord({ plan, width, height, range: range(), ids: idTable(plan).colours, viewAt, ...wanted }),
    info: () => info,
    dispose() {
      passes?.dispose();
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
