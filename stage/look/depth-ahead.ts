import * as THREE from "three";

/** Which objects it is about. */
const layer = 1;

/**
 * Draws a scene whose points cost much: first only how far away everything solid is, then everything, of which only what
 * is seen is worked out. Where points cost little it draws as usual.
 */
export function depthAhead(renderer: THREE.WebGLRenderer): {
  render(scene: THREE.Scene, camera: THREE.PerspectiveCamera): void;
  dispose(): void;
} {
  // A hair farther away than what is drawn afterwards, however that is rounded.
  const flat = new THREE.MeshBasicMaterial({
    colorWrite: false,
    polygonOffset: true,
    polygonOffsetFactor: 1,
    polygonOffsetUnits: 4,
  });
  return {
    render(scene, camera) {
      scene.traverse((object) => {
        if (isSolid(object)) object.layers.enable(layer);
      });
      const layers = camera.layers.mask;
      const { autoClear, autoClearDepth } = renderer;
      const { background } = scene;
      scene.overrideMaterial = flat;
      scene.background = null;
      camera.layers.set(layer);
      renderer.render(scene, camera);
      scene.overrideMaterial = null;
      scene.background = background;
      camera.layers.mask = layers;
      renderer.autoClear = false;
      renderer.autoClearDepth = false;
      renderer.render(scene, camera);
      renderer.autoClear = autoClear;
      renderer.autoClearDepth = autoClearDepth;
    },
    dispose: () => flat.dispose(),
  };
}

function isSolid(object: THREE.Object3D): boolean {
  if (!(object instanceof THREE.Mesh)) return false;
  const { material } = object as THREE.Mesh;
  return (
    !Array.isArray(material) &&
    !material.transparent &&
    material.side === THREE.FrontSide &&
    (material instanceof THREE.MeshStandardMaterial || material instanceof THREE.MeshLambertMaterial)
  );
}
