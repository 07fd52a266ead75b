import * as THREE from "three";
import type { Kit, KitContext } from "../kit.ts";
import { aLamp, coneOfLight } from "../lamps.ts";
import { oneOf, span } from "./shapes.ts";

/** Letters of light that spell nothing: a sign is a row of strokes. */
function neonSign(
  context: KitContext,
  at: readonly [number, number, number],
  side: 1 | -1,
  colour: string,
  tall: boolean,
): void {
  const { set, random, lamps } = context;
  const on = context.plan.lampsOn !== "off" && (context.palette.lampsOn || context.plan.hour === "night");
  const [x, y, z] = at;
  set.soft(tall ? [0.5, 2.4, 0.12] : [0.1, 0.75, 2.1], { at, colour: "#18191d" }, 0.03);
  const glow = { colour, finish: on ? ("glow" as const) : ("gloss" as const), power: on ? 3 : 1, shade: 0 };
  for (let i = 0; i < 4; i += 1) {
    const base: [number, number, number] = tall
      ? [x, y + 0.25 + i * 0.53, z + 0.08]
      : [x - side * 0.07, y + 0.16, z - 0.78 + i * 0.5];
    const strokes = 2 + Math.floor(random() * 2);
    for (let s = 0; s < strokes; s += 1) {
      const upright = s === 0 || random() < 0.4;
      const size: [number, number, number] = tall
        ? upright
          ? [0.035, 0.36, 0.03]
          : [0.26, 0.035, 0.03]
        : upright
          ? [0.03, 0.44, 0.035]
          : [0.03, 0.035, 0.3];
      const shift = tall
        ? ([(s - 0.8) * 0.1, upright ? 0 : random() * 0.34, 0] as const)
        : ([0, upright ? 0 : random() * 0.4, (s - 0.8) * 0.12] as const);
      set.box(size, { at: [base[0] + shift[0], base[1] + shift[1], base[2] + shift[2]], ...glow });
    }
  }
  lamps.push(
    aLamp({
      at: [x - side * 0.5, y + 0.6, z + 0.3],
      colour,
      power: 15,
      reach: 10,
      on,
      glow: 0.9,
      flicker: random() < 0.4 ? 0.5 : 0,
    }),
  );
}

/** One stretch of wall: bricks in courses, windows with sills, a drain, what hangs on it. */
function wall(context: KitContext, s: 1 | -1, z: number): void {
  const { set, random, palette } = context;
  const brick = oneOf(random, ["#b5866c", "#a3968c", "#bd9a7c", "#a58a7a"]);
  const face = s * 2.05;
  set.box([3, span(8, 12, random), 7], { at: [s * 3.55, 0, z - 3.5], colour: brick });
  for (let row = 0; row < 9; row += 1)
    set.box([0.04, 0.03, 6.9], { at: [face, row * 0.92 + 0.4, z - 3.5], colour: "#7d6a5e", shade: 0 });
  // Bricks that stand out of their course.
  for (let i = 0; i < 16; i += 1)
    set.box([0.05, 0.14, 0.34], {
      at: [face, span(0.2, 4.4, random), z - span(0.3, 6.7, random)],
      colour: new THREE.Color(brick).offsetHSL(0, 0, span(-0.05, 0.07, random)),
      shade: 0,
    });
  for (let storey = 0; storey < 2; storey += 1) {
    const lit = palette.lampsOn && random() < 0.6;
    const at = z - span(1.5, 5.5, random);
    const y = 3.5 + storey * 2.8;
    set.box([0.1, 1.5, 1.2], { at: [face, y - 0.1, at], colour: "#a39a8a" });
    set.box([0.12, 1.3, 1], {
      at: [s * 2.02, y, at],
      colour: lit ? oneOf(random, ["#f3ae62", "#ffd59a", "#b7d4e8"]) : "#1b2127",
      finish: lit ? "glow" : "gloss",
      power: 0.9,
      shade: 0,
    });
    set.box([0.14, 1.3, 0.05], { at: [s * 2.01, y, at], colour: "#a39a8a" });
    if (random() < 0.6) {
      set.soft([0.55, 0.5, 0.8], { at: [s * 1.78, y - 1, at + 0.9], colour: "#8a8d8e", finish: "metal" }, 0.05);
      set.box([0.02, 0.34, 0.6], { at: [s * 1.5, y - 0.92, at + 0.9], colour: "#3b3e41" });
    }
  }
  set.post(0.07, 8, { at: [s * 1.93, 0, z - 0.5], colour: "#55585c", finish: "metal" });
  for (let i = 0; i < 3; i += 1)
    set.box([0.03, span(0.4, 0.6, random), span(0.3, 0.45, random)], {
      at: [face, span(0.9, 1.5, random), z - span(1, 6, random)],
      colour: oneOf(random, ["#b9ad93", "#9a3f34", "#3f6a74", "#c0993f"]),
      shade: 0,
    });
}

