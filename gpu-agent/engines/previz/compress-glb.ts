import { NodeIO } from "@gltf-transform/core";
import {
  EXTMeshoptCompression,
  KHRLightsPunctual,
  KHRMaterialsUnlit,
  KHRMeshQuantization,
} from "@gltf-transform/extensions";
import { MeshoptDecoder, MeshoptEncoder } from "meshoptimizer";

/**
 * A model written so that it travels: the same triangles, skins and clips, packed with meshopt (EXT_meshopt_compression).
 * Positions and clips keep what a film can show of them; colours and normals lose what nobody sees.
 * @throws Error when the bytes are no binary glTF
 */
export async function compressGlb(bytes: Uint8Array): Promise<Uint8Array> {
  await Promise.all([MeshoptEncoder.ready, MeshoptDecoder.ready]);
  const io = new NodeIO()
    .registerExtensions([EXTMeshoptCompression, KHRLightsPunctual, KHRMaterialsUnlit, KHRMeshQuantization])
    .registerDependencies({ "meshopt.encoder": MeshoptEncoder, "meshopt.decoder": MeshoptDecoder });
  const model = await io.readBinary(bytes);
  // Its filters store normals in bytes, which a reader must be told.
  model.createExtension(KHRMeshQuantization).setRequired(true);
  model
    .createExtension(EXTMeshoptCompression)
    .setRequired(true)
    .setEncoderOptions({ method: EXTMeshoptCompression.EncoderMethod.FILTER });
  return io.writeBinary(model);
}

/** The packed model where that is smaller and can be made, else the model as it was, with the reason told. */
export async function compressOrKeep(bytes: Uint8Array, tell: (reason: string) => void): Promise<Uint8Array> {
  try {
    const packed = await compressGlb(bytes);
    if (packed.byteLength < bytes.byteLength) return packed;
    tell("packing made it larger");
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
  }
  return bytes;
}
