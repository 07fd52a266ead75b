import { type CameraPath, type CameraSample } from "#domain/generation/timeline.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { shotCamera } from "../camera/shot-camera.ts";
import { buildScene } from "../scene/build-scene.ts";

/** More than a viewer needs to follow a move smoothly; a longer shot is sampled less often. */
const mostSamples = 1500;

/** The way of a plan's camera, frame by frame. @param aspect  width over height of the picture */
export function cameraPath(plan: ScenePlan, aspect: number): CameraPath {
  // The set is built for what stands in the camera's way in it.
  const built = buildScene(plan);
  const viewAt = shotCamera(plan, built.characters, aspect, built.solids, built.slender);
  built.dispose();
  const step = Math.max(1, Math.ceil(plan.frames / mostSamples));
  const samples: CameraSample[] = [];
  for (let frame = 0; frame < plan.frames; frame += step) {
    const at = (frame * plan.fps.den) / plan.fps.num;
    const view = viewAt(at);
    samples.push({
      at: round(at),
      eye: [round(view.eye.x), round(view.eye.y), round(view.eye.z)],
      target: [round(view.look.x), round(view.look.y), round(view.look.z)],
      fov: round(view.verticalFov),
      roll: round((view.roll * 180) / Math.PI),
      focus: round(view.focus),
      blur: round(view.blur),
    });
  }
  return { samples };
}

const round = (n: number) => Math.round(n * 1e4) / 1e4;
