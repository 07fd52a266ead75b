import * as THREE from "three";
import { aLamp } from "../lamps.ts";
import type { Kit, KitContext } from "../kit.ts";
import { addCar } from "../props.ts";
import { postLamp } from "./sea-places.ts";
import { oneOf, span } from "./shapes.ts";
import { scatter } from "./terrain.ts";

/** A house front along z at x, facing the street; some windows are lit when lamps are. */
function houseFront(
  context: KitContext,
  side: 1 | -1,
  x: number,
  z: number,
  width: number,
  storeys: number,
  shop: boolean,
): void {
  const { set, random, palette } = context;
  const height = 3.5 + storeys * 2.9;
  const wall = oneOf(random, ["#8a7766", "#7d6c64", "#93836f", "#6f6a66", "#85624f", "#77806f"]);
  const face = x - side * 0.02;
  set.box([5, height, width - 0.05], { at: [x + side * 2.5, 0, z], colour: wall });
  set.box([0.28, 0.3, width], { at: [face, height - 0.25, z], colour: "#5b5048" });
  set.box([0.16, 0.16, width], { at: [face, 3.35, z], colour: "#5b5048" });
  const bays = Math.max(2, Math.round(width / 1.9));
  for (let bay = 0; bay < bays; bay += 1) {
    const at = z - width / 2 + ((bay + 0.5) * width) / bays;
    for (let storey = 0; storey < storeys; storey += 1) {
      const y = 4 + storey * 2.9;
      const lit = palette.lampsOn && random() < 0.42;
      set.box([0.12, 1.7, 1.06], { at: [face, y - 0.08, at], colour: "#d0c7b6" });
      set.box([0.14, 1.54, 0.9], {
        at: [face - side * 0.02, y, at],
        colour: lit ? oneOf(random, ["#ffc37c", "#ffd9a0", "#f2a960", "#bcd0e8"]) : "#222b33",
        finish: lit ? "glow" : "gloss",
        power: lit ? span(0.5, 1.25, random) : 1,
        shade: 0,
      });
      set.box([0.15, 1.54, 0.05], { at: [face - side * 0.03, y, at], colour: "#cfc6b4" });
      set.box([0.3, 0.1, 1.2], { at: [face - side * 0.08, y - 0.14, at], colour: "#a79c8b" });
    }
  }
  if (shop) {
    const lit = palette.lampsOn;
    set.box([0.14, 2, width * 0.62], {
      at: [face, 0.55, z - width * 0.12],
      colour: lit ? "#ffcf94" : "#2a343c",
      finish: lit ? "glow" : "gloss",
      power: 0.95,
      shade: 0,
    });
    set.box([0.2, 0.5, width * 0.92], {
      at: [face, 2.68, z],
      colour: oneOf(random, ["#3c5a4a", "#6d2f2a", "#2e4460", "#7a5a2a"]),
      finish: "wood",
    });
    for (const edge of [-0.43, 0.19])
      set.box([0.2, 2.6, 0.12], { at: [face, 0, z + width * edge], colour: "#3a332d", finish: "wood" });
    const awning = oneOf(random, ["#8f3d33", "#3f6657", "#b08a45"]);
    set.box([1.2, 0.05, width * 0.66], {
      at: [face - side * 0.6, 2.55, z - width * 0.1],
      tilt: [0, side * 20],
      colour: awning,
    });
    if (lit)
      context.lamps.push(
        aLamp({ at: [face - side * 0.9, 1.9, z - width * 0.1], colour: "#ffc27c", power: 7, reach: 7, glow: 0 }),
      );
  } else {
    set.box([0.14, 2.35, 1.1], {
      at: [face, 0, z + width * 0.2],
      colour: oneOf(random, ["#3c4f46", "#5a2f28", "#2f3d52"]),
      finish: "wood",
    });
    set.box([0.13, 1.5, 0.95], {
      at: [face, 1.05, z - width * 0.2],
      colour: palette.lampsOn && random() < 0.5 ? "#f4b46c" : "#242d35",
      finish: palette.lampsOn && random() < 0.5 ? "glow" : "gloss",
      shade: 0,
    });
    set.box([0.5, 0.16, 1.4], { at: [face - side * 0.2, 0, z + width * 0.2], colour: "#7b746a" });
  }
}

