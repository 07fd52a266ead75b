import * as THREE from "three";
import { mergeGeometries } from "three/addons/utils/BufferGeometryUtils.js";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { seededRandom } from "#domain/screenplay/seeded.ts";
import { type CrowdSpot, crowdSpots } from "./crowd-spots.ts";
import type { Solid } from "./solid.ts";

export type Crowd = {
  object: THREE.Group;
  solids: Solid[];
  /** They shift their weight and breathe. */
  update(seconds: number): void;
};

/** Whose colour a part of the body has; a row of the texture of colours for each. */
const parts = { garment: 0, legs: 1, skin: 2, hair: 3, shoes: 4 } as const;
type Part = keyof typeof parts;

const wardrobe: Record<Part, readonly string[]> = {
  garment: [
    "#6b3b34",
    "#3f566b",
    "#6d6a4f",
    "#4a4552",
    "#7b6a55",
    "#3d5a4a",
    "#8a4a36",
    "#55606b",
    "#9a8a6a",
    "#2f3644",
  ],
  legs: ["#2b2e36", "#3a342e", "#4a4a4c", "#26303f", "#54493c"],
  skin: ["#f0c6a4", "#d9a47c", "#b5794f", "#8a5636", "#5c3a26"],
  hair: ["#1c1612", "#3a2618", "#6b4a2a", "#a58458", "#8d8d8d", "#2a1f1a"],
  shoes: ["#1e1b1a", "#3a2c22"],
};

/**
 * People who only stand about, in two draw calls however many they are: simple bodies, each in colours of their own.
 * @param solids  what they stand beside
 * @returns null when the plan asks for nobody, or there is no room
 */
export function buildCrowd(plan: ScenePlan, solids: readonly Solid[]): Crowd | null {
  const spots = crowdSpots(plan, solids);
  if (spots.length === 0) return null;
  const random = seededRandom(plan.setSeed ^ 0x9e0b);
  const object = new THREE.Group();
  object.name = "crowd";
  const groups = [spots.filter((_, i) => i % 3 !== 0), spots.filter((_, i) => i % 3 === 0)];
  const meshes = groups.flatMap((group, folded) => {
    if (group.length === 0) return [];
    const mesh = new THREE.InstancedMesh(extraBody(folded === 1), material(), group.length);
    mesh.name = "crowd";
    // Once each could be culled alone this would have to know where they are.
    mesh.frustumCulled = false;
    mesh.castShadow = true;
    mesh.receiveShadow = true;
    for (const part of Object.keys(parts) as Part[]) {
      const colours = new Float32Array(group.length * 3);
      group.forEach((_, i) => {
        const choice = wardrobe[part];
        const colour = new THREE.Color(choice[Math.floor(random() * choice.length)] ?? choice[0]);
        colour.offsetHSL(0, 0, (random() - 0.5) * 0.06).toArray(colours, i * 3);
      });
      mesh.geometry.setAttribute(`${part}Tint`, new THREE.InstancedBufferAttribute(colours, 3));
    }
    const sizes = group.map(() => ({ tall: 0.9 + random() * 0.16, wide: 0.92 + random() * 0.22, lag: random() * 20 }));
    object.add(mesh);
    return [{ mesh, group, sizes }];
  });
  const place = new THREE.Object3D();
  const update = (seconds: number) => {
    for (const { mesh, group, sizes } of meshes) {
      group.forEach(({ at, facing }, i) => {
        const { tall, wide, lag } = sizes[i]!;
        const sway = Math.sin(seconds * 0.7 + lag) * 0.6 + Math.sin(seconds * 1.3 + lag * 2) * 0.4;
        place.position.set(...at);
        place.rotation.set(0, (facing * Math.PI) / 180 + sway * 0.07, sway * 0.012);
        place.scale.set(wide, tall * (1 + Math.sin(seconds * 1.9 + lag) * 0.0025), wide);
        place.updateMatrix();
        mesh.setMatrixAt(i, place.matrix);
      });
      mesh.instanceMatrix.needsUpdate = true;
    }
  };
  update(0);
  return { object, solids: spots.map(solidOf), update };
}

const solidOf = ({ at, facing }: CrowdSpot): Solid => ({
  at: [at[0], at[1] + 0.87, at[2]],
  half: [0.28, 0.87, 0.2],
  turn: facing,
});

