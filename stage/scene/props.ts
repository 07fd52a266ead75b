import * as THREE from "three";
import { type PieceKind, type PropKind, propKinds } from "#domain/screenplay/plan/plan-words.ts";
import { type Furniture, type FurnitureKind, type Maker, furniture, solidOf } from "./furniture.ts";
import type { SurfaceOptions } from "../look/finishes.ts";
import { SetBuilder } from "./set-builder.ts";
import type { Solid } from "./solid.ts";

/** Half the height that an insert must show, metres. */
export const propSize: Record<PropKind, number> = {
  clock: 0.34,
  mitten: 0.13,
  cello: 0.6,
  "cello-case": 0.7,
  car: 1.1,
  lighthouse: 0.3,
  ferry: 0.3,
  wheel: 0.42,
  lantern: 0.22,
  phone: 0.1,
  letter: 0.15,
  book: 0.16,
  cup: 0.1,
  key: 0.07,
  suitcase: 0.35,
  umbrella: 0.5,
  bottle: 0.19,
  knife: 0.16,
  flower: 0.2,
  parcel: 0.18,
};

const celloShape = (scale: number): THREE.BufferGeometry => {
  const shape = new THREE.Shape();
  const points = [
    [0, 0.02],
    [0.19, 0.05],
    [0.215, 0.2],
    [0.13, 0.34],
    [0.135, 0.42],
    [0.175, 0.53],
    [0.15, 0.66],
    [0.04, 0.72],
  ] as const;
  shape.moveTo(0, 0.02);
  shape.splineThru(points.map(([x, y]) => new THREE.Vector2(x * scale, y)));
  shape.splineThru([...points].reverse().map(([x, y]) => new THREE.Vector2(-x * scale, y)));
  return new THREE.ExtrudeGeometry(shape, {
    depth: 0.1,
    bevelEnabled: true,
    bevelSize: 0.02,
    bevelThickness: 0.02,
    bevelSegments: 2,
    curveSegments: 8,
  });
};

