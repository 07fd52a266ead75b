import * as THREE from "three";
import { glowSprite } from "./lamps.ts";
import type { KitContext } from "./kit.ts";
import { SetBuilder } from "./set-builder.ts";

/** The hull's outline seen from above, bow at +z, as half widths along the length. */
function hullGeometry(length: number, width: number, height: number, flare: number): THREE.BufferGeometry {
  const rings = 14;
  const points: number[] = [];
  const index: number[] = [];
  for (let i = 0; i <= rings; i += 1) {
    const along = i / rings;
    const half = (width / 2) * (along < 0.62 ? 1 : Math.cos(((along - 0.62) / 0.38) * 1.5));
    const z = (along - 0.5) * length;
    const sheer = height + Math.pow(Math.max(0, along - 0.55), 2) * height * 1.3;
    for (const s of [-1, 1]) {
      points.push(s * half * flare, 0, z * 0.96);
      points.push(s * half, sheer, z);
    }
  }
  for (let i = 0; i < rings; i += 1) {
    const a = i * 4;
    index.push(a, a + 4, a + 1, a + 1, a + 4, a + 5);
    index.push(a + 2, a + 3, a + 6, a + 3, a + 7, a + 6);
    index.push(a + 1, a + 5, a + 3, a + 3, a + 5, a + 7);
  }
  index.push(0, 1, 2, 1, 3, 2);
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.Float32BufferAttribute(points, 3));
  geometry.setIndex(index);
  const flat = geometry.toNonIndexed();
  flat.computeVertexNormals();
  return flat;
}

/** The ferry as seen from outside: hull, decks, lit windows, bridge, funnel. It rides the swell. */
export function addFerry(context: KitContext, at: readonly [number, number, number], turn: number, scale = 1): void {
  const set = new SetBuilder(context.random);
  const lit = context.palette.lampsOn;
  const hull = "#232b38";
  const white = "#cfcabd";
  set.add(hullGeometry(30, 8.4, 2.5, 0.86), { at: [0, -0.7, 0], colour: hull, finish: "gloss", shade: 0.4 });
  set.add(hullGeometry(30.15, 8.55, 0.35, 0.995), { at: [0, 1.55, 0], colour: "#a23b2c", finish: "gloss", shade: 0 });
  set.add(hullGeometry(29.6, 8.2, 0.1, 1), { at: [0, 2.0, 0], colour: "#6c675c", shade: 0 });
  set.soft([6.9, 2.5, 17], { at: [0, 2.1, -3.6], colour: white }, 0.25);
  set.soft([6.2, 2.2, 11.5], { at: [0, 4.6, -3], colour: white }, 0.22);
  set.soft([7.2, 0.16, 17.6], { at: [0, 4.55, -3.6], colour: "#b3ac9c" }, 0.06);
  set.soft([4.8, 1.9, 3.4], { at: [0, 6.8, 1.4], colour: white }, 0.18);
  set.soft([5.6, 0.16, 4.2], { at: [0, 8.6, 1.4], colour: "#8f897b" }, 0.06);
  set.soft([6.6, 0.14, 12], { at: [0, 6.75, -3], colour: "#b3ac9c" }, 0.06);
  const glass = lit
    ? { colour: "#ffc27a", finish: "glow" as const, power: 1.5 }
    : { colour: "#22303b", finish: "gloss" as const };
  for (let i = 0; i < 9; i += 1) {
    for (const s of [-1, 1]) {
      const dark = lit && context.random() < 0.22;
      const pane = dark ? { colour: "#1a222b", finish: "gloss" as const } : glass;
      set.box([0.06, 0.78, 1.05], { at: [s * 3.46, 3.1, -11 + i * 1.75], ...pane });
      if (i < 6) set.box([0.06, 0.68, 0.95], { at: [s * 3.11, 5.5, -7.8 + i * 1.75], ...pane });
    }
  }
  for (let i = -2; i <= 2; i += 1) set.box([0.72, 0.7, 0.06], { at: [i * 0.88, 7.5, 3.12], ...glass });
  for (const s of [-1, 1]) set.box([0.06, 0.7, 2.2], { at: [s * 2.42, 7.5, 1.6], ...glass });
  set.post(0.95, 3.2, { at: [0, 6.8, -6.5], colour: "#a23b2c" }, 0.8);
  set.post(0.97, 0.6, { at: [0, 9.1, -6.5], colour: "#1c1e24" }, 0.8);
  set.post(0.09, 4.6, { at: [0, 8.7, 0.6], colour: "#777367" }, 0.04);
  set.rod([-1, 11.2, 0.6], [1, 11.2, 0.6], 0.04, { colour: "#777367" });
  for (const s of [-1, 1]) {
    for (const [y, reach] of [
      [4.65, 8.2],
      [2.1, 13.4],
    ] as const) {
      for (let z = -12; z <= reach - 1.4; z += 1.6)
        set.rod([s * 3.5, y, z], [s * 3.5, y + 0.95, z], 0.028, { colour: "#d8d4c8" });
      for (const rail of [0.5, 0.95])
        set.rod([s * 3.5, y + rail, -12], [s * 3.5, y + rail, reach - 1.4], 0.026, { colour: "#d8d4c8" });
    }
    for (let z = -9; z < 2; z += 3.6) set.soft([0.7, 0.5, 1.8], { at: [s * 3, 6.9, z], colour: "#c8642a" }, 0.2);
  }
  const group = set.build();
  if (lit) {
    const head = glowSprite("#ffe9c4", 2.2, 0.8);
    head.position.set(0, 12.2, 0.6);
    group.add(head);
    for (const s of [-1, 1]) {
      const side = glowSprite(s > 0 ? "#3dff8a" : "#ff4a3d", 1.1, 0.6);
      side.position.set(s * 2.9, 8.2, 2.6);
      group.add(side);
    }
  }
  group.position.set(...at);
  group.rotation.y = (turn * Math.PI) / 180;
  group.scale.setScalar(scale);
  context.extra.push(group);
  const rough = context.plan.weather === "storm" ? 2.2 : context.plan.windy || context.palette.wet ? 1.2 : 0.4;
  context.moving.push((t) => {
    group.position.y = at[1] + Math.sin(t * 0.9) * 0.09 * rough;
    group.rotation.z = Math.sin(t * 0.7 + 1) * 0.008 * rough;
    group.rotation.x = Math.sin(t * 0.55) * 0.005 * rough;
  });
}

