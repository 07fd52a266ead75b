import * as THREE from "three";

/** How a face looks: its colour in linear light, and what it is made of. */
export type FbxLook = {
  colour: readonly [number, number, number];
  lit: boolean;
  roughness: number;
  metalness: number;
  opacity: number;
};

/** How far apart colours are, as the eye has it, that are still the same: the shades of one cheek. */
const sameColour = 0.09;
/** A file with more is nobody's to look through. Any further ones become the nearest of those. */
const mostLooks = 32;

/**
 * The looks that many faces have, few enough to be changed by hand: shades of a colour become the one of them that most
 * faces have.
 * @returns which of them each face has, too
 */
export function fewLooks(faces: readonly FbxLook[]): { looks: FbxLook[]; lookOf: Int32Array } {
  const kinds = new Map<string, { look: FbxLook; faces: number[] }>();
  faces.forEach((look, face) => {
    const key = keyOf(look);
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, { look, faces: [face] });
    else kind.faces.push(face);
  });
  const looks: FbxLook[] = [];
  const lookOf = new Int32Array(faces.length);
  for (const kind of [...kinds.values()].sort((a, b) => b.faces.length - a.faces.length)) {
    const near = nearest(looks, kind.look);
    const joins = near !== null && (near.apart < sameColour || looks.length >= mostLooks);
    const at = joins ? near.at : looks.push(kind.look) - 1;
    for (const face of kind.faces) lookOf[face] = at;
  }
  return { looks, lookOf };
}

function keyOf({ colour, lit, roughness, metalness, opacity }: FbxLook): string {
  return [...shown(colour).map((n) => Math.round(n * 255)), lit, roughness, metalness, opacity].join();
}

function nearest(looks: readonly FbxLook[], to: FbxLook): { at: number; apart: number } | null {
  const goal = shown(to.colour);
  let best: { at: number; apart: number } | null = null;
  for (const [at, look] of looks.entries()) {
    // What something is made of matters more than any shade of it.
    const sameStuff = look.lit === to.lit && look.opacity === to.opacity && look.roughness === to.roughness;
    const colour = shown(look.colour);
    const apart = Math.hypot(...colour.map((n, k) => n - goal[k]!)) + (sameStuff ? 0 : 1);
    if (best === null || apart < best.apart) best = { at, apart };
  }
  return best;
}

const shown = ([r, g, b]: FbxLook["colour"]): number[] => new THREE.Color(r, g, b).convertLinearToSRGB().toArray();
