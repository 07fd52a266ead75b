import * as THREE from "three";
import { aLamp } from "../lamps.ts";
import type { Kit, KitContext } from "../kit.ts";

type Shell = {
  width: number;
  depth: number;
  height: number;
  front: number;
  wall: string;
  floor: string;
  ceiling: string;
  floorFinish?: "shell" | "gloss" | "wet";
};

/** Four walls, floor and ceiling, seen only from inside; `front` is the z of the wall towards the camera. */
export function shell(context: KitContext, room: Shell): void {
  const { set } = context;
  const half = room.width / 2;
  const back = room.front - room.depth;
  const middle = room.front - room.depth / 2;
  set.floor(room.width, room.depth, { at: [0, 0, middle], colour: room.floor, finish: room.floorFinish ?? "shell" });
  set.ceiling(room.width, room.depth, { at: [0, room.height, middle], colour: room.ceiling });
  set.wall(room.width, room.height, { at: [0, 0, back], colour: room.wall });
  set.wall(room.depth, room.height, { at: [-half, 0, middle], turn: 90, colour: room.wall });
  set.wall(room.depth, room.height, { at: [half, 0, middle], turn: -90, colour: room.wall });
  set.wall(room.width, room.height, { at: [0, 0, room.front], turn: 180, colour: room.wall });
  for (const [x, turn] of [
    [-half + 0.02, 90],
    [half - 0.02, -90],
  ] as const)
    set.wall(room.depth, 0.12, { at: [x, 0, middle], turn, colour: "#2d2825" });
  set.wall(room.width, 0.12, { at: [0, 0, back + 0.02], colour: "#2d2825" });
}

/** A window in the wall, with what is outside: light by day, darkness and drops by night. */
export function windowPane(
  context: KitContext,
  at: readonly [number, number, number],
  turn: number,
  width: number,
  height: number,
  frame = "#8b8578",
): void {
  const { set, palette, plan } = context;
  const day = plan.hour === "day" ? 1.7 : plan.hour === "dawn" ? 1.1 : plan.hour === "dusk" ? 0.75 : 0.5;
  const sky = palette.skyHorizon.clone().lerp(palette.skyTop, 0.35);
  set.box([width, height, 0.04], { at, turn, colour: sky, finish: "glow", power: day });
  const r = (turn * Math.PI) / 180;
  if ((plan.hour === "night" || plan.hour === "dusk") && plan.place !== "ferry-lounge")
    townBeyond(context, at, r, width, height);
  const along = (d: number): [number, number] => [Math.cos(r) * d, -Math.sin(r) * d];
  for (const d of [-width / 2, 0, width / 2])
    set.soft(
      [0.07, height + 0.1, 0.12],
      { at: [at[0] + along(d)[0], at[1] - 0.05, at[2] + along(d)[1]], turn, colour: frame, finish: "wood" },
      0.02,
    );
  for (const y of [0, height])
    set.soft(
      [width + 0.12, 0.07, 0.14],
      { at: [at[0], at[1] + y - 0.035, at[2]], turn, colour: frame, finish: "wood" },
      0.02,
    );
}

/** What one sees through a window after dark: roofs against the sky, and that others are at home. */
function townBeyond(
  { set, palette, plan }: KitContext,
  [x, y, z]: readonly [number, number, number],
  turn: number,
  width: number,
  height: number,
): void {
  const at = (d: number, up: number, out: number): [number, number, number] => [
    x + Math.cos(turn) * d + Math.sin(turn) * out,
    y + up,
    z - Math.sin(turn) * d + Math.cos(turn) * out,
  ];
  // The same town through the same window, in every shot.
  const chance = (n: number) => Math.abs(Math.sin((n + 1) * 12.9898 + x * 3.1 + z * 7.7) * 43758.5453) % 1;
  const houses = Math.max(3, Math.round(width / 0.34));
  const wall = palette.skyTop.clone().multiplyScalar(plan.hour === "night" ? 0.7 : 0.55);
  const degrees = (turn * 180) / Math.PI;
  for (let i = 0; i < houses; i += 1) {
    const wide = width / houses;
    const tall = height * (0.3 + 0.38 * chance(i));
    const middle = -width / 2 + (i + 0.5) * wide;
    set.box([wide, tall, 0.004], { at: at(middle, 0, 0.022), turn: degrees, colour: wall, finish: "glow", shade: 0 });
    for (let k = 0; k < 3; k += 1) {
      if (chance(i * 7 + k * 3 + 40) < 0.35) continue;
      set.box([0.035, 0.05, 0.004], {
        at: at(middle + (chance(i * 5 + k) - 0.5) * wide * 0.6, tall * (0.2 + 0.28 * k), 0.025),
        turn: degrees,
        colour: ["#ffc37c", "#ffdca8", "#ffb25e"][k] ?? "#ffc37c",
        finish: "glow",
        power: 1.5,
        shade: 0,
      });
    }
  }
}

