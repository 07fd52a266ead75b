/** The shot's own camera over its time, from the same rules that a render goes by. */
import type * as THREE from "three";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { shotCamera, type CameraView } from "#stage/camera/shot-camera.ts";
import type { BuiltScene } from "#stage/scene/build-scene.ts";

/** Height of a super-35 gate, mm. */
export const gateHeight = 14;

export type ShotView = CameraView & { lensMm: number };
export interface ShotViews {
  at(seconds: number): ShotView;
  /** Its way, from the first frame to the last. */
  path: readonly THREE.Vector3[];
}

export function viewsOf(plan: ScenePlan, built: BuiltScene, aspect: number): ShotViews {
  const viewAt = shotCamera(plan, built.characters, aspect, built.solids, built.slender);
  const at = (seconds: number): ShotView => {
    const view = viewAt(seconds);
    return { ...view, lensMm: gateHeight / 2 / Math.tan((view.verticalFov * Math.PI) / 360) };
  };
  const length = (plan.frames * plan.fps.den) / plan.fps.num;
  const count = Math.min(120, Math.max(2, plan.frames));
  const path = Array.from({ length: count }, (_, index) => at((index / (count - 1)) * length).eye.clone());
  return { at, path };
}

/** Puts a camera where a view says. */
export function placeCamera(camera: THREE.PerspectiveCamera, view: CameraView): void {
  camera.position.copy(view.eye);
  camera.fov = view.verticalFov;
  camera.up.set(Math.sin(view.roll), Math.cos(view.roll), 0);
  camera.lookAt(view.look);
  camera.updateProjectionMatrix();
  camera.updateMatrixWorld(true);
}
