/** What noises and notes are made of, sample by sample: chance from a seed, waves, and filters. */
export const white = (random: () => number): number => random() * 2 - 1;

/** One-pole low-pass; `hz` may change from sample to sample. */
export function lowPass(rate: number): (sample: number, hz: number) => number {
  let held = 0;
  let [last, share] = [-1, 0];
  return (sample, hz) => {
    if (hz !== last) [last, share] = [hz, 1 - Math.exp((-2 * Math.PI * hz) / rate)];
    return (held += (sample - held) * share);
  };
}

/** A sine that may glide: each call is one sample on. `turn` gives the angle instead, for who bends it. */
export function sine(rate: number): ((hz: number) => number) & { turn(hz: number): number } {
  let angle = 0;
  const turn = (hz: number) => (angle += (hz / rate) * 2 * Math.PI);
  return Object.assign((hz: number) => Math.sin(turn(hz)), { turn });
}

/** A sawtooth from -1 to 1 without the edge that would fold back, begun `at` so far into its turn. */
export function saw(rate: number, at = 0): (hz: number) => number {
  let phase = at % 1;
  return (hz) => {
    const step = hz / rate;
    phase += step;
    if (phase >= 1) phase -= 1;
    let value = 2 * phase - 1;
    if (phase < step) {
      const t = phase / step;
      value -= t + t - t * t - 1;
    } else if (phase > 1 - step) {
      const t = (phase - 1) / step;
      value -= t * t + t + t + 1;
    }
    return value;
  };
}

/** What rings at `hz` when it is struck, `width` hertz wide; about as loud as what strikes it. */
export function resonator(rate: number, hz: number, width: number): (sample: number) => number {
  const r = Math.exp((-Math.PI * width) / rate);
  const k = 2 * r * Math.cos((2 * Math.PI * hz) / rate);
  const gain = (1 - r * r) / 2;
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return (x) => {
    const y = gain * (x - x2) + k * y1 - r * r * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    return y;
  };
}
