import * as THREE from "three";
import type { PieceKind, PropKind } from "#domain/screenplay/plan/plan-words.ts";
import type { SetBuilder } from "./set-builder.ts";
import type { Solid } from "./solid.ts";

/** Builds a thing that stands on y = 0 and faces +z. */
export type Maker = (set: SetBuilder, colour?: string) => void;

export type Furniture = {
  build: Maker;
  /** Half the height that a picture of it must show, metres. */
  size: number;
  /** Half its width, its height and half its depth where it stands in the way; null: people walk past and over it. */
  solid: readonly [number, number, number] | null;
};

export type FurnitureKind = Exclude<PieceKind, PropKind>;

const legs = (set: SetBuilder, x: number, z: number, height: number, colour: string, radius = 0.025) => {
  for (const [dx, dz] of [
    [-x, -z],
    [x, -z],
    [-x, z],
    [x, z],
  ] as const)
    set.rod([dx, 0, dz], [dx, height, dz], radius, { colour, finish: "wood" });
};

const tree: Maker = (set, colour = "#4c6b3c") => {
  set.post(0.22, 2.6, { colour: "#57432f", finish: "wood" }, 0.13);
  for (const [x, y, z, r] of [
    [0, 3.4, 0, 2.4],
    [0.9, 2.9, 0.3, 1.6],
    [-0.8, 3, -0.4, 1.7],
    [0.1, 4.3, -0.2, 1.7],
    [-0.2, 2.8, 0.8, 1.4],
  ] as const)
    set.add(new THREE.IcosahedronGeometry(r / 2, 1), { at: [x, y, z], scale: [1, 0.8, 1], colour, shade: 0.5 });
};

const rock: Maker = (set, colour = "#77726a") => {
  for (const [x, y, z, sx, sy, sz] of [
    [0, 0.35, 0, 1.5, 1, 1.2],
    [0.6, 0.18, 0.35, 0.8, 0.55, 0.7],
    [-0.55, 0.2, 0.25, 0.7, 0.6, 0.6],
  ] as const) {
    const stone = new THREE.IcosahedronGeometry(0.5, 2);
    const position = stone.getAttribute("position");
    for (let i = 0; i < position.count; i += 1) {
      const [px, py, pz] = [position.getX(i), position.getY(i), position.getZ(i)];
      const by = 1 + 0.16 * Math.sin(px * 9 + y * 7) * Math.sin(py * 8 + x * 5) + 0.1 * Math.sin(pz * 13 + z);
      position.setXYZ(i, px * by, py * by, pz * by);
    }
    stone.computeVertexNormals();
    set.add(stone, { at: [x, y, z], scale: [sx, sy, sz], colour, shade: 0.45 });
  }
};

const boat: Maker = (set, colour = "#3d5a6b") => {
  const ribs = 9;
  const profile = (k: number) => Math.sin(Math.PI * (0.12 + k * 0.82)) ** 0.7;
  for (let i = 0; i < ribs; i += 1) {
    const k = i / (ribs - 1);
    const wide = 1.5 * profile(k);
    const z = -1.9 + k * 3.9;
    const rise = 0.32 * (k - 0.4) ** 2;
    for (const s of [-1, 1])
      set.box([0.06, 0.5, 0.52], { at: [(s * wide) / 2, 0.14 + rise, z], tilt: [0, s * -14], colour, finish: "wood" });
    set.box([wide * 0.9, 0.05, 0.52], { at: [0, 0.13 + rise, z], colour: "#8b7456", finish: "wood", shade: 0 });
  }
  for (const z of [-0.9, 0.5]) set.box([1.3, 0.05, 0.3], { at: [0, 0.46, z], colour: "#9a8261", finish: "wood" });
  set.box([0.9, 0.5, 0.06], { at: [0, 0.18, -2.02], colour, finish: "wood" });
  set.box([0.12, 0.18, 3.4], { at: [0, 0, 0.1], colour: "#6b5640", finish: "wood" });
  for (const s of [-1, 1])
    set.rod([s * 0.5, 0.55, -1.4], [s * 0.72, 0.58, 1.1], 0.022, { colour: "#b59a70", finish: "wood" });
};