const makers: Record<PropKind, Maker> = {
  clock: (set) => set.ball([0.1, 0.1, 0.1], { colour: "#b08a3e" }),
  mitten: (set, wool = "#b5432f") => {
    set.ball([0.1, 0.055, 0.12], { at: [0, 0.03, 0.05], colour: wool, shade: 0.4 });
    set.ball([0.094, 0.052, 0.11], { at: [0, 0.029, -0.01], colour: wool, shade: 0.4 });
    set.ball([0.042, 0.042, 0.085], { at: [0.058, 0.026, 0.012], turn: 34, colour: wool, shade: 0.4 });
    set.soft([0.09, 0.045, 0.055], { at: [0, 0.006, -0.082], colour: "#e6dcc6", shade: 0.4 }, 0.02);
    for (let i = 0; i < 5; i += 1)
      set.soft([0.012, 0.05, 0.058], { at: [-0.036 + i * 0.018, 0.006, -0.082], colour: "#d1c5ab" }, 0.005);
    for (let i = -1; i <= 1; i += 1)
      set.ball([0.014, 0.01, 0.014], { at: [i * 0.024, 0.058 - Math.abs(i) * 0.003, 0.04], colour: "#f0e6d2" });
  },
  cello: (set) => {
    set.add(celloShape(1).translate(0, 0, -0.06), {
      at: [0, 0.12, 0],
      colour: "#7d3d1c",
      finish: "gloss",
      shade: 0.15,
    });
    set.box([0.035, 0.62, 0.03], { at: [0, 0.62, 0.075], colour: "#17120f", finish: "gloss" });
    set.box([0.03, 0.16, 0.035], { at: [0, 1.22, 0.06], tilt: [-16, 0], colour: "#5e2c14", finish: "gloss" });
    set.add(new THREE.TorusGeometry(0.022, 0.011, 8, 14), {
      at: [0, 1.385, 0.02],
      turn: 90,
      colour: "#5e2c14",
      finish: "gloss",
    });
    set.box([0.09, 0.07, 0.012], { at: [0, 0.42, 0.075], colour: "#c9a06a" });
    set.rod([0, 0, 0], [0, 0.14, 0], 0.006, { colour: "#a0a4a8", finish: "metal" });
    for (const s of [-0.009, 0.009])
      set.rod([s, 0.26, 0.085], [s, 1.2, 0.098], 0.0022, { colour: "#d8d2c0", finish: "metal" });
  },
  "cello-case": (set) => {
    set.add(celloShape(1.1).scale(1, 1.05, 1.9).translate(0, 0, -0.1), {
      colour: "#2b2b30",
      finish: "gloss",
      shade: 0.3,
    });
    set.soft([0.12, 0.56, 0.15], { at: [0, 0.72, 0], colour: "#2b2b30", finish: "gloss" }, 0.05);
    for (const y of [0.2, 0.58])
      set.box([0.025, 0.05, 0.03], { at: [0.21, y, 0.1], colour: "#b3a071", finish: "metal" });
  },
  car: (set, colour = "#3f5a44") => addCar(set, [0, 0, 0], 0, colour, false),
  lighthouse: (set) => set.post(0.08, 0.4, { colour: "#d6d0c2" }, 0.05),
  ferry: (set) => set.soft([0.2, 0.12, 0.5], { colour: "#cfcabd" }),
  wheel: (set) => {
    set.add(new THREE.TorusGeometry(0.27, 0.025, 10, 32), {
      at: [0, 1.06, 0],
      colour: "#7c5a34",
      finish: "gloss",
      shade: 0,
    });
    for (let i = 0; i < 8; i += 1) {
      const a = (i / 8) * Math.PI * 2;
      set.rod([0, 1.06, 0], [Math.sin(a) * 0.37, 1.06 + Math.cos(a) * 0.37, 0], 0.015, {
        colour: "#8a6439",
        finish: "gloss",
      });
    }
    set.ball([0.11, 0.11, 0.07], { at: [0, 1.06, 0], colour: "#b08a3e", finish: "metal" });
    set.post(0.1, 1.02, { at: [0, 0, 0.12], colour: "#54412f", finish: "wood" }, 0.07);
  },
  lantern: (set) => {
    set.post(0.075, 0.03, { colour: "#3a3027", finish: "metal" });
    set.post(0.055, 0.17, { at: [0, 0.03, 0], colour: "#ffb558", finish: "glow", power: 2.2 });
    set.post(0.075, 0.04, { at: [0, 0.2, 0], colour: "#3a3027", finish: "metal" }, 0.03);
    for (let i = 0; i < 4; i += 1)
      set.rod(
        [Math.cos(i * 1.57) * 0.065, 0.02, Math.sin(i * 1.57) * 0.065],
        [Math.cos(i * 1.57) * 0.065, 0.21, Math.sin(i * 1.57) * 0.065],
        0.006,
        { colour: "#3a3027" },
      );
    set.add(new THREE.TorusGeometry(0.06, 0.006, 6, 18), { at: [0, 0.27, 0], colour: "#3a3027" });
  },
  phone: (set) => {
    set.soft([0.078, 0.012, 0.155], { colour: "#15171b", finish: "gloss" }, 0.006);
    set.soft([0.07, 0.002, 0.14], { at: [0, 0.0125, 0], colour: "#9cc6ff", finish: "glow", power: 1.3 }, 0.001);
  },
  letter: (set) => {
    set.soft([0.2, 0.004, 0.14], { turn: 12, colour: "#e5dcc6" }, 0.002);
    set.soft([0.19, 0.004, 0.13], { at: [0.015, 0.005, 0.01], turn: -6, colour: "#efe8d8" }, 0.002);
    for (let i = 0; i < 5; i += 1)
      set.box([0.13 - (i % 2) * 0.03, 0.001, 0.004], {
        at: [0.01, 0.01, -0.03 + i * 0.018],
        turn: -6,
        colour: "#4b5160",
      });
  },
  book: (set, colour = "#6b2f2a") => {
    set.soft([0.16, 0.035, 0.22], { turn: 14, colour }, 0.01);
    set.soft([0.15, 0.027, 0.212], { at: [0.007, 0.004, 0], turn: 14, colour: "#e3dac4" }, 0.004);
  },
  cup: (set) => {
    set.post(0.034, 0.085, { colour: "#d9d3c5", finish: "gloss" }, 0.042);
    set.post(0.037, 0.004, { at: [0, 0.078, 0], colour: "#2e1c12", finish: "gloss" });
    set.add(new THREE.TorusGeometry(0.024, 0.006, 8, 18), {
      at: [0.052, 0.045, 0],
      colour: "#d9d3c5",
      finish: "gloss",
    });
    set.post(0.07, 0.008, { colour: "#cfc8b8", finish: "gloss" }, 0.075);
  },
  key: (set) => {
    set.add(new THREE.TorusGeometry(0.018, 0.005, 8, 20).rotateX(Math.PI / 2), {
      at: [0, 0.006, -0.04],
      colour: "#b3924a",
      finish: "metal",
    });
    set.box([0.008, 0.008, 0.075], { at: [0, 0.002, 0.014], colour: "#b3924a", finish: "metal" });
    for (const z of [0.03, 0.046])
      set.box([0.02, 0.006, 0.007], { at: [0.011, 0.003, z], colour: "#b3924a", finish: "metal" });
  },
  suitcase: (set, colour = "#6d4a2f") => {
    set.soft([0.18, 0.44, 0.6], { colour, finish: "wood" }, 0.05);
    for (const z of [-0.18, 0.18]) set.box([0.19, 0.45, 0.03], { at: [0, 0, z], colour: "#3e2a1c" });
    set.soft([0.04, 0.05, 0.16], { at: [0, 0.45, 0], colour: "#3e2a1c" }, 0.02);
  },
  umbrella: (set, colour = "#20242c") => {
    set.rod([0, -0.25, 0], [0, 0.95, 0], 0.011, { colour: "#22252a" });
    set.add(new THREE.SphereGeometry(0.62, 16, 6, 0, Math.PI * 2, 0, Math.PI * 0.3), {
      at: [0, 0.42, 0],
      colour,
      finish: "gloss",
    });
  },
  bottle: (set) => {
    set.post(0.038, 0.19, { colour: "#31503c", finish: "gloss" });
    set.post(0.038, 0.05, { at: [0, 0.19, 0], colour: "#31503c", finish: "gloss" }, 0.014);
    set.post(0.014, 0.07, { at: [0, 0.24, 0], colour: "#31503c", finish: "gloss" });
    set.post(0.039, 0.08, { at: [0, 0.06, 0], colour: "#d8ccb0" });
  },
  knife: (set) => {
    set.soft([0.024, 0.018, 0.11], { at: [0, 0, -0.08], turn: 0, colour: "#2a211a", finish: "wood" }, 0.008);
    set.box([0.03, 0.004, 0.17], { at: [0, 0.006, 0.06], colour: "#b9c0c6", finish: "metal" });
  },
  flower: (set) => {
    set.rod([0, 0, 0], [0.02, 0.26, 0], 0.006, { colour: "#3f6b3a" });
    for (let i = 0; i < 7; i += 1)
      set.ball([0.055, 0.03, 0.055], { at: [0.02 + Math.cos(i) * 0.03, 0.27, Math.sin(i) * 0.03], colour: "#a8323c" });
    set.ball([0.04, 0.04, 0.04], { at: [0.02, 0.285, 0], colour: "#c2485a" });
  },
  parcel: (set, colour = "#8f7350") => {
    set.soft([0.26, 0.14, 0.2], { turn: 16, colour }, 0.02);
    set.box([0.262, 0.142, 0.02], { turn: 16, colour: "#c9b68c" });
    set.box([0.02, 0.142, 0.202], { turn: 16, colour: "#c9b68c" });
  },
};

