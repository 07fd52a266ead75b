import * as THREE from "three";
import type { Look } from "#domain/screenplay/plan/plan-cast.ts";
import { hashText } from "#domain/screenplay/seeded.ts";

/**
 * A head as a surface, in metres from its middle: an egg with brow, sockets, nose, cheeks, lips and chin raised from it.
 * Eyes, lips, hair and beard lie on it.
 */
export const headMiddle = [0, 1.655, 0.012] as const;
const [wide, tall, deep] = [0.092, 0.124, 0.112] as const;
/** Below its middle a head is a little longer than above it. */
const longer = 1.06;

/** How one face differs from another. */
export type Features = {
  /** Rounder and finer: thin brows, full lips, a small nose. */
  soft: boolean;
  /** How much the jaw narrows. */
  jaw: number;
  nose: number;
  cheeks: number;
  eyes: string;
};

const eyeColours = ["#4a2f1c", "#3b2618", "#5d4a2a", "#4d6470", "#5a6b4a", "#2c1c12"] as const;

export function featuresOf(look: Look): Features {
  const own = hashText(`${look.skin} ${look.hairColour} ${look.height} ${look.build}`);
  const chance = (at: number) => ((own >>> at) % 16) / 15;
  const soft =
    look.beard === "none" &&
    (look.hair === "long" || look.hair === "bun" || look.garment === "dress" || look.garment === "skirt");
  return {
    soft,
    jaw: (soft ? 0.4 : 0.27) + (chance(0) - 0.5) * 0.08,
    nose: (soft ? 0.8 : 1.05) + (chance(4) - 0.5) * 0.3,
    cheeks: (soft ? 1.2 : 0.8) + (chance(8) - 0.5) * 0.5,
    eyes: eyeColours[(own >>> 12) % eyeColours.length] ?? "#4a2f1c",
  };
}

const hill = (x: number, y: number, atX: number, atY: number, wideX: number, wideY: number) =>
  Math.exp(-(((x - atX) / wideX) ** 2) - ((y - atY) / wideY) ** 2);

/** How far what makes a face stands out ahead of the egg. */
function raised(x: number, y: number, face: Features): number {
  const a = Math.abs(x);
  return (
    -0.0105 * hill(a, y, 0.033, 0.006, 0.021, 0.014) +
    (face.soft ? 0.002 : 0.0045) * hill(a, y, 0.028, 0.03, 0.03, 0.01) +
    0.0055 * face.cheeks * hill(a, y, 0.045, -0.03, 0.022, 0.022) +
    0.0105 * hill(x, y, 0, -0.006, 0.0105, 0.026) +
    0.0185 * face.nose * hill(x, y, 0, -0.03, 0.0125, 0.0125) +
    0.0085 * face.nose * hill(a, y, 0.0125, -0.0355, 0.0085, 0.008) +
    0.0065 * hill(x, y, 0, -0.075, 0.03, 0.018) -
    0.0035 * hill(x, y, 0, -0.095, 0.02, 0.006) +
    0.008 * hill(x, y, 0, -0.115, 0.022, 0.014)
  );
}

const between = (from: number, to: number, n: number) => {
  const k = Math.min(1, Math.max(0, (n - from) / (to - from)));
  return k * k * (3 - 2 * k);
};

/** @returns how far ahead the skin is at a spot of the face */
export function skinAt(x: number, y: number, face: Features): number {
  const up = y >= 0 ? y / tall : y / tall / longer;
  const low = Math.max(0, -up);
  const aside = x / (wide * (1 - face.jaw * low * low));
  const ahead = Math.sqrt(Math.max(0, 1 - aside * aside - up * up));
  // Below the nose a face goes straight down to its chin; an egg would draw back, and top light leave it dark.
  const full = ahead ** (1 - 0.45 * between(0, 0.55, low));
  return deep * full * (0.93 + 0.05 * low) + raised(x, y, face) * between(0, 0.5, ahead);
}

