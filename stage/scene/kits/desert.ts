import * as THREE from "three";
import type { Kit, KitContext } from "../kit.ts";
import { aLamp } from "../lamps.ts";
import { addFire } from "./fire.ts";
import { boulder, crag, rise, smoothNoise, span } from "./shapes.ts";
import { ground, scatter } from "./terrain.ts";

/** One dune after another: a long back, a sharp crest, a short steep lee towards the camera. */
function duneProfile(u: number): number {
  const t = u - Math.floor(u);
  return t < 0.72 ? Math.pow(t / 0.72, 1.6) : 1 - rise(0, 1, (t - 0.72) / 0.28);
}

function dunes(context: KitContext): void {
  const { random } = context;
  const noise = smoothNoise(random);
  const height = (x: number, z: number) => {
    const open = rise(8, 22, Math.hypot(x * 0.8, z - 3)) * rise(-12, 4, -z);
    const bend = noise(x * 0.024 + 9, z * 0.03) * 0.62 + noise(x * 0.07, z * 0.07 + 5) * 0.1;
    const tall = 2.6 + rise(18, 90, -z) * 9 + 1.8 * noise(x * 0.03 + 31, z * 0.03);
    // The first crest comes down from the left behind the camp, the second from the right behind that.
    const near = duneProfile((x * 0.55 + z * 0.8 + 34) * 0.041 + bend);
    const cross = duneProfile((z * 0.9 - x * 0.5 + 12) * 0.023 + bend * 0.6 + 0.3);
    const ripple = Math.sin((z + x * 0.35 + noise(x * 0.3, z * 0.3) * 0.8) * 5.4) * 0.02;
    return (near * 0.55 + cross * 0.6) * Math.max(1, tall) * open + ripple - 0.03;
  };
  const [lit, deep, pale] = [new THREE.Color("#cf9f63"), new THREE.Color("#a8743f"), new THREE.Color("#e2bd85")];
  ground(context, {
    x: { from: -30, to: 30, step: 0.55, far: [-150, 150] },
    z: { from: -46, to: 18, step: 0.55, far: [-170, 60] },
    height,
    colour: (x, y, z, steep) =>
      lit
        .clone()
        .lerp(pale, rise(0.5, 7, y) * 0.6 + 0.15 * noise(x * 0.4, z * 0.4))
        .lerp(deep, rise(0.04, 0.16, steep) * 0.85)
        .offsetHSL(0, 0, span(-0.012, 0.012, random)),
  });
}

/** Flat-topped hills at the end of the sand, in bands of rock. */
function mesas({ set, random, palette }: KitContext): void {
  const haze = palette.fog.colour.clone();
  for (let i = 0; i < 8; i += 1) {
    const [x, z] = [-140 + i * 38 + span(-14, 14, random), -116 - span(0, 44, random)];
    const [wide, tall] = [span(26, 62, random), span(18, 36, random)];
    const outline = Array.from({ length: 16 }, () => span(0.72, 1.12, random));
    for (const [from, to, foot, top, colour] of [
      [0, 0.55, 1.9, 1.16, "#8d5436"],
      [0.55, 0.86, 1.08, 1, "#a5643f"],
      [0.86, 1, 1.02, 0.97, "#b77a4d"],
    ] as const)
      set.add(rockBand(outline, foot, top), {
        at: [x, from * tall - 2, z],
        scale: [wide / 2, (to - from) * tall, wide / 3.4],
        colour: new THREE.Color(colour).lerp(haze, 0.1),
        shade: 0.15,
      });
  }
}

/** A layer of rock of the height one, with a lid; its outline is given as radii all round. */
function rockBand(outline: readonly number[], foot: number, top: number): THREE.BufferGeometry {
  const geometry = new THREE.CylinderGeometry(top, foot, 1, outline.length, 1).translate(0, 0.5, 0);
  const position = geometry.getAttribute("position");
  for (let i = 0; i < position.count; i += 1) {
    const [x, z] = [position.getX(i), position.getZ(i)];
    const at = Math.round((Math.atan2(x, z) / (Math.PI * 2)) * outline.length + outline.length) % outline.length;
    position.setXYZ(i, x * (outline[at] ?? 1), position.getY(i), z * (outline[at] ?? 1));
  }
  const flat = geometry.toNonIndexed();
  flat.computeVertexNormals();
  return flat;
}

