import * as THREE from "three";
import type { Kit, KitContext } from "../kit.ts";
import { aLamp } from "../lamps.ts";
import { boulder, crag, rise, smoothNoise, span } from "./shapes.ts";
import { cabin } from "./cabin.ts";
import { ground, scatter } from "./terrain.ts";

/** The middle of the path at a depth. */
const pathAt = (z: number) => Math.sin(z * 0.16) * 0.9 + rise(8, 26, -z) * 2.2;

const rock = { dark: new THREE.Color("#55504b"), light: new THREE.Color("#8a8177"), grass: new THREE.Color("#6b6a44") };
const snow = new THREE.Color("#e6ecf2");

/** The shoulder of the mountain: a terrace with a path, a wall to the right, the valley to the left. */
function pass(context: KitContext, noise: (x: number, z: number) => number): (x: number, z: number) => number {
  const height = (x: number, z: number) => {
    const off = x - pathAt(z) * 0.6;
    const rough = noise(x * 0.22, z * 0.22) * 0.8 + noise(x * 0.6, z * 0.6) * 0.35;
    const wall = rise(4.2, 24, off + noise(7, z * 0.12) * 1.6);
    const drop = rise(4.6, 26, -off + noise(3, z * 0.1) * 1.4);
    const away = rise(3, 9, Math.abs(off));
    const up = rise(14, 52, -z) * 6;
    return wall * 19 * (1 + 0.4 * noise(x * 0.08, z * 0.08)) - drop * 17 + rough * away + up - 0.03;
  };
  const path = new THREE.Color("#8d8067");
  ground(context, {
    x: { from: -18, to: 22, step: 0.5, far: [-60, 70] },
    z: { from: -40, to: 18, step: 0.6, far: [-75, 60] },
    height,
    colour: (x, y, z, steep) => {
      const grain = noise(x * 1.7, z * 1.7) * 0.5 + 0.5;
      const stone = rock.dark.clone().lerp(rock.light, grain);
      const turf = rock.grass.clone().lerp(stone, 0.25 * grain + rise(0.1, 0.3, steep));
      const high = rise(7, 12, y + noise(x * 0.3, z * 0.3) * 3) * (1 - rise(0.3, 0.55, steep));
      const worn = (1 - rise(0.4, 1, Math.abs(x - pathAt(z)) + noise(x * 2, z * 2) * 0.25)) * 0.85;
      return turf.lerp(path, worn).lerp(snow, high);
    },
  });
  return height;
}

/** The peaks beyond, one range behind another. */
function ranges(context: KitContext, noise: (x: number, z: number) => number): void {
  const ridged = (x: number, z: number) => {
    let [sum, size, scale] = [0, 1, 1];
    for (let i = 0; i < 4; i += 1) {
      sum += Math.pow(1 - Math.abs(noise(x * scale + i * 17, z * scale + i * 5)), 2) * size;
      size *= 0.48;
      scale *= 2.1;
    }
    return sum / 1.9;
  };
  const peaks = Array.from({ length: 6 }, (_, i) => ({
    x: -118 + i * 44 + noise(i * 3.3, 1.5) * 18,
    z: -92 - (i % 2) * 34 + noise(i * 2.1, 8.5) * 10,
    tall: 30 + 22 * (noise(i * 1.7, 4.2) + (i === 2 ? 0.9 : 0)),
  }));
  ground(context, {
    x: { from: -160, to: 160, step: 2.4 },
    z: { from: -170, to: -50, step: 2.4 },
    height: (x, z) => {
      let top = -26;
      for (const peak of peaks) {
        const far = Math.hypot((x - peak.x) / 46, (z - peak.z) / 38);
        top = Math.max(top, peak.tall * Math.max(-0.8, 1 - far * 1.15));
      }
      return top * (0.55 + 0.55 * ridged(x * 0.03, z * 0.03)) - 3 + noise(x * 0.31, z * 0.31) * rise(0, 12, top) * 1.1;
    },
    colour: (x, y, z, steep) => {
      const stone = rock.dark.clone().lerp(rock.light, noise(x * 0.2, z * 0.2) * 0.5 + 0.4);
      const cap =
        rise(8, 14, y + noise(x * 0.09, z * 0.09) * 7) * (1 - rise(0.17, 0.34, steep + noise(x * 0.4, z * 0.4) * 0.08));
      const woods = new THREE.Color("#3f4a3a").lerp(stone, rise(-6, 6, y));
      return woods.lerp(snow, cap).lerp(context.palette.fog.colour, 0.06);
    },
  });
}

/** Stones piled up by those who went by, a pole in them, and flags from there to the hut. */
function cairn(
  { set, random }: KitContext,
  at: readonly [number, number, number],
  to: readonly [number, number, number],
) {
  const stone = boulder(random, 0.25, 2);
  for (let ring = 0; ring < 6; ring += 1)
    for (let i = 0; i < 7 - ring; i += 1) {
      const a = (i / (7 - ring)) * 6.28 + ring;
      const r = 0.62 - ring * 0.11;
      set.add(stone, {
        at: [at[0] + Math.cos(a) * r, at[1] + 0.12 + ring * 0.2, at[2] + Math.sin(a) * r],
        scale: [0.46, 0.26, 0.4],
        turn: random() * 360,
        colour: rock.dark.clone().lerp(rock.light, random()),
      });
    }
  const top: [number, number, number] = [at[0], at[1] + 3.4, at[2]];
  set.rod([...at], top, 0.045, { colour: "#6a5440", finish: "wood" });
  set.solids.push({ at: [at[0], at[1] + 0.6, at[2]], half: [0.6, 0.7, 0.6], turn: 0 });
  const colours = ["#3b62a8", "#e8e4d8", "#b23a2e", "#3f7d4c", "#d3a52f"];
  const count = 30;
  const pointAt = (k: number) =>
    [
      top[0] + (to[0] - top[0]) * k,
      top[1] + (to[1] - top[1]) * k - Math.sin(k * Math.PI) * 0.9,
      top[2] + (to[2] - top[2]) * k,
    ] as const;
  for (let i = 0; i < count; i += 1) {
    set.rod(pointAt(i / count), pointAt((i + 1) / count), 0.008, { colour: "#2b2520" });
    const [x, y, z] = pointAt((i + 0.5) / count);
    set.box([0.02, 0.26, 0.24], {
      at: [x, y - 0.28, z],
      turn: (Math.atan2(to[0] - top[0], to[2] - top[2]) * 180) / Math.PI,
      tilt: [0, span(-18, 18, random)],
      colour: colours[i % 5] ?? "#e8e4d8",
      shade: 0,
    });
  }
}

