import * as THREE from "three";
import { aLamp } from "../lamps.ts";
import type { Kit, KitContext } from "../kit.ts";
import { lanternPost } from "./cabin.ts";
import { boulder, span } from "./shapes.ts";
import { addFerry, addLighthouse } from "../vessels.ts";

/** A street lamp with an arm; burns at dusk and night. */
export function postLamp(
  context: KitContext,
  at: readonly [number, number, number],
  turn: number,
  colour = "#ffae55",
  height = 4.3,
): void {
  const { set, lamps, palette } = context;
  const [x, y, z] = at;
  const reach = 0.9;
  const dx = Math.sin((turn * Math.PI) / 180) * reach;
  const dz = Math.cos((turn * Math.PI) / 180) * reach;
  set.post(0.07, height, { at, colour: "#2c3036", finish: "metal" }, 0.045);
  set.post(0.14, 0.5, { at, colour: "#23262b", finish: "metal" }, 0.1);
  set.rod([x, y + height - 0.05, z], [x + dx, y + height + 0.12, z + dz], 0.035, {
    colour: "#2c3036",
    finish: "metal",
  });
  set.soft([0.3, 0.14, 0.5], { at: [x + dx, y + height, z + dz], turn, colour: "#24272c" }, 0.05);
  set.ball([0.24, 0.12, 0.36], {
    at: [x + dx, y + height - 0.01, z + dz],
    turn,
    colour,
    finish: palette.lampsOn ? "glow" : "gloss",
    power: palette.lampsOn ? 5 : 1,
  });
  lamps.push(
    aLamp({
      at: [x + dx, y + height - 0.12, z + dz],
      colour,
      power: 42,
      reach: 20,
      on: palette.lampsOn,
      glow: 0.75,
      cone: height,
    }),
  );
}

/** A far shore with lit windows. */
function farTown(context: KitContext, z: number, from: number, to: number): void {
  const { set, random, palette } = context;
  const dark = new THREE.Color(palette.fog.colour).lerp(new THREE.Color("#20242c"), 0.7);
  for (let x = from; x < to; x += span(3.5, 7, random)) {
    const h = span(3, 9, random);
    const w = span(4, 8, random);
    set.box([w, h, 5], { at: [x, -1.5, z + span(-6, 6, random)], colour: dark, shade: 0 });
    if (random() < 0.6)
      set.add(new THREE.ConeGeometry(w * 0.62, span(1.5, 3, random), 4).rotateY(Math.PI / 4), {
        at: [x, -0.6 + h, z],
        colour: dark,
        shade: 0,
      });
    for (let i = 0; palette.lampsOn && i < 4; i += 1) {
      set.box([0.5, 0.6, 0.1], {
        at: [x + span(-w / 2.6, w / 2.6, random), span(0, h - 2.4, random), z + 8.6],
        colour: random() < 0.75 ? "#ffbe73" : "#bcd4ff",
        finish: "glow",
        power: 0.9,
      });
    }
  }
}