/** A lamp hanging from the ceiling. */
export function pendant(
  context: KitContext,
  at: readonly [number, number, number],
  colour: string,
  power: number,
  ceiling: number,
  shade = "#2a2b2e",
): void {
  const { set, lamps, palette } = context;
  set.rod([at[0], at[1] + 0.1, at[2]], [at[0], ceiling, at[2]], 0.012, { colour: "#1c1c1e" });
  set.add(new THREE.ConeGeometry(0.24, 0.2, 20, 1, true), {
    at: [at[0], at[1] + 0.08, at[2]],
    colour: shade,
    finish: "metal",
    shade: 0,
  });
  set.ball([0.13, 0.13, 0.13], {
    at,
    colour,
    finish: palette.lampsOn ? "glow" : "gloss",
    power: palette.lampsOn ? 5 : 1,
  });
  lamps.push(aLamp({ at: [at[0], at[1] - 0.05, at[2]], colour, power, reach: 9, on: palette.lampsOn, glow: 0.28 }));
}

function vinylSeat(context: KitContext, x: number, z: number, colour: string, turn = 0): void {
  const { set } = context;
  const back = turn === 0 ? -1 : 1;
  set.soft([0.64, 0.16, 0.58], { at: [x, 0.3, z], colour, finish: "gloss" }, 0.07);
  set.soft([0.64, 0.72, 0.15], { at: [x, 0.4, z + back * 0.33], tilt: [back * 9, 0], colour, finish: "gloss" }, 0.07);
  set.box([0.56, 0.3, 0.08], { at: [x, 0, z], colour: "#2c2e33", finish: "metal" });
}

export const ferryLounge: Kit = (context) => {
  const { set, lamps, palette, plan, random } = context;
  shell(context, {
    width: 11.6,
    depth: 15,
    height: 2.55,
    front: 6,
    wall: "#8d8873",
    floor: "#36403f",
    ceiling: "#9a9582",
    floorFinish: "gloss",
  });
  const red = "#9c2b26";
  for (let row = 0; row < 5; row += 1) {
    const z = -1.3 - (row - 1) * 1.8;
    for (const side of [-1, 1]) {
      for (let seat = 0; seat < 4; seat += 1) vinylSeat(context, side * (1.75 + seat * 0.7), z, red);
      set.box([2.9, 0.05, 0.06], { at: [side * 2.8, 0.24, z - 0.05], colour: "#2a2c30", finish: "metal" });
    }
  }
  // Panelled lower walls and a handrail.
  for (const s of [-1, 1]) {
    set.box([0.06, 0.85, 14.6], { at: [s * 5.74, 0, -1.4], colour: "#5a4531", finish: "wood" });
    set.rod([s * 5.62, 0.95, -8.6], [s * 5.62, 0.95, 5.4], 0.03, { colour: "#b08d4f", finish: "metal" });
    for (let z = -7.4; z < 5; z += 2.1) {
      windowPane(context, [s * 5.77, 1.15, z], 90, 1.35, 0.82, "#a8a18d");
    }
  }
  // The bar at the back with its brass clock, and the vending machine that lights its corner.
  set.soft([4.6, 1.06, 0.7], { at: [-2.4, 0, -7.9], colour: "#5a3d28", finish: "wood" });
  set.soft([4.9, 0.07, 0.86], { at: [-2.4, 1.06, -7.86], colour: "#8b6b41", finish: "gloss" }, 0.02);
  for (let i = 0; i < 16; i += 1)
    set.post(
      0.04,
      0.2 + random() * 0.1,
      {
        at: [-4.3 + i * 0.25, 1.34, -8.85],
        colour: ["#3f6b47", "#8c5a2b", "#a9b4b8", "#6b2f2a"][i % 4] ?? "#3f6b47",
        finish: "gloss",
      },
      0.022,
    );
  set.box([4.4, 0.05, 0.24], { at: [-2.4, 1.3, -8.84], colour: "#6a4c30", finish: "wood" });
  wallClock(context, [-2.2, 1.98, -8.92], 0.26);
  set.soft([0.95, 1.85, 0.75], { at: [3.1, 0, -8.4], colour: "#243a5c", finish: "gloss" }, 0.05);
  set.box([0.62, 1.15, 0.04], { at: [2.98, 0.55, -8.02], colour: "#cfe6ff", finish: "glow", power: 1.5 });
  for (let y = 0; y < 4; y += 1)
    for (let x = 0; x < 4; x += 1)
      set.post(0.05, 0.17, {
        at: [2.76 + x * 0.15, 0.66 + y * 0.26, -7.99],
        colour: ["#c23b33", "#3a7d4c", "#d6a22e", "#4a6fb0"][(x + y) % 4] ?? "#c23b33",
        finish: "gloss",
      });
  lamps.push(
    aLamp({
      at: [2.98, 1.3, -7.4],
      colour: "#a9d0ff",
      power: 7,
      reach: 7,
      on: plan.lampsOn !== "off",
      glow: 0.9,
      flicker: 0.3,
    }),
  );
  // Ceiling lights, some of them out.
  for (let row = 0; row < 4; row += 1) {
    const z = 2.6 - row * 3.1;
    for (const x of [-2.9, 2.9]) {
      const on = palette.lampsOn && !(row === 1 && x > 0);
      set.soft(
        [0.34, 0.07, 1.05],
        { at: [x, 2.46, z], colour: on ? "#ffdca8" : "#8d8a80", finish: on ? "glow" : "gloss", power: on ? 2.2 : 1 },
        0.03,
      );
      lamps.push(aLamp({ at: [x, 2.15, z], colour: "#ffc27d", power: 8.5, reach: 9, on, glow: 0 }));
    }
  }
  for (const x of [-5.1, 5.1]) set.post(0.07, 2.55, { at: [x, 0, -4.5], colour: "#b3ab95" });
  for (let i = 0; i < 2; i += 1)
    set.soft([0.7, 0.72, 0.7], { at: [i === 0 ? -4.9 : 4.9, 0, 3.6], colour: "#5c452f", finish: "wood" });
};

