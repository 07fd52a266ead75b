/**
 * The line of a scene: between two who deal with each other. All cameras stay on one side of it, so that who looks to
 * the right in one shot looks to the right in all of them (the rule of 180°). Directions are level.
 */
import * as THREE from "three";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { Character } from "../characters/character.ts";

export const rad = (degrees: number) => (degrees * Math.PI) / 180;
export const towards = (degrees: number) => new THREE.Vector3(Math.sin(rad(degrees)), 0, Math.cos(rad(degrees)));

/** Nearer than that two people have no line between them, metres. */
const leastGap = 0.35;

/** Whom somebody deals with: whom they look at, or the other one of a picture that is of two. */
export function partnerOf(plan: ScenePlan, characters: readonly Character[], index: number): Character | undefined {
  const { framing } = plan.camera;
  const looksAt = plan.cast[index]?.looksAt ?? -1;
  if (looksAt >= 0 && looksAt !== index) return characters[looksAt];
  return framing === "two-shot" || framing === "over-shoulder" ? characters[index === 0 ? 1 : 0] : undefined;
}

export type Line = {
  /** From the subject: to the partner, or where the subject faces. */
  ahead: THREE.Vector3;
  /** Square to it, to the side on which the scene's cameras are. */
  aside: THREE.Vector3;
  partner: Character | undefined;
};

/** @param at  the time at which people stand where the shot is about them */
export function lineOf(plan: ScenePlan, characters: readonly Character[], index: number, at: number): Line | null {
  const subject = characters[index];
  if (subject === undefined) return null;
  const partner = partnerOf(plan, characters, index);
  const gap = partner?.placeAt(at).sub(subject.placeAt(at)).setY(0);
  const faces = towards(subject.facingAt(at));
  const meets = gap !== undefined && gap.length() > leastGap;
  const ahead = meets ? gap.normalize() : faces;
  const aside = new THREE.Vector3(ahead.z, 0, -ahead.x);
  const side = plan.camera.side ?? 1;
  // Who is alone and faces the camera's usual side has it on either hand: the scene decides, not the shot.
  const clear = Math.abs(aside.z) > (meets ? 1e-3 : 0.12);
  const right = clear ? aside.z * side > 0 : meets ? aside.x > 0 : plan.setSeed % 2 === 0;
  return { ahead, aside: right ? aside : aside.negate(), partner: meets ? partner : undefined };
}

/** @returns the direction from the subject that is `degrees` off its line, towards the scene's side */
export function offLine({ ahead, aside }: Line, degrees: number): THREE.Vector3 {
  return ahead
    .clone()
    .multiplyScalar(Math.cos(rad(degrees)))
    .addScaledVector(aside, Math.sin(rad(degrees)));
}
