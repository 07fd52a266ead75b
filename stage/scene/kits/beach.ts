import * as THREE from "three";
import type { Kit, KitContext } from "../kit.ts";
import { aLamp } from "../lamps.ts";
import { boulder, crag, rise, smoothNoise, span, turned } from "./shapes.ts";
import { ground, scatter } from "./terrain.ts";

const seaLevel = -0.5;
/** Where the water ends: a bay that runs away to the right. */
const shoreAt = (x: number) => -6.6 - 11 * Math.tanh(x / 26) - Math.sin(x * 0.21) * 0.4 + (x * x) / 900;

function sand(context: KitContext): (x: number, z: number) => number {
  const { random } = context;
  const noise = smoothNoise(random);
  const height = (x: number, z: number) => {
    const down = z - shoreAt(x);
    const slope = -1.5 * rise(7, -9, down);
    const dune = (rise(8.5, 17, x + noise(2, z * 0.1) * 2) + rise(14, 30, z) * 0.8) * rise(-2, 7, down);
    const bumps = noise(x * 0.35, z * 0.35) * 0.05 + noise(x * 1.3, z * 1.3) * 0.018;
    return slope + dune * (2.2 + noise(x * 0.16, z * 0.16) * 1.1) + bumps * rise(-3, 2, down) - 0.03;
  };
  const [dry, pale, wet] = [new THREE.Color("#cdb288"), new THREE.Color("#dcc8a2"), new THREE.Color("#84694a")];
  ground(context, {
    x: { from: -24, to: 22, step: 0.5, far: [-150, 140] },
    z: { from: -14, to: 16, step: 0.4, far: [-40, 60] },
    height,
    colour: (x, _y, z) => {
      const down = z - shoreAt(x) + noise(x * 0.5, z * 0.5) * 0.5;
      return dry
        .clone()
        .lerp(pale, noise(x * 0.8, z * 0.8) * 0.4 + 0.4)
        .lerp(wet, 1 - rise(1.2, 3.4, down))
        .offsetHSL(0, 0, span(-0.014, 0.014, random));
    },
  });
  return height;
}

/** A band along the water's edge, between two distances from it. */
function band(near: (x: number) => number, far: (x: number) => number, height: (x: number, z: number) => number) {
  const points: number[] = [];
  const index: number[] = [];
  const lines: number[] = [];
  for (let x = -90; x <= 80; x += Math.abs(x) < 26 ? 0.6 : 3) lines.push(x);
  lines.forEach((x, i) => {
    for (const [row, d] of [far(x), (far(x) + near(x)) / 2, near(x)].entries()) {
      const z = shoreAt(x) + d;
      points.push(x, height(x, z), z);
      const at = i * 3 + row;
      if (i > 0 && row > 0) index.push(at - 4, at - 3, at - 1, at - 3, at, at - 1);
    }
  });
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.Float32BufferAttribute(points, 3));
  geometry.setIndex(index);
  geometry.computeVertexNormals();
  return geometry;
}

