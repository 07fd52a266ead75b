/** Draws over the set what is not in it: cameras, paths, handles. Flat, so that lines are sharp at any size. */
import * as THREE from "three";
import type { Vec3 } from "#domain/screenplay/scene-plan.ts";

export interface Point {
  x: number;
  y: number;
}

export interface Painter {
  context: CanvasRenderingContext2D;
  /** @returns where it is on the canvas in CSS pixels, null behind the eye */
  on(at: Vec3 | THREE.Vector3): Point | null;
}

export function painterFor(
  context: CanvasRenderingContext2D,
  camera: THREE.Camera,
  width: number,
  height: number,
): Painter {
  const matrix = new THREE.Matrix4().multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
  const clip = new THREE.Vector4();
  return {
    context,
    on(at) {
      const [x, y, z] = at instanceof THREE.Vector3 ? at.toArray() : at;
      clip.set(x, y, z, 1).applyMatrix4(matrix);
      if (clip.w < 0.05) return null;
      return { x: (clip.x / clip.w + 1) * 0.5 * width, y: (1 - clip.y / clip.w) * 0.5 * height };
    },
  };
}

/** So far from the edges of the view a name stands whose owner is beyond them. */
export const rim = { x: 46, top: 74, bottom: 44 };

/** @returns where at the edge of the view one would have to look on to see a point; null when it is in view */
export function edgeTowards(camera: THREE.Camera, at: THREE.Vector3, width: number, height: number): Point | null {
  const seen = at.clone().applyMatrix4(camera.matrixWorldInverse);
  const isBehind = seen.z > -0.05;
  const { x, y } = isBehind ? seen : seen.clone().applyMatrix4(camera.projectionMatrix);
  if (!isBehind && Math.abs(x) < 0.98 && Math.abs(y) < 0.96) return null;
  const most = Math.max(Math.abs(x), Math.abs(y), 1e-6);
  return {
    x: Math.min(width - rim.x, Math.max(rim.x, (x / most / 2 + 0.5) * width)),
    y: Math.min(height - rim.bottom, Math.max(rim.top, (0.5 - y / most / 2) * height)),
  };
}

export function line(
  { context, on }: Painter,
  points: readonly (Vec3 | THREE.Vector3)[],
  color: string,
  width = 1.5,
  dash: readonly number[] = [],
): void {
  context.save();
  context.strokeStyle = color;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.setLineDash([...dash]);
  context.beginPath();
  let isDown = false;
  for (const point of points) {
    const at = on(point);
    if (at === null) isDown = false;
    else if (isDown) context.lineTo(at.x, at.y);
    else {
      context.moveTo(at.x, at.y);
      isDown = true;
    }
  }
  context.stroke();
  context.restore();
}

/** A dotted line down to the floor says how high something hangs. */
export function dropLine(painter: Painter, at: THREE.Vector3, floor: number, color: string): void {
  if (at.y - floor > 0.15) line(painter, [at, new THREE.Vector3(at.x, floor, at.z)], color, 1, [2, 4]);
}

export interface Frustum {
  eye: THREE.Vector3;
  look: THREE.Vector3;
  /** Half the opening, as height and width at a distance of one. */
  tall: number;
  wide: number;
  length: number;
}

export function frustum(
  painter: Painter,
  { eye, look, tall, wide, length }: Frustum,
  color: string,
  fill: string,
): void {
  const ahead = look.clone().sub(eye).normalize();
  const right = ahead
    .clone()
    .cross(new THREE.Vector3(0, 1, 0))
    .normalize();
  const up = right.clone().cross(ahead);
  const corner = (x: number, y: number) =>
    eye
      .clone()
      .addScaledVector(ahead, length)
      .addScaledVector(right, x * wide * length)
      .addScaledVector(up, y * tall * length);
  const corners = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
  const flat = corners.map((at) => painter.on(at));
  const { context } = painter;
  if (flat.every((at) => at !== null)) {
    context.save();
    context.fillStyle = fill;
    context.beginPath();
    for (const at of flat) context.lineTo(at.x, at.y);
    context.fill();
    context.restore();
  }
  line(painter, [...corners, corners[0]!], color, 1.6);
  for (const at of corners) line(painter, [eye, at], color, 1.6);
}

/** A ball that can be read at a distance. */
export function ball({ context, on }: Painter, at: THREE.Vector3, radius: number, color: string): void {
  const flat = on(at);
  if (flat === null) return;
  const shine = context.createRadialGradient(flat.x - radius * 0.35, flat.y - radius * 0.4, 1, flat.x, flat.y, radius);
  shine.addColorStop(0, mixed(color, 0.45));
  shine.addColorStop(1, color);
  context.save();
  context.fillStyle = shine;
  context.beginPath();
  context.arc(flat.x, flat.y, radius, 0, 7);
  context.fill();
  context.restore();
}

