import fc from "fast-check";
import * as THREE from "three";
import { expect, test } from "vitest";
import { ticksAt, timeMode } from "./clock.ts";
import { anglesOf, momentsThatMatter } from "./keys.ts";

const turnsOf = (list: readonly THREE.Quaternion[]) => Float32Array.from(list.flatMap((turn) => turn.toArray()));
const about = (x: number, y: number, z: number) => new THREE.Quaternion().setFromEuler(new THREE.Euler(x, y, z, "ZYX"));

test("angles mean the turns they were made of, whatever those are", () => {
  const part = fc.double({ min: -1, max: 1, noNaN: true });
  const turn = fc
    .tuple(part, part, part, part)
    .filter((four) => Math.hypot(...four) > 0.1)
    .map((four) => new THREE.Quaternion(...four).normalize());
  fc.assert(
    fc.property(fc.array(turn, { minLength: 1, maxLength: 6 }), (turns) => {
      const angles = anglesOf(turnsOf(turns));
      turns.forEach((turn, at) => {
        const [x, y, z] = [...angles.subarray(at * 3, at * 3 + 3)].map(THREE.MathUtils.degToRad);
        expect(about(x!, y!, z!).angleTo(turn)).toBeLessThan(1e-3);
      });
    }),
  );
});

test("who turns round and round never jumps back", () => {
  const turns = Array.from({ length: 60 }, (_, at) => about(0.2, 0.1, at * 0.4));
  const angles = anglesOf(turnsOf(turns));
  for (let at = 1; at < turns.length; at += 1)
    for (let axis = 0; axis < 3; axis += 1)
      expect(Math.abs(angles[at * 3 + axis]! - angles[at * 3 - 3 + axis]!)).toBeLessThan(25);
  expect(angles.at(-1)! - angles[2]!).toBeCloseTo((59 * 0.4 * 180) / Math.PI, 1);
});

test("an arm that goes through the pole of its angles goes on smoothly", () => {
  const turns = Array.from({ length: 41 }, (_, at) => about(0.02, THREE.MathUtils.degToRad(70 + at), 0.01));
  const angles = anglesOf(turnsOf(turns));
  for (let at = 1; at < turns.length; at += 1) expect(angles[at * 3 + 1]! - angles[at * 3 - 2]!).toBeCloseTo(1, 0);
});

test("of a straight way only its ends are kept, of a bent one its bends, and nothing is off by more than was allowed", () => {
  const line = Float64Array.from({ length: 30 }, (_, at) => at * 0.5);
  expect(momentsThatMatter(line, 0.001)).toEqual([0, 9]);
  const bent = Float64Array.from([0, 0, 0, 1, 0, 0, 2, 0, 0, 2, 1, 0, 2, 2, 0]);
  expect(momentsThatMatter(bent, 0.001)).toEqual([0, 2, 4]);
  expect(momentsThatMatter(Float64Array.of(1, 2, 3), 0.001)).toEqual([0]);
  const wave = Float64Array.from({ length: 300 }, (_, at) => Math.sin(at / 40) * 10);
  const kept = momentsThatMatter(wave, 0.05);
  expect(kept.length).toBeLessThan(60);
  for (let moment = 0; moment < 100; moment += 1) {
    const to = kept.findIndex((at) => at >= moment);
    const [a, b] = [kept[Math.max(0, to - 1)]!, kept[to]!];
    const k = a === b ? 0 : (moment - a) / (b - a);
    for (let axis = 0; axis < 3; axis += 1) {
      const between = wave[a * 3 + axis]! + (wave[b * 3 + axis]! - wave[a * 3 + axis]!) * k;
      expect(Math.abs(between - wave[moment * 3 + axis]!)).toBeLessThanOrEqual(0.05);
    }
  }
});

test("frames are whole ticks at any rate, and rates are called by the format's own numbers", () => {
  expect(ticksAt(24, { num: 24, den: 1 })).toBe(46_186_158_000n);
  expect(ticksAt(30_000, { num: 30_000, den: 1001 })).toBe(1001n * 46_186_158_000n);
  expect(ticksAt(1, { num: 24_000, den: 1001 })).toBe(1_926_347_673n);
  expect([timeMode({ num: 24, den: 1 }), timeMode({ num: 30_000, den: 1001 }), timeMode({ num: 12, den: 1 })]).toEqual([
    11, 9, 14,
  ]);
});