export const street: Kit = (context) => {
  const { set, random, palette, plan } = context;
  const snow = plan.weather === "snow";
  const asphalt = palette.wet ? "wet" : "shell";
  set.floor(120, 120, { at: [0, -0.2, -20], colour: snow ? "#c4ccd4" : "#4b4a48" });
  set.floor(6.3, 110, { at: [0, -0.12, -20], colour: snow ? "#aab2ba" : "#37383b", finish: asphalt });
  for (const s of [-1, 1] as const) {
    set.box([3, 0.12, 110], {
      at: [s * 4.65, -0.12, -20],
      colour: snow ? "#dfe4e9" : "#6b6862",
      finish: palette.wet ? "wet" : "clay",
      shade: 0,
    });
    set.box([0.14, 0.15, 110], { at: [s * 3.12, -0.12, -20], colour: "#87837b", shade: 0 });
    for (let z = 18; z > -62;) {
      const width = span(5.5, 9, random);
      houseFront(context, s, s * 6.2, z - width / 2, width, 1 + Math.floor(random() * 3), random() < 0.45);
      z -= width;
    }
    for (let z = 7; z > -55; z -= 11) postLamp(context, [s * 3.5, 0, z + (s > 0 ? 5.5 : 0)], -90 * s, "#ffb765", 4.6);
  }
  if (!snow)
    for (let z = 16; z > -60; z -= 4) set.box([0.13, 0.01, 1.7], { at: [0, -0.118, z], colour: "#a9a597", shade: 0 });
  addCar(set, [2.2, -0.12, -6], 180, "#6b2f2c", false);
  addCar(set, [2.2, -0.12, -13.5], 180, "#2f4560", false);
  addCar(
    set,
    [-2.2, -0.12, -17],
    0,
    plan.dressing.includes("car") ? "#3f5a44" : "#77736a",
    plan.dressing.includes("car") && palette.lampsOn,
  );
  for (const [z, s] of [
    [-2.4, -1],
    [-15, 1],
  ] as const) {
    set.soft([0.5, 0.08, 1.7], { at: [s * 5.3, 0.4, z], colour: "#6a4c33", finish: "wood" });
    for (const d of [-0.6, 0.6]) set.box([0.42, 0.4, 0.07], { at: [s * 5.3, 0, z + d], colour: "#2b2e33" });
  }
  set.post(0.24, 0.8, { at: [-5.5, 0, 2.2], colour: "#35463c" });
  if (snow)
    for (let i = 0; i < 40; i += 1)
      set.ball([span(0.6, 1.8, random), 0.3, span(0.6, 1.6, random)], {
        at: [oneOf(random, [-1, 1] as const) * span(3.2, 5.8, random), 0, span(-40, 12, random)],
        colour: "#e4e9ee",
        shade: 0.1,
      });
};