export const furniture: Record<FurnitureKind, Furniture> = {
  table: {
    size: 0.55,
    solid: [0.8, 0.75, 0.45],
    build: (set, colour = "#6d4c30") => {
      set.soft([1.6, 0.05, 0.9], { at: [0, 0.7, 0], colour, finish: "gloss" }, 0.02);
      set.box([1.4, 0.08, 0.72], { at: [0, 0.62, 0], colour, finish: "wood", shade: 0 });
      legs(set, 0.7, 0.37, 0.7, colour, 0.032);
    },
  },
  chair: {
    size: 0.5,
    solid: null,
    build: (set, colour = "#5a3f2a") => {
      set.soft([0.44, 0.05, 0.44], { at: [0, 0.42, 0], colour, finish: "wood" }, 0.02);
      for (const y of [0.62, 0.78]) set.soft([0.42, 0.09, 0.03], { at: [0, y, -0.2], colour, finish: "wood" }, 0.012);
      for (const s of [-1, 1]) set.rod([s * 0.19, 0.42, -0.19], [s * 0.19, 0.92, -0.22], 0.018, { colour });
      legs(set, 0.18, 0.18, 0.42, colour, 0.019);
    },
  },
  bench: {
    size: 0.6,
    solid: [0.85, 0.45, 0.25],
    build: (set, colour = "#6a4c33") => {
      for (const z of [-0.16, 0, 0.16])
        set.soft([1.7, 0.045, 0.13], { at: [0, 0.42, z], colour, finish: "wood" }, 0.015);
      for (const y of [0.62, 0.78])
        set.soft([1.7, 0.11, 0.035], { at: [0, y, -0.26], tilt: [-8, 0], colour, finish: "wood" }, 0.012);
      for (const s of [-0.7, 0.7]) {
        set.box([0.06, 0.42, 0.44], { at: [s, 0, 0], colour: "#2b2e33", finish: "metal" });
        set.rod([s, 0.42, -0.22], [s, 0.88, -0.3], 0.022, { colour: "#2b2e33", finish: "metal" });
      }
    },
  },
  crate: {
    size: 0.5,
    solid: [0.4, 0.7, 0.4],
    build: (set, colour = "#8a6b46") => {
      set.box([0.76, 0.66, 0.76], { at: [0, 0.02, 0], colour, finish: "wood" });
      for (const y of [0, 0.31, 0.62]) set.box([0.8, 0.09, 0.8], { at: [0, y, 0], colour: "#6b5034", finish: "wood" });
      for (const x of [-0.36, 0.36])
        for (const z of [-0.36, 0.36]) set.box([0.09, 0.7, 0.09], { at: [x, 0, z], colour: "#6b5034", finish: "wood" });
    },
  },
  barrel: {
    size: 0.55,
    solid: [0.31, 0.9, 0.31],
    build: (set, colour = "#7a5330") => {
      const side = [0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9].map(
        (y) => new THREE.Vector2(0.25 + 0.06 * Math.sin((y / 0.9) * Math.PI), y),
      );
      set.add(new THREE.LatheGeometry([new THREE.Vector2(0.001, 0), ...side, new THREE.Vector2(0.001, 0.9)], 18), {
        colour,
        finish: "wood",
      });
      for (const y of [0.12, 0.42, 0.7]) set.post(0.318, 0.05, { at: [0, y, 0], colour: "#4b4d50", finish: "metal" });
    },
  },
  door: {
    size: 1.1,
    solid: [0.5, 2.1, 0.1],
    build: (set, colour = "#5c4533") => {
      for (const s of [-1, 1]) set.box([0.1, 2.14, 0.16], { at: [s * 0.5, 0, 0], colour: "#cfc6b4", finish: "wood" });
      set.box([1.1, 0.1, 0.16], { at: [0, 2.1, 0], colour: "#cfc6b4", finish: "wood" });
      set.box([0.9, 2.08, 0.06], { at: [0, 0.01, 0], colour, finish: "wood" });
      for (const y of [0.22, 1.12])
        for (const s of [-0.22, 0.22])
          set.soft([0.32, 0.76, 0.03], { at: [s, y, 0.03], colour, finish: "wood", shade: 0.5 }, 0.012);
      set.ball([0.06, 0.06, 0.06], { at: [0.36, 1.02, 0.07], colour: "#c2a050", finish: "metal" });
    },
  },
  rug: {
    size: 0.9,
    solid: null,
    build: (set, colour = "#7d3f36") => {
      set.soft([2.4, 0.014, 1.6], { colour, shade: 0 }, 0.006);
      set.soft([2.1, 0.017, 1.3], { colour: "#c2a878", shade: 0 }, 0.006);
      set.soft([1.9, 0.02, 1.1], { colour, shade: 0 }, 0.006);
    },
  },
  plant: {
    size: 0.6,
    solid: [0.25, 1, 0.25],
    build: (set, colour = "#3f6b3e") => {
      set.post(0.19, 0.38, { colour: "#9a5f42" }, 0.25);
      set.post(0.21, 0.02, { at: [0, 0.37, 0], colour: "#33261c" });
      for (let i = 0; i < 14; i += 1)
        set.ball([0.14, 0.75, 0.04], {
          at: [Math.cos(i * 2.4) * (0.1 + i * 0.013), 0.72 + (i % 3) * 0.12, Math.sin(i * 2.4) * (0.1 + i * 0.013)],
          turn: -i * 137.5,
          tilt: [0, -18 - (i % 4) * 7],
          colour,
          shade: 0.45,
        });
    },
  },
  tree: { size: 2.6, solid: [0.3, 2.6, 0.3], build: tree },
  rock: { size: 0.7, solid: [0.7, 0.8, 0.55], build: rock },
  sign: {
    size: 0.9,
    solid: null,
    build: (set, colour = "#2f5d46") => {
      set.post(0.035, 2.2, { colour: "#8b9095", finish: "metal" });
      set.soft([0.95, 0.52, 0.04], { at: [0, 1.65, 0.03], colour, finish: "gloss" }, 0.02);
      set.soft([0.85, 0.42, 0.045], { at: [0, 1.7, 0.032], colour: "#e9e4d6" }, 0.02);
      for (const [y, w] of [
        [1.98, 0.6],
        [1.88, 0.44],
        [1.78, 0.54],
      ] as const)
        set.box([w, 0.045, 0.05], { at: [0, y, 0.036], colour, shade: 0 });
    },
  },
  shelf: {
    size: 1,
    solid: [0.6, 1.9, 0.18],
    build: (set, colour = "#4a3728") => {
      for (const s of [-0.58, 0.58]) set.box([0.04, 1.9, 0.32], { at: [s, 0, 0], colour, finish: "wood" });
      set.box([1.16, 1.86, 0.02], { at: [0, 0.02, -0.15], colour, finish: "wood" });
      for (let i = 0; i < 5; i += 1) {
        set.box([1.16, 0.035, 0.32], { at: [0, 0.06 + i * 0.45, 0], colour, finish: "wood" });
        if (i === 4) continue;
        for (let x = -0.5; x < 0.42; x += 0.075 + ((i * 7 + Math.round(x * 40)) % 3) * 0.012)
          set.box([0.045, 0.24 + (Math.round(x * 30 + i) % 3) * 0.035, 0.2], {
            at: [x, 0.095 + i * 0.45, 0],
            colour:
              ["#6b2f2a", "#2f4a5c", "#6d5a33", "#40543c", "#8a7a5c"][Math.abs(Math.round(x * 31 + i)) % 5] ??
              "#6b2f2a",
          });
      }
    },
  },
  bed: {
    size: 0.9,
    solid: [0.75, 0.5, 1.05],
    build: (set, colour = "#5b6f86") => {
      set.box([1.44, 0.3, 2], { at: [0, 0.06, 0], colour: "#5a4230", finish: "wood" });
      set.box([1.5, 0.95, 0.07], { at: [0, 0, -1.03], colour: "#5a4230", finish: "wood" });
      set.soft([1.38, 0.22, 1.94], { at: [0, 0.3, 0], colour: "#e4ddce" }, 0.08);
      set.soft([1.44, 0.16, 1.3], { at: [0, 0.4, 0.34], colour }, 0.07);
      for (const s of [-0.34, 0.34])
        set.soft([0.58, 0.16, 0.38], { at: [s, 0.5, -0.7], tilt: [-14, 0], colour: "#f0eade" }, 0.07);
    },
  },
  sofa: {
    size: 0.75,
    solid: [0.95, 0.8, 0.42],
    build: (set, colour = "#6b4a42") => {
      set.soft([1.9, 0.34, 0.82], { at: [0, 0.08, 0], colour }, 0.08);
      for (const s of [-0.44, 0.44]) set.soft([0.84, 0.16, 0.7], { at: [s, 0.38, 0.05], colour }, 0.07);
      set.soft([1.9, 0.62, 0.22], { at: [0, 0.28, -0.34], tilt: [-6, 0], colour }, 0.09);
      for (const s of [-0.92, 0.92]) set.soft([0.2, 0.56, 0.84], { at: [s, 0.08, 0], colour }, 0.09);
    },
  },
  screen: {
    size: 0.7,
    solid: [0.6, 1.3, 0.15],
    build: (set, colour = "#9cc6ff") => {
      set.soft([1.2, 0.7, 0.05], { at: [0, 0.62, 0], colour: "#15171b", finish: "gloss" }, 0.02);
      set.box([1.13, 0.63, 0.01], { at: [0, 0.655, 0.026], colour, finish: "glow", power: 1.2, shade: 0 });
      set.post(0.03, 0.62, { colour: "#22252a", finish: "metal" });
      set.post(0.26, 0.03, { colour: "#22252a", finish: "metal" });
    },
  },
  boat: { size: 0.9, solid: [0.75, 0.6, 2], build: boat },
  ladder: {
    size: 1.6,
    solid: null,
    build: (set, colour = "#8a6b46") => {
      for (const s of [-0.22, 0.22]) set.rod([s, 0, 0.4], [s, 3, -0.4], 0.03, { colour, finish: "wood" });
      for (let i = 0; i < 9; i += 1) {
        const [y, z] = [0.25 + i * 0.31, 0.4 - (0.25 + i * 0.31) * 0.2667];
        set.rod([-0.22, y, z], [0.22, y, z], 0.02, { colour, finish: "wood" });
      }
    },
  },
  column: {
    size: 1.6,
    solid: [0.3, 3.2, 0.3],
    build: (set, colour = "#b9b1a2") => {
      set.box([0.72, 0.16, 0.72], { colour });
      set.post(0.3, 0.1, { at: [0, 0.16, 0], colour });
      set.post(0.25, 2.7, { at: [0, 0.26, 0], colour, shade: 0.15 }, 0.21);
      set.post(0.24, 0.1, { at: [0, 2.96, 0], colour }, 0.31);
      set.box([0.7, 0.14, 0.7], { at: [0, 3.06, 0], colour });
    },
  },
  curtain: {
    size: 1.4,
    solid: null,
    build: (set, colour = "#7a2a2e") => {
      set.rod([-1.1, 2.6, 0], [1.1, 2.6, 0], 0.025, { colour: "#b08a3e", finish: "metal" });
      for (let i = 0; i < 15; i += 1)
        set.ball([0.17, 2.55, 0.15], { at: [-1 + i * 0.143, 1.3, (i % 2) * 0.05 - 0.02], colour, shade: 0.35 });
    },
  },
};

/** @returns what stands in the way when such a thing stands at the origin */
export function solidOf({ solid }: Pick<Furniture, "solid">): Solid | null {
  return solid === null ? null : { at: [0, solid[1] / 2, 0], half: [solid[0], solid[1] / 2, solid[2]], turn: 0 };
}
