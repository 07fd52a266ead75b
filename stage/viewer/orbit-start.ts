import * as THREE from "three";

/** How one sees: degrees from top to bottom, width by height, and how far from the middle people stand, metres. */
export type Sight = { fov: number; aspect: number; spread: number };

/** From the middle of a standing person to their feet, with room for the controls below them, metres. */
const halfTall = 2.1;
/** Beside whoever stands outermost, metres. */
const beside = 0.8;
/** How far one stands aside of the film's camera at most, and in which steps, degrees. */
const asideAtMost = 180;
const asideStep = 15;

/**
 * Where one begins to go round: on the line of the film's camera, as far back as it takes to see people whole, and
 * where a wall is in the way as little aside as need be.
 * @param eye  the film's camera
 * @param clear  how much of a way is free of walls, 0 to 1
 */
export function orbitStart(
  eye: THREE.Vector3,
  middle: THREE.Vector3,
  { fov, aspect, spread }: Sight,
  clear: (from: THREE.Vector3, to: THREE.Vector3) => number,
): THREE.Vector3 {
  const tangent = Math.tan(THREE.MathUtils.degToRad(fov / 2));
  const needed = Math.max(halfTall / tangent, (spread + beside) / (tangent * aspect));
  const way = eye.clone().sub(middle);
  if (way.lengthSq() < 1e-6) way.set(0, 0.1, 1);
  if (way.length() < needed) way.setLength(needed);
  let best = { at: middle.clone().add(way), room: -1 };
  for (const aside of turns) {
    const at = way.clone().applyAxisAngle(up, THREE.MathUtils.degToRad(aside)).add(middle);
    const room = clear(middle, at);
    if (room >= 1) return at;
    if (room > best.room) best = { at, room };
  }
  return best.at;
}

const up = new THREE.Vector3(0, 1, 0);
/** Straight on first, then to both sides, ever further. */
const turns = Array.from({ length: asideAtMost / asideStep + 1 }, (_, step) => step * asideStep).flatMap((aside) =>
  aside === 0 ? [0] : [aside, -aside],
);
