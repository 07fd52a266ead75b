/** What noises are made of, sample by sample: chance from a seed, and filters. */
export const white = (random: () => number): number => random() * 2 - 1;

/** One-pole low-pass; `hz` may change from sample to sample. */
export function lowPass(rate: number): (sample: number, hz: number) => number {
  let held = 0;
  return (sample, hz) => (held += (sample - held) * (1 - Math.exp((-2 * Math.PI * hz) / rate)));
}

/** A sine that may glide: each call is one sample on. */
export function sine(rate: number): (hz: number) => number {
  let turn = 0;
  return (hz) => Math.sin((turn += (hz / rate) * 2 * Math.PI));
}
