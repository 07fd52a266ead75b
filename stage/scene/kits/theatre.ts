import * as THREE from "three";
import type { Kit, KitContext } from "../kit.ts";
import { aLamp, coneOfLight } from "../lamps.ts";
import { rise, span } from "./shapes.ts";
import { scatter } from "./terrain.ts";

const red = "#7d1f24";
const gold = "#a9823f";

/** A curtain that hangs in folds along x; its foot stands on `at`. */
function curtain(
  { set }: KitContext,
  at: readonly [number, number, number],
  width: number,
  height: number,
  colour: THREE.ColorRepresentation,
  more: { turn?: number; deep?: number; folds?: number } = {},
): void {
  const folds = more.folds ?? Math.max(3, Math.round(width * 2.6));
  const cloth = new THREE.PlaneGeometry(width, height, folds * 6, 4);
  const position = cloth.getAttribute("position");
  const deep = more.deep ?? 0.1;
  for (let i = 0; i < position.count; i += 1) {
    const [x, y] = [position.getX(i), position.getY(i)];
    const down = 0.5 - y / height;
    const wave = Math.sin((x / width) * folds * Math.PI * 2) + 0.35 * Math.sin((x / width) * folds * 4.4 + 1);
    position.setZ(i, wave * deep * (0.6 + 0.5 * down));
  }
  cloth.computeVertexNormals();
  set.add(cloth, { at: [at[0], at[1] + height / 2, at[2]], turn: more.turn ?? 0, colour, shade: 0.35 });
}

/** The boards, the black round them, and the painted cloth behind. */
function boards(context: KitContext): void {
  const { set, random } = context;
  for (let x = -6.4; x < 6.5; x += 0.34)
    set.box([0.34, 0.1, 12], {
      at: [x, -0.1, -2.9],
      colour: new THREE.Color("#6b4c33").offsetHSL(0, 0, span(-0.035, 0.03, random)),
      finish: "gloss",
      shade: 0,
    });
  set.box([14.4, 1.2, 0.14], { at: [0, -1.2, 3.1], colour: "#3d2a20", finish: "wood" });
  set.box([14.4, 0.14, 0.3], { at: [0, -0.1, 3.06], colour: gold, finish: "gloss", shade: 0 });
  // The cloth: evening over a town, as painters of scenery see it.
  const cloth = new THREE.PlaneGeometry(16.5, 6.6, 1, 12);
  const position = cloth.getAttribute("position");
  const colours = new Float32Array(position.count * 3);
  const [low, mid, top] = [new THREE.Color("#e2a070"), new THREE.Color("#7a7aa6"), new THREE.Color("#27345e")];
  for (let i = 0; i < position.count; i += 1) {
    const k = position.getY(i) / 6.6 + 0.5;
    const c = low
      .clone()
      .lerp(mid, rise(0.12, 0.5, k))
      .lerp(top, rise(0.4, 0.95, k));
    colours.set([c.r, c.g, c.b], i * 3);
  }
  cloth.setAttribute("color", new THREE.BufferAttribute(colours, 3));
  const sky = new THREE.Mesh(
    cloth.translate(0, 3.3, -8.3),
    new THREE.MeshLambertMaterial({ vertexColors: true, emissive: "#5a5f86", emissiveIntensity: 0.22 }),
  );
  sky.name = "set:cloth";
  context.extra.push(sky);
  set.add(new THREE.CircleGeometry(0.62, 28), {
    at: [1.2, 4, -8.24],
    colour: "#f6e6bd",
    finish: "glow",
    power: 0.8,
    shade: 0,
  });
  for (let i = 0; i < 21; i += 1) {
    const w = span(0.6, 1.2, random);
    const h = span(0.9, 2, random);
    const x = -7.8 + i * 0.78;
    set.box([w, h, 0.04], { at: [x, 0, -8.1 - (i % 3) * 0.03], colour: "#2f3352", shade: 0 });
    if (i % 3 === 0)
      set.add(new THREE.ConeGeometry(w * 0.6, 0.7, 4).rotateY(Math.PI / 4), {
        at: [x, h + 0.3, -8.1],
        scale: [1, 1, 0.1],
        colour: "#2f3352",
        shade: 0,
      });
    for (let n = 0; n < 2; n += 1)
      set.box([0.1, 0.14, 0.05], {
        at: [x + span(-0.25, 0.25, random), span(0.25, h - 0.3, random), -8.06],
        colour: "#ffcf8a",
        finish: "glow",
        power: 1,
      });
  }
  // Black legs and borders, and the walls of the wings.
  for (const z of [-1.6, -4.2, -6.6]) {
    for (const s of [-1, 1]) curtain(context, [s * 5.2, 0, z], 1.9, 6, "#1c1a20", { deep: 0.06 });
    set.box([13, 0.9, 0.06], { at: [0, 5.15, z], colour: "#19171c", shade: 0 });
  }
  set.wall(18, 7, { at: [0, -0.1, -8.6], colour: "#1a181c" });
  for (const s of [-1, 1]) set.wall(12, 7, { at: [s * 8, -0.1, -3], turn: s * -90, colour: "#1f1c20" });
  set.ceiling(18, 12, { at: [0, 6.9, -3], colour: "#141215" });
  // Bars with lanterns on them.
  for (const z of [-0.4, -3]) {
    set.rod([-6, 5.7, z], [6, 5.7, z], 0.03, { colour: "#2b2c30", finish: "metal" });
    for (let x = -4.8; x <= 4.9; x += 1.6) {
      set.add(new THREE.CylinderGeometry(0.11, 0.16, 0.34, 12), {
        at: [x, 5.42, z],
        tilt: [-24, 0],
        colour: "#17181b",
        finish: "metal",
      });
      set.add(new THREE.CircleGeometry(0.13, 14).rotateX(Math.PI / 2), {
        at: [x, 5.25, z + 0.08],
        tilt: [-24, 0],
        colour: "#ffe2b0",
        finish: context.palette.lampsOn ? "glow" : "gloss",
        power: 2,
        shade: 0,
      });
    }
  }
}

