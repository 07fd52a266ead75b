/** An upright box that nobody walks through and no camera stands in. `half` is half its size, `turn` degrees about y. */
export type Solid = {
  at: readonly [number, number, number];
  half: readonly [number, number, number];
  turn: number;
};

/** What is smaller is walked round and shot past without anybody minding. */
const leastSide = 0.3;
const leastHeight = 0.4;
/** No camera of a shot gets farther than that from the middle of its place. */
const farthest = 70;

/** @returns whether something of this size, with its middle there, stands in the way of anybody */
export function isSolid(size: readonly [number, number, number], at: readonly [number, number, number]): boolean {
  const [x, y, z] = size;
  if (Math.max(x, z) <= leastSide || y <= leastHeight) return false;
  return Math.hypot(at[0], at[2]) - Math.max(x, z) / 2 < farthest;
}

/** @returns the solid where it is when what it belongs to stands at `at`, turned by `turn` degrees and scaled */
export function placed(solid: Solid, at: readonly [number, number, number], turn: number, scale: number): Solid {
  const r = (turn * Math.PI) / 180;
  const [x, y, z] = [solid.at[0] * scale, solid.at[1] * scale, solid.at[2] * scale];
  return {
    at: [at[0] + Math.cos(r) * x + Math.sin(r) * z, at[1] + y, at[2] - Math.sin(r) * x + Math.cos(r) * z],
    half: [solid.half[0] * scale, solid.half[1] * scale, solid.half[2] * scale],
    turn: solid.turn + turn,
  };
}
