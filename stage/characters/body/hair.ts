import * as THREE from "three";
import type { Look } from "#domain/screenplay/plan/plan-cast.ts";
import { type Features, headMiddle, headShell } from "./face.ts";
import { ball, darker, lock, rigid, tinted } from "./parts.ts";

/** Where hair begins, metres above the head's middle, by how far round from the face it is. */
const hairline: readonly (readonly [around: number, y: number])[] = [
  [0, 0.076],
  [0.4, 0.074],
  [0.72, 0.056],
  [0.98, 0.034],
  [1.22, 0.006],
  [1.42, 0.008],
  [1.56, 0.012],
  [1.8, -0.03],
  [2.2, -0.074],
  [Math.PI, -0.092],
];
/** Below what a beard grows. */
const beardline: typeof hairline = [
  [0, -0.049],
  [0.4, -0.053],
  [0.62, -0.06],
  [0.9, -0.04],
  [1.15, -0.002],
  [1.38, -0.012],
  [1.6, -0.2],
  [Math.PI, -0.2],
];

function lineAt(line: typeof hairline, around: number): number {
  for (let i = 1; i < line.length; i += 1) {
    const [[a, from], [b, to]] = [line[i - 1]!, line[i]!];
    if (around <= b) return from + ((to - from) * (around - a)) / (b - a);
  }
  return line.at(-1)![1];
}

const between = (from: number, to: number, n: number) => {
  const k = Math.min(1, Math.max(0, (n - from) / (to - from)));
  return k * k * (3 - 2 * k);
};

/** How thick hair is on top, at the sides, and over the brow, metres. */
const cuts = {
  short: { top: 0.02, side: 0.011, brow: 0.012 },
  long: { top: 0.019, side: 0.017, brow: 0.006 },
  bun: { top: 0.012, side: 0.01, brow: 0.003 },
  under: { top: 0.004, side: 0.008, brow: 0 },
} as const;

/** Hair on the head, and what hangs from it. */
export function hair(look: Look, face: Features): THREE.BufferGeometry[] {
  if (look.hair === "bald") return [];
  const worn = look.hair === "short" || look.hair === "long" || look.hair === "bun";
  const cut = cuts[worn ? (look.hair as "short" | "long" | "bun") : "under"];
  const colour = new THREE.Color(look.hairColour);
  const shell = headShell(face, ({ at, out, around }, angle) => {
    const grown = between(-0.006, 0.011, at.y - lineAt(hairline, around));
    const top = between(0.02, 0.1, at.y);
    // Parted at the left; the fringe goes over to the right.
    const brow = cut.brow * between(1.1, 0.2, Math.abs(angle + 0.22)) * between(0.125, 0.085, at.y);
    const strand = Math.sin(angle * 13 + at.y * 60 + Math.sin(at.y * 90) * 0.7);
    const parting = 0.5 * between(0.1, 0, Math.abs(angle - 0.5)) * between(0.06, 0.1, at.y);
    const thick = (cut.side + (cut.top - cut.side) * top + brow) * (1 + 0.13 * strand - parting);
    at.addScaledVector(out, -0.007 + (thick + 0.007) * grown);
    return colour.clone().multiplyScalar(1 + 0.13 * strand - 0.1 * (1 - top));
  });
  const parts = [tinted(shell, "head", headMiddle)];
  const hue = look.hairColour;
  if (look.hair === "long") {
    parts.push(
      rigid(ball, "head", hue, [0, 1.615, -0.058], [0.099, 0.1, 0.064]),
      rigid(ball, "head", darker(hue, 0.94), [0, 1.535, -0.064], [0.104, 0.135, 0.054], [0.1, 0, 0]),
    );
    for (const s of [-1, 1])
      parts.push(
        lock("head", hue, [
          [s * 0.079, 1.724, 0.036, 0.012],
          [s * 0.093, 1.68, 0.03, 0.019],
          [s * 0.096, 1.62, 0.018, 0.023],
          [s * 0.098, 1.54, 0.006, 0.024],
          [s * 0.094, 1.465, 0.004, 0.019],
          [s * 0.088, 1.425, 0.01, 0.004],
        ]),
      );
  }
  if (look.hair === "bun")
    parts.push(
      rigid(ball, "head", hue, [0, 1.745, -0.112], [0.05, 0.047, 0.046]),
      rigid(ball, "head", darker(hue, 0.7), [0, 1.733, -0.084], [0.042, 0.04, 0.03]),
    );
  return parts;
}

