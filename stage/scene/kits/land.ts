import * as THREE from "three";
import { mergeVertices } from "three/addons/utils/BufferGeometryUtils.js";
import { aLamp } from "../lamps.ts";
import type { Kit, KitContext } from "../kit.ts";
import { addCar } from "../props.ts";

const span = (from: number, to: number, random: () => number) => from + (to - from) * random();

/** Rolling ground, level where people act. */
function ground(
  context: KitContext,
  colours: readonly [string, string],
  height: number,
  flat: (x: number, z: number) => number,
): void {
  const geometry = new THREE.PlaneGeometry(170, 170, 64, 64).rotateX(-Math.PI / 2);
  const position = geometry.getAttribute("position");
  const phase = context.random() * 10;
  const hill = (x: number, z: number) =>
    (Math.sin(x * 0.06 + phase) + Math.sin(z * 0.05 + phase * 2) + Math.sin((x + z) * 0.031) * 1.5) * height;
  for (let i = 0; i < position.count; i += 1) {
    const [x, z] = [position.getX(i), position.getZ(i)];
    position.setY(i, Math.max(-0.6, hill(x, z) - hill(0, 0)) * flat(x, z) - 0.02);
  }
  geometry.computeVertexNormals();
  const [a, b] = [new THREE.Color(colours[0]), new THREE.Color(colours[1])];
  const tint = new Float32Array(position.count * 3);
  for (let i = 0; i < position.count; i += 1) {
    const c = a.clone().lerp(b, context.random());
    tint.set([c.r, c.g, c.b], i * 3);
  }
  geometry.setAttribute("color", new THREE.BufferAttribute(tint, 3));
  const mesh = new THREE.Mesh(geometry, new THREE.MeshLambertMaterial({ vertexColors: true }));
  mesh.receiveShadow = true;
  context.extra.push(mesh);
}

/** Instances of one geometry. */
function scatter(
  context: KitContext,
  geometry: THREE.BufferGeometry,
  colour: readonly [string, string],
  count: number,
  place: () => { at: [number, number, number]; scale: [number, number, number]; turn?: number; lean?: number } | null,
  shadows: boolean,
): void {
  const mesh = new THREE.InstancedMesh(geometry, new THREE.MeshLambertMaterial(), count);
  const matrix = new THREE.Matrix4();
  const [a, b] = [new THREE.Color(colour[0]), new THREE.Color(colour[1])];
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
    mesh.setColorAt(made, a.clone().lerp(b, context.random()));
    made += 1;
  }
  mesh.count = made;
  mesh.castShadow = shadows;
  mesh.receiveShadow = true;
  mesh.frustumCulled = false;
  context.extra.push(mesh);
}

/** Shares the corners of a geometry, so that its normals can be smooth. */
export function smooth(geometry: THREE.BufferGeometry): THREE.BufferGeometry {
  geometry.deleteAttribute("uv");
  geometry.deleteAttribute("normal");
  return mergeVertices(geometry);
}

/** A crown of leaves: a lumpy ball. */
function crown(random: () => number): THREE.BufferGeometry {
  const geometry = smooth(new THREE.IcosahedronGeometry(1, 2));
  const position = geometry.getAttribute("position");
  const point = new THREE.Vector3();
  const phase = random() * 9;
  for (let i = 0; i < position.count; i += 1) {
    point.fromBufferAttribute(position, i);
    const lump =
      1 +
      Math.sin(point.x * 5 + phase) * Math.sin(point.y * 5.3 + phase) * Math.sin(point.z * 4.7) * 0.24 +
      Math.sin(point.x * 13 + phase) * Math.sin(point.y * 12 - phase) * Math.sin(point.z * 14) * 0.09;
    position.setXYZ(i, point.x * lump, point.y * lump, point.z * lump);
  }
  geometry.computeVertexNormals();
  return geometry;
}

function grass(
  context: KitContext,
  colour: readonly [string, string],
  count: number,
  keep: (x: number, z: number) => boolean,
): void {
  const blade = new THREE.ConeGeometry(0.035, 1, 3).translate(0, 0.5, 0);
  scatter(
    context,
    blade,
    colour,
    count,
    () => {
      const r = Math.sqrt(context.random()) * 20;
      const a = context.random() * Math.PI * 2;
      const at: [number, number, number] = [Math.cos(a) * r, -0.03, Math.sin(a) * r - 2];
      if (!keep(at[0], at[2])) return null;
      const h = span(0.12, 0.42, context.random);
      return { at, scale: [1, h, 1], turn: context.random() * 6, lean: span(-0.35, 0.35, context.random) };
    },
    false,
  );
}

