import * as THREE from "three";
import { mergeGeometries } from "three/addons/utils/BufferGeometryUtils.js";
import { type Finish, namedFinish } from "../look/finishes.ts";
import type { BuiltScene } from "../scene/build-scene.ts";

/**
 * A built scene as any other program can read it: triangles with colours in their corners, one mesh per kind of
 * surface, and plain lights. What only our shaders can draw (sky, rain, beams of light) and what moves by them is left
 * out; water becomes a smooth sheet.
 */
export type PlainScene = { meshes: THREE.Mesh[]; lights: THREE.Light[] };

/** Half of a sheet of water, metres: as far as a viewer looks. */
const waterReach = 120;

/** @param built  at the moment that shall be kept; its people are left out, its matrices must be up to date */
export function plainScene(built: BuiltScene): PlainScene {
  const people = new Set<THREE.Object3D>(built.characters.map(({ object }) => object));
  const pieces = new Map<string, { surface: Surface; geometries: THREE.BufferGeometry[] }>();
  const lights: THREE.Light[] = [];
  const add = (geometry: THREE.BufferGeometry, surface: Surface) => {
    const key = keyOf(surface);
    const list = pieces.get(key);
    if (list === undefined) pieces.set(key, { surface, geometries: [geometry] });
    else list.geometries.push(geometry);
  };
  const visit = (object: THREE.Object3D) => {
    if (!object.visible || people.has(object)) return;
    if (object instanceof THREE.Mesh) takeMesh(object as THREE.Mesh, built, add);
    else if (
      object instanceof THREE.PointLight ||
      object instanceof THREE.DirectionalLight ||
      object instanceof THREE.SpotLight
    ) {
      const light = plainLight(object);
      if (light !== null) lights.push(light);
    }
    for (const child of object.children) visit(child);
  };
  built.scene.updateMatrixWorld(true);
  visit(built.scene);
  const meshes = [...pieces].flatMap(([name, { surface, geometries }]) => {
    const merged = mergeGeometries(geometries, false);
    for (const geometry of geometries) geometry.dispose();
    if (merged === null) throw new Error(`the pieces of ${name} did not merge`);
    const mesh = new THREE.Mesh(merged, materialFor(surface));
    mesh.name = name;
    return [mesh];
  });
  return { meshes, lights };
}

/** Name of the sheet of water: a viewer may make it move. */
export const waterName = "water";

type Surface = {
  /** Keeps it apart from what looks alike. */
  name?: string;
  /** What lit things are made of: wood and clay are alike in numbers, and are not in a film. */
  finish?: Finish;
  lit: boolean;
  roughness: number;
  metalness: number;
  opacity: number;
  side: THREE.Side;
};

function keyOf({ name, finish, lit, roughness, metalness, opacity, side }: Surface): string {
  if (name !== undefined) return name;
  const sides = side === THREE.DoubleSide ? " two-sided" : "";
  if (!lit) return `glow${opacity < 1 ? ` ${opacity}` : ""}${sides}`;
  return `surface ${finish === undefined ? "" : `${finish} `}${roughness} ${metalness}${opacity < 1 ? ` ${opacity}` : ""}${sides}`;
}

function materialFor({ finish, lit, roughness, metalness, opacity, side }: Surface): THREE.Material {
  const shared = {
    vertexColors: true,
    side: side === THREE.BackSide ? THREE.FrontSide : side,
    ...(opacity < 1 ? { transparent: true, opacity } : {}),
  };
  return lit
    ? new THREE.MeshStandardMaterial({
        ...shared,
        roughness,
        metalness,
        ...(finish === undefined ? {} : { name: finish }),
      })
    : new THREE.MeshBasicMaterial(shared);
}

/** @returns null for what only a shader of ours can draw */
export function surfaceOf(material: THREE.Material): { surface: Surface; colour: THREE.Color } | null {
  const { side } = material;
  const named = namedFinish(material);
  const finish = named === null ? {} : { finish: named };
  const opacity = material.transparent ? Math.round(material.opacity * 100) / 100 : 1;
  if (material instanceof THREE.MeshStandardMaterial)
    return {
      surface: { ...finish, lit: true, roughness: material.roughness, metalness: material.metalness, opacity, side },
      colour: material.color,
    };
  if (material instanceof THREE.MeshLambertMaterial)
    return { surface: { ...finish, lit: true, roughness: 0.9, metalness: 0, opacity, side }, colour: material.color };
  if (material instanceof THREE.MeshBasicMaterial)
    return { surface: { lit: false, roughness: 1, metalness: 0, opacity, side }, colour: material.color };
  return null;
}