export function beard(look: Look, face: Features): THREE.BufferGeometry[] {
  if (look.beard === "none") return [];
  const colour = new THREE.Color(look.hairColour);
  const full = look.beard === "full";
  const shell = headShell(face, ({ at, out, around }, angle) => {
    const mouth = Math.hypot(at.x / 0.026, (at.y + 0.0775) / 0.0105);
    const grown = between(0.006, -0.006, at.y - lineAt(beardline, around)) * between(0.85, 1.25, mouth);
    const chin = between(-0.07, -0.125, at.y) * between(1.3, 0.2, around);
    const strand = Math.sin(angle * 19 + at.y * 130);
    const thick = (full ? 0.011 + 0.026 * chin : 0.003) * (1 + 0.16 * strand);
    at.addScaledVector(out, -0.006 + (thick + 0.006) * grown);
    if (full) at.y -= 0.02 * chin * grown;
    return colour.clone().multiplyScalar(1 + 0.12 * strand);
  });
  return [tinted(shell, "head", headMiddle)];
}

/** A hat with a brim that turns up at its sides and a crown with a dent, a cap with a peak, a hood. */
export function headwear(look: Look): THREE.BufferGeometry[] {
  const colour = look.headwearColour;
  if (look.hair === "cap")
    return [
      rigid(
        new THREE.CylinderGeometry(0.125, 0.108, 0.056, 24),
        "head",
        colour,
        [0, 1.768, -0.006],
        [1, 1, 1.1],
        [-0.1, 0, 0],
      ),
      rigid(ball, "head", colour, [0, 1.79, -0.008], [0.124, 0.022, 0.137], [-0.1, 0, 0]),
      rigid(
        new THREE.CylinderGeometry(0.109, 0.109, 0.03, 24),
        "head",
        darker(colour, 0.6),
        [0, 1.733, -0.002],
        [1, 1, 1.13],
        [-0.1, 0, 0],
      ),
      rigid(ball, "head", "#14161b", [0, 1.722, 0.112], [0.086, 0.01, 0.062], [0.3, 0, 0]),
      rigid(ball, "head", "#b8963f", [0, 1.762, 0.122], [0.016, 0.016, 0.006]),
    ];
  if (look.hair === "hat") {
    const brim = new THREE.CylinderGeometry(0.164, 0.164, 0.01, 32, 1);
    bend(brim, (at) => (at.y += 0.9 * at.x * at.x - (at.z > 0 ? 0.5 : -0.1) * at.z * at.z));
    const crown = new THREE.CylinderGeometry(0.083, 0.107, 0.1, 28, 4);
    bend(crown, (at) => {
      const up = (at.y + 0.05) / 0.1;
      // Pinched in front, and dented along the top.
      at.x *= 1 - 0.16 * up * between(-0.02, 0.08, at.z);
      if (up > 0.98) at.y += 0.012 * Math.min(1, Math.abs(at.x) / 0.07) - (Math.hypot(at.x, at.z) < 0.01 ? 0.012 : 0);
    });
    return [
      rigid(crown, "head", colour, [0, 1.782, -0.004], [1, 1, 1.13], [-0.08, 0, 0]),
      rigid(brim, "head", colour, [0, 1.735, 0], [1, 1, 1.1], [-0.04, 0, 0]),
      rigid(
        new THREE.CylinderGeometry(0.106, 0.1085, 0.024, 24),
        "head",
        darker(colour, 0.45),
        [0, 1.752, -0.003],
        [1, 1, 1.13],
        [-0.08, 0, 0],
      ),
    ];
  }
  if (look.hair === "hood")
    return [
      rigid(
        new THREE.SphereGeometry(1, 24, 16, Math.PI * 0.72, Math.PI * 1.56),
        "head",
        colour,
        [0, 1.65, -0.01],
        [0.132, 0.155, 0.146],
        [-0.05, Math.PI, 0],
      ),
    ];
  return [];
}

function bend(geometry: THREE.BufferGeometry, how: (at: THREE.Vector3) => void): void {
  const position = geometry.getAttribute("position");
  const at = new THREE.Vector3();
  for (let i = 0; i < position.count; i += 1) {
    how(at.fromBufferAttribute(position, i));
    position.setXYZ(i, at.x, at.y, at.z);
  }
  geometry.computeVertexNormals();
}
