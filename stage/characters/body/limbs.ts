import type * as THREE from "three";
import type { Look } from "#domain/screenplay/plan/plan-cast.ts";
import { roundedBox } from "../../scene/set-builder.ts";
import type { BoneName } from "../skeleton.ts";
import { ball, darker, lock, rigid, type Ring, tube, type Weights } from "./parts.ts";

/** Under what hangs over the thighs they are slim, so that no knee shows through it. */
const longHem: ReadonlySet<Look["garment"]> = new Set<Look["garment"]>(["dress", "skirt", "coat", "raincoat"]);

export function limbs(look: Look, b: number, seated: boolean): THREE.BufferGeometry[] {
  const parts: THREE.BufferGeometry[] = [];
  const sleeve = look.garmentColour;
  const bare = look.garment === "dress";
  for (const [side, arm, fore, hand] of [
    [1, "leftUpperArm", "leftLowerArm", "leftHand"],
    [-1, "rightUpperArm", "rightLowerArm", "rightHand"],
  ] as const) {
    const x = (n: number) => n * side;
    const wide = look.garment === "coat" || look.garment === "raincoat" ? 1.2 : 1.05;
    // Where a short sleeve ends it ends at once.
    const cuff = bare ? 1.12 : 1;
    const rings: Ring[] = [
      // A shoulder is round about its joint, so that it stays round however the arm is turned.
      ring(x(0.178), 1.458, 0.012, 0.013, [[arm, 1]]),
      ring(x(0.178), 1.45, 0.032 * b, 0.036, [[arm, 1]]),
      ring(x(0.179), 1.436, 0.045 * b * wide, 0.05 * wide, [[arm, 1]]),
      ring(x(0.181), 1.41, 0.054 * b * wide, 0.059 * wide, [[arm, 1]]),
      ring(x(0.186), 1.372, 0.0555 * b * wide, 0.061 * wide, [[arm, 1]]),
      ring(x(0.196), 1.305, 0.051 * b * wide, 0.056 * wide, [[arm, 1]]),
      ring(x(0.206), 1.235, 0.047 * b * wide * cuff, 0.05 * wide * cuff, [[arm, 1]]),
      ring(x(0.206), 1.233, 0.046 * b * wide, 0.049 * wide, [[arm, 1]]),
      ring(x(0.214), 1.15, 0.042 * wide, 0.044 * wide, [
        [arm, 0.65],
        [fore, 0.35],
      ]),
      ring(x(0.216), 1.1, 0.041 * wide, 0.044 * wide, [
        [arm, 0.3],
        [fore, 0.7],
      ]),
      ring(x(0.223), 1.02, 0.04 * wide, 0.043 * wide, [[fore, 1]]),
      ring(x(0.231), 0.905, 0.034 * wide, 0.037 * wide, [[fore, 1]]),
      ring(x(0.231), 0.903, 0.023, 0.028, [[fore, 1]]),
      ring(x(0.232), 0.86, 0.019, 0.028, [[hand, 1]]),
    ];
    const clothed = bare ? 7 : 12;
    parts.push(
      tube(
        rings,
        rings.map((_, i) => (i < clothed ? sleeve : look.skin)),
      ),
      ...handOf(look.skin, hand, side),
    );
  }
  for (const [side, thigh, shin, foot, toes] of [
    [1, "leftUpperLeg", "leftLowerLeg", "leftFoot", "leftToes"],
    [-1, "rightUpperLeg", "rightLowerLeg", "rightFoot", "rightToes"],
  ] as const) {
    const x = (n: number) => n * side;
    const legs = look.garment === "dress" ? darker(look.legsColour, 0.9) : look.legsColour;
    const shoe = "#1e1b1a";
    // Who sits in something long has it over the thighs.
    const lap = seated ? lapOf(look) : null;
    const loose = lap !== null ? 0.012 : !seated && longHem.has(look.garment) ? -0.014 : 0;
    parts.push(
      tube(
        [
          {
            at: [x(0.075), 0.98, -0.005],
            rx: 0.07 * b,
            rz: 0.09,
            weights: [
              ["hips", 0.85],
              [thigh, 0.15],
            ],
          },
          {
            at: [x(0.09), 0.9, -0.002],
            rx: 0.088 * b + loose,
            rz: 0.098 + loose,
            weights: [
              ["hips", 0.4],
              [thigh, 0.6],
            ],
          },
          { at: [x(0.097), 0.8, 0], rx: 0.08 * b + loose, rz: 0.088 + loose, weights: [[thigh, 1]] },
          { at: [x(0.1), 0.64, 0.004], rx: 0.066 * b + loose, rz: 0.07 + loose, weights: [[thigh, 1]] },
          {
            at: [x(0.1), 0.53, 0.008],
            rx: 0.056 + loose * 1.3,
            rz: 0.06 + loose * 1.3,
            weights: [
              [thigh, 0.7],
              [shin, 0.3],
            ],
          },
          {
            at: [x(0.1), 0.47, 0.008],
            rx: 0.055,
            rz: 0.058,
            weights: [
              [thigh, 0.3],
              [shin, 0.7],
            ],
          },
          { at: [x(0.1), 0.36, -0.006], rx: 0.056, rz: 0.06, weights: [[shin, 1]] },
          { at: [x(0.1), 0.2, -0.008], rx: 0.05, rz: 0.052, weights: [[shin, 1]] },
          { at: [x(0.1), 0.1, -0.01], rx: 0.05, rz: 0.055, weights: [[shin, 1]] },
        ],
        lap !== null
          ? [lap, lap, lap, lap, lap, legs]
          : look.garment === "shorts"
            ? [legs, legs, legs, legs, look.skin]
            : look.garment === "skirt"
              ? [legs, legs, legs, look.skin]
              : legs,
      ),
      rigid(roundedBox([0.092, 0.085, 0.15], 0.035), foot, shoe, [x(0.1), 0.048, 0.0]),
      rigid(roundedBox([0.096, 0.064, 0.13], 0.03), foot, shoe, [x(0.103), 0.035, 0.075]),
      rigid(roundedBox([0.096, 0.058, 0.11], 0.029), toes, shoe, [x(0.104), 0.032, 0.138]),
      rigid(roundedBox([0.08, 0.12, 0.09], 0.03), foot, shoe, [x(0.1), 0.1, -0.016]),
    );
  }
  return parts;
}