/** A lighthouse with its turning beam. `slow` beams turn gently, as at the end of a storm. */
export function addLighthouse(
  context: KitContext,
  at: readonly [number, number, number],
  options: { height: number; beam: number; slow?: boolean },
): void {
  const set = new SetBuilder(context.random);
  const h = options.height;
  const bands = 5;
  const wall = (level: number) => 0.13 * h * (1 - 0.42 * level);
  for (let i = 0; i < bands; i += 1) {
    const from = i / bands;
    const to = (i + 1) / bands;
    const geometry = new THREE.CylinderGeometry(wall(to) * 0.92, wall(from) * 0.92, (h * 0.78) / bands, 28);
    set.add(geometry, {
      at: [0, h * 0.78 * (from + to) * 0.5, 0],
      colour: i % 2 === 1 ? "#9a3a2d" : "#d6d0c2",
      shade: i === 0 ? 0.35 : 0.05,
    });
  }
  const top = h * 0.78;
  set.post(wall(0.85), 0.03 * h, { at: [0, top, 0], colour: "#3c4046" });
  set.post(0.062 * h, 0.11 * h, {
    at: [0, top + 0.03 * h, 0],
    colour: options.beam > 0 ? "#fff0cf" : "#3e4a52",
    finish: options.beam > 0 ? "glow" : "gloss",
    power: 0.6 + options.beam * 2.4,
  });
  for (let i = 0; i < 8; i += 1) {
    const a = (i / 8) * Math.PI * 2;
    const [x, z] = [Math.cos(a) * 0.066 * h, Math.sin(a) * 0.066 * h];
    set.rod([x, top + 0.03 * h, z], [x, top + 0.14 * h, z], 0.006 * h, { colour: "#2b2e33" });
    const [rx, rz] = [Math.cos(a) * wall(0.85), Math.sin(a) * wall(0.85)];
    set.rod([rx, top + 0.03 * h, rz], [rx, top + 0.075 * h, rz], 0.004 * h, { colour: "#2b2e33" });
  }
  set.add(new THREE.TorusGeometry(wall(0.85), 0.005 * h, 6, 24).rotateX(Math.PI / 2), {
    at: [0, top + 0.075 * h, 0],
    colour: "#2b2e33",
  });
  set.add(new THREE.ConeGeometry(0.085 * h, 0.09 * h, 20), { at: [0, top + 0.185 * h, 0], colour: "#7b2f26" });
  set.ball([0.025 * h, 0.025 * h, 0.025 * h], { at: [0, top + 0.24 * h, 0], colour: "#2b2e33" });
  for (let i = 0; i < 3; i += 1)
    set.box([0.035 * h, 0.05 * h, 0.02 * h], {
      at: [0, h * (0.18 + i * 0.22), wall((0.2 + i * 0.22) / 0.8) * 0.9],
      colour: "#2a3138",
    });
  set.box([0.075 * h, 0.13 * h, 0.03 * h], { at: [0, 0, wall(0) * 0.9], colour: "#3b4a48" });
  const group = set.build();
  group.position.set(...at);
  context.extra.push(group);
  if (options.beam <= 0) return;
  const pivot = new THREE.Group();
  pivot.position.set(0, top + 0.085 * h, 0);
  const reach = 90;
  const material = new THREE.ShaderMaterial({
    transparent: true,
    depthWrite: false,
    blending: THREE.AdditiveBlending,
    side: THREE.DoubleSide,
    uniforms: { tint: { value: new THREE.Color("#ffeccb").multiplyScalar(0.34 * options.beam) } },
    vertexShader: /* glsl */ `varying float along; varying vec3 n; varying vec3 v; void main() { along = position.z / ${reach.toFixed(1)}; vec4 p = modelViewMatrix * vec4(position, 1.0); n = normalize(normalMatrix * normal); v = normalize(-p.xyz); gl_Position = projectionMatrix * p; }`,
    fragmentShader: /* glsl */ `varying float along; varying vec3 n; varying vec3 v; uniform vec3 tint; void main() { float edge = pow(abs(dot(normalize(n), normalize(v))), 1.5); gl_FragColor = vec4(tint * edge * pow(max(1.0 - along, 0.0), 1.6), 1.0); }`,
  });
  for (const half of [0, Math.PI]) {
    const beam = new THREE.Mesh(
      new THREE.CylinderGeometry(reach * 0.075, 0.045 * h, reach, 24, 1, true)
        .rotateX(Math.PI / 2)
        .translate(0, 0, reach / 2),
      material,
    );
    beam.rotation.y = half;
    beam.rotation.x = 0.03;
    pivot.add(beam);
  }
  const lamp = glowSprite("#fff0d2", h * 0.62, 0.35 + options.beam * 0.5);
  lamp.position.copy(pivot.position);
  group.add(pivot, lamp);
  const start = ((context.plan.setSeed % 60) / 60) * 1.4 + 0.5;
  context.moving.push((t) => {
    pivot.rotation.y = start + t * (options.slow === true ? 0.28 : 0.7);
  });
}
