import * as THREE from "three";
import type { PassName } from "#domain/jobs/passes.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { CameraView } from "../camera/shot-camera.ts";
import type { BuiltScene } from "../scene/build-scene.ts";
import { placeCamera } from "./camera-record.ts";
import { buildFlatPasses, type DepthRange } from "./flat-passes.ts";
import { buildGeometryBuffer, type GeometryBuffer } from "./geometry-buffer.ts";
import { type IdTable, idTable } from "./id-colours.ts";
import { jointsOf, type PoseJoint } from "./joints.ts";
import { buildPosePicture } from "./pose-picture.ts";

/** Draws everything of a shot that is not what people see: for models to be guided by. */
export type PassRenderer = {
  /** The scene and the camera must be at `seconds`. All passes of one moment share one drawing of the scene. */
  draw(pass: Exclude<PassName, "beauty" | "clean">, seconds: number): void;
  /** By the order of the cast; nobody's joints are empty when they are not shown. */
  joints(seconds: number): PoseJoint[][];
  ids: IdTable["colours"];
  dispose(): void;
};

export function buildPassRenderer(options: {
  renderer: THREE.WebGLRenderer;
  built: BuiltScene;
  plan: ScenePlan;
  camera: THREE.PerspectiveCamera;
  width: number;
  height: number;
  range: () => DepthRange;
}): PassRenderer {
  const { renderer, built, plan, camera, width, height, range } = options;
  const ids = idTable(plan);
  const buffer = buildGeometryBuffer(renderer, ids, width, height);
  const flat = buildFlatPasses(renderer, buffer, ids, height);
  const pose = buildPosePicture(renderer, width / height);
  let drawn: number | null = null;
  const look = (seconds: number) => {
    if (drawn === seconds) return;
    buffer.draw(built.scene, camera);
    drawn = seconds;
  };
  const joints = (seconds: number) => {
    look(seconds);
    return built.characters.map(({ object }, index) =>
      object.visible
        ? jointsOf(object, ids.numberOf(`character:${index}`) ?? -1, camera, (x, y) =>
            buffer.at(x * width, (1 - y) * height),
          )
        : [],
    );
  };
  return {
    draw(pass, seconds) {
      look(seconds);
      if (pass === "pose") pose.draw(joints(seconds));
      else flat.draw(pass, range());
    },
    joints,
    ids: ids.colours,
    dispose() {
      buffer.dispose();
      flat.dispose();
      pose.dispose();
    },
  };
}

/** Pictures over the shot in which near and far are looked for, and how wide they are. */
const glances = { count: 5, width: 96 };

/**
 * @returns how near and how far anything is that the camera sees over the whole shot, a little more of each: alike for
 * every part of a shot that is rendered in parts
 */
export function depthRangeOf(
  renderer: THREE.WebGLRenderer,
  built: BuiltScene,
  plan: ScenePlan,
  viewAt: (seconds: number) => CameraView,
  aspect: number,
): DepthRange {
  const [width, height] = [glances.width, Math.max(1, Math.round(glances.width / aspect))];
  const buffer = buildGeometryBuffer(renderer, idTable(plan), width, height);
  const camera = new THREE.PerspectiveCamera(40, aspect, 0.08, 420);
  const depths: number[] = [];
  try {
    for (let i = 0; i < glances.count; i += 1) {
      const seconds = ((plan.frames - 1) * plan.fps.den * i) / (glances.count - 1) / plan.fps.num;
      placeCamera(camera, viewAt(seconds));
      built.update(seconds, camera);
      buffer.draw(built.scene, camera);
      for (const depth of depthsIn(buffer, width, height)) depths.push(depth);
    }
  } finally {
    buffer.dispose();
  }
  if (depths.length === 0) return { near: 0.5, far: 100 };
  depths.sort((a, b) => a - b);
  // A twig before the lens does not make everything else black.
  const near = Math.max(0.1, depths[Math.floor(depths.length * 0.004)]! * 0.92);
  const far = Math.min(420, depths.at(-1)! * 1.05);
  return { near, far: Math.max(far, near * 1.5) };
}

function depthsIn(buffer: GeometryBuffer, width: number, height: number): number[] {
  const depths: number[] = [];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const { depth } = buffer.at(x, y);
      if (Number.isFinite(depth)) depths.push(depth);
    }
  return depths;
}
