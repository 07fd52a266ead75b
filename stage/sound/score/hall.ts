/** Longer and longer ways round a room, in samples at 44.1 kHz; the right ear's are longer by `apart`. */
const combs = [1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617];
const smears = [556, 441, 341, 225];
const apart = 23;
/** After so long a sound has died away to a thousandth and less, seconds. */
export const hallSeconds = 2.2;

/** A hall, as what comes back of one click from all round, left and right, the same each time. */
export const hallOf = (rate: number): readonly Float32Array[] => [earOf(rate, 0), earOf(rate, apart)];

function earOf(rate: number, longer: number): Float32Array {
  const size = (one: number) => Math.round(((one + longer) * rate) / 44_100);
  const lines = combs.map((one) => ({ line: new Float32Array(size(one)), at: 0, damp: 0 }));
  const passes = smears.map((one) => ({ line: new Float32Array(size(one)), at: 0 }));
  const out = new Float32Array(Math.round(hallSeconds * rate));
  const early = Math.round(0.018 * rate);
  for (let i = early; i < out.length; i += 1) {
    const input = i === early ? 0.1 : 0;
    let wet = 0;
    for (const one of lines) {
      const back = one.line[one.at]!;
      one.damp = back * 0.72 + one.damp * 0.28;
      one.line[one.at] = input + one.damp * 0.87;
      one.at = one.at + 1 === one.line.length ? 0 : one.at + 1;
      wet += back;
    }
    for (const one of passes) {
      const back = one.line[one.at]!;
      one.line[one.at] = wet + back * 0.5;
      one.at = one.at + 1 === one.line.length ? 0 : one.at + 1;
      wet = back - wet * 0.5;
    }
    out[i] = wet * 0.9;
  }
  return out;
}