function material(): THREE.MeshLambertMaterial {
  const made = new THREE.MeshLambertMaterial();
  const names = Object.keys(parts) as Part[];
  made.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader.replace(
      "void main() {",
      `attribute float part; ${names.map((name) => `attribute vec3 ${name}Tint;`).join(" ")} varying vec3 ownTint;\nvoid main() {\n` +
        `ownTint = ${names.map((name) => `part < ${parts[name]}.5 ? ${name}Tint : `).join("")} shoesTint;`,
    );
    shader.fragmentShader = shader.fragmentShader
      .replace("void main() {", "varying vec3 ownTint;\nvoid main() {")
      .replace("#include <color_fragment>", "diffuseColor.rgb *= ownTint;");
  };
  made.customProgramCacheKey = () => "crowd";
  return made;
}

/** A standing body of few triangles; nobody looks at it twice. */
function extraBody(folded: boolean): THREE.BufferGeometry {
  const made: THREE.BufferGeometry[] = [];
  const add = (geometry: THREE.BufferGeometry, part: Part, at: readonly [number, number, number]) => {
    geometry.translate(...at).deleteAttribute("uv");
    geometry.setAttribute(
      "part",
      new THREE.BufferAttribute(new Float32Array(geometry.getAttribute("position").count).fill(parts[part]), 1),
    );
    made.push(geometry);
  };
  const limb = (from: readonly number[], to: readonly number[], radius: number, end: number, part: Part) => {
    const a = new THREE.Vector3(...(from as [number, number, number]));
    const way = new THREE.Vector3(...(to as [number, number, number])).sub(a);
    const turn = new THREE.Quaternion().setFromUnitVectors(new THREE.Vector3(0, 1, 0), way.clone().normalize());
    const geometry = new THREE.CylinderGeometry(end, radius, way.length(), 7, 1);
    add(geometry.applyQuaternion(turn), part, a.addScaledVector(way, 0.5).toArray());
  };
  // Trunk: hips to chest to shoulders, flattened.
  const trunk = new THREE.LatheGeometry(
    [
      [0.02, 0.82],
      [0.17, 0.84],
      [0.155, 1.02],
      [0.18, 1.26],
      [0.19, 1.38],
      [0.11, 1.46],
      [0.05, 1.49],
    ].map(([r, y]) => new THREE.Vector2(r, y)),
    12,
  );
  add(trunk.scale(1.12, 1, 0.68), "garment", [0, 0, 0]);
  add(new THREE.CylinderGeometry(0.05, 0.055, 0.12, 8), "skin", [0, 1.51, 0]);
  add(new THREE.SphereGeometry(0.105, 12, 9).scale(0.88, 1.15, 0.98), "skin", [0, 1.64, 0.01]);
  add(
    new THREE.SphereGeometry(0.112, 12, 6, 0, Math.PI * 2, 0, Math.PI * 0.52).scale(0.92, 1.1, 1).rotateX(-0.35),
    "hair",
    [0, 1.655, -0.005],
  );
  add(new THREE.SphereGeometry(0.018, 6, 5), "skin", [0, 1.63, 0.115]);
  for (const s of [-1, 1]) {
    limb([s * 0.09, 0.9, 0], [s * 0.1, 0.48, 0.012], 0.09, 0.066, "legs");
    limb([s * 0.1, 0.48, 0.012], [s * 0.105, 0.07, -0.01], 0.062, 0.048, "legs");
    add(new THREE.BoxGeometry(0.095, 0.075, 0.25), "shoes", [s * 0.108, 0.038, 0.05]);
    const elbow = folded ? [s * 0.27, 1.13, 0.06] : [s * 0.26, 1.12, -0.03];
    const hand = folded ? [s * -0.06, 1.18, 0.19] : [s * 0.25, 0.87, 0.04];
    limb([s * 0.2, 1.4, 0], elbow, 0.058, 0.046, "garment");
    limb(elbow, hand, 0.045, 0.034, "garment");
    add(new THREE.SphereGeometry(0.042, 7, 6), "skin", folded ? [s * -0.09, 1.19, 0.19] : [s * 0.25, 0.81, 0.05]);
  }
  const merged = mergeGeometries(made, false);
  for (const geometry of made) geometry.dispose();
  if (merged === null) throw new Error("the parts of a body did not merge");
  return merged;
}