/** What of the things is so large that people go round it: half width, height, half depth. */
const solidThings: Partial<Record<PropKind, Furniture["solid"]>> = {
  car: [0.9, 1.45, 2.2],
  lighthouse: [2, 13, 2],
  ferry: [3.2, 6, 12.5],
};

/** As a thing in a picture they are models; as a piece of a set they stand there. */
const asPieces: Partial<Record<PropKind, Maker>> = {
  lighthouse: (set, colour = "#b3423a") => {
    for (let i = 0; i < 5; i += 1)
      set.post(
        1.9 - i * 0.19,
        2.2,
        { at: [0, i * 2.2, 0], colour: i % 2 === 0 ? "#e0dacb" : colour, shade: 0.1 },
        1.71 - i * 0.19,
      );
    set.post(1.25, 0.14, { at: [0, 11, 0], colour: "#3a3d42", finish: "metal" });
    set.post(0.6, 1.3, { at: [0, 11.14, 0], colour: "#ffe2a8", finish: "glow", power: 2.5 });
    set.add(new THREE.ConeGeometry(0.95, 0.9, 16), { at: [0, 12.9, 0], colour });
  },
  ferry: (set, colour = "#cfcabd") => {
    set.soft([6.4, 2.4, 25], { at: [0, -0.4, 0], colour: "#26303c" }, 1.1);
    set.soft([6.5, 0.3, 24.6], { at: [0, 1.7, 0], colour: "#8c2f2a" }, 0.1);
    set.soft([5.6, 2, 17], { at: [0, 2, -1.5], colour }, 0.2);
    set.soft([4.6, 1.8, 9], { at: [0, 4, 0.5], colour }, 0.2);
    for (const s of [-1, 1])
      for (let z = -8; z < 6; z += 1.7)
        set.box([0.06, 0.7, 0.9], { at: [s * 2.81, 2.7, z], colour: "#ffd79a", finish: "glow", power: 0.9, shade: 0 });
    set.post(0.8, 2.6, { at: [0, 5.6, -3], colour: "#8c2f2a" }, 0.7);
  },
};