/** Wet sand that mirrors the sky, and the foam of three waves that run up and fall back. */
function surf(context: KitContext, height: (x: number, z: number) => number): void {
  const { set, random, extra, moving, plan } = context;
  const noise = smoothNoise(random);
  const edge = (x: number) => 1.5 + noise(x * 0.33, 1.5) * 0.6;
  set.add(
    band(
      edge,
      () => -2.4,
      (x, z) => Math.max(seaLevel - 0.05, height(x, z) + 0.012),
    ),
    { colour: "#6d5a44", finish: "wet", shade: 0 },
  );
  const rough = plan.weather === "storm" ? 2 : plan.windy ? 1.4 : 1;
  for (const [i, out] of [0.3, -2.6, -6.2, -10.5].entries()) {
    const wide = (i === 0 ? 1.5 : 1.05) * rough;
    const [a, b] = [random() * 40, random() * 40];
    const wavy = (x: number) => out + noise(x * 0.12 + a, 3.5) * 0.9 + noise(x * 0.5 + a, 7.5) * 0.3;
    const geometry = band(
      (x) => wavy(x) + wide * (0.5 + 0.9 * Math.max(0, noise(x * 0.4 + b, 1.5) + 0.35)),
      (x) => wavy(x) - wide * (0.2 + 1.3 * Math.max(0, noise(x * 0.9 + b, 5.5) + 0.2)) * (i === 0 ? 1 : 0.7),
      (x, z) => Math.max(seaLevel + 0.03, height(x, z) + 0.03),
    );
    const foam = new THREE.Mesh(
      geometry,
      new THREE.MeshLambertMaterial({ color: "#f2f6f6", transparent: true, opacity: 0.8, depthWrite: false }),
    );
    foam.name = "set:foam";
    foam.renderOrder = 2;
    const phase = i * 1.9;
    moving.push((t) => {
      const roll = Math.sin(t * 0.75 + phase);
      foam.position.set(Math.sin(t * 0.21 + phase) * 0.4, 0, roll * (i === 0 ? 0.5 : 1.1));
      foam.position.y = i === 0 ? Math.max(0, roll) * -0.03 : 0;
      foam.material.opacity = (i === 0 ? 0.78 : 0.6) - 0.22 * roll;
    });
    extra.push(foam);
  }
}

/** A jetty that runs out from the sand, lanterns on its posts. */
function jetty(context: KitContext): void {
  const { set, random, palette, lamps } = context;
  const x = -7.4;
  for (let z = -1.8; z > -30; z -= 0.34)
    set.box([1.9, 0.08, 0.3], {
      at: [x + span(-0.03, 0.03, random), 0.22, z],
      colour: new THREE.Color("#7d6a55").offsetHSL(0, 0, span(-0.04, 0.03, random)),
      finish: "wood",
      shade: 0,
    });
  let n = 0;
  for (let z = -2.2; z > -31; z -= 3.6) {
    for (const s of [-1, 1]) set.post(0.1, 2.6, { at: [x + s * 0.98, -1.6, z], colour: "#564637", finish: "wood" });
    if ((n += 1) % 2 === 0) continue;
    set.post(0.06, 1.5, { at: [x + 0.98, 0.9, z], colour: "#564637", finish: "wood" });
    set.post(0.08, 0.2, {
      at: [x + 0.98, 2.3, z],
      colour: "#ffc67d",
      finish: palette.lampsOn ? "glow" : "gloss",
      power: palette.lampsOn ? 3.4 : 1,
      shade: 0,
    });
    lamps.push(aLamp({ at: [x + 0.98, 2.45, z], power: 17, reach: 12, on: palette.lampsOn, glow: 0.5 }));
  }
  for (const s of [-1, 1])
    set.rod([x + s * 0.98, 0.85, -2.2], [x + s * 0.98, 0.85, -30.5], 0.025, { colour: "#8d7a58" });
  context.solid({ at: [x, 0, -16.3], half: [1, 0.4, 14.5], turn: 0 });
}

