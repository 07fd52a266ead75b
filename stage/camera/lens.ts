import { fovOf, gate, lensOf } from "#domain/screenplay/lens.ts";

export { fovOf, gate, lensOf };

/** @returns from how far away a lens sees something of this height from edge to edge, metres */
export const distanceFor = (tall: number, fov: number) => tall / 2 / Math.tan(fov / 2);

const [sharp, seen] = [0.15, 0.27];

/**
 * How soft a far background becomes, 0 = not at all, 1 = a close-up on a long lens at f/4: from the size of the disc
 * that a far light makes on the gate.
 * @param focus  metres to what is sharp
 */
export function softness(lensMm: number, aperture: number, focus: number): number {
  const disc = (lensMm * lensMm) / (aperture * Math.max(0.2, focus) * 1000 * gate.height);
  const soft = Math.min(1.5, (disc / 0.045) ** 0.55);
  // A disc that is smaller than a film can tell from a point is sharp; what comes nearer does not become soft at once.
  const told = Math.min(1, Math.max(0, (soft - sharp) / (seen - sharp)));
  return soft * told * told * (3 - 2 * told);
}
