import * as THREE from "three";
import type { Kit, KitContext } from "../kit.ts";
import { aLamp, coneOfLight } from "../lamps.ts";
import { addFire } from "./fire.ts";
import { boulder, crag, rise, smoothNoise, span } from "./shapes.ts";
import { ground, scatter } from "./terrain.ts";

type Noise = (x: number, z: number) => number;

const front = 14;
const mouth = -33;
/** Half the width of the cave at a depth: a hall, a narrow, and the way out. */
const halfWidth = (z: number) =>
  4.9 - rise(4, 13, -z) * 1.9 + rise(15, 22, -z) * 1.6 - rise(25, 33, -z) * 1.7 - rise(5, 13, z) * 1.2;
const heightAt = (z: number) =>
  5.4 - rise(3, 12, -z) * 2 + rise(15, 22, -z) * 2.2 - rise(25, 33, -z) * 1.6 - rise(6, 13, z) * 1.6;
const middle = (z: number) => Math.sin(z * 0.13) * 0.5 - rise(12, 33, -z) * 1.5;

/** The rock all round, seen from inside only. */
function vault(context: KitContext, noise: Noise): void {
  const { set, random } = context;
  const [rings, corners] = [62, 30];
  const points: number[] = [];
  for (let i = 0; i <= rings; i += 1) {
    const z = front + ((mouth - front) * i) / rings;
    for (let j = 0; j <= corners; j += 1) {
      const a = (j / corners) * Math.PI * 1.16 - Math.PI * 0.08;
      const bump =
        1 + noise(a * 2.2 + 11, z * 0.32) * 0.2 + noise(a * 6, z * 0.9 + 5) * 0.1 + noise(a * 15, z * 2.3 + 9) * 0.035;
      const up = Math.sin(a);
      points.push(
        middle(z) + Math.cos(a) * halfWidth(z) * bump,
        Math.sign(up) * Math.abs(up) ** 0.85 * heightAt(z) * (0.86 + 0.14 * bump) * (up < 0 ? 0.3 : 1),
        z,
      );
    }
  }
  const index: number[] = [];
  const row = corners + 1;
  for (let i = 0; i < rings; i += 1)
    for (let j = 0; j < corners; j += 1) {
      const a = i * row + j;
      index.push(a, a + 1, a + row, a + 1, a + row + 1, a + row);
    }
  const tube = new THREE.BufferGeometry();
  tube.setAttribute("position", new THREE.Float32BufferAttribute(points, 3));
  tube.setIndex(index);
  tube.computeVertexNormals();
  set.add(tube, { colour: "#7d6c5b", finish: "shell", shade: 0.35 });
  // Ledges that break the wall up, and cast shadows as the shell does not.
  const stone = crag(random);
  for (let i = 0; i < 44; i += 1) {
    const z = span(-30, 11, random);
    const side = i % 2 === 0 ? 1 : -1;
    const s = span(0.7, 1.9, random);
    const x = middle(z) + side * (halfWidth(z) * span(0.86, 1, random) + s * 0.12);
    set.add(stone, {
      at: [x, span(-0.1, 0.3, random) * s, z],
      scale: [s, s * span(0.7, 1.5, random), s * 1.3],
      turn: random() * 360,
      colour: new THREE.Color("#66584b").offsetHSL(span(-0.01, 0.02, random), 0, span(-0.06, 0.05, random)),
      shade: 0.4,
    });
  }
  // What the shell is to whoever walks or films.
  for (let z = front - 1; z > mouth; z -= 2)
    for (const side of [-1, 1])
      context.solid({
        at: [middle(z) + side * (halfWidth(z) * 0.86 + 1), 1.5, z],
        half: [1, 2, 1],
        turn: 0,
      });
}

function bed(context: KitContext, noise: Noise): (x: number, z: number) => number {
  const height = (x: number, z: number) => {
    const off = Math.abs(x - middle(z));
    return (
      rise(1.6, 5, off) * 0.5 * (1 + noise(x * 0.8, z * 0.8)) +
      noise(x * 1.4, z * 1.4) * 0.035 * rise(0.4, 2, off) -
      0.02
    );
  };
  const [dry, damp] = [new THREE.Color("#75644f"), new THREE.Color("#4d4238")];
  ground(context, {
    x: { from: -7, to: 7, step: 0.4 },
    z: { from: mouth - 3, to: front, step: 0.4 },
    height,
    colour: (x, _y, z) => damp.clone().lerp(dry, noise(x * 0.7, z * 0.7) * 0.5 + 0.5),
  });
  return height;
}

