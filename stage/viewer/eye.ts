import * as THREE from "three";
import type { GenerationManifest } from "#domain/generation/manifest.ts";
import type { CameraSample } from "#domain/generation/timeline.ts";
import { cameraAt } from "./camera-way.ts";
import type { Frame } from "./frame.ts";
import { type LookBy, openHands } from "./hands.ts";
import type { LoadedScene } from "./load-scene.ts";
import { orbitStart } from "./orbit-start.ts";
import { openPicture } from "./picture.ts";
import type { Quality } from "./quality.ts";
import type { World } from "./world.ts";

/** Pixels of a picture that is drawn without a GPU, at most. */
const softwarePixels = 640 * 360;

/** What looks at a scene: the film's camera, or one's own. */
export type Eye = {
  /** Draws nothing where there is no WebGL. */
  readonly draws: boolean;
  readonly renderer: THREE.WebGLRenderer | null;
  readonly software: boolean;
  readonly by: LookBy;
  quality: Quality;
  /** Whether something is to be drawn that is not drawn yet. */
  dirty: boolean;
  /** @param now  of the scene, seconds */
  take(by: LookBy, scene: LoadedScene, now: number): void;
  /** The film keeps its shape; who looks around has the whole window. */
  layout(): void;
  /** @param passed  seconds since the last picture */
  draw(scene: LoadedScene, now: number, passed: number): void;
  info(): { draws: number; triangles: number; width: number; height: number; device: string };
  dispose(): void;
};

/** A long lens is for the film; who looks around sees more. Degrees. */
const ownFov = (fov: number) => Math.max(48, Math.min(70, fov));

/** @param scene  what there is to go round, once it is there */
export function openEye(frame: Frame, manifest: GenerationManifest, scene: () => LoadedScene | null): Eye {
  const shape = manifest.width / manifest.height;
  const camera = new THREE.PerspectiveCamera(40, shape, 0.08, 420);
  const picture = openPicture(frame.canvas, manifest.seed);
  const software = picture?.software ?? true;
  const hands =
    picture === null
      ? null
      : openHands(
          camera,
          frame.canvas,
          () => (eye.dirty = true),
          (from, to) => scene()?.world.clear(from, to) ?? 1,
        );
  let by: LookBy = "film";
  let quality: Quality = { scale: 1, splats: false, shadows: !software };

  function place({ world, timeline }: LoadedScene, now: number, passed: number): { focus: number; blur: number } {
    const view = cameraAt(timeline.camera, now);
    if (by === "film") {
      camera.position.set(...view.eye);
      const roll = (view.roll * Math.PI) / 180;
      camera.up.set(Math.sin(roll), Math.cos(roll), 0);
      camera.lookAt(...view.target);
      camera.fov = view.fov;
    } else {
      camera.fov += (ownFov(view.fov) - camera.fov) * Math.min(1, passed * 5);
      if (hands?.move(passed, world.middle()) === true) eye.dirty = true;
    }
    camera.updateProjectionMatrix();
    camera.updateMatrixWorld(true);
    return by === "film" ? view : { focus: 400, blur: 0 };
  }

  /** From the film's camera, wherever one has flown to since. */
  function startOf(world: World, { eye: [x, y, z], fov }: CameraSample): THREE.Vector3 {
    const sight = { fov: ownFov(fov), aspect: camera.aspect, spread: world.spread() };
    return orbitStart(new THREE.Vector3(x, y, z), world.middle(), sight, (from, to) => world.clear(from, to));
  }

  const eye: Eye = {
    draws: picture !== null,
    renderer: picture?.renderer ?? null,
    software,
    dirty: true,
    get by() {
      return by;
    },
    get quality() {
      return quality;
    },
    set quality(next) {
      quality = next;
      eye.layout();
    },
    take(next, { world, timeline }, now) {
      by = next;
      eye.layout();
      hands?.take(next, world.middle(), next === "orbit" ? startOf(world, cameraAt(timeline.camera, now)) : null);
    },
    layout() {
      const { clientWidth: width, clientHeight: height } = frame.viewer;
      if (width === 0 || height === 0) return;
      const wide = Math.min(width, height * shape);
      const [w, h] = by === "film" ? [wide, wide / shape] : [width, height];
      frame.box.style.width = `${w}px`;
      frame.box.style.height = `${h}px`;
      camera.aspect = w / h;
      camera.updateProjectionMatrix();
      if (picture === null) return;
      const wanted = Math.min(devicePixelRatio, 2) * quality.scale;
      const most = software ? Math.sqrt((softwarePixels * quality.scale) / (w * h)) : wanted;
      picture.resize(w, h, Math.min(wanted, most));
      eye.dirty = true;
    },
    draw(loaded, now, passed) {
      if (picture === null) return;
      const focus = place(loaded, now, passed);
      loaded.world.update(now, camera);
      if (quality.splats) picture.drawPlainly(loaded.world, camera);
      else picture.draw(loaded.world, camera, focus, now);
    },
    info: () => ({
      ...(picture?.info() ?? { draws: 0, triangles: 0, width: 0, height: 0 }),
      device: picture?.device ?? "none",
    }),
    dispose() {
      hands?.dispose();
      picture?.dispose();
    },
  };
  return eye;
}
