import * as THREE from "three";
import { mergeGeometries } from "three/addons/utils/BufferGeometryUtils.js";
import type { Look } from "#domain/screenplay/plan/plan-cast.ts";
import { roundedBox } from "../scene/set-builder.ts";
import { boneIndex } from "./skeleton.ts";
import type { BoneName } from "./skeleton.ts";

/**
 * A mannequin's body as one skinned mesh: tubes for trunk and limbs whose weights blend over the joints, and rigid
 * parts for head, hands, feet, hair and headwear. One draw call a person, whatever they wear.
 */
type Weights = readonly (readonly [BoneName, number])[];
type Ring = {
  at: readonly [number, number, number];
  rx: number;
  rz: number;
  weights: Weights | ((side: number) => Weights);
};

const around = 14;

function tube(rings: readonly Ring[], colour: string | readonly string[], capped = true): THREE.BufferGeometry {
  const positions: number[] = [];
  const colours: number[] = [];
  const indices: number[] = [];
  const bones: number[] = [];
  const weights: number[] = [];
  // Rings may run up or down; the outside must stay outside.
  const up = (rings.at(-1)?.at[1] ?? 0) > (rings[0]?.at[1] ?? 0);
  const tint = new THREE.Color();
  rings.forEach((ring, level) => {
    tint.set(typeof colour === "string" ? colour : (colour[Math.min(level, colour.length - 1)] ?? "#888888"));
    for (let i = 0; i < around; i += 1) {
      const a = (i / around) * Math.PI * 2;
      positions.push(ring.at[0] + Math.sin(a) * ring.rx, ring.at[1], ring.at[2] + Math.cos(a) * ring.rz);
      colours.push(tint.r, tint.g, tint.b);
      pushWeights(bones, weights, typeof ring.weights === "function" ? ring.weights(Math.sin(a)) : ring.weights);
    }
    if (level === 0) return;
    for (let i = 0; i < around; i += 1) {
      const [p, q] = [(level - 1) * around + i, (level - 1) * around + ((i + 1) % around)];
      if (up) indices.push(p, q, p + around, q, q + around, p + around);
      else indices.push(p, p + around, q, q, p + around, q + around);
    }
  });
  if (capped) {
    for (const level of [0, rings.length - 1]) {
      const ring = rings[level];
      if (ring === undefined) continue;
      const centre = positions.length / 3;
      positions.push(...ring.at);
      tint.set(typeof colour === "string" ? colour : (colour[Math.min(level, colour.length - 1)] ?? "#888888"));
      colours.push(tint.r, tint.g, tint.b);
      pushWeights(bones, weights, typeof ring.weights === "function" ? ring.weights(0) : ring.weights);
      for (let i = 0; i < around; i += 1) {
        const [p, q] = [level * around + i, level * around + ((i + 1) % around)];
        if ((level === 0) !== up) indices.push(centre, p, q);
        else indices.push(centre, q, p);
      }
    }
  }
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.Float32BufferAttribute(positions, 3));
  geometry.setAttribute("color", new THREE.Float32BufferAttribute(colours, 3));
  geometry.setAttribute("skinIndex", new THREE.Uint16BufferAttribute(bones, 4));
  geometry.setAttribute("skinWeight", new THREE.Float32BufferAttribute(weights, 4));
  geometry.setIndex(indices);
  geometry.computeVertexNormals();
  return geometry;
}

function pushWeights(bones: number[], weights: number[], list: Weights): void {
  for (let i = 0; i < 4; i += 1) {
    const entry = list[i];
    bones.push(entry === undefined ? 0 : boneIndex[entry[0]]);
    weights.push(entry === undefined ? 0 : entry[1]);
  }
}

/** A part that goes with one bone. */
function rigid(
  geometry: THREE.BufferGeometry,
  bone: BoneName,
  colour: string,
  at: readonly [number, number, number],
  scale: readonly [number, number, number] = [1, 1, 1],
  turn: readonly [number, number, number] = [0, 0, 0],
): THREE.BufferGeometry {
  const own = geometry.clone();
  own.scale(...scale);
  own.applyMatrix4(new THREE.Matrix4().makeRotationFromEuler(new THREE.Euler(...turn)));
  own.translate(...at);
  own.deleteAttribute("uv");
  const count = own.getAttribute("position").count;
  const tint = new THREE.Color(colour);
  const colours = new Float32Array(count * 3);
  const bones = new Uint16Array(count * 4);
  const weights = new Float32Array(count * 4);
  for (let i = 0; i < count; i += 1) {
    colours.set([tint.r, tint.g, tint.b], i * 3);
    bones[i * 4] = boneIndex[bone];
    weights[i * 4] = 1;
  }
  own.setAttribute("color", new THREE.BufferAttribute(colours, 3));
  own.setAttribute("skinIndex", new THREE.BufferAttribute(bones, 4));
  own.setAttribute("skinWeight", new THREE.BufferAttribute(weights, 4));
  if (own.index === null) own.setIndex([...Array(count).keys()]);
  return own;
}

