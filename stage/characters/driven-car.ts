import * as THREE from "three";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { hashText } from "#domain/screenplay/seeded.ts";
import { SetBuilder } from "../scene/set-builder.ts";

const paints = ["#3f5a44", "#6b2f2a", "#2f4560", "#8a7f6a", "#33363b"];

const nearFramings: ReadonlySet<ScenePlan["camera"]["framing"]> = new Set([
  ...(["medium", "medium-close", "close-up", "extreme-close-up", "two-shot", "over-shoulder"] as const),
]);

/** For a near picture of the driver a crew takes off what is before the face. */
export const isStripped = (plan: Pick<ScenePlan, "camera">) => nearFramings.has(plan.camera.framing);

/**
 * A car with room in it, without panes, round somebody who sits at its left: the driver's place is x = 0, z = 0, the
 * nose is towards +z, metres.
 */
export function drivenCar(plan: ScenePlan): THREE.Group {
  const set = new SetBuilder(() => 0.5);
  const colour = paints[hashText(`${plan.setSeed}`) % paints.length] ?? "#3f5a44";
  const stripped = isStripped(plan);
  const lightsOn = plan.hour !== "day" || plan.weather === "storm" || plan.weather === "fog";
  // The middle of the car is at the driver's right.
  const mid = -0.37;
  const put = (x: number, y: number, z: number): [number, number, number] => [mid + x, y, z - 0.1];
  const paint = { colour, finish: "gloss" as const };
  const dark = { colour: "#1d1e21", shade: 0.2 };
  set.soft([1.72, 0.5, 1.32], { at: put(0, 0.3, 1.52), ...paint, shade: 0.35 }, 0.16);
  set.soft([1.5, 0.09, 1.1], { at: put(0, 0.76, 1.4), ...paint }, 0.045);
  set.soft([1.72, 0.56, 1.15], { at: put(0, 0.3, -1.62), ...paint, shade: 0.35 }, 0.16);
  for (const x of [-0.81, 0.81]) {
    set.soft([0.1, 0.5, 2.2], { at: put(x, 0.3, -0.1), ...paint, shade: 0.35 }, 0.045);
    if (!stripped) set.rod(put(x * 0.95, 0.78, 0.98), put(x * 0.82, 1.36, 0.34), 0.032, paint);
    set.rod(put(x * 0.95, 0.78, -0.72), put(x * 0.84, 1.36, -0.62), 0.04, paint);
    set.rod(put(x * 0.95, 0.84, -2.05), put(x * 0.82, 1.36, -1.5), 0.04, paint);
    set.rod(put(x * 0.83, 1.37, 0.34), put(x * 0.83, 1.37, -1.5), 0.035, paint);
    if (!stripped) set.ball([0.1, 0.09, 0.13], { at: put(x * 1.16, 0.88, 0.8), ...paint });
  }
  set.soft([1.4, 0.05, 1.84], { at: put(0, 1.36, -0.58), ...paint }, 0.024);
  set.rod(put(-0.68, 1.37, 0.34), put(0.68, 1.37, 0.34), 0.03, paint);
  set.soft([1.55, 0.22, 0.34], { at: put(0, 0.6, 0.86), ...dark }, 0.08);
  set.box([1.6, 0.06, 2.4], { at: put(0, 0.22, -0.1), ...dark });
  const leather = { colour: "#4b382b", shade: 0.25 };
  for (const x of [-0.37, 0.37]) {
    set.soft([0.52, 0.16, 0.52], { at: put(x, 0.2, 0.14), ...leather }, 0.07);
    set.soft([0.5, 0.62, 0.14], { at: put(x, 0.34, -0.2), tilt: [-10, 0], ...leather }, 0.06);
    set.soft([0.26, 0.17, 0.09], { at: put(x, 1.0, -0.27), tilt: [-10, 0], ...leather }, 0.04);
  }
  set.soft([1.3, 0.5, 0.2], { at: put(0, 0.4, -1.0), ...leather }, 0.08);
  for (const x of [-0.78, 0.78])
    for (const z of [1.42, -1.42]) {
      set.add(new THREE.CylinderGeometry(0.33, 0.33, 0.2, 22).rotateZ(Math.PI / 2), {
        at: put(x, 0.33, z),
        colour: "#131416",
        shade: 0,
      });
      set.add(new THREE.CylinderGeometry(0.18, 0.18, 0.215, 16).rotateZ(Math.PI / 2), {
        ...{ at: put(x, 0.33, z), colour: "#8b9095", finish: "metal", shade: 0 },
      });
    }
  for (const x of [-0.62, 0.62]) {
    const lamp = lightsOn
      ? { colour: "#fff0cc", finish: "glow" as const, power: 6 }
      : { colour: "#c9cdd0", finish: "gloss" as const };
    set.soft([0.34, 0.17, 0.1], { at: put(x, 0.53, 2.14), ...lamp }, 0.04);
    set.soft(
      [0.2, 0.2, 0.08],
      { at: put(x * 1.15, 0.55, -2.17), colour: "#a3221c", finish: lightsOn ? "glow" : "gloss", power: 1.2 },
      0.03,
    );
  }
  const chrome = { colour: "#9ba0a4", finish: "metal" as const };
  set.soft([1.76, 0.14, 0.16], { at: put(0, 0.34, 2.14), ...chrome }, 0.05);
  set.soft([1.76, 0.14, 0.16], { at: put(0, 0.34, -2.16), ...chrome }, 0.05);
  const car = set.build();
  car.name = "driven-car";
  return car;
}
