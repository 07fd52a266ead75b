import { namedColours } from "#domain/screenplay/plan/plan-cast.ts";

/** @param hex  e.g. `#1f2f4d` @returns the nearest colour that has a name, e.g. `navy` */
export function colourName(hex: string): string {
  const [near] = Object.entries(namedColours).sort(([, a], [, b]) => distance(hex, a) - distance(hex, b));
  return near?.[0] ?? hex;
}

/** How far apart two colours look, near enough: the eye sees green best and, in bright colours, red better than blue. */
function distance(a: string, b: string): number {
  const [from, to] = [channels(a), channels(b)];
  const red = (from[0] + to[0]) / 2;
  const [dr, dg, db] = [from[0] - to[0], from[1] - to[1], from[2] - to[2]];
  return (2 + red / 256) * dr * dr + 4 * dg * dg + (2 + (255 - red) / 256) * db * db;
}

function channels(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
