import * as THREE from "three";
import { type BoneName, boneTable } from "../characters/skeleton.ts";
import type { Performance, PersonPerformance } from "./performance.ts";

/** The joints of the file: the face's rigs are no joints of a body. */
const joints: readonly BoneName[] = (Object.keys(boneTable) as BoneName[]).filter(
  (name) => name !== "jaw" && name !== "lids",
);
/** Where a limb ends, from its last joint, metres. */
const ends: Partial<Record<BoneName, readonly [number, number, number]>> = {
  head: [0, 0.23, 0],
  leftHand: [0, -0.16, 0.02],
  rightHand: [0, -0.16, 0.02],
  leftToes: [0, 0, 0.08],
  rightToes: [0, 0, 0.08],
};
const rootChannels = "CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation";
const jointChannels = "CHANNELS 3 Zrotation Xrotation Yrotation";

/**
 * Writes what one person does as a BVH file: the skeleton in its bind pose, then a line of numbers per frame. Metres and
 * degrees, y up; the root carries the person's way through the place.
 */
export function toBvh(performance: Performance, person: PersonPerformance): string {
  const scale = person.character.object.scale.x;
  const frames = performance.times.length;
  const frameTime = frames > 1 ? performance.times[frames - 1]! / (frames - 1) : 1 / 24;
  const lines = ["HIERARCHY"];
  describeJoint("hips", 0, scale, lines);
  lines.push("MOTION", `Frames: ${frames}`, `Frame Time: ${frameTime.toFixed(8)}`);
  for (let frame = 0; frame < frames; frame += 1) lines.push(frameLine(person, frame, scale));
  return `${lines.join("\n")}\n`;
}

const childrenOf = (name: BoneName) => joints.filter((joint) => boneTable[joint].parent === name);

/** Adds a joint and everything below it, in the order in which a frame's numbers come. */
function describeJoint(name: BoneName, depth: number, scale: number, lines: string[]): void {
  const pad = "  ".repeat(depth);
  const { parent, at } = boneTable[name];
  const origin = parent === null ? ([0, 0, 0] as const) : boneTable[parent].at;
  const offset = (x: number, y: number, z: number) => `OFFSET ${[x, y, z].map((n) => plain(n * scale, 6)).join(" ")}`;
  lines.push(
    `${pad}${depth === 0 ? "ROOT" : "JOINT"} ${name}`,
    `${pad}{`,
    // The root's place is in its channels; readers that add its offset would count it twice.
    `${pad}  ${depth === 0 ? "OFFSET 0 0 0" : offset(at[0] - origin[0], at[1] - origin[1], at[2] - origin[2])}`,
    `${pad}  ${depth === 0 ? rootChannels : jointChannels}`,
  );
  for (const child of childrenOf(name)) describeJoint(child, depth + 1, scale, lines);
  const end = ends[name];
  if (end !== undefined) lines.push(`${pad}  End Site`, `${pad}  {`, `${pad}    ${offset(...end)}`, `${pad}  }`);
  lines.push(`${pad}}`);
}

function frameLine(person: PersonPerformance, frame: number, scale: number): string {
  const { body, tracks } = person;
  const standing = new THREE.Quaternion().fromArray(body.turns, frame * 4);
  const at = new THREE.Vector3()
    .fromArray(tracks.hips.places, frame * 3)
    .multiplyScalar(scale)
    .applyQuaternion(standing)
    .add(new THREE.Vector3().fromArray(body.places, frame * 3));
  const numbers = [at.x, at.y, at.z].map((n) => plain(n, 5));
  const visit = (name: BoneName) => {
    const turn = new THREE.Quaternion().fromArray(tracks[name].turns, frame * 4);
    if (name === "hips") turn.premultiply(standing);
    const angles = new THREE.Euler().setFromQuaternion(turn, "ZXY");
    for (const angle of [angles.z, angles.x, angles.y]) numbers.push(plain((angle * 180) / Math.PI, 4));
    for (const child of childrenOf(name)) visit(child);
  };
  visit("hips");
  return numbers.join(" ");
}

function plain(n: number, digits: number): string {
  return String(Number(n.toFixed(digits)) + 0);
}
