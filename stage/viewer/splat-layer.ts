import type * as THREE from "three";

/** A set as a cloud of splats instead of its triangles. */
export type SplatLayer = {
  /** What draws them and they themselves: to be put into a scene. */
  object: THREE.Object3D;
  readonly count: number;
  dispose(): void;
};

type Spark = typeof import("@sparkjsdev/spark");

/**
 * @param spark  the library, which is large and therefore loaded only when somebody wants to see splats
 * @param bytes  a `.splat` file
 */
export async function openSplats(spark: Spark, bytes: ArrayBuffer, renderer: THREE.WebGLRenderer): Promise<SplatLayer> {
  const drawer = new spark.SparkRenderer({ renderer });
  const cloud = new spark.SplatMesh({ fileBytes: new Uint8Array(bytes), fileType: spark.SplatFileType.SPLAT });
  const dispose = () => {
    drawer.removeFromParent();
    cloud.dispose();
    drawer.dispose();
  };
  try {
    await cloud.initialized;
  } catch (error) {
    dispose();
    throw error;
  }
  drawer.add(cloud);
  return { object: drawer, count: cloud.numSplats, dispose };
}
