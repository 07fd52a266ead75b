import * as THREE from "three";
import { aLamp } from "../lamps.ts";
import type { Kit, KitContext } from "../kit.ts";
import { pendant, shell, wallClock, windowPane } from "./interiors.ts";
import { span } from "./shapes.ts";

function chair(context: KitContext, x: number, z: number, turn: number, colour: string): void {
  const { set } = context;
  const r = (turn * Math.PI) / 180;
  const put = (dx: number, y: number, dz: number): [number, number, number] => [
    x + Math.cos(r) * dx + Math.sin(r) * dz,
    y,
    z - Math.sin(r) * dx + Math.cos(r) * dz,
  ];
  set.soft([0.46, 0.06, 0.44], { at: put(0, 0.42, 0), turn, colour, finish: "wood" }, 0.025);
  set.soft([0.44, 0.42, 0.05], { at: put(0, 0.5, -0.22), turn, colour, finish: "wood" }, 0.02);
  for (const dx of [-0.18, 0.18])
    for (const dz of [-0.18, 0.17]) set.rod(put(dx, 0, dz), put(dx, 0.42, dz), 0.02, { colour, finish: "wood" });
}

function armchair(context: KitContext, x: number, z: number, turn: number, colour: string): void {
  const { set } = context;
  const r = (turn * Math.PI) / 180;
  const put = (dx: number, y: number, dz: number): [number, number, number] => [
    x + Math.cos(r) * dx + Math.sin(r) * dz,
    y,
    z - Math.sin(r) * dx + Math.cos(r) * dz,
  ];
  set.soft([0.9, 0.4, 0.8], { at: put(0, 0.06, -0.02), turn, colour }, 0.09);
  set.soft([0.88, 0.6, 0.22], { at: put(0, 0.36, -0.42), turn, colour }, 0.09);
  for (const s of [-0.44, 0.44]) set.soft([0.2, 0.56, 0.84], { at: put(s, 0.06, -0.04), turn, colour }, 0.09);
}

function bookcase(context: KitContext, x: number, z: number, turn: number): void {
  const { set, random } = context;
  const r = (turn * Math.PI) / 180;
  const put = (dx: number, y: number, dz: number): [number, number, number] => [
    x + Math.cos(r) * dx + Math.sin(r) * dz,
    y,
    z - Math.sin(r) * dx + Math.cos(r) * dz,
  ];
  set.box([1.5, 2.05, 0.05], { at: put(0, 0, -0.14), turn, colour: "#3b2c20", finish: "wood" });
  for (const s of [-0.75, 0.75])
    set.box([0.05, 2.05, 0.3], { at: put(s, 0, 0), turn, colour: "#4a3728", finish: "wood" });
  for (let shelf = 0; shelf < 5; shelf += 1) {
    const y = 0.06 + shelf * 0.42;
    set.box([1.5, 0.04, 0.3], { at: put(0, y, 0), turn, colour: "#4a3728", finish: "wood" });
    for (let d = -0.68; d < 0.6 && shelf < 5; d += span(0.05, 0.1, random)) {
      if (random() < 0.12) continue;
      set.box([0.045, span(0.22, 0.33, random), 0.2], {
        at: put(d, y + 0.04, 0),
        turn,
        colour:
          ["#6b2f2a", "#2f4a5c", "#6d5a33", "#40543c", "#8a7a5c", "#3b3346"][Math.floor(random() * 6)] ?? "#6b2f2a",
      });
    }
  }
}

/** Standing lamp with a shade. */
function floorLamp(context: KitContext, x: number, z: number, height = 1.5, base = 0): void {
  const { set, lamps, palette } = context;
  set.post(0.13, 0.03, { at: [x, base, z], colour: "#2b2621", finish: "metal" });
  set.rod([x, base, z], [x, base + height, z], 0.015, { colour: "#5c4a30", finish: "metal" });
  set.add(new THREE.CylinderGeometry(0.13, 0.21, 0.27, 20, 1, true), {
    at: [x, base + height, z],
    colour: "#ffcf94",
    finish: palette.lampsOn ? "glow" : "clay",
    power: palette.lampsOn ? 1.15 : 0.85,
    shade: 0,
  });
  lamps.push(
    aLamp({ at: [x, base + height, z + 0.1], colour: "#ffb066", power: 11, reach: 8, on: palette.lampsOn, glow: 0.32 }),
  );
}