/** A line of telegraph poles that leads the eye out of the picture. */
function poles({ set, random }: KitContext): void {
  let last: [number, number, number] | null = null;
  for (let i = 0; i < 9; i += 1) {
    const [x, z] = [8.6 - i * 3.4, 3 - i * 10.5];
    const lean = span(-4, 4, random);
    const top: [number, number, number] = [x - Math.sin((lean * Math.PI) / 180) * 5.6, 5.5, z];
    set.post(0.12, 6, { at: [x, -0.5, z], tilt: [0, lean], colour: "#4d3c2e", finish: "wood" }, 0.09);
    set.box([1.7, 0.1, 0.1], { at: [top[0], top[1] - 0.5, z], turn: -18, colour: "#4d3c2e", finish: "wood" });
    for (const side of [-0.7, 0.7]) {
      if (last === null) continue;
      const middle: [number, number, number] = [(last[0] + top[0]) / 2 + side, 4.75, (last[2] + z) / 2];
      set.rod([last[0] + side, 5.15, last[2]], middle, 0.014, { colour: "#241f1b" });
      set.rod(middle, [top[0] + side, 5.15, z], 0.014, { colour: "#241f1b" });
    }
    last = top;
  }
}

function camp(context: KitContext): void {
  const { set, palette, lamps } = context;
  // A ridge tent, its mouth towards the fire.
  const [tx, tz, turn] = [-5.6, -5.4, 32];
  const r = (turn * Math.PI) / 180;
  const put = (x: number, y: number, z: number): [number, number, number] => [
    tx + Math.cos(r) * x + Math.sin(r) * z,
    y,
    tz - Math.sin(r) * x + Math.cos(r) * z,
  ];
  for (const s of [-1, 1])
    set.box([0.05, 2.75, 3.4], { at: put(s * 0.86, -0.2, 0), turn, tilt: [0, s * 37], colour: "#a79371", shade: 0.3 });
  set.add(new THREE.CylinderGeometry(0.02, 1.62, 2.06, 3).rotateY(Math.PI), {
    at: put(0, 1, -1.5),
    turn,
    scale: [1, 1, 0.04],
    colour: "#6d5d45",
  });
  for (const z of [-1.6, 1.72]) set.rod(put(0, 0, z), put(0, 2.25, z), 0.035, { colour: "#4d3c2e", finish: "wood" });
  for (const s of [-1, 1]) set.rod(put(0, 2.2, 1.72), put(s * 2.3, 0, 2.9), 0.012, { colour: "#2b2520" });
  set.soft([1.1, 0.14, 2], { at: put(0.3, 0, 0.1), turn, colour: "#7d3f36" });
  context.solid({ at: [tx, 1, tz], half: [1.6, 1, 1.7], turn });
  set.post(0.09, 0.2, {
    at: put(0, 1.72, 1.78),
    colour: "#ffc47a",
    finish: palette.lampsOn ? "glow" : "gloss",
    power: palette.lampsOn ? 3 : 1,
    shade: 0,
  });
  lamps.push(aLamp({ at: put(0, 1.75, 1.9), power: 14, reach: 9, on: palette.lampsOn, glow: 0.4, flicker: 0.1 }));
  // The fire and what people sit on round it.
  const fire: [number, number, number] = [-2.3, 0, -2.1];
  for (let i = 0; i < 11; i += 1) {
    const a = (i / 11) * Math.PI * 2;
    set.ball([0.24, 0.18, 0.22], {
      at: [fire[0] + Math.cos(a) * 0.48, 0.04, fire[2] + Math.sin(a) * 0.48],
      colour: ["#5d5148", "#6f6055", "#4d443d"][i % 3] ?? "#5d5148",
    });
  }
  set.post(0.4, 0.03, { at: fire, colour: "#201b18", shade: 0 });
  for (let i = 0; i < 5; i += 1) {
    const a = (i / 5) * Math.PI * 2 + 0.4;
    set.rod([fire[0] + Math.cos(a) * 0.42, 0.04, fire[2] + Math.sin(a) * 0.42], [fire[0], 0.3, fire[2]], 0.045, {
      colour: "#33271f",
    });
  }
  addFire(context, [fire[0], 0.06, fire[2]], { size: 0.75, power: 30, reach: 15, on: palette.lampsOn });
  set.add(new THREE.CylinderGeometry(0.22, 0.25, 1.5, 12).rotateZ(Math.PI / 2), {
    at: [-3.5, 0.2, -1],
    turn: 52,
    colour: "#6a5440",
  });
  set.soft([0.62, 0.42, 0.46], { at: [-1.1, 0, -3.1], turn: 24, colour: "#6f5a3e", finish: "wood" });
  set.soft([0.5, 0.34, 0.4], { at: [-4.4, 0, -3.3], turn: -30, colour: "#4e5a52", finish: "wood" });
  set.post(0.2, 0.55, { at: [-3.9, 0, -4], colour: "#39566b", finish: "metal" });
}