/** A door in the wall with a lamp over it, a step before it. */
function backDoor({ set, lamps, palette }: KitContext, s: 1 | -1, z: number, colour: string): void {
  set.box([0.12, 2.3, 1.25], { at: [s * 2.02, 0, z], colour: "#a39a8a" });
  set.box([0.14, 2.1, 1], { at: [s * 1.99, 0.06, z], colour, finish: "metal" });
  set.ball([0.07, 0.07, 0.07], { at: [s * 1.9, 1.05, z + 0.36], colour: "#b08d4f", finish: "metal" });
  set.box([0.5, 0.12, 1.4], { at: [s * 1.8, 0, z], colour: "#77726b" });
  set.box([0.5, 0.06, 1.5], { at: [s * 1.8, 2.5, z], tilt: [0, s * 12], colour: "#3c4a4f", finish: "metal" });
  set.soft(
    [0.16, 0.2, 0.24],
    {
      at: [s * 1.92, 2.25, z],
      colour: "#ffd08a",
      finish: palette.lampsOn ? "glow" : "gloss",
      power: palette.lampsOn ? 3.4 : 1,
    },
    0.05,
  );
  lamps.push(
    aLamp({
      at: [s * 1.6, 2.2, z],
      colour: "#ffbe74",
      power: 22,
      reach: 10,
      on: palette.lampsOn,
      glow: 0.6,
      cone: 2.2,
    }),
  );
}

/** Bins, boxes and bags along the walls. */
function rubbish(context: KitContext): void {
  const { set, random } = context;
  const bin = (x: number, z: number, colour: string) => {
    set.soft([1, 1, 1.7], { at: [x, 0.1, z], colour, finish: "metal" }, 0.05);
    set.box([1.06, 0.08, 1.76], { at: [x, 1.1, z], tilt: [0, x > 0 ? 5 : -5], colour: "#2f3b37", finish: "metal" });
    for (const d of [-0.6, 0.6])
      set.box([1.04, 0.1, 0.08], { at: [x, 0.55, z + d], colour: "#2f3b37", finish: "metal" });
  };
  bin(1.45, -6.2, "#3f6a55");
  bin(-1.45, -9.6, "#4a5a6b");
  for (const s of [-1, 1] as const)
    for (let i = 0; i < 7; i += 1) {
      const z = span(-21, 7, random);
      if (Math.abs(z) < 2 || z > 4.5 || (s > 0 && Math.abs(z + 6.2) < 1.4) || (s < 0 && Math.abs(z + 9.6) < 1.4))
        continue;
      if (random() < 0.4)
        set.ball([0.6, 0.5, 0.55], { at: [s * 1.6, 0.2, z], colour: "#2d2f33", finish: "gloss", turn: random() * 90 });
      else
        set.soft([span(0.45, 0.7, random), span(0.4, 0.9, random), span(0.5, 0.8, random)], {
          at: [s * 1.6, 0, z],
          colour: oneOf(random, ["#5d6a5c", "#8a7350", "#4d5660", "#7a5a44"]),
          turn: span(-12, 12, random),
        });
    }
  for (let i = 0; i < 40; i += 1)
    set.box([span(0.08, 0.3, random), 0.006, span(0.06, 0.22, random)], {
      at: [span(-1.8, 1.8, random), 0.004, span(-20, 9, random)],
      turn: random() * 180,
      colour: oneOf(random, ["#8f8878", "#5a5850", "#b3a88e", "#3f4a52"]),
      shade: 0,
    });
}