const pine = () => [
  new THREE.ConeGeometry(1, 1.9, 8).translate(0, 1.5, 0),
  new THREE.ConeGeometry(0.74, 1.7, 8).translate(0, 2.5, 0),
  new THREE.ConeGeometry(0.45, 1.5, 8).translate(0, 3.5, 0),
];

export const mountain: Kit = (context) => {
  const { set, random, palette, lamps } = context;
  const noise = smoothNoise(random);
  const height = pass(context, noise);
  ranges(context, noise);
  const hutAt: [number, number, number] = [6.2, height(5.4, -12) + 0.5, -12.5];
  cabin(context, hutAt, -24);
  cairn(context, [-2.9, height(-2.9, -7.5), -7.5], [hutAt[0] - 1.4, hutAt[1] + 3.2, hutAt[2] + 1.2]);

  const clear = (x: number, z: number, r: number) =>
    Math.abs(x - pathAt(z)) > 1 + r &&
    !(z > 4 && Math.abs(x - 1.6) < 3.4 + r) &&
    Math.hypot(x - 6.2, z + 12.5) > 3.4 + r;
  scatter(
    context,
    crag(random),
    ["#5d574f", "#8b8378"],
    150,
    () => {
      const [x, z] = [span(-15, 18, random), span(-36, 12, random)];
      const s = Math.pow(random(), 2.4) * 2.2 + 0.16;
      if (!clear(x, z, s * 0.8)) return null;
      const y = height(x, z);
      // On a wall nothing lies.
      if (Math.hypot(height(x + 0.5, z) - y, height(x, z + 0.5) - y) > 0.45) return null;
      if (s > 0.5) context.solid({ at: [x, y + s * 0.2, z], half: [s * 0.6, s * 0.5, s * 0.5], turn: 0 });
      return {
        at: [x, y + s * 0.12, z],
        scale: [s * 1.4, s, s * 1.15],
        turn: random() * 6,
        lean: span(-0.3, 0.3, random),
      };
    },
    { shadows: true },
  );
  const trees = Array.from({ length: 120 }, () => [span(-40, 20, random), span(-52, 2, random)] as const).filter(
    ([x, z]) => (x < -6.5 || x > 8) && clear(x, z, 1.4) && height(x, z) < 7,
  );
  for (const part of pine()) {
    let n = 0;
    scatter(
      context,
      part,
      ["#2c4032", "#435a3b"],
      trees.length,
      () => {
        const [x, z] = trees[(n += 1) - 1] ?? [0, 0];
        const s = 0.8 + ((n * 7) % 10) * 0.07;
        return { at: [x, height(x, z) - 0.7, z], scale: [s * 1.1, s * 1.35, s * 1.1], turn: n };
      },
      { shadows: true },
    );
  }
  scatter(context, new THREE.ConeGeometry(0.02, 1, 3).translate(0, 0.5, 0), ["#6f6d40", "#9a9258"], 1500, () => {
    const [x, z] = [span(-9, 8, random), span(-16, 11, random)];
    if (Math.abs(x - pathAt(z)) < 0.7 + random() * 0.5) return null;
    return {
      at: [x, height(x, z) - 0.03, z],
      scale: [1, span(0.1, 0.32, random), 1],
      turn: random() * 6,
      lean: span(-0.5, 0.5, random),
    };
  });

  // A way mark with a lantern, and a stone to rest on.
  const post: [number, number, number] = [2, height(2, -1.8), -1.8];
  set.post(0.07, 2.3, { at: [post[0], post[1] - 0.1, post[2]], colour: "#5d4733", finish: "wood" });
  for (const [y, turn, dx] of [
    [1.9, 16, -0.2],
    [1.6, -14, 0.25],
  ] as const)
    set.soft(
      [0.95, 0.19, 0.05],
      { at: [post[0] + dx, y, post[2] + 0.06], turn, colour: "#8a6a48", finish: "wood" },
      0.02,
    );
  set.post(0.07, 0.17, {
    at: [post[0], 2.22, post[2]],
    colour: "#ffc880",
    finish: palette.lampsOn ? "glow" : "gloss",
    power: palette.lampsOn ? 3 : 1,
    shade: 0,
  });
  lamps.push(aLamp({ at: [post[0] - 0.1, 2.3, post[2] + 0.3], power: 17, reach: 11, on: palette.lampsOn, glow: 0.45 }));
  set.add(boulder(random, 0.2), { at: [1.25, 0.08, -0.85], scale: [1.05, 0.76, 0.8], turn: 30, colour: "#7a736a" });
  set.add(boulder(random, 0.2), { at: [-1.8, 0.05, 0.4], scale: [0.95, 0.8, 0.75], turn: 70, colour: "#6b655d" });
};
