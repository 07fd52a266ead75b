import * as THREE from "three";

/** How one sees: degrees from top to bottom, width by height, and how far from the middle people stand, metres. */
export type Sight = { fov: number; aspect: number; spread: number };

/** Where one may go round: metres from the middle, radians from straight above, metres above the floor. */
export const orbitLimits = { nearest: 0.7, farthest: 40, lowest: Math.PI * 0.52, aboveFloor: 0.15 } as const;

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
  withinLimits(way, middle.y, needed);
  let best = { at: middle.clone().add(way), room: -1 };
  for (const aside of turns) {
    const at = way.clone().applyAxisAngle(up, THREE.MathUtils.degToRad(aside)).add(middle);
    const room = clear(middle, at);
    if (room >= 1) return at;
    if (room > best.room) best = { at, room };
  }
  return best.at;
}

/**
 * Leads a way from the middle to where one may stand, in the same direction of the compass. A low camera's line leads
 * into the floor further back.
 * @param height  of the middle above the floor, metres
 */
function withinLimits(way: THREE.Vector3, height: number, needed: number): void {
  const { nearest, farthest, lowest, aboveFloor } = orbitLimits;
  const seen = new THREE.Spherical().setFromVector3(way);
  seen.radius = Math.min(farthest, Math.max(nearest, needed, seen.radius));
  const floor = Math.acos(Math.min(1, Math.max(-1, (aboveFloor - height) / seen.radius)));
  const phi = Math.min(seen.phi, lowest, floor);
  // Whoever is there already is not moved by the last digit of a number.
  if (phi < seen.phi || Math.abs(seen.radius - way.length()) > 1e-9) {
    seen.phi = phi;
    way.setFromSpherical(seen.makeSafe());
  }
}

const up = new THREE.Vector3(0, 1, 0);
/** Straight on first, then to both sides, ever further. */
const turns = Array.from({ length: asideAtMost / asideStep + 1 }, (_, step) => step * asideStep).flatMap((aside) =>
  aside === 0 ? [0] : [aside, -aside],
);