/** A rowing boat pulled up the sand. */
function rowingBoat(context: KitContext, at: readonly [number, number, number], turn: number): void {
  const { set } = context;
  const put = turned(at, turn);
  const length = 3.6;
  const half = (k: number) => 0.66 * Math.sin(Math.PI * (0.12 + 0.82 * k)) ** 0.7;
  const rows = 14;
  const outline = (y: number, grow: number) =>
    Array.from({ length: rows + 1 }, (_, i) => ({ z: (i / rows - 0.5) * length * grow, x: half(i / rows) * grow, y }));
  const rings = [outline(0, 0.72), outline(0.26, 0.94), outline(0.5, 1)];
  const points: number[] = [];
  const index: number[] = [];
  for (const s of [-1, 1])
    for (const ring of rings)
      for (const p of ring) points.push(s * p.x, p.y + (Math.abs(p.z) / length) ** 2 * 0.5, p.z);
  const n = rows + 1;
  for (const [side, flip] of [
    [0, false],
    [1, true],
  ] as const)
    for (let r = 0; r < 2; r += 1)
      for (let i = 0; i < rows; i += 1) {
        const a = side * n * 3 + r * n + i;
        const quad = [a, a + n, a + 1, a + 1, a + n, a + n + 1];
        const turnedQuad = flip ? quad : [...quad].reverse();
        // Seen from outside and from inside.
        index.push(...turnedQuad, ...[...turnedQuad].reverse());
      }
  const hull = new THREE.BufferGeometry();
  hull.setAttribute("position", new THREE.Float32BufferAttribute(points, 3));
  hull.setIndex(index);
  const flat = hull.toNonIndexed();
  flat.computeVertexNormals();
  set.add(flat, { at: [...at], turn, colour: "#37616b", finish: "wood", shade: 0.4 });
  for (const s of [-1, 1])
    for (let i = 0; i < rows; i += 1) {
      const [a, b] = [rings[2]![i]!, rings[2]![i + 1]!];
      const lift = (z: number) => 0.5 + (Math.abs(z) / length) ** 2 * 0.5;
      set.rod(put(s * a.x, lift(a.z), a.z), put(s * b.x, lift(b.z), b.z), 0.035, { colour: "#d8d0bd", finish: "wood" });
    }
  set.soft([0.8, 0.05, 2.6], { at: put(0, 0.1, 0), turn, colour: "#6a5440", finish: "wood" });
  for (const z of [-0.7, 0.35])
    set.soft([1.2, 0.05, 0.26], { at: put(0, 0.4, z), turn, colour: "#8a6f4f", finish: "wood" });
  set.rod(put(-0.5, 0.5, 1.2), put(0.85, 0.42, -1.4), 0.03, { colour: "#a58a62", finish: "wood" });
  context.solid({ at: put(0, 0.3, 0), half: [0.7, 0.4, 1.8], turn });
}

/** A hut of boards under palm thatch, with a string of bulbs to the next palm. */
function hut(context: KitContext, at: readonly [number, number, number], turn: number): void {
  const { set, palette, lamps } = context;
  const put = turned(at, turn);
  const lit = palette.lampsOn;
  set.box([3, 0.16, 2.6], { at: put(0, 0, 0), turn, colour: "#8a7254", finish: "wood" });
  for (const [x, z] of [
    [-1.4, -1.2],
    [1.4, -1.2],
    [-1.4, 1.2],
    [1.4, 1.2],
  ] as const)
    set.rod(put(x, 0, z), put(x, 2.5, z), 0.06, { colour: "#6d573f", finish: "wood" });
  set.box([3, 2.3, 0.08], { at: put(0, 0.16, -1.25), turn, colour: "#6f8f8a", finish: "wood" });
  set.soft([2.9, 1.02, 0.42], { at: put(0, 0.16, 1.05), turn, colour: "#b0573f", finish: "wood" });
  set.soft([3.2, 0.06, 0.62], { at: put(0, 1.18, 1.05), turn, colour: "#d8c49a", finish: "wood" }, 0.02);
  for (let i = 0; i < 9; i += 1)
    set.post(0.045, 0.24, {
      at: put(-1.2 + i * 0.28, 1.4, -1.14),
      colour: ["#3f6b47", "#c0832f", "#a9b4b8"][i % 3] ?? "#3f6b47",
      finish: "gloss",
    });
  set.box([2.8, 0.04, 0.22], { at: put(0, 1.36, -1.12), turn, colour: "#6d573f", finish: "wood" });
  for (const [y, r] of [
    [2.45, 2.5],
    [2.85, 1.8],
    [3.2, 1.1],
  ] as const)
    set.add(new THREE.CylinderGeometry(r * 0.42, r, 0.5, 9, 1), {
      at: put(0, y + 0.2, 0),
      turn,
      colour: "#a08655",
      shade: 0.45,
    });
  lamps.push(aLamp({ at: put(0, 2.15, 0.5), power: 22, reach: 12, on: lit, glow: 0.6 }));
  set.ball([0.2, 0.2, 0.2], {
    at: put(0, 2.2, 0.5),
    colour: "#ffcf94",
    finish: lit ? "glow" : "gloss",
    power: lit ? 4 : 1,
  });
  const [from, to] = [put(-1.5, 2.5, 1.3), [2.5, 2.7, -6] as const];
  for (let i = 0; i < 13; i += 1) {
    const k = (i + 0.5) / 13;
    const point: [number, number, number] = [
      from[0] + (to[0] - from[0]) * k,
      from[1] + (to[1] - from[1]) * k - Math.sin(k * Math.PI) * 0.6,
      from[2] + (to[2] - from[2]) * k,
    ];
    set.ball([0.1, 0.13, 0.1], { at: point, colour: "#ffcb86", finish: lit ? "glow" : "gloss", power: lit ? 3.4 : 1 });
    if (i % 5 === 2) lamps.push(aLamp({ at: point, power: 7, reach: 7, on: lit, glow: 0.3 }));
  }
}

