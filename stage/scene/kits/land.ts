import * as THREE from "three";
import { aLamp } from "../lamps.ts";
import type { Kit, KitContext } from "../kit.ts";
import { addCar } from "../props.ts";
import { cabin, lanternPost } from "./cabin.ts";
import { crown, rise, smoothNoise, span } from "./shapes.ts";
import { ground as landscape, scatter } from "./terrain.ts";

/** Rolling ground, level where people act. @returns how high it is */
function ground(
  context: KitContext,
  colours: readonly [string, string],
  height: number,
  flat: (x: number, z: number) => number,
): (x: number, z: number) => number {
  const noise = smoothNoise(context.random);
  const phase = context.random() * 10;
  const hill = (x: number, z: number) =>
    (Math.sin(x * 0.06 + phase) + Math.sin(z * 0.05 + phase * 2) + Math.sin((x + z) * 0.031) * 1.5) * height;
  const at = (x: number, z: number) =>
    Math.max(-0.6, hill(x, z) - hill(0, 0)) * flat(x, z) +
    noise(x * 0.7, z * 0.7) * 0.05 * rise(1, 4, Math.hypot(x, z)) -
    0.02;
  const [a, b] = [new THREE.Color(colours[0]), new THREE.Color(colours[1])];
  const worn = a.clone().lerp(new THREE.Color("#8a7a58"), 0.55);
  landscape(context, {
    x: { from: -16, to: 16, step: 0.8, far: [-95, 95] },
    z: { from: -22, to: 16, step: 0.8, far: [-110, 60] },
    height: at,
    colour: (x, _y, z) => {
      const trodden =
        (1 - rise(0.5, 1.2, Math.abs(x - Math.sin(z * 0.13) * 0.8) + noise(x * 1.3, z * 1.3) * 0.3)) * 0.7;
      return a
        .clone()
        .lerp(b, noise(x * 0.24, z * 0.24) * 0.5 + 0.5)
        .lerp(worn, trodden)
        .offsetHSL(0, 0, span(-0.015, 0.015, context.random));
    },
  });
  return at;
}

function grass(
  context: KitContext,
  colour: readonly [string, string],
  count: number,
  keep: (x: number, z: number) => boolean,
): void {
  const blade = new THREE.ConeGeometry(0.035, 1, 3).translate(0, 0.5, 0);
  scatter(context, blade, colour, count, () => {
    const r = Math.sqrt(context.random()) * 20;
    const a = context.random() * Math.PI * 2;
    const at: [number, number, number] = [Math.cos(a) * r, -0.03, Math.sin(a) * r - 2];
    if (!keep(at[0], at[2])) return null;
    const h = span(0.12, 0.42, context.random);
    return { at, scale: [1, h, 1], turn: context.random() * 6, lean: span(-0.35, 0.35, context.random) };
  });
}

const onPath = (x: number, z: number) => Math.abs(x - Math.sin(z * 0.13) * 0.8) < 1.1;

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
  scatter(context, crown(random), snow ? ["#9faeb3", "#bac6ca"] : ["#41532f", "#5a6a38"], count, () => {
    const [x, z] = spots[(n += 1) - 1] ?? [0, -50];
    const s = span(2, 3.8, random);
    return { at: [x, s * 1.1, z], scale: [s, s * 1.05, s] };
  });
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
    cabin(context, props.fence ? [13, 0.6, -25] : [-15, 0.6, -27], props.fence ? -26 : 24);
    lanternPost(context, props.fence ? [2.9, 0, -2.2] : [2.6, 0, -2.6]);
    farTrees(context, 60, snow);
    if (props.tree) {
      set.post(0.32, 3.4, { at: [-6.6, -0.1, -5], colour: "#4a3b2e" }, 0.22);
      for (const [x, y, z, s] of [
        [-6.6, 4.6, -5, 2.3],
        [-8, 4, -5.4, 1.6],
        [-5.2, 4.2, -4.6, 1.7],
        [-6.4, 5.8, -5.2, 1.6],
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
  const { set, plan, palette } = context;
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
  cabin(context, [-13, 0.6, -22], 38);
};
