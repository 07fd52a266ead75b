import { toRgba, type Picture } from "./to-rgba.ts";

/** @param quality  of a JPEG, 0 to 1 @returns the picture as a file, as wide as asked for or as it is */
export async function toStill(
  picture: Picture,
  { type, quality, width = picture.width }: { type: "image/jpeg" | "image/png"; quality?: number; width?: number },
): Promise<Uint8Array> {
  const height = Math.max(1, Math.round((picture.height * width) / picture.width));
  const canvas = new OffscreenCanvas(width, height);
  // In memory: a GPU would have to give it back again.
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("the browser draws no pictures");
  context.putImageData(new ImageData(toRgba(picture, width, height), width, height), 0, 0);
  const file = await canvas.convertToBlob({ type, ...(quality === undefined ? {} : { quality }) });
  return new Uint8Array(await file.arrayBuffer());
}