export const harbour: Kit = (context) => {
  const { set, random, palette, plan } = context;
  const deck = palette.wet ? "wet" : "wood";
  context.sea({ level: -1.5, chop: plan.weather === "storm" ? 0.55 : palette.wet || plan.windy ? 0.34 : 0.2 });
  for (let z = -44; z < 22; z += 0.5) {
    const tone = new THREE.Color("#5b4d40").offsetHSL(0, 0, span(-0.035, 0.035, random));
    set.box([6.2, 0.12, 0.46], { at: [span(-0.04, 0.04, random), -0.12, z], colour: tone, finish: deck, shade: 0 });
  }
  for (const x of [-3.05, 3.05]) {
    set.box([0.28, 0.22, 66], { at: [x, 0, -11], colour: "#4a3f35", finish: deck });
    for (let z = -42; z < 22; z += 4) set.post(0.2, 4, { at: [x, -3.6, z], colour: "#3c342d", finish: deck });
  }
  for (let z = -38; z < 16; z += 7.5) postLamp(context, [2.8, 0, z], -90);
  for (let z = -30; z < 18; z += 6) {
    set.post(0.17, 0.55, { at: [-2.65, 0, z + 2], colour: "#26292e", finish: "metal" }, 0.13);
    set.ball([0.44, 0.2, 0.44], { at: [-2.65, 0.58, z + 2], colour: "#26292e", finish: "metal" });
  }
  // Railing on the open side; the ferry's side is open.
  for (let z = -42; z < 20; z += 2.2)
    set.rod([2.98, 0, z], [2.98, 1.02, z], 0.03, { colour: "#394048", finish: "metal" });
  for (const y of [0.55, 1.02]) set.rod([2.98, y, -43], [2.98, y, 21], 0.026, { colour: "#394048", finish: "metal" });
  const bench: [number, number, number] = [1.9, 0, -2];
  set.soft([0.5, 0.07, 1.7], { at: [bench[0], 0.4, bench[2]], colour: "#6a4c33", finish: "wood" });
  set.soft([0.08, 0.45, 1.7], { at: [bench[0] + 0.25, 0.5, bench[2]], colour: "#6a4c33", finish: "wood" });
  for (const s of [-0.65, 0.65]) set.box([0.4, 0.4, 0.06], { at: [bench[0], 0, bench[2] + s], colour: "#2b2e33" });
  for (let i = 0; i < 7; i += 1) {
    const z = -8 - i * 3.4;
    const size = span(0.6, 1, random);
    set.soft([size, size * 0.8, size], {
      at: [2.2 + span(-0.2, 0.2, random), 0, z],
      turn: span(-20, 20, random),
      colour: ["#6f5a3e", "#4e5a52", "#6b4a3a"][i % 3] ?? "#6f5a3e",
      finish: "wood",
    });
  }
  for (const z of [-5.4, 3.2])
    set.add(new THREE.TorusGeometry(0.34, 0.07, 8, 20).rotateX(Math.PI / 2), {
      at: [-2.1, 0.08, z],
      colour: "#8d7a58",
    });
  addFerry(context, [-8.3, -1.2, -13], 4);
  // Ropes to the bollards and the gangway.
  set.rod([-4.3, 1.2, -1.2], [-2.65, 0.5, 2], 0.04, { colour: "#8d7a58" });
  set.rod([-4.5, 1.2, -24], [-2.65, 0.5, -22], 0.04, { colour: "#8d7a58" });
  set.box([2.6, 0.08, 1.3], { at: [-3.7, 0.55, -7], tilt: [0, -34], colour: "#747a7f", finish: "metal" });
  // A crane and sheds on the far quay.
  for (const [x, z] of [
    [19, -42],
    [27, -46],
  ] as const) {
    for (const s of [-1.6, 1.6]) set.rod([x + s, -1, z], [x, 15, z], 0.28, { colour: "#38424d" });
    set.rod([x - 11, 17.5, z], [x + 5, 15, z], 0.32, { colour: "#38424d" });
    set.rod([x - 10, 17, z], [x - 10, 8, z], 0.06, { colour: "#22262c" });
  }
  farTown(context, -58, -52, 60);
  if (plan.dressing.includes("lighthouse"))
    addLighthouse(context, [24, -2, -74], { height: 17, beam: palette.lampsOn ? 1 : 0 });
};

