import { lowPass, resonator, sine, white } from "../noise.ts";
import type { Voice } from "./instruments.ts";

/** What keeps time, one word for each sound of a kit. */
export const drums = ["kick", "snare", "brush", "clap", "hat", "shaker", "tom", "crackle"] as const;
export type Drum = (typeof drums)[number];

const filled = (seconds: number, rate: number, sample: (age: number) => number): Float32Array =>
  Float32Array.from({ length: Math.ceil(seconds * rate) }, (_, i) => sample(i / rate));
const hit = (age: number, speed: number) => Math.min(1, age * 1500) * Math.exp(-age * speed);

/** Pitch means nothing to most of them; a tom is as high as it is said to be. */
export const drumVoices: Readonly<Record<Drum, Voice>> = {
  kick: (_hz, _seconds, loud, random, rate) => {
    const [body, click] = [sine(rate), lowPass(rate)];
    return filled(
      0.5,
      rate,
      (age) =>
        (Math.tanh(body(46 + 105 * Math.exp(-age * 34)) * 1.4) * hit(age, 8.5) * 0.8 +
          click(white(random), 3200) * hit(age, 130) * 0.35) *
        loud,
    );
  },
  snare: (_hz, _seconds, loud, random, rate) => {
    const [body, high, low] = [sine(rate), lowPass(rate), lowPass(rate)];
    return filled(0.4, rate, (age) => {
      const n = high(white(random), 8200);
      return (
        ((n - low(n, 900)) * hit(age, 15) * 0.75 + body(185 + 40 * Math.exp(-age * 60)) * hit(age, 22) * 0.4) * loud
      );
    });
  },
  brush: (_hz, _seconds, loud, random, rate) => {
    const [high, low, ring] = [lowPass(rate), lowPass(rate), resonator(rate, 210, 60)];
    return filled(0.35, rate, (age) => {
      const n = high(white(random), 5200);
      return ((n - low(n, 500)) * hit(age, 17) * 0.7 + ring(n) * hit(age, 20) * 0.9) * loud;
    });
  },
  clap: (_hz, _seconds, loud, random, rate) => {
    const [high, low] = [lowPass(rate), lowPass(rate)];
    return filled(0.35, rate, (age) => {
      const n = high(white(random), 6200);
      const hands = [0, 0.011, 0.023].reduce((sum, at) => sum + (age < at ? 0 : hit(age - at, 95) * 0.7), 0);
      return (n - low(n, 1000)) * (hands + hit(age, 16) * 0.5) * loud;
    });
  },
  hat: (_hz, seconds, loud, random, rate) => {
    const [low, low2] = [lowPass(rate), lowPass(rate)];
    const speed = seconds > 0.2 ? 9 : 55;
    return filled(seconds > 0.2 ? 0.5 : 0.12, rate, (age) => {
      const n = white(random);
      const thin = n - low(n, 6500);
      return (thin - low2(thin, 5200)) * hit(age, speed) * loud * 0.55;
    });
  },
  shaker: (_hz, _seconds, loud, random, rate) => {
    const low = lowPass(rate);
    return filled(0.13, rate, (age) => {
      const n = white(random);
      return (n - low(n, 5000)) * Math.sin(Math.min(1, age / 0.1) * Math.PI) ** 2 * loud * 0.4;
    });
  },
  tom: (hz, _seconds, loud, random, rate) => {
    const [body, over, skin] = [sine(rate), sine(rate), lowPass(rate)];
    return filled(
      1.3,
      rate,
      (age) =>
        (Math.tanh(body(hz * (1 + 0.7 * Math.exp(-age * 24))) * 1.2) * hit(age, 4.4) * 0.7 +
          over(hz * 1.59) * hit(age, 9) * 0.2 +
          skin(white(random), 2600) * hit(age, 46) * 0.6) *
        Math.min(1, (1.3 - age) / 0.2) *
        loud,
    );
  },
  /** The dust of an old record, for as long as it is held. */
  crackle: (_hz, seconds, loud, random, rate) => {
    const [low, hiss, low2] = [lowPass(rate), lowPass(rate), lowPass(rate)];
    let pop = 0;
    return filled(seconds, rate, (age) => {
      if (random() < 9 / rate) pop = (0.25 + random() * 0.75) * (random() < 0.5 ? -1 : 1);
      pop *= 0.9;
      const n = hiss(white(random), 6000);
      const ends = Math.min(1, age / 0.3, (seconds - age) / 0.3);
      return (low(pop, 4200) * 0.5 + (n - low2(n, 1800)) * 0.02) * ends * loud;
    });
  },
};
