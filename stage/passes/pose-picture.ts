import * as THREE from "three";
import { type JointName, type PoseJoint, jointNames } from "./joints.ts";

/** Limbs in the order and the colours in which pose models have learnt them. */
const limbs: readonly (readonly [JointName, JointName])[] = [
  ["neck", "rightShoulder"],
  ["neck", "leftShoulder"],
  ["rightShoulder", "rightElbow"],
  ["rightElbow", "rightWrist"],
  ["leftShoulder", "leftElbow"],
  ["leftElbow", "leftWrist"],
  ["neck", "rightHip"],
  ["rightHip", "rightKnee"],
  ["rightKnee", "rightAnkle"],
  ["neck", "leftHip"],
  ["leftHip", "leftKnee"],
  ["leftKnee", "leftAnkle"],
  ["neck", "nose"],
  ["nose", "rightEye"],
  ["rightEye", "rightEar"],
  ["nose", "leftEye"],
  ["leftEye", "leftEar"],
];
const colours: readonly (readonly [number, number, number])[] = [
  [255, 0, 0],
  [255, 85, 0],
  [255, 170, 0],
  [255, 255, 0],
  [170, 255, 0],
  [85, 255, 0],
  [0, 255, 0],
  [0, 255, 85],
  [0, 255, 170],
  [0, 255, 255],
  [0, 170, 255],
  [0, 85, 255],
  [0, 0, 255],
  [85, 0, 255],
  [170, 0, 255],
  [255, 0, 255],
  [255, 0, 170],
  [255, 0, 85],
];
/** A limb is darker than its joints. */
const limbShare = 0.6;
/** Half the width of a limb, of the picture's height. */
const half = 4 / 512;

export type PosePicture = { draw(people: readonly (readonly PoseJoint[])[]): void; dispose(): void };

/** Draws people's joints and limbs on black, far ones first. */
export function buildPosePicture(renderer: THREE.WebGLRenderer, aspect: number): PosePicture {
  const material = new THREE.MeshBasicMaterial({ vertexColors: true, depthTest: false, side: THREE.DoubleSide });
  const mesh = new THREE.Mesh(new THREE.BufferGeometry(), material);
  mesh.frustumCulled = false;
  const scene = new THREE.Scene();
  scene.background = new THREE.Color(0, 0, 0);
  scene.add(mesh);
  // One unit is the picture's height; y is down, as joints are said.
  const camera = new THREE.OrthographicCamera(0, aspect, 0, 1, -1, 1);
  return {
    draw(people) {
      const shapes = shapesOf(people, aspect);
      mesh.geometry.dispose();
      mesh.geometry = new THREE.BufferGeometry();
      mesh.geometry.setAttribute("position", new THREE.Float32BufferAttribute(shapes.at, 3));
      mesh.geometry.setAttribute("color", new THREE.Float32BufferAttribute(shapes.colour, 3));
      renderer.setRenderTarget(null);
      renderer.render(scene, camera);
    },
    dispose() {
      mesh.geometry.dispose();
      material.dispose();
    },
  };
}

/** Triangles of all limbs and joints; one unit is the picture's height. */
export function shapesOf(
  people: readonly (readonly PoseJoint[])[],
  aspect: number,
): { at: number[]; colour: number[] } {
  const at: number[] = [];
  const colour: number[] = [];
  const fan = (points: readonly (readonly [number, number])[], rgb: readonly number[], share: number) => {
    for (let i = 1; i < points.length - 1; i += 1)
      for (const [x, y] of [points[0]!, points[i]!, points[i + 1]!]) {
        at.push(x, y, 0);
        colour.push(...rgb.map((part) => (part * share) / 255));
      }
  };
  const farFirst = people.toSorted((a, b) => (b[1]?.depth ?? 0) - (a[1]?.depth ?? 0));
  for (const person of farFirst) {
    const seen = new Map(person.filter(({ visible }) => visible).map((joint) => [joint.name, joint]));
    limbs.forEach(([one, two], index) => {
      const [a, b] = [seen.get(one), seen.get(two)];
      if (a === undefined || b === undefined) return;
      const [ax, bx] = [a.x * aspect, b.x * aspect];
      const [dx, dy] = [bx - ax, b.y - a.y];
      const long = Math.hypot(dx, dy) / 2;
      if (long < 1e-6) return;
      const [ux, uy] = [dx / long / 2, dy / long / 2];
      const [mx, my] = [(ax + bx) / 2, (a.y + b.y) / 2];
      const ring = Array.from({ length: 20 }, (_, i): [number, number] => {
        const [c, s] = [Math.cos((i / 20) * Math.PI * 2) * long, Math.sin((i / 20) * Math.PI * 2) * half];
        return [mx + ux * c - uy * s, my + uy * c + ux * s];
      });
      fan(ring, colours[index]!, limbShare);
    });
    jointNames.forEach((name, index) => {
      const joint = seen.get(name);
      if (joint === undefined) return;
      const ring = Array.from({ length: 14 }, (_, i): [number, number] => {
        const turn = (i / 14) * Math.PI * 2;
        return [joint.x * aspect + Math.cos(turn) * half, joint.y + Math.sin(turn) * half];
      });
      fan(ring, colours[index]!, 1);
    });
  }
  return { at, colour };
}