/** Water that stands in the low places and holds the signs upside down. */
function puddles({ set, random, palette }: KitContext): void {
  for (let i = 0; i < (palette.wet ? 12 : 5); i += 1) {
    const disc = new THREE.CircleGeometry(1, 18).rotateX(-Math.PI / 2);
    const size = span(0.35, 1.1, random);
    set.add(disc, {
      at: [span(-1.3, 1.3, random), 0.011 + i * 0.0006, span(-15, 7, random)],
      scale: [size, 1, size * span(0.5, 1.2, random)],
      turn: random() * 180,
      colour: "#23262c",
      finish: "wet",
      shade: 0,
    });
  }
}

/** Where the alley ends: the street across, its shop and windows, a car that waits. */
function streetBeyond(context: KitContext): void {
  const { set, random, palette, lamps } = context;
  const lit = palette.lampsOn;
  set.floor(40, 14, { at: [0, -0.02, -34], colour: "#46474a", finish: palette.wet ? "wet" : "shell" });
  set.box([5, 0.14, 2.2], { at: [0, -0.02, -29], colour: "#7a766e", shade: 0 });
  set.box([40, 0.14, 2.6], { at: [0, -0.02, -39.4], colour: "#7a766e", shade: 0 });
  set.box([40, 13, 2], { at: [0, 0, -41.8], colour: "#8a6a55" });
  set.box([40, 0.4, 0.3], { at: [0, 3.7, -40.7], colour: "#b3a48c", shade: 0 });
  for (let storey = 0; storey < 3; storey += 1)
    for (let x = -5.6; x <= 5.7; x += 1.6) {
      const on = lit && random() < 0.55;
      set.box([1, 1.7, 0.1], { at: [x, 4.7 + storey * 2.7, -40.78], colour: "#c9bda6" });
      set.box([0.8, 1.5, 0.12], {
        at: [x, 4.8 + storey * 2.7, -40.76],
        colour: on ? oneOf(random, ["#ffc37c", "#ffd9a0", "#f2a960"]) : "#2b3540",
        finish: on ? "glow" : "gloss",
        power: 1,
        shade: 0,
      });
    }
  set.box([5.4, 2.3, 0.1], {
    at: [-0.4, 0.6, -40.7],
    colour: lit ? "#ffd298" : "#35414a",
    finish: lit ? "glow" : "gloss",
    power: 1.3,
    shade: 0,
  });
  for (const x of [-3.1, -1.3, 0.5, 2.3])
    set.box([0.14, 2.4, 0.16], { at: [x, 0.55, -40.6], colour: "#2f3b3a", finish: "wood" });
  set.box([6, 0.6, 0.2], { at: [-0.4, 2.95, -40.6], colour: "#7d2f2a", finish: "wood" });
  for (let i = 0; i < 9; i += 1)
    set.box([0.12, 0.3, 0.05], {
      at: [-2.4 + i * 0.5, 3.1, -40.46],
      colour: "#ffe2ae",
      finish: lit ? "glow" : "clay",
      power: 1.6,
      shade: 0,
    });
  if (lit) lamps.push(aLamp({ at: [-0.4, 2, -38.5], colour: "#ffc88a", power: 60, reach: 16, glow: 0 }));
}

