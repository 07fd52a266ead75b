import * as THREE from "three";
import type { Look } from "#domain/screenplay/plan/plan-cast.ts";
import { featuresOf } from "./face.ts";
import { lapOf } from "./limbs.ts";
import { roundedBox } from "../../scene/set-builder.ts";
import { ball, darker, rigid, type Ring, tube } from "./parts.ts";

/** How high above the floor a garment ends, metres, and how wide it falls there. */
const lengths: Record<Look["garment"], number> = {
  raincoat: 0.5,
  coat: 0.44,
  dress: 0.42,
  skirt: 0.54,
  uniform: 0.8,
  jacket: 0.86,
  suit: 0.84,
  sweater: 0.89,
  shorts: 0.89,
};
const flares: Record<Look["garment"], number> = {
  raincoat: 0.1,
  coat: 0.06,
  dress: 0.12,
  skirt: 0.1,
  uniform: 0.015,
  jacket: 0.012,
  suit: 0.012,
  sweater: 0,
  shorts: 0,
};

export function trunk(look: Look, b: number, seated: boolean): THREE.BufferGeometry[] {
  const cloth = look.garmentColour;
  const { soft } = featuresOf(look);
  const parts = [
    tube(
      [
        { at: [0, 0.85, 0], rx: 0.1 * b, rz: 0.08, weights: [["hips", 1]] },
        { at: [0, 0.92, 0], rx: 0.168 * b, rz: 0.118 * b, weights: [["hips", 1]] },
        {
          at: [0, 1.0, 0],
          rx: 0.162 * b,
          rz: 0.118 * b,
          weights: [
            ["hips", 0.75],
            ["spine", 0.25],
          ],
        },
        {
          at: [0, 1.1, 0.004],
          rx: (soft ? 0.137 : 0.15) * b,
          rz: 0.112 * b,
          weights: [
            ["spine", 0.8],
            ["hips", 0.2],
          ],
        },
        {
          at: [0, 1.2, 0.004],
          rx: 0.162 * b,
          rz: 0.118 * b,
          weights: [
            ["spine", 0.5],
            ["chest", 0.5],
          ],
        },
        {
          at: [0, 1.31, soft ? 0.01 : 0.002],
          rx: (soft ? 0.172 : 0.184) * b,
          rz: (soft ? 0.128 : 0.124) * b,
          weights: [
            ["chest", 0.55],
            ["upperChest", 0.45],
          ],
        },
        { at: [0, 1.4, -0.005], rx: 0.176 * b, rz: 0.107, weights: [["upperChest", 1]] },
        { at: [0, 1.445, -0.012], rx: 0.142, rz: 0.084, weights: [["upperChest", 1]] },
        { at: [0, 1.467, -0.014], rx: 0.096, rz: 0.069, weights: [["upperChest", 1]] },
        {
          at: [0, 1.485, -0.014],
          rx: 0.062,
          rz: 0.06,
          weights: [
            ["upperChest", 0.7],
            ["neck", 0.3],
          ],
        },
      ],
      [look.legsColour, cloth],
    ),
    tube(
      [
        {
          at: [0, 1.45, -0.012],
          rx: 0.056,
          rz: 0.058,
          weights: [
            ["neck", 0.6],
            ["upperChest", 0.4],
          ],
        },
        { at: [0, 1.52, -0.004], rx: 0.051, rz: 0.054, weights: [["neck", 1]] },
        { at: [0, 1.6, 0.004], rx: 0.055, rz: 0.06, weights: [["head", 1]] },
      ],
      look.skin,
    ),
  ];
  // Cloth over bent knees does not fall: a seated coat is cut shorter and closer.
  const lap = seated ? lapOf(look) : null;
  const long = Math.max(lap !== null ? 0.78 : seated ? 0.6 : 0, lengths[look.garment]);
  if (look.garment !== "sweater" && look.garment !== "shorts") {
    const hem = look.garment === "skirt" ? look.legsColour : cloth;
    const rows = 6;
    const flare = (seated ? 0.25 : 1) * flares[look.garment];
    const rings: Ring[] = [];
    for (let i = 0; i <= rows; i += 1) {
      const down = i / rows;
      const y = 1.085 + (long - 1.085) * down;
      const follow = Math.min(0.82, Math.max(0, (1.0 - y) / 0.3));
      rings.push({
        at: [0, y, 0],
        // It begins under what is worn above it.
        rx:
          (soft ? 0.155 : 0.164) * b +
          0.013 * Math.min(1, down * 4) -
          0.012 * (1 - Math.min(1, down * 5)) +
          flare * down,
        rz: 0.119 * b + 0.016 * Math.min(1, down * 4) - 0.01 * (1 - Math.min(1, down * 5)) + flare * down * 0.95,
        weights: (side) => {
          const left = 0.5 + 0.5 * Math.max(-1, Math.min(1, side * 1.8));
          return [
            ["hips", 1 - follow],
            ["leftUpperLeg", follow * left],
            ["rightUpperLeg", follow * (1 - left)],
          ];
        },
      });
    }
    // The lining has the same triangles: where cloth is bent, others would come through.
    parts.push(
      tube(rings, hem, { capped: false }),
      tube(
        rings.map((ring) => ({ ...ring, rx: ring.rx - 0.008, rz: ring.rz - 0.008 })),
        darker(hem, 0.5),
        { capped: false, shows: "inside" },
      ),
    );
  }
  if (lap !== null)
    parts.push(
      tube(
        [0.93, 0.84, 0.72, 0.6, 0.545].map((y, i) => ({
          at: [0, y, -0.004],
          rx: 0.1,
          rz: [0.09, 0.082, 0.07, 0.062, 0.05][i] ?? 0.06,
          weights: [
            ["leftUpperLeg", 0.5],
            ["rightUpperLeg", 0.5],
          ],
        })),
        lap,
      ),
    );
  if (look.garment === "raincoat") {
    parts.push(rigid(ball, "upperChest", darker(cloth, 0.92), [0, 1.475, -0.075], [0.135, 0.075, 0.085]));
    parts.push(
      rigid(
        new THREE.TorusGeometry(0.082, 0.024, 8, 20),
        "upperChest",
        cloth,
        [0, 1.475, -0.004],
        [1, 1, 1.2],
        [Math.PI / 2 + 0.18, 0, 0],
      ),
    );
  } else if (look.garment !== "dress") {
    parts.push(
      rigid(
        new THREE.TorusGeometry(0.07, 0.02, 8, 20),
        "upperChest",
        darker(cloth, 0.82),
        [0, 1.478, -0.006],
        [1, 1, 1.4],
        [Math.PI / 2 + 0.2, 0, 0],
      ),
    );
  }
  if (look.garment === "uniform")
    for (const s of [-1, 1])
      for (let i = 0; i < 3; i += 1)
        parts.push(
          rigid(
            ball,
            i === 0 ? "upperChest" : "chest",
            "#b8963f",
            [s * 0.05, 1.36 - i * 0.08, 0.117 * b],
            [0.011, 0.011, 0.008],
          ),
        );
  if (look.garment === "jacket" || look.garment === "coat")
    parts.push(
      rigid(
        roundedBox([0.058, 0.13, 0.02], 0.01),
        "upperChest",
        "#c9c2b4",
        [0, 1.415, 0.098 * b],
        [1, 1, 1],
        [-0.16, 0, 0],
      ),
    );
  if (look.garment === "suit")
    parts.push(
      rigid(
        roundedBox([0.078, 0.2, 0.02], 0.01),
        "upperChest",
        "#e4e1d8",
        [0, 1.39, 0.1 * b],
        [1, 1, 1],
        [-0.13, 0, 0],
      ),
      rigid(
        roundedBox([0.028, 0.19, 0.014], 0.006),
        "upperChest",
        "#5a2430",
        [0, 1.38, 0.113 * b],
        [1, 1, 1],
        [-0.13, 0, 0],
      ),
      ...[-1, 1].map((s) =>
        rigid(
          roundedBox([0.05, 0.2, 0.016], 0.008),
          "upperChest",
          darker(cloth, 0.78),
          [s * 0.056, 1.385, 0.104 * b],
          [1, 1, 1],
          [-0.14, s * 0.3, s * 0.26],
        ),
      ),
      rigid(ball, "chest", darker(cloth, 0.45), [0, 1.24, 0.13 * b], [0.012, 0.012, 0.007]),
    );
  if (look.garment === "raincoat" || look.garment === "coat")
    for (let i = 0; i < 4; i += 1)
      parts.push(
        rigid(
          ball,
          i === 0 ? "upperChest" : i < 3 ? "chest" : "spine",
          darker(cloth, 0.45),
          [0.012, 1.36 - i * 0.09, 0.128 * b + (i === 0 ? -0.006 : 0)],
          [0.012, 0.012, 0.007],
        ),
      );
  return parts;
}
