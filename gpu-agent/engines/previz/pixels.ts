import type { PassName } from "#domain/jobs/passes.ts";

/**
 * How a picture's bytes lie, the top row first: RGBA, or the planes of H.264 (BT.709, limited range), which are less
 * than half as many.
 */
export type PixelLayout = "rgba" | "yuv420p";

/** @returns the bytes of one picture */
export function bytesOf(layout: PixelLayout, width: number, height: number): number {
  return layout === "rgba" ? width * height * 4 : (width * height * 3) / 2;
}

/**
 * How a film's pictures are sent. The planes are packed on the GPU, where they fill whole rows of a texture that is a
 * quarter as wide; other sizes, and colours that must not be mixed, go as they are.
 */
export function layoutFor(pass: PassName, width: number, height: number): PixelLayout {
  return !isExact(pass) && width % 8 === 0 && height % 4 === 0 ? "yuv420p" : "rgba";
}

/** Whether each pixel means something by its very colour: then none may be mixed with its neighbours. */
export function isExact(pass: PassName): boolean {
  return pass === "ids";
}