const onPath = (x: number, z: number) => Math.abs(x - Math.sin(z * 0.13) * 0.8) < 1.1;

export const forest: Kit = (context) => {
  const { random, plan, palette } = context;
  const snow = plan.weather === "snow";
  ground(context, snow ? ["#c3ccd4", "#d6dde3"] : ["#3d3a2a", "#4c4a30"], 0.5, (x, z) =>
    Math.min(1, Math.max(0, (Math.hypot(x, z) - 7) / 14)),
  );
  const clear = (x: number, z: number) =>
    Math.hypot(x, z) > 2.4 && !(onPath(x, z) || (Math.abs(x - 1) < 2.2 && z > -4 && z < 15));
  const spots: { x: number; z: number; s: number }[] = [];
  for (let i = 0; i < 420 && spots.length < 210; i += 1) {
    const x = span(-34, 34, random);
    const z = span(-52, 15, random);
    if (clear(x, z)) spots.push({ x, z, s: span(0.75, 1.35, random) });
  }
  let at = 0;
  scatter(
    context,
    new THREE.CylinderGeometry(0.14, 0.27, 9, 7, 1, true).translate(0, 4.5, 0),
    ["#3a2e25", "#54463a"],
    spots.length,
    () => {
      const spot = spots[(at += 1) - 1];
      return spot === undefined
        ? null
        : {
            at: [spot.x, -0.1, spot.z],
            scale: [spot.s, spot.s * 1.1, spot.s],
            turn: random() * 6,
            lean: span(-0.05, 0.05, random),
          };
    },
    true,
  );
  const firs = spots.filter((_, i) => i % 3 !== 0);
  for (const [y, r, h] of [
    [3.2, 1.9, 3.4],
    [5.2, 1.5, 3.2],
    [7.3, 1, 3],
  ] as const) {
    let n = 0;
    scatter(
      context,
      new THREE.ConeGeometry(r, h, 9).translate(0, y + h / 2, 0),
      snow ? ["#9fb0ad", "#c9d4d6"] : ["#243a2a", "#35502f"],
      firs.length,
      () => {
        const spot = firs[(n += 1) - 1];
        return spot === undefined
          ? null
          : { at: [spot.x, 0, spot.z], scale: [spot.s, spot.s, spot.s], turn: random() * 6 };
      },
      true,
    );
  }
  const broad = spots.filter((_, i) => i % 3 === 0);
  let n = 0;
  scatter(
    context,
    crown(random),
    snow ? ["#aebcba", "#cfd8da"] : ["#4b5c2b", "#6d6a2e"],
    broad.length,
    () => {
      const spot = broad[(n += 1) - 1];
      return spot === undefined
        ? null
        : { at: [spot.x, 8.4 * spot.s, spot.z], scale: [2.3 * spot.s, 1.9 * spot.s, 2.3 * spot.s], turn: random() * 6 };
    },
    true,
  );
  scatter(
    context,
    crown(random),
    snow ? ["#c4ced2", "#dbe2e6"] : ["#33442a", "#55602f"],
    90,
    () => {
      const [x, z] = [span(-18, 18, random), span(-30, 12, random)];
      const s = span(0.25, 0.7, random);
      return clear(x, z) ? { at: [x, 0.1, z], scale: [s * 1.3, s, s * 1.3] } : null;
    },
    false,
  );
  if (!snow) grass(context, ["#4a5a2c", "#6c7438"], 1600, (x, z) => !onPath(x, z));
  context.set.add(new THREE.CylinderGeometry(0.26, 0.3, 2.6, 12).rotateZ(Math.PI / 2), {
    at: [1.6, 0.22, -1.05],
    turn: 28,
    colour: "#4a3b2d",
  });
  void palette;
};

function fence(context: KitContext, z: number): void {
  const { set } = context;
  for (let x = -30; x < 30; x += 2.6)
    set.box([0.12, 1.15, 0.12], { at: [x, -0.05, z], turn: 4, colour: "#6a5a48", finish: "wood" });
  for (const y of [0.5, 0.92]) set.box([60, 0.09, 0.05], { at: [0, y, z], colour: "#6a5a48", finish: "wood" });
}

function farTrees(context: KitContext, count: number, snow: boolean): void {
  const { random } = context;
  const spots: [number, number][] = Array.from({ length: count }, () => [
    span(-70, 70, random),
    span(-70, -30, random),
  ]);
  let n = 0;
  scatter(
    context,
    crown(random),
    snow ? ["#9faeb3", "#bac6ca"] : ["#41532f", "#5a6a38"],
    count,
    () => {
      const [x, z] = spots[(n += 1) - 1] ?? [0, -50];
      const s = span(2, 3.8, random);
      return { at: [x, s * 1.1, z], scale: [s, s * 1.05, s] };
    },
    false,
  );
}

