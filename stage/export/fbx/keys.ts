import * as THREE from "three";

/** Values of three axes, moment by moment, one after another: x, y, z, x, y, z… */
export type Triples = Float64Array;

const degrees = 180 / Math.PI;
/** Turned about x, then y, then z, each about an axis that stands still: what the format calls XYZ. */
const order = "ZYX";

/**
 * Turns as three angles in degrees that go on from moment to moment: each moment's are those, of all that mean the same
 * turn, that lie nearest to those before.
 * @param turns  quaternions, four numbers a moment
 */
export function anglesOf(turns: Float32Array): Triples {
  const out = new Float64Array((turns.length / 4) * 3);
  const turn = new THREE.Quaternion();
  const euler = new THREE.Euler();
  let before = [0, 0, 0];
  for (let at = 0; at * 4 < turns.length; at += 1) {
    euler.setFromQuaternion(turn.fromArray(turns, at * 4).normalize(), order);
    const plain = [euler.x * degrees, euler.y * degrees, euler.z * degrees];
    const other = [plain[0]! + 180, 180 - plain[1]!, plain[2]! + 180];
    const [one, two] = [nearest(plain, before), nearest(other, before)];
    before = apart(one, before) <= apart(two, before) ? one : two;
    out.set(before, at * 3);
  }
  return out;
}

const nearest = (angles: readonly number[], to: readonly number[]) =>
  angles.map((angle, axis) => angle + 360 * Math.round((to[axis]! - angle) / 360));

const apart = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, angle, axis) => sum + Math.abs(angle - b[axis]!), 0);

/**
 * The moments that matter: what lies between two of them is on the straight line from one to the other, within
 * `tolerance` on every axis. The first and the last are always among them.
 */
export function momentsThatMatter(values: Triples, tolerance: number): number[] {
  const last = values.length / 3 - 1;
  const kept = new Set([0, last]);
  const spans: [number, number][] = [[0, last]];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [from, to] = span;
    let worst = tolerance;
    let at = -1;
    for (let moment = from + 1; moment < to; moment += 1) {
      const off = offTheLine(values, from, moment, to);
      if (off > worst) [worst, at] = [off, moment];
    }
    if (at < 0) continue;
    kept.add(at);
    spans.push([from, at], [at, to]);
  }
  return [...kept].sort((a, b) => a - b);
}

function offTheLine(values: Triples, from: number, moment: number, to: number): number {
  const part = (moment - from) / (to - from);
  let off = 0;
  for (let axis = 0; axis < 3; axis += 1) {
    const [a, b] = [values[from * 3 + axis]!, values[to * 3 + axis]!];
    off = Math.max(off, Math.abs(values[moment * 3 + axis]! - (a + (b - a) * part)));
  }
  return off;
}
