import * as THREE from "three";
import { type Finish, type SurfaceOptions, materialOf } from "../look/finishes.ts";
import { type Part, mergeParts, partOf } from "./set-parts.ts";
import { type Slender, slenderBox, slenderRod } from "./slender.ts";
import { type Solid, isSolid } from "./solid.ts";

/**
 * Collects the pieces of a set and merges them into one mesh per finish, so that a whole place costs a handful of
 * draw calls. Colours are vertex colours; a piece darkens towards its foot, which stands in for the shade of contact.
 */
export type { Finish };

export type Piece = {
  at?: readonly [number, number, number];
  /** Turn about y, degrees. */
  turn?: number;
  /** Tilt about x and z, degrees. */
  tilt?: readonly [number, number];
  scale?: readonly [number, number, number];
  colour: THREE.ColorRepresentation;
  finish?: Finish;
  /** How dark the foot is against the top, 0 = alike. */
  shade?: number;
  /** Radiance of a glowing piece. */
  power?: number;
};

const unit = {
  box: new THREE.BoxGeometry(1, 1, 1),
  cylinder: new THREE.CylinderGeometry(0.5, 0.5, 1, 12),
  sphere: new THREE.SphereGeometry(0.5, 14, 9),
  plane: new THREE.PlaneGeometry(1, 1),
};

export class SetBuilder {
  readonly random: () => number;
  /** What of it stands in the way. */
  readonly solids: Solid[] = [];
  /** What of it is too thin to stand in the way, but may cross a face. */
  readonly slender: Slender[] = [];
  private readonly pieces = new Map<Finish, Part[]>();

  constructor(random: () => number) {
    this.random = random;
  }

  add(geometry: THREE.BufferGeometry, piece: Piece): this {
    const finish = piece.finish ?? "clay";
    const own = partOf(geometry, piece);
    const list = this.pieces.get(finish);
    if (list === undefined) this.pieces.set(finish, [own]);
    else list.push(own);
    return this;
  }

  /** A box by its size; `at` is the middle of its foot. */
  box(size: readonly [number, number, number], piece: Piece): this {
    this.stands(size, piece);
    return this.add(unit.box, { ...piece, scale: size, at: lifted(piece, size[1] / 2) });
  }

  /** A box with softened edges, for furniture and people's things. */
  soft(size: readonly [number, number, number], piece: Piece, radius = 0.04): this {
    this.stands(size, piece);
    const r = Math.min(radius, size[0] / 2.2, size[1] / 2.2, size[2] / 2.2);
    return this.add(roundedBox(size, r), { ...piece, at: lifted(piece, size[1] / 2) });
  }

  /** A cylinder standing on `at`. */
  post(radius: number, height: number, piece: Piece, topRadius = radius): this {
    const widest = Math.max(radius, topRadius) * 2;
    this.stands([widest, height, widest], piece);
    const geometry =
      topRadius === radius ? unit.cylinder : new THREE.CylinderGeometry(0.5 * (topRadius / radius), 0.5, 1, 14);
    return this.add(geometry, { ...piece, scale: [radius * 2, height, radius * 2], at: lifted(piece, height / 2) });
  }

  /** A rod from one point to another. */
  rod(
    from: readonly [number, number, number],
    to: readonly [number, number, number],
    radius: number,
    piece: Piece,
  ): this {
    const a = new THREE.Vector3(...from);
    const b = new THREE.Vector3(...to);
    this.crosses(slenderRod(from, to, radius));
    const way = b.clone().sub(a);
    const geometry = new THREE.CylinderGeometry(radius, radius, way.length(), radius < 0.05 ? 5 : 8, 1, radius < 0.05);
    geometry.applyQuaternion(
      new THREE.Quaternion().setFromUnitVectors(new THREE.Vector3(0, 1, 0), way.clone().normalize()),
    );
    return this.add(geometry, { shade: 0, ...piece, at: a.add(b).multiplyScalar(0.5).toArray() });
  }

  ball(size: readonly [number, number, number], piece: Piece): this {
    return this.add(unit.sphere, { ...piece, scale: size });
  }

  /** A one-sided rectangle: unturned it faces +z. Seen from behind it is not there, so a camera may stand outside a wall. */
  wall(width: number, height: number, piece: Piece): this {
    return this.add(unit.plane, {
      finish: "shell",
      ...piece,
      scale: [width, height, 1],
      at: lifted(piece, height / 2),
    });
  }

