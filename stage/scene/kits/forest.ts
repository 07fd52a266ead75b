import * as THREE from "three";
import type { Kit, KitContext } from "../kit.ts";
import { coneOfLight } from "../lamps.ts";
import { lanternPost } from "./cabin.ts";
import { type Random, boulder, crown, rise, smoothNoise, span } from "./shapes.ts";
import { ground, scatter } from "./terrain.ts";

const pathAt = (z: number) => Math.sin(z * 0.13) * 0.8;
const onPath = (x: number, z: number) => Math.abs(x - pathAt(z)) < 1.1;

type Tree = { x: number; z: number; s: number };

/** A skirt of fir branches: a cone whose rim is ragged and hangs. */
function skirt(radius: number, height: number, random: Random): THREE.BufferGeometry {
  const geometry = new THREE.ConeGeometry(radius, height, 15, 2, true);
  const position = geometry.getAttribute("position");
  const ragged = Array.from({ length: 16 }, (_, i) => (i % 2 === 0 ? 1.14 : 0.72) * span(0.88, 1.12, random));
  for (let i = 0; i < position.count; i += 1) {
    const [x, y, z] = [position.getX(i), position.getY(i), position.getZ(i)];
    const low = rise(height * 0.1, -height / 2, y);
    const at = Math.round(((Math.atan2(x, z) + Math.PI) / (Math.PI * 2)) * 15) % 15;
    const by = 1 + ((ragged[at] ?? 1) - 1) * low;
    position.setXYZ(i, x * by, y - low * (by - 1) * 0.9, z * by);
  }
  const flat = geometry.toNonIndexed();
  flat.computeVertexNormals();
  return flat;
}

function trees(context: KitContext, all: readonly Tree[]): void {
  const { random } = context;
  let n = 0;
  const trunks = (list: readonly Tree[], colour: readonly [string, string], thin: number) => {
    let at = 0;
    scatter(
      context,
      new THREE.CylinderGeometry(0.12 * thin, 0.27 * thin, 9, 8, 4, true).translate(0, 4.5, 0),
      colour,
      list.length,
      () => {
        const { x, z, s } = list[(at += 1) - 1]!;
        return { at: [x, -0.1, z], scale: [s, s * 1.1, s], turn: random() * 6, lean: span(-0.05, 0.05, random) };
      },
      { shadows: true },
    );
    // Where the roots go into the ground.
    at = 0;
    scatter(
      context,
      new THREE.ConeGeometry(0.5 * thin, 0.7, 7, 1, true).translate(0, 0.3, 0),
      colour,
      list.length,
      () => {
        const { x, z, s } = list[(at += 1) - 1]!;
        return { at: [x, -0.1, z], scale: [s, s, s], turn: random() * 6 };
      },
    );
  };
  const firs = all.filter((_, i) => i % 3 !== 0);
  const birches = all.filter((_, i) => i % 3 === 0);
  trunks(firs, ["#5a4636", "#75604c"], 1);
  trunks(birches, ["#b9b3a4", "#d6d1c4"], 0.72);
  for (const [y, r, h] of [
    [2.9, 1.75, 1.9],
    [4.2, 1.5, 1.9],
    [5.5, 1.22, 1.9],
    [6.8, 0.92, 1.9],
    [8.1, 0.6, 2],
  ] as const) {
    n = 0;
    scatter(
      context,
      skirt(r, h, random).translate(0, y + h / 2, 0),
      ["#2f4a35", "#4a6a3c"],
      firs.length,
      () => {
        const { x, z, s } = firs[(n += 1) - 1]!;
        return { at: [x, 0, z], scale: [s, s, s], turn: random() * 6 };
      },
      { shadows: true },
    );
  }
  n = 0;
  const leaves = crown(random);
  for (const [dx, dy, by] of [
    [0, 8.2, 1],
    [0.9, 7.2, 0.7],
    [-0.8, 7.5, 0.62],
  ] as const) {
    let at = 0;
    scatter(
      context,
      leaves.clone(),
      ["#63752f", "#97903c"],
      birches.length,
      () => {
        const { x, z, s } = birches[(at += 1) - 1]!;
        return {
          at: [x + dx * s, dy * s, z + dx * 0.6 * s],
          scale: [1.9 * s * by, 1.5 * s * by, 1.9 * s * by],
          turn: random() * 6,
        };
      },
      { shadows: true },
    );
  }
}

