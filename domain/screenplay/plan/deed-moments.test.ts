import { expect, test } from "vitest";
import { blowAt, blowLands, blowSeconds } from "./deed-moments.ts";

test.each([0.2, 0.35, 0.5, 0.75, 1, 2])(
  "with beats of %s s every blow lands on one, and takes about as long as ever",
  (beat) => {
    const each = blowSeconds(beat);
    expect(each / beat).toBeCloseTo(Math.round(each / beat), 9);
    if (beat < 1.2) expect(Math.abs(each - 1.15)).toBeLessThan(beat / 2 + 0.01);
    for (let k = 0; k < 12; k += 1)
      expect(blowAt(k * each, beat)).toEqual({ count: k, u: expect.closeTo(blowLands, 6) });
  },
);
