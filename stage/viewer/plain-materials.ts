import * as THREE from "three";
import { finishOf, materialOf, mirroring, type Weathering } from "../look/finishes.ts";

type Wanted = {
  software: boolean;
  glow: number;
  /** What the weather does to the surfaces of a place; people's stay as they are in the file. */
  weathering?: Weathering;
};

/**
 * Makes a loaded model's surfaces fit for the stage's picture: what glows in itself may be brighter than white again;
 * where there is no GPU, surfaces are plain, and with one those of a place are what they are in the film.
 */
export function lightenMaterials(root: THREE.Object3D, wanted: Wanted): void {
  const made = new Map<THREE.Material, THREE.Material>();
  root.traverse((object) => {
    if (!(object instanceof THREE.Mesh)) return;
    const given = [object.material as THREE.Material | THREE.Material[]].flat()[0]!;
    const known = made.get(given) ?? materialFor(given, wanted);
    made.set(given, known);
    object.material = known;
    // Bones carry a person out of the box that their body has at rest.
    if (object instanceof THREE.SkinnedMesh) object.frustumCulled = false;
  });
}

function materialFor(given: THREE.Material, { software, glow, weathering }: Wanted): THREE.Material {
  if (given instanceof THREE.MeshBasicMaterial) {
    given.color.multiplyScalar(glow);
    return given;
  }
  if (!(given instanceof THREE.MeshStandardMaterial)) return given;
  if (!software && weathering === undefined) return given;
  const { color, vertexColors, side, transparent, opacity, depthWrite } = given;
  const finish = finishOf(given);
  // Clear in a way that no finish is, such as a veil.
  if (!software && transparent && finish !== "glass") return mirroring(given);
  const made = software
    ? new THREE.MeshLambertMaterial({ color, vertexColors, transparent, opacity, depthWrite })
    : materialOf(finish, { tier: "standard", weathering: weathering ?? "dry" });
  made.side = side;
  given.dispose();
  return made;
}
