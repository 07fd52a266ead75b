import * as THREE from "three";
import { type Finish, materialOf } from "../../look/finishes.ts";
import type { KitContext } from "../kit.ts";

/** Where the lines of a grid lie along one axis: close where people act, ever farther apart outside. */
export type Axis = { from: number; to: number; step: number; far?: readonly [number, number] };

export type Ground = {
  x: Axis;
  z: Axis;
  height(x: number, z: number): number;
  /** `steep`: 0 is level, 1 upright. */
  colour(x: number, y: number, z: number, steep: number): THREE.Color;
  finish?: Finish;
};

const outside = 22;

function linesOf({ from, to, step, far }: Axis): number[] {
  const lines: number[] = [];
  const away = (edge: number, end: number) =>
    Array.from({ length: outside }, (_, i) => edge + (end - edge) * Math.pow((i + 1) / outside, 1.7));
  if (far !== undefined) lines.push(...away(from, far[0]).reverse());
  for (let at = from; at <= to + 1e-6; at += step) lines.push(at);
  if (far !== undefined) lines.push(...away(to, far[1]));
  return lines;
}

/** Land as one mesh, its colours in its corners. */
export function ground(context: KitContext, land: Ground): THREE.Mesh {
  const [xs, zs] = [linesOf(land.x), linesOf(land.z)];
  const position = new Float32Array(xs.length * zs.length * 3);
  const index: number[] = [];
  zs.forEach((z, row) => {
    xs.forEach((x, column) => {
      const at = row * xs.length + column;
      position.set([x, land.height(x, z), z], at * 3);
      if (row > 0 && column > 0) index.push(at - xs.length - 1, at - 1, at - xs.length, at - xs.length, at - 1, at);
    });
  });
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.BufferAttribute(position, 3));
  geometry.setIndex(index);
  geometry.computeVertexNormals();
  const normal = geometry.getAttribute("normal");
  const colours = new Float32Array(position.length);
  for (let i = 0; i < normal.count; i += 1) {
    const at = i * 3;
    const c = land.colour(position[at]!, position[at + 1]!, position[at + 2]!, 1 - normal.getY(i));
    colours.set([c.r, c.g, c.b], at);
  }
  geometry.setAttribute("color", new THREE.BufferAttribute(colours, 3));
  const mesh = new THREE.Mesh(geometry, materialOf(land.finish ?? "clay", context.surface));
  mesh.name = "set:ground";
  mesh.receiveShadow = true;
  context.extra.push(mesh);
  return mesh;
}

export type Spot = {
  at: [number, number, number];
  scale: [number, number, number];
  turn?: number;
  lean?: number;
  /** Instead of one between the two of all. */
  colour?: THREE.ColorRepresentation;
};

/** Many of one geometry, for one draw call. `place` says where the next one goes; null: nowhere. */
export function scatter(
  context: KitContext,
  geometry: THREE.BufferGeometry,
  colour: readonly [string, string],
  count: number,
  place: () => Spot | null,
  options: { shadows?: boolean; finish?: Finish } = {},
): void {
  whiten(geometry);
  const mesh = new THREE.InstancedMesh(geometry, materialOf(options.finish ?? "clay", context.surface), count);
  const matrix = new THREE.Matrix4();
  const [a, b] = [new THREE.Color(colour[0]), new THREE.Color(colour[1])];
  const tint = new THREE.Color();
  let made = 0;
  for (let i = 0; i < count; i += 1) {
    const spot = place();
    if (spot === null) continue;
    matrix.compose(
      new THREE.Vector3(...spot.at),
      new THREE.Quaternion().setFromEuler(new THREE.Euler(spot.lean ?? 0, spot.turn ?? 0, 0)),
      new THREE.Vector3(...spot.scale),
    );
    mesh.setMatrixAt(made, matrix);
    mesh.setColorAt(made, spot.colour === undefined ? a.clone().lerp(b, context.random()) : tint.set(spot.colour));
    made += 1;
  }
  mesh.count = made;
  mesh.name = "set:scattered";
  mesh.castShadow = options.shadows ?? false;
  mesh.receiveShadow = true;
  mesh.frustumCulled = false;
  context.extra.push(mesh);
}

/** The materials of a set take colours from the corners; white leaves an instance its own. */
function whiten(geometry: THREE.BufferGeometry): void {
  if (geometry.getAttribute("color") !== undefined) return;
  const { count } = geometry.getAttribute("position");
  geometry.setAttribute("color", new THREE.BufferAttribute(new Float32Array(count * 3).fill(1), 3));
}
