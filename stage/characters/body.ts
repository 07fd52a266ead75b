import type * as THREE from "three";
import { mergeGeometries } from "three/addons/utils/BufferGeometryUtils.js";
import type { Look } from "#domain/screenplay/plan/plan-cast.ts";
import { head } from "./body/head.ts";
import { limbs } from "./body/limbs.ts";
import { trunk } from "./body/trunk.ts";

/**
 * A mannequin's body as one skinned mesh: tubes for trunk and limbs whose weights blend over the joints, and rigid
 * parts for head, hands, feet, hair and headwear. One draw call a person, whatever they wear.
 */

/** @returns the skinned geometry of a look, at a height of 1.75 m */
export function bodyGeometry(look: Look, seated: boolean): THREE.BufferGeometry {
  const parts = [...trunk(look, look.build, seated), ...limbs(look, look.build, seated), ...head(look)];
  const merged = mergeGeometries(parts, false);
  for (const part of parts) part.dispose();
  if (merged === null) throw new Error("the parts of a body did not merge");
  return merged;
}