const fieldLike =
  (props: {
    fence: boolean;
    tree: boolean;
    colours: readonly [string, string];
    grass: readonly [string, string];
  }): Kit =>
  (context) => {
    const { set, random, plan } = context;
    const snow = plan.weather === "snow";
    ground(context, snow ? ["#d0d8df", "#dde4e9"] : props.colours, 1.5, (x, z) =>
      Math.min(1, Math.max(0, (Math.hypot(x, z) - 9) / 26)),
    );
    if (!snow) grass(context, props.grass, 3000, (x, z) => !onPath(x, z));
    if (props.fence) fence(context, -9);
    farTrees(context, 60, snow);
    if (props.tree) {
      set.post(0.32, 3.4, { at: [-5.4, -0.1, -6], colour: "#4a3b2e" }, 0.22);
      for (const [x, y, z, s] of [
        [-5.4, 4.6, -6, 2.3],
        [-6.8, 4, -6.4, 1.6],
        [-4, 4.2, -5.6, 1.7],
        [-5.2, 5.8, -6.2, 1.6],
      ] as const)
        set.add(crown(random), { at: [x, y, z], scale: [s, s * 0.85, s], colour: snow ? "#b8c4c8" : "#526a33" });
    }
    set.ball([0.9, 0.8, 0.75], { at: [1.2, 0.04, -0.85], colour: "#6f6b63" });
    // Hills at the end of the world.
    for (let i = 0; i < 7; i += 1)
      set.ball([span(50, 80, random), span(9, 20, random), 24], {
        at: [-90 + i * 30, -2, -92 - span(0, 20, random)],
        colour: context.palette.fog.colour.clone().lerp(new THREE.Color(snow ? "#b8c4cc" : "#46553e"), 0.5),
        shade: 0,
      });
  };

export const field = fieldLike({
  fence: true,
  tree: true,
  colours: ["#7b7a3e", "#8f8748"],
  grass: ["#8a8442", "#b3a55a"],
});
export const exterior = fieldLike({
  fence: false,
  tree: true,
  colours: ["#5f6b3c", "#6f7745"],
  grass: ["#66743a", "#8a9150"],
});

export const road: Kit = (context) => {
  const { set, random, plan, palette } = context;
  const snow = plan.weather === "snow";
  ground(context, snow ? ["#d0d8df", "#dde4e9"] : ["#6c6a3c", "#7d7746"], 1.3, (x) =>
    Math.min(1, Math.max(0, (Math.abs(x) - 5) / 22)),
  );
  set.box([6.2, 0.05, 150], {
    at: [0, -0.03, -30],
    colour: snow ? "#9aa2aa" : "#3c3d40",
    finish: palette.wet ? "wet" : "clay",
    shade: 0,
  });
  if (!snow) {
    for (let z = 30; z > -90; z -= 5) set.box([0.13, 0.012, 2.2], { at: [0, 0.02, z], colour: "#c9c3ae", shade: 0 });
    for (const s of [-1, 1]) set.box([0.1, 0.012, 150], { at: [s * 2.85, 0.02, -30], colour: "#b5b09e", shade: 0 });
    grass(context, ["#7d7a3f", "#a59a55"], 2600, (x) => Math.abs(x) > 3.4);
  }
  for (let z = 16; z > -80; z -= 13) {
    set.post(0.11, 6.4, { at: [4.6, -0.1, z], colour: "#4b4037", finish: "wood" }, 0.09);
    set.box([1.8, 0.1, 0.1], { at: [4.6, 5.8, z], colour: "#4b4037", finish: "wood" });
    for (const x of [-0.75, 0.75]) set.rod([4.6 + x, 5.9, z], [4.6 + x, 5.9, z - 13], 0.012, { colour: "#1c1c1e" });
  }
  farTrees(context, 50, snow);
  addCar(set, [1.7, 0.01, -8], 4, plan.dressing.includes("car") ? "#3f5a44" : "#6d4a35", palette.lampsOn);
  if (palette.lampsOn)
    context.lamps.push(aLamp({ at: [1.7, 0.8, -4.6], colour: "#ffe9bf", power: 34, reach: 16, glow: 0 }));
  set.ball([0.9, 0.8, 0.75], { at: [-3.6, 0.04, -1], colour: "#6f6b63" });
  void random;
};