export const alley: Kit = (context) => {
  const { set, random, palette, extra, moving } = context;
  set.floor(5, 46, { at: [0, 0, -6], colour: "#45464a", finish: palette.wet ? "wet" : "shell" });
  set.box([0.5, 0.012, 44], { at: [0, -0.004, -6], colour: "#2f3033", finish: palette.wet ? "wet" : "clay", shade: 0 });
  for (let z = 14; z > -27; z -= 1.15) set.box([4.2, 0.008, 0.03], { at: [0, -0.002, z], colour: "#333438", shade: 0 });
  for (const s of [-1, 1] as const) {
    for (let z = 14; z > -28; z -= 7) wall(context, s, z);
    for (const z of [-3.6, -11]) {
      // Fire escape, its ladder drawn up.
      set.box([1, 0.06, 3], { at: [s * 1.5, 4.3, z], colour: "#3d3f43", finish: "metal" });
      for (let d = -1.4; d <= 1.4; d += 0.7)
        set.rod([s * 1.04, 4.3, z + d], [s * 1.04, 5.3, z + d], 0.02, { colour: "#3d3f43", finish: "metal" });
      set.rod([s * 1.04, 5.3, z - 1.4], [s * 1.04, 5.3, z + 1.4], 0.022, { colour: "#3d3f43", finish: "metal" });
      for (const d of [-0.2, 0.2])
        set.rod([s * 1.3, 3.1, z + 1 + d], [s * 1.5, 6.6, z + 1 + d], 0.022, { colour: "#3d3f43", finish: "metal" });
      for (let y = 3.2; y < 6.5; y += 0.34) {
        const x = s * (1.3 + ((y - 3.1) / 3.5) * 0.2);
        set.rod([x, y, z + 0.8], [x, y, z + 1.2], 0.016, { colour: "#3d3f43", finish: "metal" });
      }
    }
  }
  set.box([0.8, 0.5, 0.7], { at: [-1.5, 0, -1.6], colour: "#7a6040", finish: "wood" });
  rubbish(context);
  puddles(context);
  backDoor(context, -1, -5.8, "#6a3430");
  backDoor(context, 1, -3.2, "#37505c");
  backDoor(context, 1, -13.5, "#4b4a52");
  streetBeyond(context);
  neonSign(context, [-1.98, 2.7, -3.2], -1, "#ff3f6e", false);
  neonSign(context, [1.98, 3.1, -1.2], 1, "#36c8ff", false);
  neonSign(context, [1.55, 3, -9], 1, "#ffb03a", true);
  neonSign(context, [-1.55, 3.2, -14], -1, "#9a6bff", true);
  context.lamps.push(
    aLamp({ at: [0, 4.4, -23], colour: "#ffb168", power: 36, reach: 16, on: palette.lampsOn, glow: 1.2, cone: 4.4 }),
  );
  for (let z = 2; z > -24; z -= 5.2) set.rod([-2, 6.4, z], [2, 6.1, z - 1.4], 0.015, { colour: "#1a1b1d" });
  // Washing that somebody forgot.
  for (let i = 0; i < 5; i += 1)
    set.box([0.5, span(0.5, 0.8, random), 0.02], {
      at: [-1.3 + i * 0.64, 5.3, -8.3 - i * 0.22],
      colour: oneOf(random, ["#d8d2c2", "#8a3f3a", "#5a7386", "#c9b27a"]),
      shade: 0.1,
    });
  // Steam from a grating, upside down: a cone of light that widens as it rises.
  set.box([0.7, 0.012, 0.7], { at: [1.1, 0.006, -10.4], colour: "#1c1d20", finish: "metal", shade: 0 });
  const steam = coneOfLight(
    2.8,
    0.8,
    palette.skyHorizon.clone().lerp(new THREE.Color("#8a8f96"), 0.5).multiplyScalar(0.3),
  );
  steam.position.set(1.1, 0, -10.4);
  steam.rotation.x = Math.PI;
  moving.push((t) => {
    steam.rotation.z = 0.08 + 0.06 * Math.sin(t * 0.9);
    steam.scale.set(1 + 0.12 * Math.sin(t * 1.7), 1, 1);
  });
  extra.push(steam);
};
