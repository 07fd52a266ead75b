import * as THREE from "three";
import type { Tier } from "#domain/jobs/tiers.ts";

/** What a surface is made of, as far as light can tell. */
export type Finish = "clay" | "wood" | "gloss" | "metal" | "wet" | "glow" | "glass" | "shell";

/** Every finish is one material; the colours are in the vertices. */
export function materialOf(finish: Finish, tier: Tier): THREE.Material {
  const standard = (roughness: number, metalness = 0, extra: THREE.MeshStandardMaterialParameters = {}) =>
    new THREE.MeshStandardMaterial({ vertexColors: true, roughness, metalness, ...extra });
  switch (finish) {
    case "clay":
    case "wood":
    case "shell":
      // Without gloss there is little that Lambert does not show, at half the price.
      return tier === "fine"
        ? standard(finish === "wood" ? 0.7 : 0.92)
        : new THREE.MeshLambertMaterial({ vertexColors: true });
    case "gloss":
      return standard(0.28);
    case "metal":
      return standard(0.42, 0.35);
    case "wet":
      return standard(0.22, 0.05);
    case "glow":
      return new THREE.MeshBasicMaterial({ vertexColors: true, fog: true, toneMapped: false });
    case "glass":
      return standard(0.12, 0, { transparent: true, opacity: 0.28, depthWrite: false });
  }
}