function palm(
  { set, random, plan }: KitContext,
  at: readonly [number, number, number],
  tall: number,
  lean: number,
): void {
  let from = new THREE.Vector3(...at);
  const turn = random() * 6.28;
  const rings = 9;
  for (let i = 0; i < rings; i += 1) {
    const k = (i + 1) / rings;
    const to = new THREE.Vector3(
      at[0] + Math.cos(turn) * lean * k ** 1.7,
      at[1] + tall * k,
      at[2] + Math.sin(turn) * lean * k ** 1.7,
    );
    set.rod(from.toArray(), to.toArray(), 0.17 - k * 0.07, {
      colour: i % 2 === 0 ? "#6f5b45" : "#7d6850",
      finish: "wood",
    });
    from = to;
  }
  for (let i = 0; i < 4; i += 1)
    set.ball([0.24, 0.28, 0.24], {
      at: [from.x + Math.cos(i * 1.6) * 0.2, from.y - 0.15, from.z + Math.sin(i * 1.6) * 0.2],
      colour: "#5d4a2a",
    });
  const green = plan.weather === "snow" ? "#7d8a78" : "#4a6b34";
  for (let i = 0; i < 13; i += 1)
    set.add(frond(span(2.1, 2.9, random), span(0.7, 1.5, random)), {
      at: from.toArray(),
      turn: (i / 13) * 360 + span(-10, 10, random),
      tilt: [span(-24, 14, random), 0],
      colour: new THREE.Color(green).offsetHSL(span(-0.02, 0.03, random), 0, span(-0.05, 0.06, random)),
      shade: 0.15,
    });
  set.solids.push({ at: [at[0], at[1] + 1.2, at[2]], half: [0.2, 1.4, 0.2], turn: 0 });
}

/** A palm leaf along +z that bends down: two rows of blades, seen from both sides. */
function frond(length: number, droop: number): THREE.BufferGeometry {
  const points: number[] = [];
  const steps = 17;
  const spine = (k: number) => [0, Math.sin(k * 1.7) * 0.5 - droop * k * k, k * length] as const;
  for (let i = 0; i < steps; i += 1) {
    const [a, b] = [spine(i / steps), spine((i + 0.95) / steps)];
    const wide = 0.52 * Math.sin(Math.PI * (0.14 + (0.8 * i) / steps));
    for (const s of [-1, 1]) {
      const tip = [s * wide, b[1] - 0.18 * wide, b[2] + 0.2] as const;
      points.push(...a, ...b, ...tip, ...a, ...tip, ...b);
    }
  }
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.Float32BufferAttribute(points, 3));
  geometry.computeVertexNormals();
  return geometry;
}