/** @returns the colour of the cloth over the thighs of who sits, null when what they wear ends above */
export function lapOf({ garment, garmentColour, legsColour }: Look): string | null {
  if (garment === "skirt") return legsColour;
  return garment === "dress" || garment === "raincoat" || garment === "coat" ? garmentColour : null;
}

const ring = (x: number, y: number, rx: number, rz: number, weights: Weights): Ring => ({
  at: [x, y, y > 1.1 ? -0.006 : (1.1 - y) * 0.07 - 0.006],
  rx,
  rz,
  weights,
});

/** A palm, four fingers a little bent and a thumb, as a hand hangs; it takes hold of things as it is. */
function handOf(skin: string, bone: BoneName, side: number): THREE.BufferGeometry[] {
  const x = (n: number) => side * n;
  return [
    rigid(roundedBox([0.033, 0.094, 0.072], 0.0155), bone, skin, [x(0.232), 0.822, 0.02], [1, 1, 1], [-0.06, 0, 0]),
    rigid(ball, bone, skin, [x(0.222), 0.835, 0.044], [0.017, 0.032, 0.017], [-0.45, 0, 0]),
    lock(bone, skin, [
      [x(0.226), 0.845, 0.05, 0.0115],
      [x(0.219), 0.812, 0.066, 0.011],
      [x(0.214), 0.785, 0.07, 0.0095],
      [x(0.212), 0.77, 0.07, 0.005],
    ]),
    ...[0, 1, 2, 3].map((finger) => {
      const z = 0.0465 - finger * 0.0172;
      const long = [0.92, 1, 0.95, 0.78][finger] ?? 1;
      const r = [0.0095, 0.0098, 0.0094, 0.0082][finger] ?? 0.009;
      return lock(bone, skin, [
        [x(0.233), 0.79, z, r * 1.05],
        [x(0.234), 0.776, z + 0.001, r * 1.05],
        [x(0.229), 0.776 - 0.034 * long, z + 0.003, r],
        [x(0.217), 0.776 - 0.061 * long, z + 0.004, r * 0.92],
        [x(0.2105), 0.776 - 0.07 * long, z + 0.004, r * 0.5],
      ]);
    }),
  ];
}