/** A fern: blades that bend out from one root. */
function fern(): THREE.BufferGeometry {
  const points: number[] = [];
  for (let blade = 0; blade < 8; blade += 1) {
    const a = (blade / 8) * Math.PI * 2;
    const [c, s] = [Math.cos(a), Math.sin(a)];
    for (let i = 0; i < 4; i += 1) {
      const at = (k: number, wide: number): [number, number, number] => [
        c * k * 0.6 - s * wide,
        0.5 * Math.sin(k * 2.3) - k * 0.06,
        s * k * 0.6 + c * wide,
      ];
      const [from, to] = [i / 4, (i + 1) / 4];
      const [w0, w1] = [0.11 * Math.sin((from + 0.12) * 2.6), 0.11 * Math.sin((to + 0.12) * 2.6)];
      const [p, q, u, v] = [at(from, w0), at(from, -w0), at(to, w1), at(to, -w1)];
      points.push(...p, ...u, ...q, ...q, ...u, ...v, ...p, ...q, ...u, ...q, ...v, ...u);
    }
  }
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.Float32BufferAttribute(points, 3));
  // Leaves take the light from above, whichever way they turn.
  const up = new Float32Array(points.length);
  for (let i = 1; i < up.length; i += 3) up[i] = 1;
  geometry.setAttribute("normal", new THREE.BufferAttribute(up, 3));
  return geometry;
}

function floor(context: KitContext, clear: (x: number, z: number) => boolean): void {
  const { set, random } = context;
  const noise = smoothNoise(random);
  const [moss, litter, worn] = [new THREE.Color("#5d6636"), new THREE.Color("#6e5636"), new THREE.Color("#8a7350")];
  ground(context, {
    x: { from: -15, to: 15, step: 0.55, far: [-80, 80] },
    z: { from: -24, to: 16, step: 0.55, far: [-90, 50] },
    height: (x, z) =>
      noise(x * 0.16, z * 0.16) * 1.1 * rise(6, 20, Math.hypot(x, z)) +
      noise(x * 0.9, z * 0.9) * 0.07 * rise(0.6, 2, Math.abs(x - pathAt(z))) -
      0.03,
    colour: (x, _y, z) =>
      litter
        .clone()
        .lerp(moss, rise(-0.2, 0.5, noise(x * 0.33, z * 0.33)))
        .lerp(worn, (1 - rise(0.45, 1, Math.abs(x - pathAt(z)) + noise(x * 1.6, z * 1.6) * 0.25)) * 0.85)
        .offsetHSL(0, 0, span(-0.03, 0.03, random)),
  });
  const somewhere = (near: number) => {
    const r = Math.sqrt(random()) * near;
    const a = random() * Math.PI * 2;
    return [Math.cos(a) * r, Math.sin(a) * r - 3] as const;
  };
  scatter(context, new THREE.CircleGeometry(0.07, 5).rotateX(-Math.PI / 2), ["#8a5f2c", "#b8863a"], 900, () => {
    const [x, z] = somewhere(15);
    return {
      at: [x, 0.02 + random() * 0.02, z],
      scale: [1, 1, 1.5],
      turn: random() * 6,
      lean: span(-0.25, 0.25, random),
    };
  });
  scatter(
    context,
    fern(),
    ["#4f7434", "#7f9444"],
    240,
    () => {
      const [x, z] = somewhere(19);
      if (!clear(x, z) || Math.hypot(x, z) < 1.9) return null;
      const s = span(0.7, 1.6, random);
      return { at: [x, -0.03, z], scale: [s, s * span(0.8, 1.2, random), s], turn: random() * 6 };
    },
    { shadows: true },
  );
  scatter(context, new THREE.ConeGeometry(0.02, 1, 3).translate(0, 0.5, 0), ["#5f6f34", "#8b8f48"], 1100, () => {
    const [x, z] = somewhere(16);
    if (onPath(x, z)) return null;
    return {
      at: [x, -0.03, z],
      scale: [1, span(0.1, 0.34, random), 1],
      turn: random() * 6,
      lean: span(-0.4, 0.4, random),
    };
  });
  // Fallen trunks with moss on them, stones, mushrooms at their feet.
  for (const [x, z, turn, long, thick] of [
    [-5.4, -6.5, -34, 6, 0.36],
    [5.6, -9, 52, 5, 0.3],
    [-4.6, 3.4, 70, 3.2, 0.26],
  ] as const) {
    set.add(new THREE.CylinderGeometry(thick * 0.8, thick, long, 11, 1).rotateZ(Math.PI / 2), {
      at: [x, thick * 0.7, z],
      turn,
      colour: "#5d4a38",
      finish: "wood",
    });
    set.add(
      new THREE.CylinderGeometry(thick * 0.83, thick * 1.03, long * 0.7, 11, 1, false, -0.9, 1.8).rotateZ(Math.PI / 2),
      {
        at: [x, thick * 0.72, z],
        turn,
        colour: "#6d7d3a",
        shade: 0,
      },
    );
    context.solid({ at: [x, thick, z], half: [long / 2, thick, thick], turn });
  }
  scatter(
    context,
    boulder(random, 0.3, 2),
    ["#6d6d5c", "#8a8874"],
    42,
    () => {
      const [x, z] = somewhere(17);
      const s = Math.pow(random(), 2) * 1.1 + 0.15;
      return clear(x, z) ? { at: [x, s * 0.1, z], scale: [s * 1.3, s * 0.8, s], turn: random() * 6 } : null;
    },
    { shadows: true },
  );
  for (let i = 0; i < 9; i += 1) {
    const [x, z] = [2.55 + span(-0.2, 0.35, random), -0.5 + span(-0.3, 0.3, random)];
    const tall = span(0.06, 0.13, random);
    set.post(0.014, tall, { at: [x, 0, z], colour: "#d9d0bd" });
    set.add(new THREE.SphereGeometry(0.05, 9, 5, 0, Math.PI * 2, 0, Math.PI / 2), {
      at: [x, tall - 0.01, z],
      colour: i % 3 === 0 ? "#a8432e" : "#b98a55",
      shade: 0,
    });
  }
}

