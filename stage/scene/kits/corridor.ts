import type { Kit, KitContext } from "../kit.ts";
import { aLamp } from "../lamps.ts";
import { shell, windowPane } from "./interiors.ts";
import { oneOf, span } from "./shapes.ts";

const back = -22;

/** A door with its frame, its number, and sometimes light under it. */
function door(context: KitContext, s: 1 | -1, z: number, colour: string): void {
  const { set, random, palette } = context;
  const x = s * 1.28;
  set.box([0.1, 2.2, 1.2], { at: [x, 0, z], colour: "#cfc8b8", finish: "wood" });
  set.box([0.13, 2.08, 0.98], { at: [x, 0, z], colour, finish: "wood" });
  for (const [y, h] of [
    [0.2, 0.7],
    [1.08, 0.8],
  ] as const)
    set.box([0.15, h, 0.66], { at: [x, y, z], colour, finish: "wood", shade: 0.5 });
  set.ball([0.06, 0.06, 0.06], { at: [s * 1.19, 1, z + 0.4], colour: "#c79c4a", finish: "metal" });
  set.box([0.14, 0.12, 0.2], { at: [s * 1.275, 1.72, z], colour: "#c79c4a", finish: "metal", shade: 0 });
  if (random() < 0.45)
    set.box([0.15, 0.02, 0.9], {
      at: [x, 0.006, z],
      colour: "#ffd39a",
      finish: palette.lampsOn ? "glow" : "clay",
      power: 1.4,
      shade: 0,
    });
  set.box([0.55, 0.012, 0.8], { at: [s * 0.95, 0.004, z], colour: "#5d4a3a", shade: 0 });
}

/** What stands about; another seed, another house. */
function things(context: KitContext): void {
  const { set, random } = context;
  const plant = (x: number, z: number) => {
    set.post(0.17, 0.36, { at: [x, 0, z], colour: "#9a5f42" }, 0.22);
    for (let i = 0; i < 9; i += 1)
      set.ball([0.1, 0.7, 0.05], {
        at: [x + Math.cos(i * 0.7) * 0.14, 0.72, z + Math.sin(i * 0.7) * 0.14],
        tilt: [Math.sin(i * 0.7) * 26, Math.cos(i * 0.7) * -26],
        colour: "#47704a",
      });
  };
  plant(1.02, span(-3.4, -2.8, random));
  plant(-1.02, span(-12, -11, random));
  set.soft([0.45, 0.46, 0.9], { at: [-1, 0, -1], colour: "#7a5c40", finish: "wood" });
  set.soft([0.42, 0.06, 0.86], { at: [-1, 0.44, -1], colour: "#8a3f3a" }, 0.03);
  // Fire hose and extinguisher.
  set.soft([0.14, 0.7, 0.5], { at: [1.22, 0.9, 1.3], colour: "#b5342a", finish: "gloss" }, 0.03);
  set.post(0.07, 0.42, { at: [1.14, 0.25, 0.75], colour: "#b5342a", finish: "gloss" });
  // Pictures and a notice board.
  for (let i = 0; i < 7; i += 1) {
    const s = i % 2 === 0 ? 1 : -1;
    const z = 4.2 - i * 3.9;
    set.box([0.05, 0.62, 0.5], { at: [s * 1.27, 1.25, z], colour: "#6b5232", finish: "wood" });
    set.box([0.06, 0.5, 0.38], {
      at: [s * 1.265, 1.31, z],
      colour: oneOf(random, ["#8fa3a0", "#a8825c", "#6f8a6a", "#b5a588"]),
      shade: 0.2,
    });
  }
  const cart: [number, number, number] = [0.78, 0, span(-9.6, -8.4, random)];
  if (random() < 0.6) {
    for (const y of [0.3, 0.85])
      set.soft([0.5, 0.04, 0.9], { at: [cart[0], y, cart[2]], colour: "#b9bec1", finish: "metal" }, 0.015);
    for (const x of [-0.22, 0.22])
      for (const z of [-0.42, 0.42])
        set.rod([cart[0] + x, 0.05, cart[2] + z], [cart[0] + x, 1, cart[2] + z], 0.015, {
          colour: "#8d9296",
          finish: "metal",
        });
    for (let i = 0; i < 4; i += 1)
      set.soft([0.34, 0.1, 0.26], { at: [cart[0], 0.35 + i * 0.1, cart[2] - 0.15], colour: "#e0dccf" }, 0.04);
  } else {
    set.soft([0.36, 0.75, 0.9], { at: [1.02, 0, cart[2]], colour: "#7a5c40", finish: "wood" });
    set.post(0.07, 0.28, { at: [1.02, 0.75, cart[2]], colour: "#6f8a94", finish: "gloss" }, 0.05);
  }
}

