import * as THREE from "three";
import type { KitContext } from "../kit.ts";
import { aLamp } from "../lamps.ts";

/** Flames that move, and the light they give. `size` is their height in metres. */
export function addFire(
  context: KitContext,
  at: readonly [number, number, number],
  fire: { size: number; power: number; reach: number; on: boolean },
): void {
  const { lamps, extra, moving } = context;
  lamps.push(
    aLamp({
      at: [at[0], at[1] + fire.size * 0.8, at[2]],
      colour: "#ff9440",
      power: fire.power,
      reach: fire.reach,
      on: fire.on,
      glow: fire.size * 1.1,
      flicker: 0.28,
    }),
  );
  if (!fire.on) return;
  const tongues = new THREE.Group();
  tongues.name = "flames";
  const shape = new THREE.SphereGeometry(0.5, 8, 7).translate(0, 0.42, 0);
  // A drop: round below, drawn out above.
  const position = shape.getAttribute("position");
  for (let i = 0; i < position.count; i += 1) {
    const up = Math.max(0, position.getY(i));
    const thin = Math.pow(Math.max(0, 1 - up / 0.94), 0.55);
    position.setXYZ(i, position.getX(i) * thin, up, position.getZ(i) * thin);
  }
  for (const [dx, dz, wide, tall, colour] of [
    [0, 0, 0.5, 1, "#ff7a22"],
    [0.16, 0.1, 0.34, 0.66, "#ff9a3a"],
    [-0.15, 0.06, 0.32, 0.58, "#ff8a2c"],
    [0, 0.03, 0.26, 0.55, "#ffe09a"],
  ] as const) {
    const tongue = new THREE.Mesh(
      shape.clone(),
      new THREE.MeshBasicMaterial({ color: new THREE.Color(colour).multiplyScalar(2.2), toneMapped: false }),
    );
    tongue.position.set(at[0] + dx * fire.size, at[1], at[2] + dz * fire.size);
    const phase = at[0] * 3 + at[2] * 5 + dx * 40;
    moving.push((t) => {
      const lick = 1 + 0.16 * Math.sin(t * 11 + phase) + 0.1 * Math.sin(t * 23 + phase * 2);
      tongue.scale.set(wide * fire.size, tall * fire.size * lick, wide * fire.size);
      tongue.rotation.set(0.09 * Math.sin(t * 7 + phase), 0, 0.1 * Math.sin(t * 8.3 + phase));
    });
    tongues.add(tongue);
  }
  extra.push(tongues);
}