const roomWith =
  (look: { wall: string; floor: string; chair: string }): Kit =>
  (context) => {
    const { set, random } = context;
    shell(context, {
      width: 6.8,
      depth: 8.6,
      height: 2.75,
      front: 5.6,
      wall: look.wall,
      floor: look.floor,
      ceiling: "#a79c8b",
      floorFinish: "gloss",
    });
    for (let z = -3; z < 5.6; z += 0.22) set.box([6.8, 0.004, 0.012], { at: [0, 0, z], colour: "#33261c", shade: 0 });
    windowPane(context, [-1.3, 0.95, -2.93], 0, 1.5, 1.25);
    for (const s of [-2.3, -0.3]) set.soft([0.36, 2.1, 0.14], { at: [s, 0.3, -2.82], colour: "#7a4f42" }, 0.06);
    windowPane(context, [-3.36, 0.95, 0.6], 90, 1.5, 1.25);
    bookcase(context, 1.7, -2.76, 0);
    set.box([0.95, 2.1, 0.06], { at: [3.36, 0, 1.2], turn: 90, colour: "#5c4533", finish: "wood" });
    set.soft([2.9, 0.015, 2.1], { at: [0.1, 0, -0.5], colour: "#7d3f36" }, 0.006);
    set.soft([2.6, 0.02, 1.8], { at: [0.1, 0, -0.5], colour: "#a98a5e" }, 0.006);
    armchair(context, -0.9, -0.92, 38, look.chair);
    armchair(context, 1.15, -0.92, -38, look.chair);
    set.soft([0.95, 0.05, 0.6], { at: [0.12, 0.42, -0.1], colour: "#4f3a28", finish: "gloss" }, 0.02);
    for (const [x, z] of [
      [-0.26, -0.3],
      [0.5, -0.3],
      [-0.26, 0.1],
      [0.5, 0.1],
    ] as const)
      set.rod([x, 0, z], [x, 0.42, z], 0.022, { colour: "#3d2c1f", finish: "wood" });
    set.soft([0.34, 0.3, 0.34], { at: [0.12, 0.47, -0.4], colour: "#4f3a28", finish: "gloss" }, 0.02);
    floorLamp(context, -2.1, -1.9);
    floorLamp(context, 2.6, -1.5, 0.55, 0.75);
    set.soft([0.6, 0.75, 0.6], { at: [2.6, 0, -1.5], colour: "#4f3a28", finish: "wood" });
    for (const [x, y, w, h] of [
      [0.25, 1.5, 0.5, 0.62],
      [0.25, 1.02, 0.3, 0.3],
    ] as const) {
      set.box([w, h, 0.03], { at: [x, y, -2.96], colour: "#6b5232", finish: "wood" });
      set.box([w - 0.09, h - 0.09, 0.035], {
        at: [x, y + 0.045, -2.96],
        colour: ["#6f7f80", "#8a6f52"][Math.floor(random() * 2)] ?? "#6f7f80",
        shade: 0,
      });
    }
    set.soft([1.9, 0.85, 0.5], { at: [-2.2, 0, 3.6], colour: "#4f3a28", finish: "wood" });
  };

export const room = roomWith({ wall: "#8a8168", floor: "#5b4230", chair: "#47604f" });
export const interior = roomWith({ wall: "#7d7f82", floor: "#4d4238", chair: "#6b4a42" });

