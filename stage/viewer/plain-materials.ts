import * as THREE from "three";

/**
 * Makes a loaded model's surfaces fit for the stage's picture: what glows in itself may be brighter than white again,
 * and where there is no GPU, surfaces are plain.
 */
export function lightenMaterials(root: THREE.Object3D, { software, glow }: { software: boolean; glow: number }): void {
  const made = new Map<THREE.Material, THREE.Material>();
  root.traverse((object) => {
    if (!(object instanceof THREE.Mesh)) return;
    const given = [object.material as THREE.Material | THREE.Material[]].flat()[0]!;
    const known = made.get(given) ?? materialFor(given, software, glow);
    made.set(given, known);
    object.material = known;
    // Bones carry a person out of the box that their body has at rest.
    if (object instanceof THREE.SkinnedMesh) object.frustumCulled = false;
  });
}

function materialFor(given: THREE.Material, software: boolean, glow: number): THREE.Material {
  if (given instanceof THREE.MeshBasicMaterial) {
    given.color.multiplyScalar(glow);
    return given;
  }
  if (!software || !(given instanceof THREE.MeshStandardMaterial)) return given;
  const { color, vertexColors, side, transparent, opacity } = given;
  const plain = new THREE.MeshLambertMaterial({ color, vertexColors, side, transparent, opacity });
  given.dispose();
  return plain;
}
