import * as THREE from "three";
import type { KitContext } from "../kit.ts";
import { aLamp } from "../lamps.ts";
import { span, turned } from "./shapes.ts";

/** A house of stone and timber, a light in its window and one over the door. */
export function cabin(context: KitContext, at: readonly [number, number, number], turn: number): void {
  const { set, palette, lamps, random } = context;
  const put = turned(at, turn);
  const lit = palette.lampsOn;
  set.box([4, 1.5, 3.2], { at: put(0, -0.9, 0), turn, colour: "#6d675f" });
  set.box([3.8, 1.7, 3], { at: put(0, 0.6, 0), turn, colour: "#6a4e36", finish: "wood" });
  for (let y = 0.72; y < 2.2; y += 0.26)
    set.box([3.86, 0.03, 3.06], { at: put(0, y, 0), turn, colour: "#3f2e20", finish: "wood", shade: 0 });
  for (const s of [-1, 1])
    set.box([2.65, 0.12, 3.9], { at: put(s * 1.05, 2.75, 0), turn, tilt: [0, -s * 32], colour: "#4b4642" });
  for (const z of [-1.45, 1.45])
    set.add(new THREE.CylinderGeometry(0.02, 2.05, 1.25, 4).rotateY(Math.PI / 4), {
      at: put(0, 2.75, z),
      turn,
      scale: [1.3, 1, 0.04],
      colour: "#5c432e",
    });
  set.box([0.5, 1.3, 0.5], { at: put(1, 2.6, -0.7), turn, colour: "#5d574f" });
  set.box([0.85, 1.75, 0.08], { at: put(-0.9, 0, 1.52), turn, colour: "#3d4f45", finish: "wood" });
  set.box([0.95, 0.8, 0.06], {
    at: put(0.75, 0.85, 1.52),
    turn,
    colour: lit ? "#ffc27a" : "#222b33",
    finish: lit ? "glow" : "gloss",
    power: 1.4,
    shade: 0,
  });
  for (const d of [-0.48, 0, 0.48])
    set.box([0.07, 0.9, 0.1], { at: put(0.75 + d, 0.8, 1.54), turn, colour: "#c9c2b2", finish: "wood" });
  lamps.push(aLamp({ at: put(0.75, 1.3, 2.2), power: 22, reach: 13, on: lit, glow: 0.8 }));
  lamps.push(aLamp({ at: put(-0.9, 2.05, 1.8), power: 16, reach: 10, on: lit, glow: 0.45 }));
  set.soft([0.18, 0.26, 0.14], {
    at: put(-0.9, 1.92, 1.62),
    turn,
    colour: "#ffd59e",
    finish: lit ? "glow" : "gloss",
    power: lit ? 3 : 1,
  });
  for (let i = 0; i < 24; i += 1)
    set.add(new THREE.CylinderGeometry(0.09, 0.09, 0.6, 7).rotateX(Math.PI / 2), {
      at: put(2.3 + span(-0.05, 0.05, random), 0.12 + Math.floor(i / 6) * 0.18, -1.2 + (i % 6) * 0.19),
      turn: turn + 90,
      colour: i % 3 === 0 ? "#8a6a48" : "#6e5238",
      finish: "wood",
    });
}

/** A lantern on a post. */
export function lanternPost(
  { set, lamps, palette }: KitContext,
  at: readonly [number, number, number],
  power = 18,
): void {
  const [x, y, z] = at;
  set.post(0.06, 1.9, { at: [x, y - 0.1, z], colour: "#5d4733", finish: "wood" });
  set.rod([x, y + 1.75, z], [x + 0.32, y + 1.75, z], 0.025, { colour: "#5d4733", finish: "wood" });
  set.post(0.075, 0.19, {
    at: [x + 0.3, y + 1.48, z],
    colour: "#ffc880",
    finish: palette.lampsOn ? "glow" : "gloss",
    power: palette.lampsOn ? 3 : 1,
    shade: 0,
  });
  set.post(0.1, 0.05, { at: [x + 0.3, y + 1.67, z], colour: "#3a3027", finish: "metal" }, 0.03);
  lamps.push(aLamp({ at: [x + 0.3, y + 1.58, z + 0.15], power, reach: 11, on: palette.lampsOn, glow: 0.45 }));
}
