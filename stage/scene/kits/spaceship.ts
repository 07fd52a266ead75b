import * as THREE from "three";
import type { Kit, KitContext } from "../kit.ts";
import { aLamp } from "../lamps.ts";
import { oneOf, smoothNoise, span, turned } from "./shapes.ts";

const hull = "#8b9199";
const dark = "#3a3f47";
const screens = ["#5fd0e6", "#ffb257", "#7fe0a4", "#e66a5f"] as const;

/** A screen or a row of keys: what it shows is bars that spell nothing. */
function panel(
  { set, random, palette }: KitContext,
  put: (x: number, y: number, z: number) => [number, number, number],
  turn: number,
  size: readonly [number, number],
  tilt: number,
): void {
  const colour = oneOf(random, screens);
  const [w, h] = size;
  const on = palette.lampsOn ? 1 : 0.4;
  const r = (tilt * Math.PI) / 180;
  const on2 = (x: number, up: number, out: number) =>
    put(x, up * Math.cos(r) + out * Math.sin(-r), -up * Math.sin(-r) + out * Math.cos(r));
  set.box([w, h, 0.03], { at: on2(0, 0, 0), turn, tilt: [tilt, 0], colour: "#0d1a22", finish: "gloss", shade: 0 });
  const glow = (x: number, y: number, sx: number, sy: number, c: string, power: number) =>
    set.box([sx, sy, 0.008], {
      at: on2(x, y, 0.02),
      turn,
      tilt: [tilt, 0],
      colour: c,
      finish: "glow",
      power: power * on,
      shade: 0,
    });
  glow(0, h - 0.05, w * 0.86, 0.022, colour, 1.6);
  for (let i = 0; i < 5; i += 1) {
    const long = span(0.2, 0.8, random) * w * 0.6;
    glow(-w * 0.4 + long / 2, h * 0.16 + i * h * 0.13, long, 0.016, i === 3 ? oneOf(random, screens) : colour, 1);
  }
  if (w > 0.4) glow(w * 0.3, h * 0.34, w * 0.2, h * 0.34, colour, 0.55);
}

