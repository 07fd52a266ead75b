import { expect, test } from "vitest";
import { seededRandom } from "#domain/screenplay/seeded.ts";
import { ridge } from "./ridge.ts";

/** How high and how low the crest of a drawn ridge gets, its two feet at the picture's edge aside. */
function reach(path: string): { least: number; most: number } {
  const steps = [...path.matchAll(/([MLC])([^MLCZ]+)/g)].map(([, kind, at]) => ({
    kind,
    at: at!.split(" ").map(Number),
  }));
  expect(steps.flatMap(({ at }) => at).every(Number.isFinite)).toBe(true);
  const crest = steps.slice(1, -1);
  let y = crest[0]!.at[1]!;
  const passed = [y];
  for (const { kind, at } of crest.slice(1)) {
    const [next, ...handles] = kind === "C" ? [at[5]!, at[1]!, at[3]!] : [at[1]!, y, at[1]!];
    for (let t = 0; t <= 1; t += 0.1) {
      const left = 1 - t;
      passed.push(left ** 3 * y + 3 * left ** 2 * t * handles[0]! + 3 * left * t ** 2 * handles[1]! + t ** 3 * next);
    }
    y = next;
  }
  return { least: Math.min(...passed), most: Math.max(...passed) };
}

test("a ridge, rolling or steep, stays between its foot and its height for every seed", () => {
  for (const steep of [false, true])
    for (let seed = 0; seed < 200; seed++) {
      const { least, most } = reach(ridge(seededRandom(seed), { foot: 560, tall: 110, steep }));
      expect(least).toBeGreaterThanOrEqual(394);
      expect(most).toBeLessThanOrEqual(561);
      expect(most - least).toBeGreaterThan(20);
    }
});

test("hills are round, mountains pointed", () => {
  const drawn = (steep: boolean) => ridge(seededRandom(7), { foot: 560, tall: 110, steep });
  expect(drawn(false)).toContain("C");
  expect(drawn(true)).not.toContain("C");
});