export const cafe: Kit = (context) => {
  const { set, random, palette } = context;
  shell(context, {
    width: 9.4,
    depth: 10.6,
    height: 3,
    front: 6.8,
    wall: "#8f7c62",
    floor: "#4a4038",
    ceiling: "#6f6353",
    floorFinish: "gloss",
  });
  for (let x = -4.5; x < 4.6; x += 0.6)
    for (let z = -3.6; z < 6.6; z += 0.6)
      if ((Math.round(x / 0.6) + Math.round(z / 0.6)) % 2 === 0)
        set.box([0.6, 0.004, 0.6], { at: [x, -0.002, z], colour: "#8d8272", finish: "gloss", shade: 0 });
  set.box([9.3, 1.05, 0.06], { at: [0, 0, -3.76], colour: "#3d4f45", finish: "wood" });
  // Street window to the left, counter at the back.
  windowPane(context, [-4.66, 0.75, -1.2], 90, 2.6, 1.7, "#3d342b");
  windowPane(context, [-4.66, 0.75, 2.6], 90, 2.6, 1.7, "#3d342b");
  set.soft([4.4, 1.08, 0.75], { at: [1.9, 0, -2.9], colour: "#5f432b", finish: "wood" });
  set.soft([4.6, 0.06, 0.9], { at: [1.9, 1.08, -2.9], colour: "#c2b8a3", finish: "gloss" }, 0.02);
  set.soft([0.9, 0.5, 0.5], { at: [0.7, 1.14, -2.95], colour: "#9da3a6", finish: "metal" }, 0.05);
  for (const y of [1.55, 2.05]) {
    set.box([3.8, 0.05, 0.26], { at: [2.1, y, -3.66], colour: "#4a3626", finish: "wood" });
    for (let i = 0; i < 17; i += 1)
      set.post(
        0.045,
        span(0.12, 0.3, random),
        {
          at: [0.4 + i * 0.21, y + 0.05, -3.66],
          colour: ["#c9b48a", "#6d8a6a", "#8a4a36", "#d8d0bd"][Math.floor(random() * 4)] ?? "#c9b48a",
          finish: "gloss",
        },
        0.03,
      );
  }
  set.box([1.5, 0.95, 0.04], { at: [-1.7, 1.35, -3.74], colour: "#22302b" });
  for (let i = 0; i < 5; i += 1)
    set.box([span(0.5, 1.1, random), 0.03, 0.045], {
      at: [-1.75, 2.1 - i * 0.15, -3.735],
      colour: "#d6d3c4",
      shade: 0,
    });
  const table = (x: number, z: number) => {
    set.post(0.36, 0.035, { at: [x, 0.72, z], colour: "#6d4c30", finish: "gloss" });
    set.post(0.035, 0.72, { at: [x, 0, z], colour: "#222326", finish: "metal" });
    set.post(0.24, 0.03, { at: [x, 0, z], colour: "#222326", finish: "metal" });
    for (const d of [-0.16, 0.16]) {
      set.post(0.034, 0.07, { at: [x + d, 0.76, z + 0.06], colour: "#ded8ca", finish: "gloss" }, 0.04);
      set.post(0.07, 0.01, { at: [x + d, 0.755, z + 0.06], colour: "#ded8ca", finish: "gloss" });
    }
  };
  table(-1, 0);
  table(2.4, -2.2 + 0.9);
  table(2.6, 1.2);
  table(-3, 2.6);
  for (const [x, z, turn] of [
    [-1.7, 0, 90],
    [-0.3, 0, -90],
    [1.7, -1.3, 90],
    [3.1, -1.3, -90],
    [1.9, 1.2, 90],
    [3.3, 1.2, -90],
    [-3.7, 2.6, 90],
    [-2.3, 2.6, -90],
  ] as const)
    chair(context, x, z, turn, "#4d3522");
  pendant(context, [-1, 2, 0], "#ffbf78", 11, 3);
  pendant(context, [2.5, 2, -1.2], "#ffbf78", 9, 3);
  pendant(context, [2.6, 2, 1.3], "#ffbf78", 8, 3);
  for (const [x, z] of [
    [-4.2, 0.7],
    [4.2, -3.2],
  ] as const) {
    set.post(0.2, 0.42, { at: [x, 0, z], colour: "#8a5a40" }, 0.25);
    for (let i = 0; i < 9; i += 1)
      set.ball([0.1, 0.75, 0.05], {
        at: [x + Math.cos(i) * 0.18, 0.85, z + Math.sin(i) * 0.18],
        tilt: [Math.sin(i) * 30, Math.cos(i) * -30],
        colour: "#3f6140",
      });
  }
  void palette;
};