export const lighthouseRock: Kit = (context) => {
  const { set, random, palette, plan } = context;
  const rock = palette.wet || plan.weather === "fog" ? "wood" : "clay";
  context.sea({ level: -0.55, chop: plan.weather === "storm" ? 0.6 : plan.windy ? 0.3 : 0.1 });
  const shapes = [boulder(random, 0.5), boulder(random, 0.7), boulder(random, 0.4)];
  const shape = () => shapes[Math.floor(random() * 3)] ?? new THREE.IcosahedronGeometry(0.5, 1);
  const stone = () => new THREE.Color("#56534f").offsetHSL(span(-0.02, 0.02, random), 0, span(-0.06, 0.05, random));
  // A flat shelf to act on, rising to the tower behind: smooth slabs, for a knob on these would swallow people.
  const slab = boulder(random, 0.06);
  set.add(slab, { at: [0.3, -1.34, 0.2], scale: [11, 2.62, 7.4], colour: "#5d5952", finish: rock, shade: 0.5 });
  set.add(slab, {
    at: [5.2, -0.9, -8.6],
    scale: [17, 4.2, 13],
    turn: 40,
    colour: "#54514c",
    finish: rock,
    shade: 0.5,
  });
  set.add(slab, {
    at: [6.4, -0.1, -13],
    scale: [15, 5.4, 13],
    turn: 110,
    colour: "#5a5650",
    finish: rock,
    shade: 0.5,
  });
  for (let i = 0; i < 46; i += 1) {
    const a = random() * Math.PI * 2;
    const r = span(4.2, 13, random);
    const s = span(0.5, 2.3, random);
    const at: [number, number, number] = [
      3.4 + Math.cos(a) * r * 0.9,
      -0.55 + span(-0.3, 0.25, random) * s,
      -6 + Math.sin(a) * r,
    ];
    // The way from the camera to the stage stays open.
    if (at[2] > -3 && Math.abs(at[0]) < 3.4 && s > 0.7) continue;
    set.add(shape(), {
      at,
      scale: [s * 1.5, s, s * 1.3],
      turn: random() * 360,
      colour: stone(),
      finish: rock,
      shade: 0.45,
    });
  }
  for (const [x, z, s] of [
    [-5.4, 3.4, 1.5],
    [5.8, 4.6, 1.3],
    [-7.4, -1.5, 1.8],
  ] as const)
    set.add(shape(), { at: [x, -0.5, z], scale: [s * 1.7, s, s * 1.4], colour: stone(), finish: rock, shade: 0.5 });
  set.add(boulder(random, 0.15), {
    at: [0.3, 0.07, 0.12],
    scale: [1.1, 0.8, 0.95],
    turn: 30,
    colour: "#605c56",
    finish: rock,
  });
  addLighthouse(context, [6.6, 1.7, -14], {
    height: 15,
    beam: plan.hour === "day" ? 0 : plan.hour === "dawn" ? 0.4 : 1,
    slow: plan.hour === "dawn",
  });
  // The keeper's cottage.
  set.soft([3.2, 1.9, 2.4], { at: [11.2, 1.2, -12.5], turn: -20, colour: "#c9c2b2" }, 0.06);
  set.add(new THREE.CylinderGeometry(0.02, 1.9, 1.2, 4).rotateY(Math.PI / 4), {
    at: [11.2, 3.6, -12.5],
    turn: -20,
    scale: [1.25, 1, 0.95],
    colour: "#6f3a30",
  });
  set.box([0.5, 0.6, 0.06], {
    at: [10.5, 1.75, -11.25],
    turn: -20,
    colour: palette.lampsOn ? "#ffc27a" : "#2b3238",
    finish: palette.lampsOn ? "glow" : "gloss",
    power: 1.3,
    shade: 0,
  });
  context.lamps.push(aLamp({ at: [10.2, 2.2, -10.4], power: 20, reach: 12, on: palette.lampsOn, glow: 0.6 }));
  lanternPost(context, [3.1, 0.1, -4]);
  if (plan.dressing.includes("ferry")) addFerry(context, [-17, -0.9, -24], 64);
  // Steps and a rail up to the tower.
  for (let i = 0; i < 9; i += 1)
    set.soft([1.4, 0.22, 0.5], {
      at: [3.3 + i * 0.28, 0.05 + i * 0.19, -4.4 - i * 0.72],
      turn: -20,
      colour: "#6d6962",
      finish: rock,
    });
  for (let i = 0; i < 6; i += 1) {
    const gull = new THREE.Group();
    const wing = (s: number) => {
      const mesh = new THREE.Mesh(
        new THREE.PlaneGeometry(0.5, 0.12).translate(s * 0.25, 0, 0),
        new THREE.MeshBasicMaterial({ color: "#40474e", side: THREE.DoubleSide }),
      );
      gull.add(mesh);
      return mesh;
    };
    const [left, right] = [wing(-1), wing(1)];
    const [a, r, h] = [random() * 6.28, span(5, 12, random), span(9, 15, random)];
    context.moving.push((t) => {
      gull.position.set(5 + Math.cos(a + t * 0.16) * r, h + Math.sin(t + a) * 0.4, -15 + Math.sin(a + t * 0.16) * r);
      left.rotation.z = 0.3 + Math.sin(t * 5 + a) * 0.4;
      right.rotation.z = -left.rotation.z;
    });
    if (plan.hour !== "night" && plan.weather !== "storm") context.extra.push(gull);
  }
};