function takeMesh(
  mesh: THREE.Mesh,
  built: BuiltScene,
  add: (geometry: THREE.BufferGeometry, surface: Surface) => void,
): void {
  if (mesh.name === waterName) {
    const sheet = new THREE.PlaneGeometry(waterReach * 2, waterReach * 2).rotateX(-Math.PI / 2);
    const colour = built.palette.water.clone().lerp(built.palette.skyHorizon, 0.25);
    add(plainGeometry(sheet, new THREE.Matrix4().setPosition(0, mesh.position.y, 0), colour, null, true), {
      name: waterName,
      lit: true,
      roughness: 0.15,
      metalness: 0,
      opacity: 1,
      side: THREE.FrontSide,
    });
    return;
  }
  const found = surfaceOf([mesh.material].flat()[0]!);
  if (found === null) return;
  const { surface, colour } = found;
  if (!(mesh instanceof THREE.InstancedMesh)) {
    add(plainGeometry(mesh.geometry, mesh.matrixWorld, colour, null, surface.lit), surface);
    return;
  }
  const own = new THREE.Matrix4();
  const tint = new THREE.Color(1, 1, 1);
  for (let i = 0; i < mesh.count; i += 1) {
    mesh.getMatrixAt(i, own);
    if (mesh.instanceColor !== null) mesh.getColorAt(i, tint);
    add(plainGeometry(mesh.geometry, own.premultiply(mesh.matrixWorld), colour, tint, surface.lit), surface);
  }
}

/** @returns a copy in place, with index, unit normals and colours of 16 bits in [0, 1] */
function plainGeometry(
  from: THREE.BufferGeometry,
  matrix: THREE.Matrix4,
  colour: THREE.Color,
  tint: THREE.Color | null,
  lit: boolean,
): THREE.BufferGeometry {
  const own = new THREE.BufferGeometry();
  own.setAttribute("position", from.getAttribute("position").clone());
  const normal = from.getAttribute("normal") as THREE.BufferAttribute | undefined;
  if (normal !== undefined) own.setAttribute("normal", normal.clone());
  const count = own.getAttribute("position").count;
  own.setIndex(from.index === null ? [...Array(count).keys()] : [...from.index.array]);
  if (normal === undefined) own.computeVertexNormals();
  own.applyMatrix4(matrix);
  // A mirrored piece would be seen from inside.
  if (matrix.determinant() < 0) turnInsideOut(own);
  const given = from.getAttribute("color") as THREE.BufferAttribute | undefined;
  const colours = new Uint16Array(count * 4);
  const corner = new THREE.Color();
  for (let i = 0; i < count; i += 1) {
    corner.copy(colour);
    if (given !== undefined) corner.multiply(new THREE.Color(given.getX(i), given.getY(i), given.getZ(i)));
    if (tint !== null) corner.multiply(tint);
    // What glows more than white keeps its hue.
    const most = lit ? 1 : Math.max(1, corner.r, corner.g, corner.b);
    const sixteen = (n: number) => Math.round(Math.min(1, Math.max(0, n / most)) * 65_535);
    colours.set([sixteen(corner.r), sixteen(corner.g), sixteen(corner.b), 65_535], i * 4);
  }
  own.setAttribute("color", new THREE.BufferAttribute(colours, 4, true));
  return own;
}

function turnInsideOut(geometry: THREE.BufferGeometry): void {
  const index = geometry.index!;
  for (let i = 0; i + 2 < index.count; i += 3) {
    const second = index.getX(i + 1);
    index.setX(i + 1, index.getX(i + 2));
    index.setX(i + 2, second);
  }
}

function plainLight(light: THREE.PointLight | THREE.DirectionalLight | THREE.SpotLight): THREE.Light | null {
  if (light.intensity <= 0) return null;
  const at = light.getWorldPosition(new THREE.Vector3());
  const colour = light.color.clone();
  const most = Math.max(1, colour.r, colour.g, colour.b);
  colour.multiplyScalar(1 / most);
  if (light instanceof THREE.PointLight) {
    const plain = new THREE.PointLight(colour, light.intensity * most, light.distance, 2);
    plain.name = "lamp";
    plain.position.copy(at);
    return plain;
  }
  const power = light.intensity * most;
  const plain =
    light instanceof THREE.SpotLight
      ? new THREE.SpotLight(colour, power, light.distance, light.angle, light.penumbra, 2)
      : new THREE.DirectionalLight(colour, power);
  plain.name = light instanceof THREE.SpotLight ? "lamp" : light.castShadow ? "key" : "rim";
  plain.position.copy(at);
  const to = light.target.getWorldPosition(new THREE.Vector3());
  // Lights shine along their own -z; only cameras and lights are turned that way by lookAt.
  plain.quaternion.setFromRotationMatrix(new THREE.Matrix4().lookAt(at, to, new THREE.Vector3(0, 1, 0)));
  plain.target.position.set(0, 0, -1);
  plain.add(plain.target);
  return plain;
}