/** Still water that has found the lowest place. */
function pool({ set, lamps, palette }: KitContext, at: readonly [number, number], wide: number, noise: Noise): void {
  const disc = new THREE.CircleGeometry(1, 36).rotateX(-Math.PI / 2);
  const position = disc.getAttribute("position");
  for (let i = 1; i < position.count; i += 1) {
    const a = Math.atan2(position.getZ(i), position.getX(i));
    const by = 1 + noise(Math.cos(a) * 1.6 + at[0], Math.sin(a) * 1.6 + at[1]) * 0.3;
    position.setXYZ(i, position.getX(i) * by, 0, position.getZ(i) * by);
  }
  const on: [number, number, number] = [at[0], 0.05, at[1]];
  set.add(disc, {
    at: [on[0], 0.035, on[2]],
    scale: [wide * 1.12, 1, wide * 0.84],
    colour: "#352e28",
    finish: "clay",
    shade: 0,
  });
  set.add(disc, { at: on, scale: [wide, 1, wide * 0.72], colour: "#2f7f7c", finish: "wet", shade: 0 });
  lamps.push(aLamp({ at: [on[0], 0.5, on[2]], colour: "#4fb0a8", power: 4.5, reach: 5, on: palette.lampsOn, glow: 0 }));
}

function torch(context: KitContext, z: number, side: 1 | -1, power: number): void {
  const { set, palette } = context;
  const x = middle(z) + side * halfWidth(z) * 0.78;
  set.rod([x + side * 0.35, 1.35, z], [x, 1.95, z], 0.045, { colour: "#4a3626", finish: "wood" });
  set.add(new THREE.TorusGeometry(0.09, 0.022, 6, 12).rotateX(Math.PI / 2), {
    at: [x, 1.93, z],
    colour: "#2c2825",
    finish: "metal",
  });
  addFire(context, [x, 1.95, z], { size: 0.42, power, reach: 11, on: palette.lampsOn });
}

/** A pillar of dripstone from floor to roof: fluted, wide at both ends. */
function pillar(random: () => number): THREE.BufferGeometry {
  const profile = Array.from({ length: 19 }, (_, i) => {
    const k = i / 18;
    return new THREE.Vector2(0.3 + 0.75 * Math.abs(k - 0.42) ** 1.7 * 2.2 + Math.sin(i * 2.3) * 0.045, k * 5);
  });
  const geometry = new THREE.LatheGeometry(profile, 22);
  const position = geometry.getAttribute("position");
  const phase = random() * 6;
  for (let i = 0; i < position.count; i += 1) {
    const [x, y, z] = [position.getX(i), position.getY(i), position.getZ(i)];
    const a = Math.atan2(z, x);
    const by = 1 + 0.1 * Math.sin(a * 7 + y * 0.6 + phase) + 0.05 * Math.sin(a * 13 - y + phase);
    position.setXYZ(i, x * by + Math.sin(y * 1.1 + phase) * 0.08, y, z * by);
  }
  geometry.computeVertexNormals();
  return geometry;
}

/** Teeth of stone from above and from below, some grown together. */
function dripstone(context: KitContext, height: (x: number, z: number) => number): void {
  const { set, random } = context;
  const tooth = new THREE.ConeGeometry(0.5, 1, 9, 4).translate(0, -0.5, 0).rotateX(Math.PI).translate(0, -1, 0);
  const hanging = Array.from({ length: 90 }, () => {
    const z = span(-29, 11, random);
    const off = span(-0.78, 0.78, random);
    return { x: middle(z) + off * halfWidth(z), z, y: heightAt(z) * Math.sqrt(1 - off * off) ** 0.85 * 0.94 };
  });
  let n = 0;
  scatter(
    context,
    tooth,
    ["#6d5f51", "#8a7a66"],
    hanging.length,
    () => {
      const { x, z, y } = hanging[(n += 1) - 1]!;
      const long = Math.pow(random(), 2) * 1.7 + 0.25;
      const room = y - long > 2.5 ? long : Math.max(0.2, y - 2.5);
      return { at: [x, y + 0.5, z], scale: [0.2 + room * 0.2, room + 0.5, 0.2 + room * 0.2], turn: random() * 6 };
    },
    { shadows: true },
  );
  const up = new THREE.ConeGeometry(0.5, 1, 9, 4).translate(0, 0.5, 0);
  scatter(
    context,
    up,
    ["#65574a", "#857561"],
    46,
    () => {
      const z = span(-27, 10, random);
      const side = random() < 0.5 ? -1 : 1;
      const x = middle(z) + side * span(0.58, 0.86, random) * halfWidth(z);
      if (Math.abs(x) < 2.3 && z > -4 && z < 3) return null;
      const tall = span(0.3, 1.3, random);
      return {
        at: [x, height(x, z) - 0.05, z],
        scale: [tall * 0.42 + 0.1, tall, tall * 0.42 + 0.1],
        turn: random() * 6,
      };
    },
    { shadows: true },
  );
  // One pair that met long ago.
  for (const [x, z] of [
    [-2.9, -6.2],
    [2.6, -15.5],
  ] as const) {
    set.add(pillar(random), { at: [x, -0.1, z], colour: "#7d6e58", shade: 0.25 });
    context.solid({ at: [x, 1.5, z], half: [0.45, 2, 0.45], turn: 0 });
  }
}