export const rooftop: Kit = (context) => {
  const { set, random, palette, plan } = context;
  const snow = plan.weather === "snow";
  set.box([20, 0.4, 22], {
    at: [0, -0.4, 5],
    colour: snow ? "#cdd5db" : "#55524e",
    finish: palette.wet ? "wet" : "clay",
    shade: 0,
  });
  set.box([20, 0.9, 0.35], { at: [0, 0, -5.8], colour: "#766c61" });
  set.box([20.2, 0.1, 0.5], { at: [0, 0.9, -5.8], colour: snow ? "#e3e8ec" : "#8c8173" });
  for (const s of [-1, 1]) {
    set.box([0.35, 0.9, 22], { at: [s * 9.8, 0, 5], colour: "#766c61" });
    set.box([0.5, 0.1, 22], { at: [s * 9.8, 0.9, 5], colour: "#8c8173" });
  }
  // A water tank on legs, ducts, an aerial, the stair head.
  for (const [x, z] of [
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ] as const)
    set.rod([-6 + x, 0, -2 + z], [-6 + x * 0.8, 2.2, -2 + z * 0.8], 0.08, { colour: "#4c4038", finish: "metal" });
  set.post(1.4, 2.4, { at: [-6, 2.2, -2], colour: "#6d4f38", finish: "wood" }, 1.35);
  set.add(new THREE.ConeGeometry(1.6, 0.9, 20), { at: [-6, 5.05, -2], colour: "#4a3b31" });
  set.soft([1.5, 1, 1.5], { at: [4.8, 0, -3.6], colour: "#8a8d8e", finish: "metal" }, 0.06);
  set.add(new THREE.CylinderGeometry(0.45, 0.45, 0.06, 20), { at: [4.8, 1.04, -3.6], colour: "#2b2d30" });
  set.soft([0.5, 0.5, 7], { at: [7.6, 0.3, 0], colour: "#7f8385", finish: "metal" }, 0.08);
  set.box([0.8, 0.5, 0.8], { at: [2.4, 0, -1.6], colour: "#5b4630", finish: "wood" });
  set.box([2.6, 2.6, 3], { at: [-7.4, 0, 4], colour: "#7a6555" });
  context.lamps.push(
    aLamp({ at: [-5.9, 2.3, 4], colour: "#ffb15e", power: 18, reach: 12, on: palette.lampsOn, glow: 0.5 }),
  );
  // Fairy lights over the sitting place.
  for (let i = 0; i < 17; i += 1) {
    const k = i / 16;
    const at: [number, number, number] = [-4.6 + k * 10, 2.9 - Math.sin(k * Math.PI) * 0.7, -3.4 - k * 0.4];
    set.ball([0.09, 0.09, 0.09], { at, colour: "#ffc67d", finish: palette.lampsOn ? "glow" : "gloss", power: 3 });
    if (i % 5 === 2)
      context.lamps.push(aLamp({ at, colour: "#ffbd75", power: 7, reach: 7, on: palette.lampsOn, glow: 0.25 }));
  }
  // The city.
  const haze = palette.fog.colour.clone().lerp(new THREE.Color("#1d2634"), palette.lampsOn ? 0.72 : 0.45);
  for (let i = 0; i < 74; i += 1) {
    const z = span(-70, -16, random);
    const x = span(-58, 58, random);
    const w = span(4, 9, random);
    const top = span(-8, 3, random) + Math.max(0, -z - 26) * 0.24 * random();
    const tone = haze.clone().offsetHSL(0, 0, span(-0.02, 0.03, random));
    set.box([w, 40 + top, w], { at: [x, -40, z], colour: tone, shade: 0 });
    if (!palette.lampsOn) continue;
    const rows = Math.floor(w / 1.1);
    for (let r = 0; r < 6; r += 1)
      for (let c = 0; c < rows; c += 1)
        if (random() < 0.3)
          set.box([0.5, 0.7, 0.1], {
            at: [x - w / 2 + 0.7 + c * 1.1, top - 1.6 - r * 1.7, z + w / 2 + 0.05],
            colour: random() < 0.7 ? "#ffc27e" : "#cfe0ff",
            finish: "glow",
            power: span(1, 2.6, random),
            shade: 0,
          });
  }
};