/** Ribs, wall panels, floor and ceiling of a hull that is round in the corners. */
function ribs(context: KitContext): void {
  const { set, random, palette, plan } = context;
  const night = plan.hour === "night";
  const strip = night ? "#6fa6ff" : "#dcebff";
  set.floor(8, 18, { at: [0, 0, 0.4], colour: "#3b4048", finish: "gloss" });
  for (let z = -7; z < 9; z += 0.5)
    set.box([2.4, 0.02, 0.06], { at: [-0.2, 0, z], colour: "#2b2f36", finish: "metal", shade: 0 });
  for (const s of [-1, 1]) {
    set.box([0.05, 0.03, 16], {
      at: [s * 1.3 - 0.2, 0, 0.6],
      colour: strip,
      finish: "glow",
      power: palette.lampsOn ? 1.1 : 0.7,
      shade: 0,
    });
    for (let z = -7.3; z < 9; z += 2) {
      // A rib: upright, shoulder, half of the roof.
      set.soft([0.34, 1.5, 0.4], { at: [s * 3.85, 0, z], colour: hull }, 0.06);
      set.add(new THREE.BoxGeometry(0.34, 1.75, 0.4), { at: [s * 3.42, 2.1, z], tilt: [0, s * 36], colour: hull });
      set.add(new THREE.BoxGeometry(2.7, 0.3, 0.4), { at: [s * 1.6, 2.86, z], colour: hull });
      set.box([0.06, 1.3, 0.1], {
        at: [s * 3.66, 0.15, z + 0.2],
        colour: strip,
        finish: "glow",
        power: palette.lampsOn ? 1.5 : 0.6,
        shade: 0,
      });
      // Between the ribs: padded below, slanted lockers above.
      const m = z + 1;
      set.soft([0.2, 0.62, 1.5], { at: [s * 3.95, 0.1, m], colour: "#6b717a" }, 0.08);
      set.soft([0.2, 0.62, 1.5], { at: [s * 3.95, 0.8, m], colour: "#767c85" }, 0.08);
      set.add(new THREE.BoxGeometry(0.12, 1.5, 1.54), { at: [s * 3.55, 2.1, m], tilt: [0, s * 36], colour: "#5d636c" });
      set.add(new THREE.BoxGeometry(2.5, 0.1, 1.6), { at: [s * 1.55, 2.92, m], colour: "#565b63" });
      for (let i = 0; i < 2; i += 1)
        set.box([0.03, 0.035, span(0.1, 0.4, random)], {
          at: [s * 3.83, 0.5 + i * 0.7, m + span(-0.5, 0.5, random)],
          colour: oneOf(random, screens),
          finish: "glow",
          power: 1.4,
          shade: 0,
        });
    }
    for (const y of [2.6, 2.72])
      set.rod([s * 2.9, y, -7.4], [s * 2.9, y, 8.6], 0.05, {
        colour: y > 2.65 ? "#a4683a" : "#70767f",
        finish: "metal",
      });
    set.wall(18, 3.2, { at: [s * 4.1, 0, 0.4], turn: s * -90, colour: "#4d535b" });
  }
  set.ceiling(8.4, 18, { at: [0, 3.05, 0.4], colour: "#3f444b" });
  for (let z = -6.2; z < 8.6; z += 2) {
    set.soft(
      [1.1, 0.06, 0.36],
      { at: [-0.1, 2.78, z], colour: strip, finish: "glow", power: palette.lampsOn ? (night ? 0.9 : 1.3) : 0.7 },
      0.03,
    );
    context.lamps.push(
      aLamp({
        at: [-0.1, 2.55, z],
        colour: night ? "#8fb6ff" : "#e8f1ff",
        power: night ? 5 : 8,
        reach: 7,
        on: palette.lampsOn,
        glow: 0,
      }),
    );
  }
  // The door at the back.
  set.wall(8.4, 3.2, { at: [0, 0, 9.2], turn: 180, colour: "#555b64" });
  set.soft([2, 2.4, 0.2], { at: [0, 0, 9.05], colour: "#6f757e", finish: "metal" }, 0.1);
  set.box([0.05, 2.2, 0.03], { at: [0, 0.1, 8.93], colour: "#23272d" });
  set.box([0.5, 0.14, 0.04], { at: [0, 2.5, 8.95], colour: "#ffb257", finish: "glow", power: 1.6 });
}