/** The way out: the sky of the hour, a hill and a few trees before it. */
function daylight(context: KitContext): void {
  const { set, lamps, palette, plan, random } = context;
  const strong = { day: 2.2, dawn: 1.5, dusk: 1.1, night: 0.5 }[plan.hour];
  const at = middle(mouth);
  for (const [y, h, k] of [
    [-2, 3.4, 0],
    [1.4, 2.2, 0.3],
    [3.6, 5, 0.7],
  ] as const)
    set.box([26, h, 0.1], {
      at: [at, y, -46],
      colour: palette.skyHorizon.clone().lerp(palette.skyTop, k),
      finish: "glow",
      power: strong,
    });
  const dark = palette.skyHorizon.clone().lerp(new THREE.Color("#1c241c"), 0.75);
  set.ball([16, 5, 3], { at: [at - 6, -1.4, -44], colour: dark, shade: 0 });
  set.ball([14, 3.6, 3], { at: [at + 7, -1.2, -43.5], colour: dark, shade: 0 });
  for (let i = 0; i < 5; i += 1)
    set.add(new THREE.ConeGeometry(0.7, span(2.2, 3.6, random), 7), {
      at: [at - 4.2 + i * 1.9 + span(-0.4, 0.4, random), 1.6, -43],
      colour: dark,
      shade: 0,
    });
  lamps.push(
    aLamp({ at: [at, 2.4, -27], colour: palette.skyHorizon, power: 30 * strong, reach: 20, on: true, glow: 0 }),
  );
  // A hole in the roof, and what falls through it.
  const hole: [number, number, number] = [-1.7, 5.3, -4.6];
  const shaft = coneOfLight(5.4, 1.7, palette.skyHorizon.clone().multiplyScalar(0.16 * Math.min(1.6, strong)));
  shaft.position.set(...hole);
  shaft.rotation.z = 0.16;
  context.extra.push(shaft);
  set.add(new THREE.CircleGeometry(0.55, 14).rotateX(Math.PI / 2), {
    at: [hole[0], 4.75, hole[2]],
    colour: palette.skyHorizon,
    finish: "glow",
    power: strong * 1.4,
    shade: 0,
  });
  lamps.push(
    aLamp({ at: [-1.3, 3, -4.4], colour: palette.skyHorizon, power: 9 * strong, reach: 8, on: true, glow: 0 }),
  );
}

export const cave: Kit = (context) => {
  const { set, random, palette, lamps } = context;
  const noise = smoothNoise(random);
  vault(context, noise);
  const height = bed(context, noise);
  dripstone(context, height);
  daylight(context);
  pool(context, [2.3, -5], 1.9, noise);
  pool(context, [-1.9, -11.5], 1.7, noise);
  torch(context, -1.8, -1, 17);
  torch(context, -5.4, 1, 15);
  torch(context, 4.6, 1, 13);
  torch(context, -13, -1, 15);
  torch(context, -19, 1, 15);
  const stone = boulder(random, 0.25);
  set.add(stone, { at: [1.7, 0.06, -1.1], scale: [1, 0.78, 0.85], turn: 40, colour: "#6f6152" });
  set.add(stone, { at: [-1.9, 0.05, -0.6], scale: [0.95, 0.76, 0.8], turn: 110, colour: "#685a4c" });
  // Somebody has been here: crates, a lantern, a coil of rope.
  set.soft([0.7, 0.5, 0.5], { at: [-2.7, 0.05, 1.6], turn: 20, colour: "#6f5a3e", finish: "wood" });
  set.soft([0.55, 0.42, 0.5], { at: [-3.1, 0.1, 2.4], turn: -18, colour: "#5d4b34", finish: "wood" });
  set.add(new THREE.TorusGeometry(0.26, 0.06, 7, 18).rotateX(Math.PI / 2), {
    at: [-2.1, 0.08, 2.1],
    colour: "#8d7a58",
  });
  set.post(0.08, 0.2, {
    at: [-2.7, 0.56, 1.6],
    colour: "#ffc47a",
    finish: palette.lampsOn ? "glow" : "gloss",
    power: palette.lampsOn ? 3 : 1,
    shade: 0,
  });
  lamps.push(aLamp({ at: [-2.6, 0.9, 1.5], power: 9, reach: 7, on: palette.lampsOn, glow: 0.35, flicker: 0.1 }));
  scatter(context, boulder(random, 0.3, 1), ["#574b40", "#7d6e5c"], 200, () => {
    const z = span(-26, 11, random);
    const x = middle(z) + span(-0.8, 0.8, random) * halfWidth(z);
    const s = span(0.05, 0.22, random);
    if (s > 0.1 && Math.abs(x) < 1.2) return null;
    return { at: [x, height(x, z), z], scale: [s * 1.2, s * 0.8, s], turn: random() * 6 };
  });
};
