/**
 * What the rules know of a place, in metres. The floor is y = 0; +z points at the camera's usual side; a facing of 0
 * degrees looks along +z. The stage builds each place round the same marks, so a change here is a change of the set.
 */
export type Point = readonly [x: number, y: number, z: number];

export type Seat = { at: Point; facing: number; height: number };

export type Place = {
  interior: boolean;
  /** What a person calls it, for a sentence. */
  name: string;
  /** The spot where one person stands, and which way they face by default. */
  mark: { at: Point; facing: number };
  /** Where people walk and run, from one end to the other. */
  path: { from: Point; to: Point };
  seats: readonly Seat[];
  /** Where a wide picture is taken from, and what it looks at. */
  wide: { eye: Point; look: Point };
  /** Floor on which nothing stands and nobody walks, for what the words put there. */
  spare: readonly (readonly [x: number, z: number])[];
  /** Where a prop lies for an insert, and the direction the camera looks from, degrees. */
  insert: { at: Point; from: number };
  /** A box the camera stays inside: min and max corner. */
  room: readonly [Point, Point];
};

/** Under the open sky nothing is in the way. */
export const open: Place["room"] = [
  [-60, 0.25, -60],
  [60, 30, 60],
];
