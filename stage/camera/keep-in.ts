/** Keeps whoever goes through a picture in it. Shares of the picture are -1 to 1, from its left and foot on. */
import * as THREE from "three";
import type { Character } from "../characters/character.ts";
import { aim } from "./moves.ts";

type Sight = { eye: THREE.Vector3; look: THREE.Vector3 };

/** Whoever comes nearer to the picture's edge is looked after, the more, the nearer they are. */
const [free, edge] = [0.5, 0.78];
const crown = 0.13;
/** From a driver to nose and tail of their car, metres. */
const [nose, tail] = [2.3, 2.4];

/** Turns the camera after somebody who would leave the picture; changes `look`. @param fov  upright, radians */
export function keepIn(
  eye: THREE.Vector3,
  look: THREE.Vector3,
  fov: number,
  aspect: number,
  whom: THREE.Vector3,
): void {
  const ahead = Math.atan2(look.x - eye.x, look.z - eye.z);
  const there = Math.atan2(whom.x - eye.x, whom.z - eye.z);
  const left = Math.atan2(Math.sin(there - ahead), Math.cos(there - ahead));
  const half = Math.atan(Math.tan(fov / 2) * aspect);
  const share = Math.abs(left) / half;
  if (share <= free) return;
  const kept = free + (edge - free) * Math.tanh((share - free) / (edge - free));
  aim({ eye, look }, Math.sign(left) * (share - kept) * half, 0);
}

/** What must be seen of somebody, or of the car that they drive, at one time: points, and how far up and down each may be. */
export type Shape = readonly { point: THREE.Vector3; least: number; most: number }[];

/** @returns the shape of somebody over time; moments that were asked for are kept, for the same ones are asked for again */
export function shapeOf(whom: Character): (seconds: number) => Shape {
  const known = new Map<number, Shape>();
  return (seconds) => {
    const shape = known.get(seconds) ?? shapeAt(whom, seconds);
    if (known.size > 64) known.clear();
    known.set(seconds, shape);
    return shape;
  };
}

function shapeAt(whom: Character, seconds: number): Shape {
  const eyes = whom.eyesAt(seconds);
  const place = whom.placeAt(seconds);
  const person = [
    { point: eyes.setY(eyes.y + crown), least: -1, most: 1 },
    { point: place, least: -1.03, most: 1 },
  ];
  if (whom.plan.action !== "drive") return person;
  const turn = (whom.facingAt(seconds) * Math.PI) / 180;
  const along = new THREE.Vector3(Math.sin(turn), 0, Math.cos(turn));
  const car = [nose, -tail].map((far) => ({
    point: place
      .clone()
      .addScaledVector(along, far)
      .setY(place.y + 0.6),
    least: -1.1,
    most: 1.1,
  }));
  return [...person, ...car];
}

/** @returns how much of somebody, or of the car that they drive, is outside of the picture: 0 = nothing, 1 = much */
export function cutOff({ eye, look }: Sight, fov: number, aspect: number, shape: Shape): number {
  const [ax, ay, az] = [look.x - eye.x, look.y - eye.y, look.z - eye.z];
  const level = Math.max(1e-6, Math.hypot(ax, az));
  const length = Math.hypot(level, ay);
  const [high, wide] = [Math.tan(fov / 2), Math.tan(fov / 2) * aspect];
  let over = 0;
  for (const { point, least, most } of shape) {
    const [x, y, z] = [point.x - eye.x, point.y - eye.y, point.z - eye.z];
    const far = (x * ax + y * ay + z * az) / length;
    if (far < 0.3) return 1;
    const aside = Math.abs(z * ax - x * az) / level / far / wide;
    const up = (y * level - (ay * (x * ax + z * az)) / level) / length / far / high;
    over = Math.max(over, aside - 0.94, up - most, least - up);
  }
  return Math.min(1, over * 3);
}
