import * as THREE from "three";
import { places } from "#domain/screenplay/plan/plan-places.ts";
import type { CameraSubject, ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { Character } from "../characters/character.ts";
import { eased } from "./ease.ts";

/** Seconds in which an assistant pulls the focus from one to the other. */
const pull = 0.9;

/**
 * What is sharp over a shot: whom the picture is about, and from a beat on whom the plan says (rack focus).
 * @returns the distance of it along the camera's axis, metres
 */
export function focusOf(
  plan: ScenePlan,
  characters: readonly Character[],
): (seconds: number, eye: THREE.Vector3, look: THREE.Vector3) => number {
  const racks = plan.camera.focusOn.toSorted((a, b) => a.beat - b.beat);
  const whereIs = ({ subject, seconds }: { subject: CameraSubject; seconds: number }): THREE.Vector3 | null => {
    switch (subject.kind) {
      case "character":
        return characters[subject.index]?.eyesAt(seconds) ?? null;
      case "prop": {
        const prop = plan.props[subject.index];
        return prop === undefined ? null : new THREE.Vector3(...prop.at);
      }
      case "place":
        return new THREE.Vector3(...places[plan.place].wide.look);
    }
  };
  return (seconds, eye, look) => {
    const axis = look.clone().sub(eye).normalize();
    const depth = (subject: CameraSubject) => {
      const at = subject.kind === "place" && racks.length === 0 ? null : whereIs({ subject, seconds });
      const far = at === null ? eye.distanceTo(look) : at.sub(eye).dot(axis);
      // Whoever is beside or behind the camera cannot be what is sharp.
      return far > 0.15 ? far : eye.distanceTo(look);
    };
    let inverse = 1 / depth(plan.camera.framing === "pov" ? { kind: "place" } : plan.camera.subject);
    for (const rack of racks) {
      const k = eased("smooth", (seconds - rack.beat * plan.beatSeconds) / pull);
      if (k > 0) inverse += (1 / depth(rack.subject) - inverse) * k;
    }
    return 1 / inverse;
  };
}