/** Light that falls between the crowns when the sun is there. */
function shafts({ plan, palette, extra, graded, random }: KitContext): void {
  if (plan.hour === "night" || plan.weather === "rain" || plan.weather === "storm" || plan.weather === "snow") return;
  const strong = plan.weather === "fog" ? 0.12 : plan.hour === "day" ? 0.05 : 0.085;
  const from = palette.key.from;
  for (let i = 0; i < 5; i += 1) {
    const tint = new THREE.Color();
    const shaft = coneOfLight(13, span(0.9, 1.7, random), tint);
    graded.push(({ key }) => tint.copy(key.colour).multiplyScalar(strong));
    const foot = new THREE.Vector3(span(-5, 4, random), 0, -4 - i * 3.2);
    const way = new THREE.Vector3(from.x * 0.6, 1, from.z * 0.6).normalize();
    shaft.position.copy(foot).addScaledVector(way, 12.4);
    shaft.quaternion.setFromUnitVectors(new THREE.Vector3(0, 1, 0), way);
    extra.push(shaft);
  }
}

export const forest: Kit = (context) => {
  const { random } = context;
  const clear = (x: number, z: number) =>
    Math.hypot(x, z) > 2.4 && !(onPath(x, z) || (Math.abs(x - 1) < 2.6 && z > -4 && z < 15));
  const spots: Tree[] = [];
  for (let i = 0; i < 620 && spots.length < 180; i += 1) {
    const [x, z] = [span(-34, 34, random), span(-54, 13, random)];
    // Room for light above the way and round the action.
    const near = Math.hypot(x, z + 2) < 5.4 || Math.abs(x - pathAt(z)) < 2;
    const crowded = spots.some((other) => Math.hypot(other.x - x, other.z - z) < 1.7);
    if (clear(x, z) && !near && !crowded) spots.push({ x, z, s: span(0.8, 1.4, random) });
  }
  trees(context, spots);
  for (const { x, z, s } of spots)
    if (Math.hypot(x, z) < 24) context.solid({ at: [x, 2, z], half: [0.26 * s, 2.2, 0.26 * s], turn: 0 });
  floor(context, clear);
  scatter(
    context,
    crown(random),
    ["#47592e", "#76803a"],
    60,
    () => {
      const [x, z] = [span(-19, 19, random), span(-34, 8, random)];
      const s = span(0.25, 0.75, random);
      return clear(x, z) && Math.hypot(x, z) > 4.5 ? { at: [x, 0.1, z], scale: [s * 1.3, s, s * 1.3] } : null;
    },
    { shadows: true },
  );
  shafts(context);
  lanternPost(context, [-2.3, 0, -2.4], 22);
  context.set.add(new THREE.CylinderGeometry(0.26, 0.3, 2.6, 12).rotateZ(Math.PI / 2), {
    at: [1.6, 0.22, -1.05],
    turn: 28,
    colour: "#6a543f",
    finish: "wood",
  });
};
