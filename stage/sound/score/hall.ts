/** Longer and longer ways round a room, in samples at 44.1 kHz; the right ear's are longer by `apart`. */
const combs = [1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617];
const smears = [556, 441, 341, 225];
const apart = 23;

/**
 * A hall: what is sent into it comes back from all round, for about two seconds, the same each time.
 * Adds to `into`; both are as long.
 */
export function addHall(
  sent: readonly [Float32Array, Float32Array],
  into: readonly [Float32Array, Float32Array],
  rate: number,
  much: number,
): void {
  const early = Math.round(0.018 * rate);
  for (const channel of [0, 1] as const) {
    const size = (one: number) => Math.round(((one + channel * apart) * rate) / 44_100);
    const lines = combs.map((one) => ({ line: new Float32Array(size(one)), at: 0, damp: 0 }));
    const passes = smears.map((one) => ({ line: new Float32Array(size(one)), at: 0 }));
    const [near, far] = [sent[channel], sent[channel === 0 ? 1 : 0]];
    const out = into[channel];
    for (let i = early; i < out.length; i += 1) {
      const input = ((near[i - early] ?? 0) * 0.75 + (far[i - early] ?? 0) * 0.25) * 0.1;
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
      out[i] = (out[i] ?? 0) + wet * much;
    }
  }
}