/** Rows from crown to throat and columns from the face round to the back: close together where a face is. */
const rows = [
  ...Array.from({ length: 9 }, (_, i) => Math.cos((i / 9) * 1.16)),
  ...Array.from({ length: 30 }, (_, i) => 0.4 - (i / 29) * 1.32),
  ...[-0.955, -0.98, -0.995],
];
const halfRound = [
  ...Array.from({ length: 8 }, (_, i) => (i / 8) * 0.44),
  ...Array.from({ length: 8 }, (_, i) => 0.44 + (i / 8) * 0.8),
  ...Array.from({ length: 6 }, (_, i) => 1.24 + (i / 6) * 1.9),
];
const columns = [
  ...halfRound,
  Math.PI,
  ...halfRound
    .slice(1)
    .map((a) => -a)
    .reverse(),
];

export type Spot = {
  /** From the middle of the head; the surface there. */
  at: THREE.Vector3;
  /** Straight out of it, about. */
  out: THREE.Vector3;
  /** 0 ahead, to π behind; both sides alike. */
  around: number;
};

/**
 * A closed surface about the head.
 * @param lay  where each spot of the skin goes to, changed in place; and its colour
 */
export function headShell(face: Features, lay: (spot: Spot, side: number) => THREE.Color): THREE.BufferGeometry {
  const positions: number[] = [];
  const colours: number[] = [];
  const push = (up: number, angle: number) => {
    const low = Math.max(0, -up);
    const flat = Math.sqrt(Math.max(0, 1 - up * up));
    const [x, z] = [Math.sin(angle) * flat, Math.cos(angle) * flat];
    const at = new THREE.Vector3(x * (1 - face.jaw * low * low) * wide, up * tall * (up < 0 ? longer : 1), 0);
    at.z = z > 0 ? skinAt(at.x, at.y, face) : z * (1.02 - 0.28 * low) * deep;
    const out = new THREE.Vector3(x / wide, up / tall, z / deep).normalize();
    const colour = lay({ at, out, around: Math.abs(angle) }, angle);
    positions.push(at.x, at.y, at.z);
    colours.push(colour.r, colour.g, colour.b);
  };
  for (const up of rows) for (const angle of columns) push(up, angle);
  const indices: number[] = [];
  const n = columns.length;
  for (let row = 1; row < rows.length; row += 1)
    for (let i = 0; i < n; i += 1) {
      const [a, b] = [(row - 1) * n + i, (row - 1) * n + ((i + 1) % n)];
      indices.push(a, a + n, b, b, a + n, b + n);
    }
  // The throat is closed by its last row, which lies in the neck; the crown's first row is a point.
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.Float32BufferAttribute(positions, 3));
  geometry.setAttribute("color", new THREE.Float32BufferAttribute(colours, 3));
  geometry.setIndex(indices);
  geometry.computeVertexNormals();
  return geometry;
}

/** Skin with blood in cheeks, nose and ears, and a little shade about the eyes. */
export function skinTint(look: Look, face: Features): (x: number, y: number, ahead: boolean) => THREE.Color {
  const skin = new THREE.Color(look.skin);
  const blood = skin.clone().multiply(new THREE.Color(1.12, 0.74, 0.7));
  const shade = skin.clone().multiplyScalar(0.74);
  return (x, y, ahead) => {
    if (!ahead) return skin.clone();
    const a = Math.abs(x);
    const red = 0.5 * hill(a, y, 0.046, -0.03, 0.02, 0.02) + 0.42 * hill(x, y, 0, -0.03, 0.014, 0.012);
    const dark = 0.55 * hill(a, y, 0.033, 0.008, 0.02, 0.012) + 0.4 * hill(a, y, 0.008, -0.043, 0.005, 0.004);
    return skin
      .clone()
      .lerp(blood, red * (face.soft ? 1 : 0.8))
      .lerp(shade, dark);
  };
}