export const office: Kit = (context) => {
  const { set, lamps, palette, plan, random } = context;
  shell(context, {
    width: 8,
    depth: 9.4,
    height: 2.8,
    front: 5.9,
    wall: "#777c7d",
    floor: "#3f4347",
    ceiling: "#8e9191",
  });
  // The window wall with blinds: bars of light and dark.
  windowPane(context, [-1.6, 0.85, -3.46], 0, 3.2, 1.6, "#55585a");
  for (let y = 0.9; y < 2.45; y += 0.085)
    set.box([3.2, 0.045, 0.05], { at: [-1.6, y, -3.36], tilt: [24, 0], colour: "#a9a597", shade: 0 });
  const desk = (x: number, z: number) => {
    set.soft([1.7, 0.05, 0.8], { at: [x, 0.72, z], colour: "#5c4632", finish: "gloss" }, 0.02);
    for (const s of [-0.72, 0.72])
      set.soft([0.24, 0.72, 0.7], { at: [x + s, 0, z], colour: "#4a3828", finish: "wood" }, 0.02);
  };
  desk(-0.1, -1.1);
  set.box([1.3, 0.5, 0.03], { at: [-0.1, 0.2, -0.75], colour: "#4a3828", finish: "wood" });
  chair(context, -0.2, -1.95, 0, "#26282b");
  chair(context, -1, 0.5, 155, "#3d2d20");
  desk(2.7, -2.6);
  set.soft([0.56, 0.36, 0.05], { at: [2.6, 0.88, -2.7], colour: "#17191c" }, 0.02);
  set.box([0.5, 0.3, 0.01], { at: [2.6, 0.91, -2.67], colour: "#9cc0e0", finish: "glow", power: 0.9 });
  for (let i = 0; i < 5; i += 1)
    set.box([0.22, span(0.02, 0.1, random), 0.3], {
      at: [0.42, 0.77, -1.2 + span(-0.03, 0.03, random)],
      turn: span(-14, 14, random),
      colour: "#d6cfbd",
    });
  // The desk lamp, green shade, always the warmest thing in the room.
  set.post(0.09, 0.03, { at: [-0.8, 0.77, -1.4], colour: "#8a6f34", finish: "metal" });
  set.rod([-0.8, 0.78, -1.4], [-0.8, 1.08, -1.4], 0.014, { colour: "#8a6f34", finish: "metal" });
  set.add(new THREE.CylinderGeometry(0.05, 0.16, 0.1, 18, 1, true), {
    at: [-0.76, 1.12, -1.36],
    colour: "#2f6b4a",
    finish: "gloss",
    shade: 0,
  });
  set.ball([0.1, 0.06, 0.1], { at: [-0.76, 1.09, -1.36], colour: "#ffd49a", finish: "glow", power: 2.2 });
  lamps.push(
    aLamp({ at: [-0.74, 1.02, -1.3], colour: "#ffbb72", power: 2.1, reach: 6, on: plan.lampsOn !== "off", glow: 0.2 }),
  );
  for (let i = 0; i < 3; i += 1)
    set.soft([0.55, 1.35, 0.6], { at: [3.5, 0, -0.6 + i * 0.66], colour: "#5d6660", finish: "metal" }, 0.03);
  set.box([1.7, 1.1, 0.04], { at: [2.2, 1.2, -3.42], colour: "#7a6345", finish: "wood" });
  for (let i = 0; i < 9; i += 1)
    set.box([span(0.14, 0.26, random), span(0.16, 0.26, random), 0.05], {
      at: [1.55 + (i % 5) * 0.32, 1.35 + Math.floor(i / 5) * 0.42, -3.41],
      tilt: [0, span(-8, 8, random)],
      colour: ["#d9d3c2", "#c9b78a", "#b7c2c4"][i % 3] ?? "#d9d3c2",
      shade: 0,
    });
  for (const x of [-1.8, 1.8]) {
    set.soft(
      [1.2, 0.06, 0.3],
      { at: [x, 2.7, -0.6], colour: "#dfe8ee", finish: plan.hour === "day" ? "glow" : "gloss", power: 1.3 },
      0.02,
    );
    lamps.push(
      aLamp({
        at: [x, 2.5, -0.6],
        colour: "#dfeaff",
        power: 5,
        reach: 8,
        on: plan.hour === "day" && plan.lampsOn !== "off",
        glow: 0,
      }),
    );
  }
  wallClock(context, [0.6, 2.2, -3.44], 0.17);
  void palette;
};
