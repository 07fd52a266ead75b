import type { PixelLayout } from "../pixels.ts";

export type Picture = { layout: PixelLayout; width: number; height: number; bytes: Uint8Array };

/** The picture as RGBA, as large as asked for at most; what is smaller is the average of four pixels of each place. */
export function toRgba(picture: Picture, width: number, height: number): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(width * height * 4);
  const [stepX, stepY] = [picture.width / width, picture.height / height];
  const [besideX, besideY] = [stepX > 1.5 ? Math.floor(stepX / 2) : 0, stepY > 1.5 ? Math.floor(stepY / 2) : 0];
  const fill = picture.layout === "rgba" ? fillFromRgba : fillFromPlanes;
  for (let y = 0; y < height; y += 1) {
    const upper = Math.floor(y * stepY);
    for (let x = 0; x < width; x += 1) {
      const left = Math.floor(x * stepX);
      fill(picture, { left, upper, right: left + besideX, lower: upper + besideY }, out, (y * width + x) * 4);
    }
  }
  return out;
}

/** The four pixels that become one; all the same where nothing is made smaller. */
type Corners = { left: number; upper: number; right: number; lower: number };

function fillFromRgba({ bytes, width }: Picture, corners: Corners, out: Uint8ClampedArray, to: number): void {
  const { left, upper, right, lower } = corners;
  const [a, b] = [(upper * width + left) * 4, (upper * width + right) * 4];
  const [c, d] = [(lower * width + left) * 4, (lower * width + right) * 4];
  for (let channel = 0; channel < 3; channel += 1)
    out[to + channel] = (bytes[a + channel]! + bytes[b + channel]! + bytes[c + channel]! + bytes[d + channel]!) / 4;
  out[to + 3] = 255;
}

/** BT.709, limited range. Colour is coarser than light anyway: that of one corner is enough. */
function fillFromPlanes({ bytes, width, height }: Picture, corners: Corners, out: Uint8ClampedArray, to: number): void {
  const { left, upper, right, lower } = corners;
  const light =
    bytes[upper * width + left]! +
    bytes[upper * width + right]! +
    bytes[lower * width + left]! +
    bytes[lower * width + right]!;
  const grey = ((light / 4 - 16) * 255) / 219;
  const at = width * height + (upper >> 1) * (width >> 1) + (left >> 1);
  const blue = ((bytes[at]! - 128) * 255) / 224;
  const red = ((bytes[at + (width * height) / 4]! - 128) * 255) / 224;
  out[to] = grey + red * 1.5748;
  out[to + 1] = grey - blue * 0.1873 - red * 0.4681;
  out[to + 2] = grey + blue * 1.8556;
  out[to + 3] = 255;
}
