/** What one sees of a set on coming in. */
import * as THREE from "three";
import { places } from "#domain/screenplay/plan/plan-places.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { boxesOf, gapTo, hides } from "#stage/camera/solids.ts";
import type { Solid } from "#stage/scene/solid.ts";
import type { Pose } from "./navigation.ts";
import { ownFov } from "./own-view.ts";

export interface Blocking {
  /** Where the shot's camera goes. */
  path: readonly THREE.Vector3[];
  solids: readonly Solid[];
}

/** To the side of how the shot's camera looks, degrees: from there one sees both it and whom it looks at. */
const aside = [58, -58, 44, -44, 74, -74, 30, -30, 96, -96, 126, -126];
const rises = [0.44, 0.62, 0.85];
/** Beyond that a camera is too far off to be shown with the people, metres. */
const farCamera = 22;

/**
 * From the side and above, with the people and the shot's camera in view and as little as can be before them.
 * @param seat  any number: not all come in at one place
 */
export function overview(plan: ScenePlan, { path, solids }: Blocking, seat: number): Pose {
  const people = plan.cast
    .filter(({ offScreen }) => !offScreen)
    .map(({ at }) => new THREE.Vector3(...at).setY(at[1] + 1.1));
  const box = new THREE.Box3().setFromPoints(people);
  const middle =
    people.length === 0 ? new THREE.Vector3(...places[plan.place].mark.at).setY(1) : box.getCenter(new THREE.Vector3());
  const first = path[0];
  const shown = [...people, middle, ...path.filter((eye) => eye.distanceTo(middle) < farCamera)];
  const all = new THREE.Box3().setFromPoints(shown);
  const look = middle.clone().lerp(all.getCenter(new THREE.Vector3()), 0.5);
  look.y = Math.min(look.y, middle.y + 1.5);
  const radius = Math.max(...shown.map((at) => at.distanceTo(look)));
  const reach = Math.min(plan.interior ? 13 : 26, Math.max(plan.interior ? 7 : 9, radius * 1.9 + 3.4));
  const base = first === undefined ? 0.25 : Math.atan2(first.x - middle.x, first.z - middle.z);
  const stagger = ((seat % 5) - 2) * 0.11;
  const boxes = boxesOf(solids);
  const poses = aside.flatMap((turn, order) =>
    rises.map((rise, high) => {
      const angle = base + (turn * (seat % 2 === 0 ? 1 : -1) * Math.PI) / 180 + stagger;
      const way = new THREE.Vector3(Math.sin(angle), rise, Math.cos(angle)).normalize();
      const eye = look.clone().addScaledVector(way, reach);
      // What stands between: each thing that cannot be seen costs as much as going a long way round.
      const hidden = shown.filter((at) =>
        boxes.some((solid) => hides(solid, eye, at) && gapTo(solid, at) > 0.15),
      ).length;
      const corner = shown.filter((at) => isInCorner(eye, look, at)).length;
      const isInside = boxes.some((solid) => gapTo(solid, eye) < 0.3) ? 1 : 0;
      return {
        eye,
        cost: (hidden / shown.length) * 9 + (corner / shown.length) * 6 + isInside * 20 + order * 0.22 + high * 0.9,
      };
    }),
  );
  const best = poses.reduce((a, b) => (b.cost < a.cost ? b : a));
  return { eye: best.eye, look };
}

const probe = new THREE.PerspectiveCamera(ownFov, 1.35, 0.1, 400);

/** Whether the picture in the lower right corner would be over it. */
function isInCorner(eye: THREE.Vector3, look: THREE.Vector3, at: THREE.Vector3): boolean {
  probe.position.copy(eye);
  probe.lookAt(look);
  probe.updateMatrixWorld(true);
  const { x, y } = at.clone().project(probe);
  return x > 0.22 && y < -0.24;
}

/** Metres on the floor. */
export function gridOf(): THREE.GridHelper {
  const grid = new THREE.GridHelper(40, 40, 0x6b6b6b, 0x3c3c3c);
  grid.name = "grid";
  for (const material of [grid.material].flat()) Object.assign(material, { transparent: true, opacity: 0.4 });
  return grid;
}