export const shipDeck: Kit = (context) => {
  const { set, random, palette, plan } = context;
  const deck = palette.wet ? "wet" : "wood";
  context.sea({ level: -7, chop: plan.weather === "storm" ? 0.7 : plan.windy || palette.wet ? 0.42 : 0.25 });
  for (let x = -4.4; x < 4.6; x += 0.3)
    set.box([0.285, 0.1, 26], {
      at: [x, -0.1, -6],
      colour: new THREE.Color("#6b5b49").offsetHSL(0, 0, span(-0.03, 0.03, random)),
      finish: deck,
      shade: 0,
    });
  // The wheelhouse to the right: open window, wheel within, lit.
  const white = "#c9c4b6";
  set.box([0.14, 1.05, 7.4], { at: [1.9, 0, -3.6], colour: white });
  set.box([0.14, 0.6, 7.4], { at: [1.9, 2.05, -3.6], colour: white });
  for (let z = -7.2; z <= 0.2; z += 1.48) set.box([0.16, 1.1, 0.12], { at: [1.9, 1, z], colour: white });
  set.box([3.4, 2.65, 0.14], { at: [3.6, 0, 0.1], colour: white });
  set.box([3.4, 2.65, 0.14], { at: [3.6, 0, -7.3], colour: white });
  set.soft([4.4, 0.14, 8.4], { at: [3.4, 2.65, -3.6], colour: "#a29b8a" }, 0.05);
  set.box([0.1, 2.65, 7.4], { at: [5.2, 0, -3.6], colour: "#6a5742", finish: "wood" });
  set.soft([0.8, 1, 3], { at: [2.9, 0, -3], colour: "#5c4936", finish: "wood" });
  set.add(new THREE.TorusGeometry(0.32, 0.03, 8, 24).rotateY(Math.PI / 2), {
    at: [2.35, 1.28, -3],
    colour: "#7c5a34",
    finish: "gloss",
  });
  context.lamps.push(
    aLamp({ at: [3.5, 2.35, -3.2], colour: "#ffb066", power: 12, reach: 9, on: palette.lampsOn, glow: 0.35 }),
  );
  set.ball([0.25, 0.12, 0.25], {
    at: [3.5, 2.5, -3.2],
    colour: "#ffc98a",
    finish: palette.lampsOn ? "glow" : "gloss",
    power: 2.5,
  });
  // Bulkhead lamp on the wing.
  set.soft([0.12, 0.2, 0.16], {
    at: [1.78, 2.2, 0.05],
    colour: "#ffd59e",
    finish: palette.lampsOn ? "glow" : "gloss",
    power: 2.6,
  });
  context.lamps.push(
    aLamp({ at: [1.4, 2.2, 0.35], colour: "#ffbb70", power: 16, reach: 11, on: palette.lampsOn, glow: 0.5, cone: 0 }),
  );
  for (let z = -18; z < 7; z += 1.5)
    set.rod([-4.35, 0, z], [-4.35, 1.05, z], 0.03, { colour: "#d3cebf", finish: "metal" });
  for (const y of [0.38, 0.72, 1.05])
    set.rod([-4.35, y, -18.5], [-4.35, y, 7], y > 1 ? 0.04 : 0.022, {
      colour: y > 1 ? "#8a5c36" : "#d3cebf",
      finish: "metal",
    });
  for (let x = -4.35; x < 5; x += 1.5)
    set.rod([x, 0, -18.5], [x, 1.05, -18.5], 0.03, { colour: "#d3cebf", finish: "metal" });
  for (const y of [0.38, 0.72, 1.05])
    set.rod([-4.35, y, -18.5], [4.4, y, -18.5], y > 1 ? 0.04 : 0.022, {
      colour: y > 1 ? "#8a5c36" : "#d3cebf",
      finish: "metal",
    });
  set.add(new THREE.TorusGeometry(0.33, 0.085, 10, 24).rotateY(Math.PI / 2), {
    at: [-4.2, 0.68, -3.6],
    colour: "#c8502a",
  });
  set.post(0.16, 11, { at: [-0.6, 0, -13], colour: "#8f897b" }, 0.08);
  set.rod([-2.6, 7, -13], [1.4, 7, -13], 0.05, { colour: "#8f897b" });
  for (const s of [-4.2, 3]) set.rod([-0.6, 10.6, -13], [s, 1, -17], 0.018, { colour: "#3b3e43" });
  for (const [x, z] of [
    [-2.8, -10],
    [-2.2, -15.4],
    [0.8, -15.8],
  ] as const)
    set.post(0.22, 0.6, { at: [x, 0, z], colour: "#2c3036", finish: "metal" });
  set.soft([0.6, 0.46, 1.5], { at: [-1.5, 0, -2.4], colour: "#7b8187" }, 0.05);
  set.soft([1.5, 0.85, 2.2], { at: [0.5, 0, -10.4], colour: "#b5ae9e" }, 0.1);
  // The ladder behind.
  for (const s of [-0.24, 0.24])
    set.rod([-3 + s, -0.6, 2.2], [-3 + s, 1.2, 1.9], 0.03, { colour: "#d3cebf", finish: "metal" });
  if (plan.dressing.includes("lighthouse")) addLighthouse(context, [-17, -8, -62], { height: 24, beam: 1 });
};
