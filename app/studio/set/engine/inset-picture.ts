/** The shot's own picture in the corner: drawn as a render has it, then copied out of the canvas that all share. */
import * as THREE from "three";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { buildPicture, type PicturePass } from "#stage/look/pipeline.ts";
import type { BuiltScene } from "#stage/scene/build-scene.ts";
import { placeCamera, type ShotView } from "./shot-views.ts";

export interface Inset {
  isShown(): boolean;
  draw(
    built: BuiltScene,
    plan: ScenePlan,
    view: ShotView,
    aspect: number,
    ratio: number,
    seconds: number,
    pose: (lens: THREE.Camera) => void,
  ): void;
  /** The scene it was drawn from is gone. */
  forget(): void;
}

export function buildInset(renderer: THREE.WebGLRenderer, canvas: HTMLCanvasElement, inset: HTMLCanvasElement): Inset {
  const lens = new THREE.PerspectiveCamera(40, 16 / 9, 0.08, 420);
  const context = inset.getContext("2d")!;
  let graded: { picture: PicturePass; width: number; height: number } | null = null;
  const forget = () => {
    graded?.picture.dispose();
    graded = null;
  };
  return {
    isShown: () => inset.offsetParent !== null,
    draw(built, plan, view, aspect, ratio, seconds, pose) {
      const width = Math.min(canvas.width, Math.round((inset.clientWidth || 288) * ratio));
      const height = Math.max(2, Math.round(width / aspect));
      if (graded?.width !== width || graded.height !== height) {
        forget();
        graded = { picture: buildPicture(renderer, built.palette, width, height, plan.seed), width, height };
      }
      lens.aspect = width / height;
      placeCamera(lens, view);
      pose(lens);
      const box = [0, 0, width / ratio, height / ratio] as const;
      renderer.setScissorTest(true);
      renderer.setViewport(...box);
      renderer.setScissor(...box);
      graded.picture.render(built.scene, lens, view, seconds);
      renderer.setScissorTest(false);
      if (inset.width !== width || inset.height !== height) Object.assign(inset, { width, height });
      context.drawImage(canvas, 0, canvas.height - height, width, height, 0, 0, width, height);
    },
    forget,
  };
}