const ball = new THREE.SphereGeometry(1, 14, 10);

function darker(colour: string, by: number): string {
  return `#${new THREE.Color(colour).multiplyScalar(by).getHexString()}`;
}

function limbs(look: Look, b: number): THREE.BufferGeometry[] {
  const parts: THREE.BufferGeometry[] = [];
  const sleeve = look.garmentColour;
  const bare = look.garment === "dress";
  for (const [side, shoulder, arm, fore, hand] of [
    [1, "leftShoulder", "leftUpperArm", "leftLowerArm", "leftHand"],
    [-1, "rightShoulder", "rightUpperArm", "rightLowerArm", "rightHand"],
  ] as const) {
    const x = (n: number) => n * side;
    const wide = look.garment === "coat" || look.garment === "raincoat" ? 1.2 : 1.05;
    parts.push(
      tube(
        [
          {
            at: [x(0.125), 1.435, -0.005],
            rx: 0.05,
            rz: 0.055,
            weights: [
              [shoulder, 0.5],
              ["upperChest", 0.35],
              [arm, 0.15],
            ],
          },
          {
            at: [x(0.175), 1.42, -0.005],
            rx: 0.06 * b,
            rz: 0.066,
            weights: [
              [arm, 0.6],
              [shoulder, 0.4],
            ],
          },
          {
            at: [x(0.198), 1.34, -0.005],
            rx: 0.054 * b * wide,
            rz: 0.06 * wide,
            weights: [
              [arm, 0.95],
              [shoulder, 0.05],
            ],
          },
          { at: [x(0.207), 1.22, -0.008], rx: 0.047 * b * wide, rz: 0.05 * wide, weights: [[arm, 1]] },
          {
            at: [x(0.215), 1.145, -0.01],
            rx: 0.043 * wide,
            rz: 0.045 * wide,
            weights: [
              [arm, 0.65],
              [fore, 0.35],
            ],
          },
          {
            at: [x(0.216), 1.1, -0.01],
            rx: 0.042 * wide,
            rz: 0.044 * wide,
            weights: [
              [arm, 0.3],
              [fore, 0.7],
            ],
          },
          { at: [x(0.224), 1.0, 0], rx: 0.039 * wide, rz: 0.042 * wide, weights: [[fore, 1]] },
          { at: [x(0.231), 0.9, 0.012], rx: 0.034 * wide, rz: 0.037 * wide, weights: [[fore, 1]] },
          { at: [x(0.231), 0.898, 0.012], rx: 0.024, rz: 0.026, weights: [[fore, 1]] },
          { at: [x(0.232), 0.865, 0.015], rx: 0.02, rz: 0.026, weights: [[hand, 1]] },
        ],
        bare
          ? [sleeve, sleeve, sleeve, sleeve, look.skin, look.skin, look.skin, look.skin, look.skin, look.skin]
          : [sleeve, sleeve, sleeve, sleeve, sleeve, sleeve, sleeve, sleeve, look.skin, look.skin],
      ),
      rigid(ball, arm, sleeve, [x(0.18), 1.388, -0.005], [0.048 * b, 0.05, 0.054]),
      rigid(ball, hand, look.skin, [x(0.234), 0.815, 0.02], [0.021, 0.052, 0.037]),
      rigid(ball, hand, look.skin, [x(0.234), 0.765, 0.026], [0.015, 0.038, 0.03], [-0.25, 0, 0]),
      rigid(ball, hand, look.skin, [x(0.222), 0.815, 0.052], [0.012, 0.034, 0.014], [-0.5, 0, 0]),
    );
  }
  for (const [side, thigh, shin, foot, toes] of [
    [1, "leftUpperLeg", "leftLowerLeg", "leftFoot", "leftToes"],
    [-1, "rightUpperLeg", "rightLowerLeg", "rightFoot", "rightToes"],
  ] as const) {
    const x = (n: number) => n * side;
    const legs = look.garment === "dress" ? darker(look.legsColour, 0.9) : look.legsColour;
    const shoe = "#1e1b1a";
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
            rx: 0.088 * b,
            rz: 0.098,
            weights: [
              ["hips", 0.4],
              [thigh, 0.6],
            ],
          },
          { at: [x(0.097), 0.8, 0], rx: 0.08 * b, rz: 0.088, weights: [[thigh, 1]] },
          { at: [x(0.1), 0.64, 0.004], rx: 0.066 * b, rz: 0.07, weights: [[thigh, 1]] },
          {
            at: [x(0.1), 0.53, 0.008],
            rx: 0.056,
            rz: 0.06,
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
        look.garment === "shorts"
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

function trunk(look: Look, b: number, seated: boolean): THREE.BufferGeometry[] {
  const cloth = look.garmentColour;
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
          rx: 0.15 * b,
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
          at: [0, 1.31, 0.002],
          rx: 0.184 * b,
          rz: 0.124 * b,
          weights: [
            ["chest", 0.55],
            ["upperChest", 0.45],
          ],
        },
        { at: [0, 1.4, -0.005], rx: 0.178 * b, rz: 0.108, weights: [["upperChest", 1]] },
        { at: [0, 1.45, -0.012], rx: 0.125, rz: 0.082, weights: [["upperChest", 1]] },
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
      [
        look.legsColour,
        look.garment === "jacket" || look.garment === "sweater" ? cloth : cloth,
        cloth,
        cloth,
        cloth,
        cloth,
        cloth,
        cloth,
        cloth,
      ],
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
  const long = Math.max(seated ? 0.6 : 0, lengths[look.garment]);
  if (look.garment !== "sweater" && look.garment !== "shorts") {
    const hem = look.garment === "skirt" ? look.legsColour : cloth;
    const rows = 6;
    const flare = (seated ? 0.25 : 1) * flares[look.garment];
    const rings: Ring[] = [];
    for (let i = 0; i <= rows; i += 1) {
      const down = i / rows;
      const y = 1.06 + (long - 1.06) * down;
      const follow = Math.min(0.82, Math.max(0, (1.0 - y) / 0.3));
      rings.push({
        at: [0, y, 0],
        rx: 0.166 * b + 0.012 + flare * down,
        rz: 0.122 * b + 0.014 + flare * down * 0.95,
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
    parts.push(
      tube(rings.reverse(), hem, false),
      tube(
        [...rings].map((ring) => ({ ...ring, rx: ring.rx - 0.008, rz: ring.rz - 0.008 })).reverse(),
        darker(hem, 0.5),
        false,
      ),
    );
  }
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

function headGeometry(): THREE.BufferGeometry {
  const geometry = new THREE.SphereGeometry(1, 28, 20);
  const position = geometry.getAttribute("position");
  for (let i = 0; i < position.count; i += 1) {
    let [x, y, z] = [position.getX(i), position.getY(i), position.getZ(i)];
    const low = Math.max(0, -y);
    // The jaw narrows and comes forward; the face is flatter than the back of the head.
    x *= 1 - 0.36 * low * low;
    z = z > 0 ? z * (0.93 + 0.05 * low) : z * (1.02 - 0.28 * low);
    y = y < 0 ? y * 1.06 : y;
    if (z > 0.5 && y > -0.15 && y < 0.25) z -= 0.05 * (1 - Math.abs(x) * 2) * (x === 0 ? 0 : 1);
    position.setXYZ(i, x * 0.092, y * 0.124, z * 0.112);
  }
  geometry.computeVertexNormals();
  return geometry;
}

function head(look: Look): THREE.BufferGeometry[] {
  const centre: [number, number, number] = [0, 1.655, 0.012];
  const parts = [
    rigid(headGeometry(), "head", look.skin, centre),
    rigid(ball, "head", look.skin, [0, 1.638, 0.121], [0.0135, 0.021, 0.018], [-0.35, 0, 0]),
    rigid(ball, "head", darker(look.skin, 0.96), [0, 1.627, 0.124], [0.0165, 0.0105, 0.013]),
    // Rigs for talk and blinks: the mouth opens by scale, the lids close by scale.
    rigid(ball, "jaw", darker(look.skin, 0.36), [0, 1.582, 0.1095], [0.024, 0.0062, 0.008]),
    rigid(ball, "head", darker(look.skin, 0.8), [0, 1.573, 0.108], [0.021, 0.005, 0.0075]),
  ];
  for (const s of [-1, 1]) {
    parts.push(
      rigid(ball, "head", look.skin, [s * 0.091, 1.645, 0.004], [0.011, 0.029, 0.018]),
      rigid(ball, "lids", "#e9e4da", [s * 0.033, 1.662, 0.0975], [0.0155, 0.0092, 0.009]),
      rigid(ball, "lids", "#17120f", [s * 0.032, 1.662, 0.1035], [0.0078, 0.0086, 0.0055]),
      rigid(
        roundedBox([0.036, 0.008, 0.012], 0.003),
        "head",
        look.hair === "bald" ? darker(look.skin, 0.5) : darker(look.hairColour, 0.8),
        [s * 0.034, 1.686, 0.106],
        [1, 1, 1],
        [0, s * 0.22, -s * 0.08],
      ),
    );
  }
  const cap = new THREE.SphereGeometry(1, 24, 14, 0, Math.PI * 2, 0, Math.PI * 0.56);
  const hair = look.hairColour;
  if (look.hair !== "bald") {
    parts.push(rigid(cap, "head", hair, [0, 1.672, -0.004], [0.1025, 0.126, 0.122], [-0.72, 0, 0]));
    parts.push(rigid(ball, "head", hair, [0, 1.63, -0.05], [0.092, 0.09, 0.07]));
    // Locks along the brow and temples, so that hair has an edge and is no bathing cap.
    const locks = look.hair === "short" ? 7 : 6;
    for (let i = 0; i < locks && ["short", "long", "bun"].includes(look.hair); i += 1) {
      const a = ((i + 0.5) / locks - 0.5) * 2.3;
      parts.push(
        rigid(
          ball,
          "head",
          i % 2 === 0 ? hair : darker(hair, 0.88),
          [Math.sin(a) * 0.084, 1.742 - Math.abs(a) * 0.022, 0.022 + Math.cos(a) * 0.074],
          [0.028, 0.018, 0.033],
          [0.7, a, (i % 2 === 0 ? 0.3 : -0.15) + a * 0.2],
        ),
      );
    }
    for (const s of [-1, 1]) parts.push(rigid(ball, "head", hair, [s * 0.089, 1.668, 0.022], [0.011, 0.036, 0.02]));
  }
  if (look.hair === "long") {
    parts.push(rigid(ball, "head", hair, [0, 1.56, -0.062], [0.1, 0.16, 0.06], [0.08, 0, 0]));
    for (const s of [-1, 1])
      parts.push(rigid(ball, "head", hair, [s * 0.088, 1.585, -0.012], [0.026, 0.125, 0.05], [0, 0, s * 0.06]));
  }
  if (look.hair === "bun") parts.push(rigid(ball, "head", hair, [0, 1.735, -0.105], [0.05, 0.048, 0.048]));
  if (look.hair === "cap") {
    parts.push(
      rigid(
        new THREE.CylinderGeometry(0.125, 0.104, 0.062, 24),
        "head",
        look.headwearColour,
        [0, 1.765, -0.006],
        [1, 1, 1.1],
        [-0.1, 0, 0],
      ),
      rigid(
        new THREE.CylinderGeometry(0.106, 0.106, 0.03, 24),
        "head",
        darker(look.headwearColour, 0.6),
        [0, 1.728, -0.002],
        [1, 1, 1.12],
        [-0.1, 0, 0],
      ),
      rigid(roundedBox([0.14, 0.014, 0.075], 0.006), "head", "#101216", [0, 1.716, 0.127], [1, 1, 1], [0.3, 0, 0]),
      rigid(ball, "head", "#b8963f", [0, 1.757, 0.118], [0.016, 0.016, 0.006]),
    );
  }
  if (look.hair === "hat") {
    parts.push(
      rigid(
        new THREE.CylinderGeometry(0.086, 0.104, 0.11, 24),
        "head",
        look.headwearColour,
        [0, 1.785, -0.004],
        [1, 1, 1.12],
        [-0.08, 0, 0],
      ),
      rigid(
        new THREE.CylinderGeometry(0.172, 0.172, 0.012, 28),
        "head",
        look.headwearColour,
        [0, 1.733, 0],
        [1, 1, 1.1],
        [-0.06, 0, 0],
      ),
      rigid(
        new THREE.CylinderGeometry(0.106, 0.107, 0.026, 24),
        "head",
        darker(look.headwearColour, 0.45),
        [0, 1.75, -0.003],
        [1, 1, 1.12],
        [-0.08, 0, 0],
      ),
    );
  }
  if (look.hair === "hood")
    parts.push(
      rigid(
        new THREE.SphereGeometry(1, 24, 16, Math.PI * 0.72, Math.PI * 1.56),
        "head",
        look.headwearColour,
        [0, 1.65, -0.01],
        [0.128, 0.15, 0.14],
        [-0.05, Math.PI, 0],
      ),
    );
  if (look.beard !== "none") {
    const full = look.beard === "full" ? 1 : 0.72;
    parts.push(
      rigid(ball, "head", hair, [0, 1.553, 0.062], [0.074 * full, 0.062 * full, 0.062 * full]),
      rigid(ball, "head", hair, [0, 1.598, 0.113], [0.036, 0.0105, 0.012]),
    );
    for (const s of [-1, 1])
      parts.push(rigid(ball, "head", hair, [s * 0.066, 1.6, 0.03], [0.024, 0.058 * full, 0.046]));
  }
  return parts;
}

/** @returns the skinned geometry of a look, at a height of 1.75 m */
export function bodyGeometry(look: Look, seated: boolean): THREE.BufferGeometry {
  const parts = [...trunk(look, look.build, seated), ...limbs(look, look.build), ...head(look)];
  const merged = mergeGeometries(parts, false);
  for (const part of parts) part.dispose();
  if (merged === null) throw new Error("the parts of a body did not merge");
  return merged;
}
