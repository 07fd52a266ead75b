import * as THREE from "three";
import type { Kit, KitContext } from "../kit.ts";
import { aLamp } from "../lamps.ts";
import { addCar } from "../props.ts";
import { shell } from "./interiors.ts";
import { oneOf, span } from "./shapes.ts";

/** The inside of the car for an insert: shelf, dials and the edge of the wheel, the deck dim beyond the glass. */
function dashboard(context: KitContext): void {
  const { set, lamps } = context;
  const [x, y, z] = [1.75, 0.98, -3.1];
  set.soft([1.7, 0.26, 0.56], { at: [x, y - 0.27, z], colour: "#5b4f44", finish: "wood" }, 0.08);
  set.soft([1.7, 0.1, 0.2], { at: [x, y - 0.3, z + 0.3], colour: "#3a332c", finish: "wood" }, 0.04);
  set.soft([0.5, 0.16, 0.24], { at: [x - 0.46, y - 0.06, z + 0.06], colour: "#221f1c" }, 0.06);
  for (const d of [-0.1, 0.1])
    set.add(new THREE.CylinderGeometry(0.07, 0.07, 0.02, 24).rotateX(Math.PI / 2), {
      at: [x - 0.46 + d, y + 0.03, z + 0.185],
      colour: "#8fe0b8",
      finish: "glow",
      power: 0.7,
    });
  set.add(new THREE.TorusGeometry(0.19, 0.016, 10, 32), {
    at: [x - 0.46, y + 0.02, z + 0.4],
    tilt: [-22, 0],
    colour: "#17181a",
    finish: "gloss",
    shade: 0,
  });
  for (const s of [-1, 1])
    set.rod([x + s * 0.8, y - 0.1, z - 0.3], [x + s * 0.66, y + 0.62, z - 0.1], 0.035, {
      colour: "#3f5a44",
      finish: "gloss",
    });
  lamps.push(
    aLamp({
      on: context.plan.lampsOn !== "off",
      at: [x + 0.5, y + 0.75, z + 0.25],
      colour: "#ffd9a0",
      power: 3.6,
      reach: 5,
      glow: 0,
    }),
  );
}

/** A delivery van, its back towards the camera. */
function van({ set }: KitContext, x: number, z: number, colour: string): void {
  set.soft([2, 1.9, 3.4], { at: [x, 0.45, z], colour, finish: "gloss" }, 0.12);
  set.soft([1.9, 1.1, 1.2], { at: [x, 0.45, z - 2.2], colour, finish: "gloss" }, 0.16);
  set.box([1.7, 1.5, 0.04], {
    at: [x, 0.7, z + 1.7],
    colour: new THREE.Color(colour).multiplyScalar(0.75),
    finish: "gloss",
  });
  set.box([0.03, 1.5, 0.05], { at: [x, 0.7, z + 1.71], colour: "#23262a" });
  for (const s of [-1, 1]) {
    set.box([0.6, 0.5, 0.05], { at: [x + s * 0.43, 1.55, z + 1.7], colour: "#1a2127", finish: "gloss", shade: 0 });
    set.box([0.16, 0.34, 0.05], { at: [x + s * 0.86, 0.75, z + 1.7], colour: "#b02a22", finish: "gloss", shade: 0 });
    for (const d of [-1.9, 1])
      set.add(new THREE.CylinderGeometry(0.36, 0.36, 0.24, 20).rotateZ(Math.PI / 2), {
        at: [x + s * 0.86, 0.36, z + d],
        colour: "#141517",
        shade: 0,
      });
  }
  set.box([2.05, 0.16, 0.14], { at: [x, 0.4, z + 1.72], colour: "#3a3d41", finish: "metal" });
}