/** The frame of the picture: gilded, with the house curtain drawn aside. */
function proscenium(context: KitContext): void {
  const { set } = context;
  for (const s of [-1, 1]) {
    set.box([1.1, 7.2, 0.9], { at: [s * 5.5, -1.2, 2.2], colour: "#8f7a58", finish: "wood" });
    set.box([0.3, 7.2, 0.3], { at: [s * 4.95, -1.2, 2.6], colour: gold, finish: "gloss" });
    for (let y = -0.4; y < 5.4; y += 1.15)
      set.ball([0.3, 0.42, 0.3], { at: [s * 5.5, y, 2.66], colour: gold, finish: "gloss" });
    // Gathered by a cord: narrow at the hip, full above and below.
    curtain(context, [s * 4.5, 0, 1.75], 1.5, 4.8, red, { deep: 0.17, folds: 5 });
    set.box([1.3, 0.09, 0.42], { at: [s * 4.5, 1.4, 1.78], tilt: [0, s * 8], colour: gold, finish: "gloss" });
  }
  set.box([12, 2.4, 0.9], { at: [0, 4.55, 2.2], colour: "#8f7a58", finish: "wood" });
  set.box([10.2, 0.2, 0.4], { at: [0, 4.5, 2.6], colour: gold, finish: "gloss" });
  for (let i = 0; i < 7; i += 1) {
    // Swags along the top.
    const x = -4.2 + i * 1.4;
    const swag = new THREE.PlaneGeometry(1.46, 1.05, 14, 5);
    const position = swag.getAttribute("position");
    for (let n = 0; n < position.count; n += 1) {
      const [px, py] = [position.getX(n) / 0.73, 0.5 - position.getY(n) / 1.05];
      position.setXYZ(
        n,
        px * 0.73,
        0.5 - py * (0.55 + 0.6 * (1 - px * px)),
        Math.sin(py * 13) * 0.05 + (1 - px * px) * 0.12,
      );
    }
    swag.computeVertexNormals();
    set.add(swag, { at: [x, 4.15, 2.05], colour: red, shade: 0.2 });
    set.box([1.4, 0.06, 0.04], { at: [x, 3.58 + 0.02 * (i % 2), 2.2], colour: gold, finish: "gloss", shade: 0 });
  }
  const seal = new THREE.TorusGeometry(0.5, 0.11, 10, 28);
  set.add(seal, { at: [0, 5.2, 2.7], colour: gold, finish: "gloss" });
  set.ball([0.7, 0.7, 0.3], { at: [0, 5.2, 2.62], colour: "#6a2026", finish: "gloss" });
}