  floor(width: number, depth: number, piece: Piece): this {
    return this.add(unit.plane, { finish: "shell", ...piece, shade: 0, scale: [width, depth, 1], tilt: [-90, 0] });
  }

  ceiling(width: number, depth: number, piece: Piece): this {
    return this.add(unit.plane, { finish: "shell", ...piece, shade: 0, scale: [width, depth, 1], tilt: [90, 0] });
  }

  private shareFinishes(): void {
    for (const [from, to] of alike) {
      const list = this.pieces.get(from);
      if (list === undefined) continue;
      this.pieces.delete(from);
      this.pieces.set(to, [...(this.pieces.get(to) ?? []), ...list]);
    }
  }

  private stands(size: readonly [number, number, number], piece: Piece): void {
    const [tiltX = 0, tiltZ = 0] = piece.tilt ?? [];
    const at = lifted(piece, size[1] / 2);
    if (!isSolid(size, at)) this.crosses(slenderBox(size, at, piece.turn ?? 0, [tiltX, tiltZ]));
    else if (Math.abs(tiltX) <= 20 && Math.abs(tiltZ) <= 20)
      this.solids.push({ at, half: [size[0] / 2, size[1] / 2, size[2] / 2], turn: piece.turn ?? 0 });
  }

  private crosses(thin: Slender | null): void {
    if (thin !== null) this.slender.push(thin);
  }

  /**
   * @returns one mesh per finish; the pieces are spent. `few`: finishes that are nearly alike share one, for things of
   * which there may be many.
   */
  build(surface: SurfaceOptions & { few?: boolean } = {}): THREE.Group {
    const group = new THREE.Group();
    if (surface.few === true) this.shareFinishes();
    for (const [finish, list] of this.pieces) {
      const mesh = new THREE.Mesh(mergeParts(list), materialOf(finish, surface));
      mesh.castShadow = finish !== "glow" && finish !== "shell" && finish !== "glass";
      mesh.receiveShadow = finish !== "glow" && finish !== "glass";
      mesh.name = `set:${finish}`;
      group.add(mesh);
    }
    this.pieces.clear();
    return group;
  }
}

const alike: readonly (readonly [Finish, Finish])[] = [
  ["wood", "clay"],
  ["shell", "clay"],
  ["metal", "gloss"],
  ["wet", "gloss"],
];

function lifted(piece: Piece, by: number): [number, number, number] {
  const [x, y, z] = piece.at ?? [0, 0, 0];
  return [x, y + by, z];
}

const roundedCache = new Map<string, THREE.BufferGeometry>();

/** A box with rounded edges, low in triangles: a subdivided cube pressed onto the rounded shape. */
export function roundedBox(size: readonly [number, number, number], radius: number): THREE.BufferGeometry {
  const key = `${size.map((n) => n.toFixed(3)).join("x")}:${radius.toFixed(3)}`;
  const known = roundedCache.get(key);
  if (known !== undefined) return known;
  const steps = 3;
  const geometry = new THREE.BoxGeometry(2, 2, 2, steps, steps, steps);
  const position = geometry.getAttribute("position");
  const normal = geometry.getAttribute("normal");
  const half = new THREE.Vector3(size[0] / 2, size[1] / 2, size[2] / 2);
  const inner = half.clone().subScalar(radius);
  const point = new THREE.Vector3();
  for (let i = 0; i < position.count; i += 1) {
    point.fromBufferAttribute(position, i);
    // The rows next to the edges lie where the bend begins, so that faces stay flat.
    const bend = (n: number, full: number, flat: number) =>
      Math.abs(n) > 0.99 ? Math.sign(n) * full : Math.sign(n) * flat;
    const onBox = new THREE.Vector3(
      bend(point.x, half.x, inner.x),
      bend(point.y, half.y, inner.y),
      bend(point.z, half.z, inner.z),
    );
    const core = new THREE.Vector3(
      THREE.MathUtils.clamp(onBox.x, -inner.x, inner.x),
      THREE.MathUtils.clamp(onBox.y, -inner.y, inner.y),
      THREE.MathUtils.clamp(onBox.z, -inner.z, inner.z),
    );
    const out = onBox.clone().sub(core);
    if (out.lengthSq() < 1e-10) out.fromBufferAttribute(normal, i);
    out.normalize();
    normal.setXYZ(i, out.x, out.y, out.z);
    core.addScaledVector(out, radius);
    position.setXYZ(i, core.x, core.y, core.z);
  }
  roundedCache.set(key, geometry);
  return geometry;
}