export function diamond({ context }: Painter, at: Point, size: number, fill: string): void {
  context.save();
  context.translate(at.x, at.y);
  context.rotate(Math.PI / 4);
  context.fillStyle = fill;
  context.strokeStyle = "#141414";
  context.lineWidth = 1.5;
  context.fillRect(-size, -size, size * 2, size * 2);
  context.strokeRect(-size, -size, size * 2, size * 2);
  context.restore();
}

/** A circle that lies on the floor. */
export function ring(painter: Painter, at: Vec3, radius: number, color: string, width = 1.8): void {
  const round = Array.from({ length: 41 }, (_, index): Vec3 => {
    const angle = (index / 40) * Math.PI * 2;
    return [at[0] + Math.cos(angle) * radius, at[1] + 0.01, at[2] + Math.sin(angle) * radius];
  });
  line(painter, round, color, width);
}

export function arrow(painter: Painter, from: Vec3, to: Vec3, color: string): void {
  line(painter, [from, to], color, 2.4);
  const [a, b] = [painter.on(from), painter.on(to)];
  if (a === null || b === null) return;
  const { context } = painter;
  const angle = Math.atan2(b.y - a.y, b.x - a.x);
  context.save();
  context.translate(b.x, b.y);
  context.rotate(angle);
  context.fillStyle = color;
  context.beginPath();
  context.moveTo(9, 0);
  context.lineTo(-2, 5);
  context.lineTo(-2, -5);
  context.fill();
  context.restore();
}

/** A lamp seen from anywhere. */
export function bulb(painter: Painter, at: Vec3, color: string, isChosen: boolean): void {
  const flat = painter.on(at);
  if (flat === null) return;
  const { context } = painter;
  context.save();
  context.translate(flat.x, flat.y);
  context.strokeStyle = isChosen ? "#f2b24c" : "#e8e8e8";
  context.lineWidth = 1.6;
  for (let index = 0; index < 8; index += 1) {
    context.rotate(Math.PI / 4);
    context.beginPath();
    context.moveTo(8, 0);
    context.lineTo(12, 0);
    context.stroke();
  }
  context.fillStyle = color;
  context.beginPath();
  context.arc(0, 0, 5.5, 0, 7);
  context.fill();
  context.stroke();
  context.restore();
}

/** The three directions, in the corner. */
export function compass(context: CanvasRenderingContext2D, camera: THREE.Camera, x: number, y: number): void {
  const turned = camera.quaternion.clone().invert();
  const ways = [
    { name: "X", way: new THREE.Vector3(1, 0, 0), color: "#d0645c" },
    { name: "Y", way: new THREE.Vector3(0, 1, 0), color: "#79b874" },
    { name: "Z", way: new THREE.Vector3(0, 0, 1), color: "#6a94d8" },
  ].map((each) => ({ ...each, way: each.way.applyQuaternion(turned) }));
  context.save();
  context.translate(x, y);
  context.lineWidth = 2;
  context.font = "700 9px 'Inter Variable', Inter, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { name, way, color } of ways.sort((a, b) => a.way.z - b.way.z)) {
    const [right, down] = [way.x * 26, way.y * -26];
    context.strokeStyle = color;
    context.fillStyle = color;
    context.beginPath();
    context.moveTo(0, 0);
    context.lineTo(right, down);
    context.stroke();
    context.beginPath();
    context.arc(right, down, 8, 0, 7);
    context.fill();
    context.fillStyle = "#141414";
    context.fillText(name, right, down + 0.5);
  }
  context.restore();
}

/** What a camera leaves out of a picture, and its thirds. */
export function gate(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  inner: { x: number; y: number; width: number; height: number },
): void {
  context.save();
  context.fillStyle = "rgb(8 8 8 / 0.72)";
  context.beginPath();
  context.rect(0, 0, width, height);
  context.rect(inner.x, inner.y, inner.width, inner.height);
  context.fill("evenodd");
  context.strokeStyle = "rgb(255 255 255 / 0.28)";
  context.lineWidth = 1;
  context.beginPath();
  for (const third of [1 / 3, 2 / 3]) {
    context.moveTo(inner.x + inner.width * third, inner.y);
    context.lineTo(inner.x + inner.width * third, inner.y + inner.height);
    context.moveTo(inner.x, inner.y + inner.height * third);
    context.lineTo(inner.x + inner.width, inner.y + inner.height * third);
  }
  context.stroke();
  context.restore();
}

/** @returns the colour nearer to white by that share, and `rgb()` with an alpha where one is given */
export function mixed(hex: string, white: number): string {
  const colour = new THREE.Color(hex).lerp(new THREE.Color(1, 1, 1), white);
  return `#${colour.getHexString()}`;
}
export const see = (hex: string, alpha: number): string =>
  `${hex.slice(0, 7)}${Math.round(alpha * 255)
    .toString(16)
    .padStart(2, "0")}`;
