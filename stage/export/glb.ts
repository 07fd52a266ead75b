import type * as THREE from "three";
import { GLTFExporter } from "three/addons/exporters/GLTFExporter.js";

/**
 * Writes a scene as one binary glTF file. Needs a browser's FileReader.
 * @param scene  plain materials only; what it carries in `userData` becomes its `extras`
 */
export async function toGlb(scene: THREE.Scene, animations: THREE.AnimationClip[] = []): Promise<Uint8Array> {
  const written = await new GLTFExporter().parseAsync(scene, { binary: true, animations });
  if (!(written instanceof ArrayBuffer)) throw new Error("the exporter wrote no binary glTF");
  return new Uint8Array(written);
}