const isThing = (kind: PieceKind): kind is PropKind => (propKinds as readonly PieceKind[]).includes(kind);

/** @returns a thing on its own, standing on y = 0 */
export function buildProp(kind: PropKind, surface: SurfaceOptions = {}): THREE.Group {
  const set = new SetBuilder(() => 0.5);
  makers[kind](set);
  return set.build(surface);
}

/** @returns a piece of a set on its own, standing on y = 0 and facing +z */
export function buildPiece(kind: PieceKind, colour: string | undefined, surface: SurfaceOptions = {}): THREE.Group {
  const set = new SetBuilder(() => 0.5);
  const make = isThing(kind) ? (asPieces[kind] ?? makers[kind]) : furniture[kind].build;
  make(set, colour);
  return set.build({ ...surface, few: true });
}

/** @returns what stands in the way when such a piece stands at the origin; null: nothing that anybody minds */
export function pieceSolid(kind: PieceKind): Solid | null {
  return solidOf({ solid: isThing(kind) ? (solidThings[kind] ?? null) : furniture[kind as FurnitureKind].solid });
}

/** @returns half the height that a picture of a piece must show, metres */
export function pieceSize(kind: PieceKind): number {
  if (!isThing(kind)) return furniture[kind].size;
  return { lighthouse: 7, ferry: 6 }[kind as string] ?? propSize[kind];
}

/** An estate car, nose towards +z before it is turned. */
export function addCar(
  set: SetBuilder,
  at: readonly [number, number, number],
  turn: number,
  colour: string,
  lightsOn: boolean,
): void {
  const r = (turn * Math.PI) / 180;
  const put = (x: number, y: number, z: number): [number, number, number] => [
    at[0] + Math.cos(r) * x + Math.sin(r) * z,
    at[1] + y,
    at[2] - Math.sin(r) * x + Math.cos(r) * z,
  ];
  const paint = { colour, finish: "gloss" as const, turn };
  set.soft([1.72, 0.56, 4.35], { at: put(0, 0.3, 0), ...paint, shade: 0.35 }, 0.16);
  set.soft([1.5, 0.1, 2.6], { at: put(0, 1.33, -0.75), ...paint }, 0.05);
  const glass = { colour: "#141a20", finish: "gloss" as const, turn, shade: 0 };
  set.soft([1.44, 0.52, 2.75], { at: put(0, 0.84, -0.7), ...glass }, 0.12);
  for (const x of [-0.7, 0.7])
    for (const z of [0.42, -0.5, -1.35, -2.02]) set.soft([0.09, 0.52, 0.09], { at: put(x, 0.84, z), ...paint }, 0.03);
  set.box([1.74, 0.06, 4.1], { at: put(0, 0.55, 0), colour: "#23262a", turn, finish: "metal" });
  for (const x of [-0.78, 0.78]) {
    for (const z of [1.36, -1.36]) {
      set.add(new THREE.CylinderGeometry(0.33, 0.33, 0.2, 22).rotateZ(Math.PI / 2), {
        at: put(x, 0.33, z),
        turn,
        colour: "#131416",
        shade: 0,
      });
      set.add(new THREE.CylinderGeometry(0.18, 0.18, 0.215, 16).rotateZ(Math.PI / 2), {
        at: put(x, 0.33, z),
        turn,
        colour: "#8b9095",
        finish: "metal",
        shade: 0,
      });
    }
    set.soft(
      [0.34, 0.19, 0.1],
      {
        at: put(x * 0.8, 0.56, 2.15),
        turn,
        colour: lightsOn ? "#fff0cc" : "#c9cdd0",
        finish: lightsOn ? "glow" : "gloss",
        power: lightsOn ? 6 : 1,
      },
      0.04,
    );
    set.soft(
      [0.2, 0.22, 0.08],
      { at: put(x * 0.93, 0.58, -2.15), turn, colour: "#a3221c", finish: lightsOn ? "glow" : "gloss", power: 1.2 },
      0.03,
    );
  }
  set.soft([1.76, 0.15, 0.16], { at: put(0, 0.36, 2.14), turn, colour: "#9ba0a4", finish: "metal" }, 0.05);
  set.soft([1.76, 0.15, 0.16], { at: put(0, 0.36, -2.14), turn, colour: "#9ba0a4", finish: "metal" }, 0.05);
  set.box([0.72, 0.14, 0.04], { at: put(0, 0.58, 2.17), turn, colour: "#1b1d20" });
}