export const beach: Kit = (context) => {
  const { set, random, plan, palette } = context;
  context.sea({ level: seaLevel, chop: plan.weather === "storm" ? 0.55 : plan.windy || palette.wet ? 0.34 : 0.2 });
  const height = sand(context);
  surf(context, height);
  jetty(context);
  rowingBoat(context, [-3.6, -0.06, -2.6], 62);
  if (plan.weather !== "snow") {
    hut(context, [6.7, height(6.7, -5.2) - 0.1, -5.2], -40);
    for (const [x, z, tall, lean] of [
      [2.5, -6.1, 5.8, 1.5],
      [9.8, -1, 6.8, 1.4],
      [11.6, -5.6, 7.6, 2],
      [7.2, 2.6, 6.2, 1.2],
      [-12, 2.5, 6.4, 1.8],
    ] as const)
      palm(context, [x, height(x, z) - 0.1, z], tall, lean);
  }
  // Driftwood and stones to sit on.
  set.add(new THREE.CylinderGeometry(0.13, 0.24, 2.3, 9).rotateZ(Math.PI / 2), {
    at: [1.6, 0.2, -1.2],
    turn: 28,
    colour: "#b8aa92",
    finish: "wood",
  });
  set.add(boulder(random, 0.2), { at: [-2.2, 0.06, 0.6], scale: [1, 0.74, 0.8], colour: "#6d675f" });
  const stone = crag(random);
  // Rocks at the left end of the bay, out into the water, and the headland beyond.
  for (let i = 0; i < 26; i += 1) {
    const [x, z] = [span(-26, -11, random), span(-19, -4, random)];
    const s = span(0.6, 2.6, random) * (x < -16 ? 1.5 : 1);
    set.add(stone, {
      at: [x, height(x, z) + s * 0.16, z],
      scale: [s * 1.5, s, s * 1.3],
      turn: random() * 360,
      colour: new THREE.Color("#5d564d").offsetHSL(0, 0, span(-0.05, 0.05, random)),
      finish: "wood",
      shade: 0.5,
    });
    if (x > -20) context.solid({ at: [x, height(x, z) + s * 0.3, z], half: [s * 0.6, s * 0.5, s * 0.5], turn: 0 });
  }
  const haze = palette.fog.colour.clone();
  for (const [x, z, wide, tall] of [
    [-72, -92, 74, 17],
    [-104, -76, 60, 26],
    [58, -150, 70, 11],
    [96, -128, 60, 20],
  ] as const)
    set.add(stone, {
      at: [x, -1, z],
      scale: [wide, tall * 2, 30],
      colour: new THREE.Color("#5d6450").lerp(haze, 0.35),
      shade: 0.2,
    });
  const tufts = Array.from({ length: 60 }, () => [span(8, 22, random), span(-6, 14, random)] as const);
  let n = 0;
  scatter(
    context,
    new THREE.ConeGeometry(0.022, 1, 3).translate(0, 0.5, 0),
    ["#7d8550", "#b0ad72"],
    tufts.length * 18,
    () => {
      const [x, z] = tufts[Math.floor((n += 1) / 18)] ?? [14, 0];
      const at: [number, number, number] = [x + span(-0.35, 0.35, random), 0, z + span(-0.35, 0.35, random)];
      at[1] = height(at[0], at[2]) - 0.05;
      return { at, scale: [1, span(0.4, 1, random), 1], turn: random() * 6, lean: span(-0.55, 0.55, random) };
    },
    { shadows: true },
  );
  // Shells and pebbles along the tide line.
  scatter(context, boulder(random, 0.2, 1), ["#8f8577", "#e6dccb"], 220, () => {
    const x = span(-14, 12, random);
    const z = shoreAt(x) + span(1.6, 4, random) + (random() < 0.2 ? span(0, 8, random) : 0);
    const s = span(0.03, 0.1, random);
    return { at: [x, height(x, z), z], scale: [s * 1.3, s * 0.6, s], turn: random() * 6 };
  });
};
