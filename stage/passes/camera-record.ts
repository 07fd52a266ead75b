import * as THREE from "three";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { gate } from "../camera/lens.ts";
import type { CameraView } from "../camera/shot-camera.ts";
import type { DepthRange } from "./flat-passes.ts";
import type { IdColour } from "./id-colours.ts";

/**
 * The camera of a shot's passes as a file: what depth means in metres, whose the colours of the ids are, and where the
 * camera is in every frame. Metres, degrees, y up; the matrix is column by column, from camera to world, as in glTF.
 */
export type CameraRecord = {
  version: 1;
  width: number;
  height: number;
  fps: { num: number; den: number };
  /** How many samples there are, one a frame. */
  frames: number;
  /** Distances of white and black in the pass of depth; in between it is even in 1/distance. */
  near: number;
  far: number;
  /** Of the camera, mm: lens lengths are on it. */
  gate: [number, number];
  samples: {
    /** Of the shot. */
    frame: number;
    eye: number[];
    target: number[];
    up: number[];
    verticalFov: number;
    lensMm: number;
    focus: number;
    aperture: number;
    matrix: number[];
  }[];
  ids: IdColour[];
};

export function cameraRecord(options: {
  plan: Pick<ScenePlan, "fps">;
  width: number;
  height: number;
  range: DepthRange;
  ids: readonly IdColour[];
  viewAt: (seconds: number) => CameraView;
  from: number;
  frames: number;
  /** Frames a second of what is rendered; absent: the plan's. */
  fps?: { num: number; den: number };
}): CameraRecord {
  const { width, height, range, ids, viewAt, from, frames } = options;
  const fps = options.fps ?? options.plan.fps;
  const camera = new THREE.PerspectiveCamera();
  const samples = Array.from({ length: frames }, (_, index) => {
    const frame = from + index;
    const view = viewAt((frame * fps.den) / fps.num);
    placeCamera(camera, view);
    return {
      frame,
      eye: view.eye.toArray().map(round),
      target: view.look.toArray().map(round),
      up: new THREE.Vector3(0, 1, 0).applyQuaternion(camera.quaternion).toArray().map(round),
      verticalFov: round(view.verticalFov),
      lensMm: round(view.lensMm),
      focus: round(view.focus),
      aperture: round(view.aperture),
      matrix: camera.matrixWorld.toArray().map(round),
    };
  });
  return {
    version: 1,
    width,
    height,
    fps: { num: fps.num, den: fps.den },
    frames,
    near: round(range.near),
    far: round(range.far),
    gate: [gate.width, gate.height],
    samples,
    ids: [...ids],
  };
}

const round = (n: number) => Math.round(n * 1e5) / 1e5;

/** Puts a camera where a shot's camera is. */
export function placeCamera(camera: THREE.PerspectiveCamera, view: CameraView): void {
  camera.position.copy(view.eye);
  camera.fov = view.verticalFov;
  camera.up.set(0, 1, 0);
  camera.lookAt(view.look);
  // About the axis it looks along, whatever that is.
  camera.rotateZ(-view.roll);
  camera.updateProjectionMatrix();
  camera.updateMatrixWorld(true);
}