/** The great window, and space beyond it: stars, a planet with its air, a moon. */
function window(context: KitContext): void {
  const { set, random, extra, moving, lamps } = context;
  const z = -7.6;
  set.box([8.2, 0.95, 0.3], { at: [0, 0, z], colour: "#6f757e" });
  set.box([8.2, 0.36, 0.34], { at: [0, 2.75, z], colour: "#6f757e" });
  for (const x of [-3.9, -1.35, 1.35, 3.9]) set.soft([0.2, 2, 0.3], { at: [x, 0.9, z], colour: hull }, 0.06);
  for (const x of [-2.6, 2.6])
    set.rod([x - Math.sign(x) * 1.2, 0.95, z], [x + Math.sign(x) * 1.2, 2.75, z], 0.06, { colour: hull });
  for (let i = 0; i < 420; i += 1) {
    const way = new THREE.Vector3(span(-1, 1, random), span(-0.55, 0.75, random), -0.9)
      .normalize()
      .multiplyScalar(span(150, 220, random));
    const s = Math.pow(random(), 4) * 0.8 + 0.22;
    set.add(star, {
      at: [way.x, way.y + 1.6, way.z],
      scale: [s, s, s],
      colour: oneOf(random, ["#ffffff", "#cfe0ff", "#ffe6c8"]),
      finish: "glow",
      power: span(0.6, 2, random),
    });
  }
  const noise = smoothNoise(random);
  const ball = new THREE.SphereGeometry(1, 80, 50);
  const position = ball.getAttribute("position");
  const colours = new Float32Array(position.count * 3);
  const [sea, land, cloud] = [new THREE.Color("#1f5c86"), new THREE.Color("#7d7046"), new THREE.Color("#eef3f6")];
  for (let i = 0; i < position.count; i += 1) {
    const [x, y, w] = [position.getX(i), position.getY(i), position.getZ(i)];
    const ground = noise(x * 3 + 20, y * 3 + w * 2) + 0.5 * noise(x * 7, y * 7 + w * 5);
    const veil = noise(x * 2 + w * 3 + 9, y * 9) + 0.5 * noise(x * 6 + 40, y * 14 + w * 4);
    const c = (ground > 0.15 ? land : sea).clone().lerp(cloud, Math.min(0.7, Math.max(0, veil - 0.4) * 1.6));
    colours.set([c.r, c.g, c.b], i * 3);
  }
  ball.setAttribute("color", new THREE.BufferAttribute(colours, 3));
  // The sun of this place stands to the left: the planet wears its own day and night, whatever burns on the bridge.
  const planet = new THREE.Mesh(
    ball,
    new THREE.ShaderMaterial({
      ...planetShader,
      uniforms: { sun: { value: new THREE.Vector3(-0.75, 0.45, 0.5).normalize() } },
    }),
  );
  planet.name = "set:planet";
  planet.scale.setScalar(23);
  planet.position.set(-13, -11, -105);
  planet.rotation.z = 0.35;
  moving.push((t) => {
    planet.rotation.y = t * 0.006;
  });
  extra.push(planet);
  set.ball([7, 7, 7], { at: [34, 26, -130], colour: "#a9a59c", finish: "glow", power: 0.6, shade: 0 });
  lamps.push(aLamp({ at: [-1.6, 1.6, -6.6], colour: "#7fb6e6", power: 9, reach: 8, on: true, glow: 0 }));
}

const star = new THREE.OctahedronGeometry(0.5);

const planetShader = {
  vertexColors: true,
  vertexShader: /* glsl */ `varying vec3 c; varying vec3 n; varying vec3 v; void main() { c = color; n = normalize(mat3(modelMatrix) * normal); vec4 p = modelMatrix * vec4(position, 1.0); v = normalize(cameraPosition - p.xyz); gl_Position = projectionMatrix * viewMatrix * p; }`,
  fragmentShader: /* glsl */ `varying vec3 c; varying vec3 n; varying vec3 v; uniform vec3 sun;
    void main() { vec3 m = normalize(n); float lit = smoothstep(-0.12, 0.7, dot(m, sun)); float edge = pow(1.0 - max(dot(m, normalize(v)), 0.0), 3.0);
      gl_FragColor = vec4(c * (lit * 0.7 + 0.012) + vec3(0.32, 0.6, 1.0) * edge * (0.1 + lit * 1.1), 1.0); }`,
};

function seat({ set }: KitContext, at: readonly [number, number, number], turn: number, tall: number): void {
  const put = turned(at, turn);
  set.post(0.28, 0.05, { at: put(0, 0, 0), colour: dark, finish: "metal" });
  set.post(0.07, tall - 0.12, { at: put(0, 0, 0), colour: dark, finish: "metal" });
  set.soft([0.6, 0.13, 0.58], { at: put(0, tall - 0.13, 0.02), turn, colour: "#3b4656" }, 0.05);
  set.soft([0.58, 0.85, 0.13], { at: put(0, tall, -0.33), turn, tilt: [-7, 0], colour: "#3b4656" }, 0.05);
  set.soft([0.34, 0.2, 0.12], { at: put(0, tall + 0.84, -0.42), turn, colour: "#2d3542" }, 0.05);
  for (const s of [-1, 1]) {
    set.soft(
      [0.09, 0.07, 0.46],
      { at: put(s * 0.35, tall + 0.16, 0.02), turn, colour: "#5d646e", finish: "metal" },
      0.02,
    );
    set.box([0.05, 0.2, 0.08], { at: put(s * 0.35, tall - 0.04, -0.1), turn, colour: dark, finish: "metal" });
  }
}