/** The stern door: ribs, hazard stripes, the hour outside in the gap all round it. */
function sternDoor(context: KitContext): void {
  const { set, lamps, palette, plan } = context;
  const z = -17.6;
  const strong = { day: 2.4, dawn: 1.6, dusk: 1, night: 0.35 }[plan.hour];
  const sky = palette.skyHorizon;
  set.box([7.9, 3.6, 0.05], { at: [0, 0, z - 0.2], colour: sky, finish: "glow", power: strong, shade: 0 });
  set.box([7.4, 3.3, 0.2], { at: [0, 0, z], colour: "#7d8a88", finish: "metal" });
  for (let x = -3.3; x <= 3.4; x += 1.1)
    set.box([0.18, 3.3, 0.3], { at: [x, 0, z + 0.1], colour: "#95a29f", finish: "metal" });
  for (const y of [1.1, 2.2]) set.box([7.4, 0.16, 0.28], { at: [0, y, z + 0.1], colour: "#95a29f", finish: "metal" });
  for (let i = 0; i < 14; i += 1)
    set.box([0.54, 0.3, 0.04], {
      at: [-3.5 + i * 0.54, 0.02, z + 0.28],
      colour: i % 2 === 0 ? "#d0a42c" : "#1d1f21",
      shade: 0,
    });
  for (const s of [-1, 1])
    for (let i = 0; i < 7; i += 1)
      set.box([0.3, 0.5, 0.04], {
        at: [s * 3.92, i * 0.5, z + 0.24],
        colour: i % 2 === 0 ? "#d0a42c" : "#1d1f21",
        shade: 0,
      });
  for (let i = 0; i < 6; i += 1)
    set.box([0.28, 0.5, 0.05], { at: [-1.1 + i * 0.44, 2.6, z + 0.28], colour: "#e6e2d4", shade: 0 });
  const on = plan.lampsOn !== "off";
  for (const s of [-1, 1]) {
    set.ball([0.26, 0.26, 0.26], {
      at: [s * 3.9, 3.62, z + 0.4],
      colour: "#ff8a2a",
      finish: on ? "glow" : "gloss",
      power: 2.4,
    });
    lamps.push(
      aLamp({ at: [s * 3.6, 3.4, z + 1], colour: "#ff9238", power: 14, reach: 8, on, glow: 0.7, flicker: 0.7 }),
    );
  }
  lamps.push(aLamp({ at: [0, 1.6, z + 1.6], colour: sky, power: 16 * strong, reach: 9, on: true, glow: 0 }));
}

