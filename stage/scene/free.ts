import * as THREE from "three";

/** Frees what the card holds of an object and all in it. Textures that are shared by all scenes stay. */
export function free(root: THREE.Object3D): void {
  root.traverse((object) => {
    if (object instanceof THREE.DirectionalLight || object instanceof THREE.SpotLight) object.shadow.dispose();
    if (object instanceof THREE.InstancedMesh) object.dispose();
    if (object instanceof THREE.SkinnedMesh) object.skeleton.dispose();
    // All sprites share one geometry, which belongs to the library.
    if (object instanceof THREE.Mesh || object instanceof THREE.Line) (object as THREE.Mesh).geometry.dispose();
    if (object instanceof THREE.Mesh || object instanceof THREE.Sprite || object instanceof THREE.Line)
      for (const material of [(object as THREE.Mesh).material].flat()) material.dispose();
  });
}