export const corridor: Kit = (context) => {
  const { set, lamps, plan, random } = context;
  shell(context, {
    width: 2.6,
    depth: 34,
    height: 2.5,
    front: 12,
    wall: "#a9a58f",
    floor: "#5a5148",
    ceiling: "#b9b8ae",
    floorFinish: "gloss",
  });
  const wood = oneOf(random, ["#6a4b34", "#4a5a52", "#5a4048", "#46566a"]);
  // A runner down the middle, and the panelling that makes the walls long.
  set.box([1.15, 0.012, 33], { at: [0, 0, -5], colour: "#7d3a34", shade: 0 });
  for (const s of [-1, 1] as const) {
    set.box([0.05, 0.013, 33], { at: [s * 0.52, 0, -5], colour: "#c2a25f", shade: 0 });
    set.box([0.03, 1.02, 33.8], { at: [s * 1.285, 0, -5], colour: "#6d7a6c", shade: 0.2 });
    set.box([0.06, 0.07, 33.8], { at: [s * 1.28, 1.02, -5], colour: "#54493c", finish: "wood" });
    set.box([0.05, 0.14, 33.8], { at: [s * 1.28, 0, -5], colour: "#54493c", finish: "wood" });
    set.box([0.07, 0.1, 33.8], { at: [s * 1.27, 2.4, -5], colour: "#d5d0c2", shade: 0 });
    for (let z = 6; z > -20; z -= 4.2) {
      const at = z + (s > 0 ? 2 : 0);
      door(context, s, at, wood);
      for (let d = 1; d < 3.4; d += 0.8)
        set.box([0.045, 0.8, 0.04], { at: [s * 1.27, 0.14, at - d], colour: "#5a665a", shade: 0 });
    }
  }
  for (let z = 10; z > -21; z -= 1.2) set.box([2.6, 0.012, 0.03], { at: [0, 2.49, z], colour: "#8f8d83", shade: 0 });
  const on = plan.lampsOn !== "off";
  for (let i = 0; i < 8; i += 1) {
    const z = 8 - i * 3.6;
    const burns = on && i !== 3;
    set.soft(
      [0.36, 0.06, 1.3],
      { at: [0, 2.43, z], colour: burns ? "#f4efdf" : "#8b8f88", finish: burns ? "glow" : "gloss", power: 2 },
      0.02,
    );
    lamps.push(
      aLamp({
        at: [0, 2.2, z],
        colour: plan.hour === "night" ? "#ffe9c4" : "#f6f1e0",
        power: 9.5,
        reach: 8,
        on: burns,
        glow: 0,
        flicker: i === 4 ? 0.6 : 0,
      }),
    );
  }
  // The end: a tall window, and the way out beside it.
  windowPane(context, [0, 0.75, back + 0.1], 0, 1.2, 1.5, "#d5d0c2");
  for (const s of [-1, 1]) set.soft([0.3, 2.1, 0.16], { at: [s * 0.82, 0.2, back + 0.2], colour: "#7d3a34" }, 0.06);
  set.soft([1, 0.5, 0.4], { at: [0, 0, back + 0.5], colour: "#7a5c40", finish: "wood" });
  set.box([0.07, 0.2, 0.5], { at: [1.24, 2.22, -17.2], colour: "#4dd28a", finish: on ? "glow" : "gloss", power: 2 });
  lamps.push(
    aLamp({
      at: [0, 1.5, back + 1.4],
      colour: context.palette.skyHorizon,
      power: { day: 16, dawn: 10, dusk: 6, night: 3 }[plan.hour],
      reach: 9,
      on: true,
      glow: 0,
    }),
  );
  things(context);
};
