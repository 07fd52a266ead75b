/** What one sees of a set on coming in. */
import * as THREE from "three";
import { places } from "#domain/screenplay/plan/plan-places.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { Pose } from "./navigation.ts";

/** From in front and above, everybody in view. @param seat  any number: not all come in at one place */
export function overview(plan: ScenePlan, seat: number): Pose {
  const people = plan.cast.filter(({ offScreen }) => !offScreen).map(({ at }) => new THREE.Vector3(...at));
  const box = new THREE.Box3().setFromPoints(people);
  const middle =
    people.length === 0 ? new THREE.Vector3(...places[plan.place].mark.at) : box.getCenter(new THREE.Vector3());
  const reach = Math.max(plan.interior ? 6.5 : 9, box.getSize(new THREE.Vector3()).length() * 1.6);
  const look = middle.clone().setY(middle.y + 1.1);
  const angle = 0.25 + ((seat % 7) - 3) * 0.24;
  const way = new THREE.Vector3(Math.sin(angle), 0.48 + (seat % 3) * 0.06, Math.cos(angle)).normalize();
  return { eye: look.clone().addScaledVector(way, reach), look };
}

/** Metres on the floor. */
export function gridOf(): THREE.GridHelper {
  const grid = new THREE.GridHelper(40, 40, 0x6b6b6b, 0x3c3c3c);
  grid.name = "grid";
  for (const material of [grid.material].flat()) Object.assign(material, { transparent: true, opacity: 0.5 });
  return grid;
}