/** A desk of screens; what is on them faces along its own +z. */
function station(context: KitContext, at: readonly [number, number, number], turn: number, wide: number): void {
  const { set, lamps, palette } = context;
  const put = turned(at, turn);
  set.soft([wide, 0.78, 0.6], { at: put(0, 0, -0.1), turn, colour: "#5d636c" }, 0.07);
  set.box([wide - 0.1, 0.05, 0.5], {
    at: put(0, 0.8, 0.04),
    turn,
    tilt: [12, 0],
    colour: "#23282f",
    finish: "gloss",
    shade: 0,
  });
  for (let x = -wide / 2 + 0.35; x < wide / 2 - 0.1; x += 0.62) {
    panel(context, (dx, y, dz) => put(x + dx, 0.95 + y, -0.28 + dz), turn, [0.54, 0.36], -16);
    panel(context, (dx, y, dz) => put(x + dx, 0.83 + y, 0.2 + dz), turn, [0.5, 0.3], -74);
  }
  lamps.push(aLamp({ at: put(0, 1.25, 0.55), colour: "#6fcfe8", power: 3.4, reach: 4, on: palette.lampsOn, glow: 0 }));
}

/** A table over which a small world turns, made of light. */
function chart({ set, extra, moving, lamps, palette }: KitContext, at: readonly [number, number, number]): void {
  set.post(0.3, 0.8, { at, colour: "#4d535b", finish: "metal" }, 0.46);
  set.post(0.55, 0.08, { at: [at[0], 0.8, at[2]], colour: "#2b3037", finish: "gloss" });
  set.add(new THREE.TorusGeometry(0.5, 0.02, 8, 40).rotateX(Math.PI / 2), {
    at: [at[0], 0.89, at[2]],
    colour: "#5fd0e6",
    finish: "glow",
    power: palette.lampsOn ? 2 : 0.8,
  });
  if (!palette.lampsOn) return;
  const light = new THREE.MeshBasicMaterial({
    color: "#59c8e6",
    wireframe: true,
    transparent: true,
    opacity: 0.5,
    depthWrite: false,
    blending: THREE.AdditiveBlending,
  });
  const world = new THREE.Mesh(new THREE.SphereGeometry(0.27, 14, 9), light);
  world.name = "glow";
  world.position.set(at[0], 1.36, at[2]);
  world.rotation.z = 0.3;
  moving.push((t) => {
    world.rotation.y = t * 0.5;
  });
  extra.push(world);
  lamps.push(aLamp({ at: [at[0], 1.4, at[2]], colour: "#6fd6ee", power: 5, reach: 4.5, on: true, glow: 0.45 }));
}

export const spaceship: Kit = (context) => {
  ribs(context);
  window(context);
  seat(context, [0.35, 0, -2.5], 8, 0.5);
  for (const [x, turn] of [
    [-2.1, 172],
    [2.1, 188],
  ] as const) {
    seat(context, [x, 0, -5.1], turn, 0.48);
    station(context, [x, 0, -6.6], x < 0 ? -8 : 8, 1.9);
  }
  seat(context, [-2.75, 0, -0.8], 55, 0.48);
  seat(context, [2.75, 0, -1.2], -55, 0.48);
  station(context, [-3.45, 0, -1.5], 90, 2.5);
  station(context, [3.45, 0, -2], -90, 2.5);
  station(context, [-3.5, 0, 4.6], 90, 1.9);
  chart(context, [1.75, 0, -2.6]);
};