export const market: Kit = (context) => {
  const { set, random, palette } = context;
  const fruit: { at: [number, number, number]; colour: string }[] = [];
  set.floor(60, 80, {
    at: [0, -0.01, -14],
    colour: palette.wet ? "#4a4743" : "#82786a",
    finish: palette.wet ? "wet" : "shell",
  });
  for (let i = 0; i < 160; i += 1)
    set.box([span(0.4, 0.9, random), 0.012, span(0.3, 0.6, random)], {
      at: [span(-2.3, 2.3, random), -0.008, span(-22, 12, random)],
      colour: oneOf(random, ["#796f62", "#8b8172", "#6f665a"]),
      shade: 0,
    });
  const cloths = ["#a63c31", "#e2d8c0", "#2f6b63", "#c98f2e", "#3f567d"] as const;
  for (const s of [-1, 1] as const) {
    for (let i = 0; i < 8; i += 1) {
      const z = 6 - i * 3.5;
      const x = s * 3.1;
      const cloth = cloths[Math.floor(random() * cloths.length)] ?? cloths[0];
      set.soft([1.4, 0.85, 2.7], { at: [x, 0, z], colour: "#6b5138", finish: "wood" }, 0.03);
      set.box([1.5, 0.32, 2.72], { at: [x - s * 0.02, 0.5, z], colour: cloth });
      for (const [dx, dz] of [
        [-0.8, -1.3],
        [-0.8, 1.3],
        [0.8, -1.3],
        [0.8, 1.3],
      ] as const)
        set.rod([x + dx, 0, z + dz], [x + dx, 2.35, z + dz], 0.035, { colour: "#54412f", finish: "wood" });
      for (let strip = 0; strip < 6; strip += 1)
        set.box([2, 0.045, 0.46], {
          at: [x - s * 0.1, 2.32, z - 1.15 + strip * 0.46],
          tilt: [0, s * -15],
          colour: strip % 2 === 0 ? cloth : "#e5dcc8",
          shade: 0,
        });
      for (let c = 0; c < 3; c += 1) {
        const at = z - 0.85 + c * 0.85;
        const goods = oneOf(random, ["#c2452d", "#d69a2c", "#6d8c3d", "#7c3b52", "#d9cba6", "#c76a2a"]);
        set.soft([0.95, 0.12, 0.72], { at: [x - s * 0.1, 0.85, at], colour: "#8a6b46", finish: "wood" }, 0.02);
        for (let g = 0; g < 15; g += 1)
          fruit.push({
            at: [x - s * 0.1 + span(-0.36, 0.36, random), 0.99 + random() * 0.07, at + span(-0.27, 0.27, random)],
            colour: goods,
          });
      }
      if (i % 2 === 0) {
        set.ball([0.12, 0.15, 0.12], {
          at: [x - s * 0.7, 2, z],
          colour: "#ffcb86",
          finish: palette.lampsOn ? "glow" : "gloss",
          power: 3,
        });
        context.lamps.push(
          aLamp({ at: [x - s * 0.8, 1.9, z], colour: "#ffbb6e", power: 13, reach: 9, on: palette.lampsOn, glow: 0.4 }),
        );
      }
    }
    for (let z = 10; z > -34; z -= 8) {
      const h = span(6, 10, random);
      set.box([4, h, 8], {
        at: [s * 8.2, 0, z - 4],
        colour: oneOf(random, ["#b09377", "#a67f63", "#9a8b74", "#b59f80"]),
      });
      for (let w = 0; w < 3; w += 1)
        set.box([0.1, 1.4, 0.9], {
          at: [s * 6.18, 3.4 + (w % 2) * 2.6, z - 1.5 - w * 2.3],
          colour: palette.lampsOn && random() < 0.6 ? "#ffbf77" : "#39474c",
          finish: palette.lampsOn ? "glow" : "gloss",
          power: 0.8,
          shade: 0,
        });
    }
  }
  let n = 0;
  scatter(context, new THREE.SphereGeometry(0.065, 7, 5), ["#fff", "#fff"], fruit.length, () => {
    const { at, colour } = fruit[(n += 1) - 1]!;
    return { at, scale: [1, 0.92, 1], colour };
  });
  for (let k = 0; k < 4; k += 1) {
    for (let i = 0; i <= 12; i += 1) {
      const t = i / 12;
      set.box([0.24, 0.28, 0.01], {
        at: [-2.6 + t * 5.2, 4.1 - Math.sin(t * Math.PI) * 0.6, 2 - k * 6],
        colour: cloths[(i + k) % cloths.length] ?? cloths[0],
        shade: 0,
      });
    }
  }
  set.box([14, 9, 2], { at: [0, 0, -38], colour: "#9d8568" });
  set.box([3, 14, 3], { at: [1, 0, -40], colour: "#a8906f" });
  set.add(new THREE.ConeGeometry(2.3, 3.4, 4).rotateY(Math.PI / 4), { at: [1, 15.7, -40], colour: "#6d4334" });
  set.soft([0.5, 0.46, 0.5], { at: [1.7, 0, -1.2], colour: "#6b5138", finish: "wood" }, 0.03);
};