export const carDeck: Kit = (context) => {
  const { set, lamps, plan, random } = context;
  const burning = plan.lampsOn !== "off";
  shell(context, {
    width: 9,
    depth: 31,
    height: 4,
    front: 13,
    wall: "#86918f",
    floor: "#565d5f",
    ceiling: "#6c7573",
    floorFinish: "wet",
  });
  for (let z = -17; z < 13; z += 3) {
    for (const s of [-1, 1]) {
      // Bulkhead frames.
      set.box([0.5, 4, 0.22], { at: [s * 4.3, 0, z], colour: "#96a3a1", finish: "metal" });
      set.box([0.18, 4, 0.5], { at: [s * 4.06, 0, z], colour: "#a3afac", finish: "metal" });
    }
    set.box([9, 0.32, 0.2], { at: [0, 3.7, z], colour: "#8d9997", finish: "metal" });
  }
  for (const x of [-3.4, -3.1, 3.3])
    set.rod([x, 3.5, -17.5], [x, 3.5, 12.5], 0.09, { colour: "#7d5a3c", finish: "metal" });
  for (const x of [-2.95, 0.15, 3.1])
    for (let z = -16; z < 12; z += 3) set.box([0.12, 0.008, 2.1], { at: [x, 0, z], colour: "#c9a63a", shade: 0 });
  for (let i = 0; i < 26; i += 1)
    set.post(0.06, 0.02, {
      at: [span(-3.8, 3.8, random), 0, span(-16, 11, random)],
      colour: "#23282a",
      finish: "metal",
    });
  if (context.plan.props.length > 0) dashboard(context);
  else {
    addCar(set, [1.65, 0, -5.4], 0, "#3f5a44", burning);
    lamps.push(aLamp({ on: burning, at: [1.65, 0.8, -1.6], colour: "#ffeac2", power: 22, reach: 14, glow: 0 }));
    for (const s of [-0.55, 0.55])
      lamps.push(
        aLamp({ on: burning, at: [1.65 + s, 0.66, -3.1], colour: "#ffedc8", power: 0.4, reach: 2, glow: 0.85 }),
      );
  }
  // Chains from the beams, swinging.
  for (const [x, z, n] of [
    [-2.6, -7, 14],
    [3.4, -10, 17],
    [-3.5, 1.4, 12],
    [2.9, 2.4, 13],
  ] as const) {
    const chain = new THREE.Group();
    const link = new THREE.TorusGeometry(0.05, 0.014, 6, 12);
    const iron = new THREE.MeshStandardMaterial({ color: "#33383a", roughness: 0.5, metalness: 0.4 });
    const links = new THREE.InstancedMesh(link, iron, n);
    const matrix = new THREE.Matrix4();
    for (let i = 0; i < n; i += 1)
      links.setMatrixAt(i, matrix.makeRotationY((i % 2) * 1.57).setPosition(0, -i * 0.085, 0));
    chain.add(links);
    chain.position.set(x, 3.6, z);
    context.moving.push((t) => {
      chain.rotation.set(Math.sin(t * 1.6 + z) * 0.12, 0, Math.sin(t * 1.3 + x) * 0.16);
    });
    context.extra.push(chain);
  }
  for (let i = 0; i < 4; i += 1) {
    const z = 6 - i * 5.4;
    const on = burning && i !== 1;
    for (const s of [-1, 1]) {
      set.soft(
        [0.2, 0.26, 0.34],
        { at: [s * 4, 2.9, z], colour: on ? "#bfe0d4" : "#565d5c", finish: on ? "glow" : "gloss", power: 1.8 },
        0.05,
      );
      lamps.push(
        aLamp({
          at: [s * 3.6, 2.85, z],
          colour: "#b4dccd",
          power: 12,
          reach: 11,
          on,
          glow: 0.5,
          flicker: i === 2 ? 0.4 : 0,
        }),
      );
    }
  }
  set.soft([0.7, 0.46, 1.1], { at: [-2.4, 0, -1.5], turn: 12, colour: "#8a7350", finish: "wood" });
  for (let i = 0; i < 3; i += 1)
    set.post(0.29, 0.85, {
      at: [-3.6, 0, -8.6 - i * 0.75],
      colour: ["#37687f", "#9a4a38", "#37687f"][i] ?? "#37687f",
      finish: "metal",
    });
  sternDoor(context);
  addCar(set, [1.75, 0, -11.2], 180, oneOf(random, ["#7a2f2c", "#2f4a6b", "#8a8478"]), false);
  van(context, -3, -13.4, oneOf(random, ["#c9c4b5", "#d0a42c", "#5d7f8a"]));
  addCar(set, [3.35, 0, 4.6], 0, oneOf(random, ["#b9bcbe", "#4a5a44", "#6a3a52"]), false);
  // Lockers, life jackets and the way up, along the left side.
  for (let i = 0; i < 4; i += 1) {
    set.soft([0.4, 1.9, 0.72], { at: [-4.05, 0, 2.2 + i * 0.76], colour: "#5f7f8a", finish: "metal" }, 0.02);
    set.box([0.03, 0.1, 0.2], { at: [-3.84, 1, 2.2 + i * 0.76], colour: "#2c3438", finish: "metal" });
  }
  for (let i = 0; i < 6; i += 1)
    set.soft([0.22, 0.5, 0.36], { at: [-4, 1.55, -3.4 - i * 0.42], colour: "#d9642a" }, 0.08);
  set.rod([-4, 2.12, -3], [-4, 2.12, -6], 0.03, { colour: "#c9c4b5", finish: "metal" });
  set.box([0.1, 2.1, 1.1], { at: [-4.32, 0, -0.4], colour: "#c9c4b5", finish: "metal" });
  set.box([0.08, 0.26, 0.6], {
    at: [-4.2, 2.25, -0.4],
    colour: "#4dd28a",
    finish: burning ? "glow" : "gloss",
    power: 2,
    shade: 0,
  });
  for (const z of [-13, -7, -1, 5])
    for (const s of [-1, 1]) {
      set.box([0.3, 0.012, 1.3], { at: [-1.3, 0, z], colour: "#d8d2bd", shade: 0 });
      set.box([0.14, 0.012, 0.8], { at: [-1.3 + s * 0.2, 0, z + 0.6], turn: s * -38, colour: "#d8d2bd", shade: 0 });
    }
};
