/** The shot's own picture, through the pipeline that a render goes through. */
import * as THREE from "three";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { buildPicture, type PicturePass } from "#stage/look/pipeline.ts";
import type { BuiltScene } from "#stage/scene/build-scene.ts";
import type { Box2 } from "./own-view.ts";
import { placeCamera, type ShotView } from "./shot-views.ts";

export interface Frame {
  built: BuiltScene;
  plan: ScenePlan;
  view: ShotView;
  seconds: number;
  /** Everything is put where it is for a camera; called once it stands. */
  pose(lens: THREE.Camera): void;
}

export interface FilmPicture {
  /** Draws into a part of the canvas, in CSS pixels from its lower left. */
  draw(frame: Frame, box: Box2, ratio: number): void;
  /** The scene it was drawn from is gone. */
  forget(): void;
}

export function buildFilmPicture(renderer: THREE.WebGLRenderer): FilmPicture {
  const lens = new THREE.PerspectiveCamera(40, 16 / 9, 0.08, 420);
  let graded: { picture: PicturePass; width: number; height: number } | null = null;
  const forget = () => {
    graded?.picture.dispose();
    graded = null;
  };
  return {
    draw({ built, plan, view, seconds, pose }, box, ratio) {
      const [width, height] = [Math.max(2, Math.round(box.width * ratio)), Math.max(2, Math.round(box.height * ratio))];
      if (graded?.width !== width || graded.height !== height) {
        forget();
        graded = { picture: buildPicture(renderer, built.palette, width, height, plan.seed), width, height };
      }
      lens.aspect = width / height;
      placeCamera(lens, view);
      pose(lens);
      renderer.setScissorTest(true);
      renderer.setViewport(box.x, box.y, box.width, box.height);
      renderer.setScissor(box.x, box.y, box.width, box.height);
      graded.picture.render(built.scene, lens, view, seconds);
      renderer.setScissorTest(false);
    },
    forget,
  };
}

export interface Inset {
  isShown(): boolean;
  draw(frame: Frame, aspect: number, ratio: number): void;
  forget(): void;
}

/** The picture in the corner: drawn into the canvas that all share, then copied out of it. */
export function buildInset(renderer: THREE.WebGLRenderer, canvas: HTMLCanvasElement, inset: HTMLCanvasElement): Inset {
  const film = buildFilmPicture(renderer);
  const context = inset.getContext("2d")!;
  return {
    isShown: () => inset.offsetParent !== null,
    draw(frame, aspect, ratio) {
      const width = Math.min(canvas.width, Math.round((inset.clientWidth || 288) * ratio));
      const height = Math.max(2, Math.round(width / aspect));
      film.draw(frame, { x: 0, y: 0, width: width / ratio, height: height / ratio }, ratio);
      if (inset.width !== width || inset.height !== height) Object.assign(inset, { width, height });
      context.drawImage(canvas, 0, canvas.height - height, width, height, 0, 0, width, height);
    },
    forget: film.forget,
  };
}
