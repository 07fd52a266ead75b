import type { PixelLayout } from "../pixels.ts";

export type Picture = { layout: PixelLayout; width: number; height: number; bytes: Uint8Array };

/** The picture as RGBA, as large as asked for at most; what is smaller is the average of up to four pixels. */
export function toRgba(picture: Picture, width: number, height: number): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(width * height * 4);
  const pixel = picture.layout === "rgba" ? rgbaOf(picture) : yuvOf(picture);
  const [stepX, stepY] = [picture.width / width, picture.height / height];
  const [half, row] = [stepX > 1.5 ? Math.floor(stepX / 2) : 0, stepY > 1.5 ? Math.floor(stepY / 2) : 0];
  const count = half === 0 && row === 0 ? 1 : 4;
  const sum = new Float32Array(3);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const [fromX, fromY] = [Math.floor(x * stepX), Math.floor(y * stepY)];
      sum.fill(0);
      pixel(fromX, fromY, sum);
      if (count === 4) {
        pixel(fromX + half, fromY, sum);
        pixel(fromX, fromY + row, sum);
        pixel(fromX + half, fromY + row, sum);
      }
      const at = (y * width + x) * 4;
      out[at] = sum[0]! / count;
      out[at + 1] = sum[1]! / count;
      out[at + 2] = sum[2]! / count;
      out[at + 3] = 255;
    }
  return out;
}

/** Adds a pixel's red, green and blue to `sum`. */
type AddPixel = (x: number, y: number, sum: Float32Array) => void;

function rgbaOf({ bytes, width }: Picture): AddPixel {
  return (x, y, sum) => {
    const at = (y * width + x) * 4;
    sum[0]! += bytes[at]!;
    sum[1]! += bytes[at + 1]!;
    sum[2]! += bytes[at + 2]!;
  };
}

/** BT.709, limited range. */
function yuvOf({ bytes, width, height }: Picture): AddPixel {
  const u = width * height;
  const v = u + u / 4;
  return (x, y, sum) => {
    const light = ((bytes[y * width + x]! - 16) * 255) / 219;
    const colour = (y >> 1) * (width >> 1) + (x >> 1);
    const [blue, red] = [(bytes[u + colour]! - 128) / 224, (bytes[v + colour]! - 128) / 224];
    sum[0]! += light + red * 1.5748 * 255;
    sum[1]! += light - (blue * 0.1873 + red * 0.4681) * 255;
    sum[2]! += light + blue * 1.8556 * 255;
  };
}