/** A round wall clock whose second hand goes by the shot's time. */
export function wallClock(context: KitContext, at: readonly [number, number, number], radius: number): void {
  const { set, extra, moving } = context;
  set.add(new THREE.CylinderGeometry(radius, radius, 0.06, 32).rotateX(Math.PI / 2), {
    at,
    colour: "#b08a3e",
    finish: "metal",
    shade: 0,
  });
  set.add(new THREE.TorusGeometry(radius, radius * 0.1, 10, 36), {
    at: [at[0], at[1], at[2] + 0.03],
    colour: "#c79c4a",
    finish: "metal",
    shade: 0,
  });
  set.add(new THREE.CylinderGeometry(radius * 0.88, radius * 0.88, 0.02, 32).rotateX(Math.PI / 2), {
    at: [at[0], at[1], at[2] + 0.03],
    colour: "#ece3cd",
    shade: 0,
  });
  for (let i = 0; i < 12; i += 1) {
    const a = (i / 12) * Math.PI * 2;
    set.add(new THREE.BoxGeometry(radius * 0.05, radius * (i % 3 === 0 ? 0.17 : 0.09), 0.012), {
      at: [at[0] + Math.sin(a) * radius * 0.74, at[1] + Math.cos(a) * radius * 0.74, at[2] + 0.042],
      tilt: [0, (-a * 180) / Math.PI],
      colour: "#2a241c",
      shade: 0,
    });
  }
  const hand = (length: number, width: number, colour: string, depth: number) => {
    const mesh = new THREE.Mesh(
      new THREE.BoxGeometry(width, length, 0.008).translate(0, length * 0.4, 0),
      new THREE.MeshStandardMaterial({ color: colour, roughness: 0.5 }),
    );
    mesh.position.set(at[0], at[1], at[2] + depth);
    extra.push(mesh);
    return mesh;
  };
  hand(radius * 0.48, radius * 0.07, "#241e18", 0.05).rotation.z = -1.1;
  hand(radius * 0.7, radius * 0.05, "#241e18", 0.056).rotation.z = 0.9;
  const seconds = hand(radius * 0.78, radius * 0.022, "#a3271f", 0.062);
  moving.push((t) => {
    // It ticks, stutters on the spot, and stops, as the clocks of stories do.
    const tick = Math.min(Math.floor(t * 2) / 2, 2.5);
    seconds.rotation.z = 0.6 - tick * 0.42 + (t > 1.5 && t < 3 ? Math.sin(t * 34) * 0.025 : 0);
  });
}
