import * as THREE from "three";
import { places } from "#domain/screenplay/plan/plan-places.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { Pose } from "./navigation.ts";

/** From outside a room its near wall is cut away, as in a doll's house. @returns metres from the eye */
export function frameRange(plan: Pick<ScenePlan, "place" | "interior">, { eye, look }: Pose): { near: number } {
  const least = { near: 0.08 };
  if (!plan.interior) return least;
  const [low, high] = places[plan.place].room;
  const room = new THREE.Box3(new THREE.Vector3(...low), new THREE.Vector3(...high));
  if (room.containsPoint(eye)) return least;
  const way = look.clone().sub(eye).normalize();
  const entry = new THREE.Ray(eye, way).intersectBox(room, new THREE.Vector3());
  return entry === null ? least : { near: Math.max(0.08, entry.distanceTo(eye) - 0.05) };
}