/** Rows of seats in the dark, boxes at the sides, the balcony behind. */
function house(context: KitContext): void {
  const { set, lamps, palette } = context;
  const floorAt = (z: number) => -1.25 + Math.max(0, z - 5) * 0.075;
  set.add(new THREE.PlaneGeometry(18, 23).rotateX(-Math.PI / 2 + 0.06), {
    at: [0, -0.7, 14],
    colour: "#2a1d1c",
    finish: "shell",
    shade: 0,
  });
  for (const s of [-1, 1]) {
    set.wall(24, 9, { at: [s * 8.4, -1.3, 13], turn: s * -90, colour: "#4b3430" });
    for (const z of [5.5, 9, 12.5, 16]) {
      set.soft([1.5, 0.95, 2.7], { at: [s * 7.9, 1.5, z], colour: "#7d6a4a", finish: "wood" }, 0.1);
      set.box([0.1, 0.1, 2.75], { at: [s * 7.1, 2.42, z], colour: red });
      curtain(context, [s * 8.1, 2.5, z], 2.4, 1.5, "#5a1a1e", { turn: s * -90, deep: 0.06 });
      set.ball([0.16, 0.2, 0.16], {
        at: [s * 7.02, 2.9, z],
        colour: "#ffc27a",
        finish: palette.lampsOn ? "glow" : "gloss",
        power: 2.4,
      });
      lamps.push(
        aLamp({ at: [s * 6.8, 2.9, z], colour: "#ffb464", power: 3.4, reach: 6, on: palette.lampsOn, glow: 0.35 }),
      );
    }
  }
  set.wall(17, 9, { at: [0, -1.3, 24.5], turn: 180, colour: "#3a2826" });
  set.soft([15.6, 1, 1.4], { at: [0, 2.6, 21], colour: "#7d6a4a", finish: "wood" }, 0.12);
  for (let x = -6; x <= 6; x += 3) {
    set.ball([0.2, 0.24, 0.2], {
      at: [x, 3.1, 20.2],
      colour: "#ffc27a",
      finish: palette.lampsOn ? "glow" : "gloss",
      power: 2.4,
    });
  }
  set.box([0.7, 0.22, 0.06], { at: [-5, 1.2, 24.3], colour: "#4dd28a", finish: "glow", power: 1.4 });
  const spots: { x: number; z: number }[] = [];
  for (let z = 5.2; z < 17.5; z += 1.05) for (let x = -6; x <= 6.01; x += 0.62) spots.push({ x, z });
  for (const [geometry, tone] of [
    [new THREE.BoxGeometry(0.54, 0.62, 0.12).translate(0, 0.66, 0.2), ["#84272c", "#9a3238"]],
    [new THREE.BoxGeometry(0.5, 0.12, 0.46).translate(0, 0.42, -0.05), ["#84272c", "#9a3238"]],
    [new THREE.BoxGeometry(0.06, 0.5, 0.44).translate(-0.29, 0.3, 0), ["#2b1d16", "#33231a"]],
  ] as const) {
    let n = 0;
    scatter(context, geometry, tone, spots.length, () => {
      const { x, z } = spots[(n += 1) - 1]!;
      return { at: [x, floorAt(z), z], scale: [1, 1, 1] };
    });
  }
  for (let z = 5.2; z < 17.5; z += 1.05)
    context.solid({ at: [0, floorAt(z) + 0.5, z + 0.1], half: [6.4, 0.5, 0.3], turn: 0 });
}

/** Light one sees: two beams from the balcony, footlights along the edge. */
function stageLight(context: KitContext): void {
  const { set, lamps, palette, extra } = context;
  const on = palette.lampsOn;
  for (let x = -4.2; x <= 4.3; x += 1.2) {
    set.add(new THREE.SphereGeometry(0.16, 10, 6, 0, Math.PI * 2, 0, Math.PI / 2).rotateX(-0.6), {
      at: [x, 0, 2.86],
      colour: "#4b4038",
      finish: "metal",
    });
    set.ball([0.14, 0.1, 0.08], {
      at: [x, 0.07, 2.74],
      colour: "#ffcf94",
      finish: on ? "glow" : "gloss",
      power: on ? 3.4 : 1,
    });
  }
  for (const x of [-2.6, 2.6])
    lamps.push(aLamp({ at: [x, 0.35, 2.5], colour: "#ffb872", power: 6, reach: 7, on, glow: 0.3 }));
  lamps.push(aLamp({ at: [0, 4.8, -5.8], colour: "#8fa8ff", power: 20, reach: 11, on, glow: 0 }));
  if (!on) return;
  const target = new THREE.Vector3(0, 0.4, 0);
  for (const [x, y, z, colour, power] of [
    [-5.6, 6.2, 15, "#ffe3b8", 330],
    [5.6, 6.2, 15, "#bcd0ff", 170],
  ] as const) {
    const from = new THREE.Vector3(x, y, z);
    const light = new THREE.SpotLight(colour, power, 30, 0.135, 0.3, 1.7);
    light.position.copy(from);
    light.target.position.copy(target);
    const way = target.clone().sub(from);
    const beam = coneOfLight(way.length(), way.length() * Math.tan(0.12), new THREE.Color(colour).multiplyScalar(0.2));
    beam.position.copy(from);
    beam.quaternion.setFromUnitVectors(new THREE.Vector3(0, -1, 0), way.normalize());
    extra.push(light, light.target, beam);
  }
  // What a light meter on the boards would say of them.
  lamps.push(aLamp({ at: [-2.2, 2.7, 4.4], colour: "#ffe3b8", power: 24, reach: 10, on, glow: 0 }));
}

