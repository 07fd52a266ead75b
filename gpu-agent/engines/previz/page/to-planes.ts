/**
 * RGBA into the planes of H.264, the top row first (BT.709, limited range). Where there is no GPU this is a tenth of the
 * work of packing them in a shader.
 * @param rgba  the bottom row first, as GL hands it over
 * @param into  width · height · 3 / 2 bytes; both sides are even
 */
export function toPlanes(rgba: Uint8Array, width: number, height: number, into: Uint8Array): void {
  const pixels = new Uint32Array(rgba.buffer, rgba.byteOffset, width * height);
  const u = width * height;
  const v = u + u / 4;
  const half = width >> 1;
  for (let y = 0; y < height; y += 2) {
    const upper = (height - 1 - y) * width;
    const lower = upper - width;
    const out = y * width;
    const colour = (y >> 1) * half;
    for (let x = 0; x < width; x += 2) {
      const a = pixels[upper + x]!;
      const b = pixels[upper + x + 1]!;
      const c = pixels[lower + x]!;
      const d = pixels[lower + x + 1]!;
      into[out + x] = lumaOf(a);
      into[out + x + 1] = lumaOf(b);
      into[out + width + x] = lumaOf(c);
      into[out + width + x + 1] = lumaOf(d);
      const red = (a & 255) + (b & 255) + (c & 255) + (d & 255);
      const green = ((a >> 8) & 255) + ((b >> 8) & 255) + ((c >> 8) & 255) + ((d >> 8) & 255);
      const blue = ((a >> 16) & 255) + ((b >> 16) & 255) + ((c >> 16) & 255) + ((d >> 16) & 255);
      // Four times as much, so two bits more than below.
      const at = colour + (x >> 1);
      into[u + at] = (-6596 * red - 22188 * green + 28784 * blue + (128 << 18) + (1 << 17)) >> 18;
      into[v + at] = (28784 * red - 26145 * green - 2639 * blue + (128 << 18) + (1 << 17)) >> 18;
    }
  }
}

/** 65,536 · 219 / 255 shared among 0.2126, 0.7152 and 0.0722. */
function lumaOf(pixel: number): number {
  return (
    (11966 * (pixel & 255) + 40254 * ((pixel >> 8) & 255) + 4064 * ((pixel >> 16) & 255) + (16 << 16) + (1 << 15)) >> 16
  );
}