/** A tree that died standing. */
function deadTree({ set, random, solid }: KitContext, at: readonly [number, number, number]): void {
  const bark = { colour: "#5a4a3d", finish: "wood" as const };
  const branch = (from: THREE.Vector3, way: THREE.Vector3, length: number, thick: number, depth: number) => {
    const to = from.clone().addScaledVector(way, length);
    set.rod(from.toArray(), to.toArray(), thick, bark);
    if (depth === 0) return;
    for (let i = 0; i < 2; i += 1) {
      const next = way
        .clone()
        .add(new THREE.Vector3(span(-0.8, 0.8, random), span(-0.1, 0.45, random), span(-0.8, 0.8, random)))
        .normalize();
      branch(to, next, length * span(0.6, 0.8, random), thick * 0.62, depth - 1);
    }
  };
  branch(new THREE.Vector3(...at), new THREE.Vector3(0.12, 1, 0).normalize(), 1.7, 0.17, 4);
  solid({ at: [at[0], 1, at[2]], half: [0.3, 1.2, 0.3], turn: 0 });
}

export const desert: Kit = (context) => {
  const { random } = context;
  dunes(context);
  mesas(context);
  poles(context);
  camp(context);
  deadTree(context, [6.4, -0.1, -5.2]);
  const clear = (x: number, z: number, r: number) => {
    // The way, the mark and the camera's place stay free.
    const along = Math.abs(x - (0.5 + (6 - z) * 0.31)) < 1.1 + r;
    return !along && Math.hypot(x, z) > 1.6 + r && !(z > 6 && Math.abs(x - 3) < 4);
  };
  const stone = crag(random);
  scatter(
    context,
    stone,
    ["#8a5f41", "#a97a55"],
    70,
    () => {
      const [x, z] = [span(-26, 26, random), span(-30, 9, random)];
      const s = Math.pow(random(), 3) * 1.2 + 0.12;
      if (!clear(x, z, s)) return null;
      if (s > 0.6) context.solid({ at: [x, s * 0.3, z], half: [s * 0.5, s * 0.4, s * 0.5], turn: 0 });
      return { at: [x, s * 0.12, z], scale: [s * 1.4, s * 0.9, s * 1.1], turn: random() * 6 };
    },
    { shadows: true },
  );
  scatter(context, boulder(random, 0.3, 1), ["#7a5a40", "#b48a60"], 160, () => {
    const [x, z] = [span(-12, 12, random), span(-12, 11, random)];
    const s = span(0.04, 0.13, random);
    return { at: [x, 0, z], scale: [s, s * 0.7, s], turn: random() * 6 };
  });
  // Dry grass in tufts.
  const tufts = Array.from({ length: 34 }, () => [span(-15, 15, random), span(-16, 9, random)] as const);
  let n = 0;
  scatter(
    context,
    new THREE.ConeGeometry(0.018, 1, 3).translate(0, 0.5, 0),
    ["#8b7444", "#c0a468"],
    tufts.length * 16,
    () => {
      const [x, z] = tufts[Math.floor((n += 1) / 16)] ?? [0, -20];
      if (!clear(x, z, -0.4)) return null;
      return {
        at: [x + span(-0.2, 0.2, random), -0.03, z + span(-0.2, 0.2, random)],
        scale: [1, span(0.25, 0.6, random), 1],
        turn: random() * 6,
        lean: span(-0.6, 0.6, random),
      };
    },
    { shadows: true },
  );
};