/** What the play needs: two chairs, a small table, a house front and a tree of plywood. */
function scenery({ set, random }: KitContext): void {
  for (const [x, z, turn] of [
    [-1.5, -0.65, 30],
    [1.6, -0.95, -30],
  ] as const) {
    const r = (turn * Math.PI) / 180;
    const put = (dx: number, y: number, dz: number): [number, number, number] => [
      x + Math.cos(r) * dx + Math.sin(r) * dz,
      y,
      z - Math.sin(r) * dx + Math.cos(r) * dz,
    ];
    set.soft([0.48, 0.07, 0.46], { at: put(0, 0.41, 0), turn, colour: red }, 0.03);
    set.soft([0.46, 0.5, 0.06], { at: put(0, 0.5, -0.24), turn, colour: red }, 0.03);
    for (const dx of [-0.2, 0.2])
      for (const dz of [-0.2, 0.18])
        set.rod(put(dx, 0, dz), put(dx, 0.44, dz), 0.022, { colour: gold, finish: "gloss" });
  }
  set.post(0.34, 0.04, { at: [0.2, 0.72, -1], colour: "#5c4030", finish: "gloss" });
  set.post(0.05, 0.72, { at: [0.2, 0, -1], colour: "#3d2a20", finish: "wood" });
  set.post(0.22, 0.04, { at: [0.2, 0, -1], colour: "#3d2a20", finish: "wood" });
  // The house front.
  set.box([3, 3.5, 0.08], { at: [-2.9, 0, -4.8], turn: 14, colour: "#9a7f5e" });
  set.add(new THREE.CylinderGeometry(0.02, 2.3, 1.1, 4).rotateY(Math.PI / 4), {
    at: [-2.9, 4.02, -4.8],
    turn: 14,
    scale: [1, 1, 0.03],
    colour: "#7a3b2c",
  });
  set.box([0.85, 1.9, 0.04], { at: [-3.5, 0, -4.6], turn: 14, colour: "#3f5a52", finish: "wood" });
  set.box([0.8, 0.9, 0.04], {
    at: [-2.2, 1.1, -4.88],
    turn: 14,
    colour: "#ffc981",
    finish: "glow",
    power: 0.8,
    shade: 0,
  });
  for (const d of [-0.4, 0, 0.4])
    set.box([0.05, 0.94, 0.06], { at: [-2.2 + d * 0.97, 1.08, -4.86 - d * 0.24], turn: 14, colour: "#5c432e" });
  // The tree.
  set.box([0.34, 2.6, 0.06], { at: [3.1, 0, -4.4], colour: "#5a4433", finish: "wood" });
  for (const [x, y, r] of [
    [3.1, 3.3, 1.05],
    [2.4, 2.8, 0.72],
    [3.8, 2.85, 0.76],
    [3.2, 4, 0.7],
  ] as const)
    set.add(new THREE.CylinderGeometry(r, r, 0.06, 20).rotateX(Math.PI / 2), {
      at: [x, y, -4.4 + span(0, 0.08, random)],
      colour: new THREE.Color("#4f6b3c").offsetHSL(0, 0, span(-0.04, 0.04, random)),
    });
  for (let x = 1.5; x < 4.6; x += 0.34) set.post(0.07, 0.62, { at: [x, 0.08, -3.3], colour: "#d8cfba" }, 0.05);
  set.box([3.4, 0.1, 0.2], { at: [3, 0.7, -3.3], colour: "#d8cfba" });
  set.box([3.4, 0.08, 0.24], { at: [3, 0, -3.3], colour: "#c9bfa8" });
}

export const theatre: Kit = (context) => {
  boards(context);
  proscenium(context);
  scenery(context);
  house(context);
  stageLight(context);
};
