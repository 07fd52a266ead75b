import type { CueSheet } from "#domain/screenplay/plan/cue-sheet.ts";
import { fallLies, fallStrikes } from "#domain/screenplay/plan/deed-moments.ts";
import type { Effect } from "#domain/screenplay/plan/sound-kinds.ts";
import { hashText, seededRandom } from "#domain/screenplay/seeded.ts";
import { lowPass, sine, white } from "./noise.ts";

/**
 * A sound of one moment: how long it lasts, its samples in order, called once for each with its age in seconds, and how
 * long it has gone on when the moment comes.
 */
type Sound = { seconds: number; sample: (age: number) => number; ahead?: number };
type Maker = (random: () => number, rate: number) => Sound;

/** Rises at once and dies away at `speed` a second. */
const dying = (age: number, speed: number) => Math.min(1, age * 400) * Math.exp(-age * speed);
const since = (age: number, at: number) => (age < at ? 1e9 : age - at);

const makers: Record<Effect, Maker> = {
  door: (random, rate) => {
    const [low, low2, latch] = [lowPass(rate), lowPass(rate), lowPass(rate)];
    const body = sine(rate);
    return {
      seconds: 1.1,
      sample: (age) => {
        const wood = (low(white(random), 420) * 2.2 + body(78) * 0.9) * dying(age, 13);
        const rattle = low2(white(random), 2600) * dying(since(age, 0.045), 60) * 0.8;
        return (wood + rattle + latch(white(random), 5200) * dying(since(age, 0.09), 110) * 0.5) * 0.8;
      },
    };
  },
  thud: (random, rate) => {
    const low = lowPass(rate);
    const body = sine(rate);
    return {
      seconds: 0.9,
      sample: (age) =>
        (body(48 + 40 * Math.exp(-age * 22)) * 1.1 + low(white(random), 300) * 2.4) * dying(age, 10) +
        low(white(random), 700) * dying(since(age, fallLies - fallStrikes), 24) * 0.6,
    };
  },
  splash: (random, rate) => {
    const [low, low2] = [lowPass(rate), lowPass(rate)];
    return {
      seconds: 1.8,
      sample: (age) => {
        const n = low(white(random), 5200 * Math.exp(-age * 1.8) + 500);
        const burst = dying(age, 5) + 0.5 * dying(since(age, 0.22), 3);
        return (n - low2(n, 260)) * burst * 1.3;
      },
    };
  },
  glass: (random, rate) => {
    const low = lowPass(rate);
    const shards = Array.from({ length: 9 }, () => ({
      at: random() * 0.35,
      hz: 2600 + random() * 5200,
      loud: 0.12 + random() * 0.16,
      ring: sine(rate),
    }));
    return {
      seconds: 1.2,
      sample: (age) =>
        low(white(random), 9000) * dying(age, 26) * 0.9 +
        shards.reduce((sum, { at, hz, loud, ring }) => sum + ring(hz) * loud * dying(since(age, at), 13), 0),
    };
  },
  horn: (_random, rate) => {
    const voices = [110, 138.6, 220, 330].map((hz) => ({ hz, ring: sine(rate) }));
    return {
      seconds: 2,
      sample: (age) => {
        const held = Math.min(1, age / 0.12) * Math.min(1, Math.max(0, (1.9 - age) / 0.35));
        return voices.reduce((sum, { hz, ring }, at) => sum + Math.tanh(ring(hz) * 2) / (at + 1.5), 0) * held * 0.45;
      },
    };
  },
  "engine-start": (random, rate) => {
    const [turn, low] = [sine(rate), lowPass(rate)];
    return {
      seconds: 2.6,
      sample: (age) => {
        const cranks = age < 0.9;
        const hz = cranks ? 11 : 26 + 20 * Math.exp(-(age - 0.9) * 3);
        const stroke = Math.max(0, turn(hz)) ** 3;
        const fade = Math.min(1, Math.max(0, (2.6 - age) / 0.9));
        return (low(white(random), cranks ? 900 : 380) * 1.6 + stroke * 0.7) * stroke * fade * (cranks ? 0.7 : 1.2);
      },
    };
  },
  bell: (_random, rate) => {
    const partials = [1, 2, 2.4, 3, 4.5, 5.9].map((ratio, at) => ({ ratio, at, ring: sine(rate) }));
    return {
      seconds: 3.2,
      sample: (age) =>
        partials.reduce(
          (sum, { ratio, at, ring }) => sum + (ring(392 * ratio) * dying(age, 1 + at * 0.9)) / (at + 1.4),
          0,
        ) * 0.6,
    };
  },
  whoosh: (random, rate) => {
    const [low, low2] = [lowPass(rate), lowPass(rate)];
    return {
      seconds: 0.55,
      ahead: 0.25,
      sample: (age) => {
        const shape = Math.sin(Math.min(1, age / 0.5) * Math.PI) ** 2;
        const n = low(white(random), 500 + 3200 * shape);
        return (n - low2(n, 300)) * shape * 1.5;
      },
    };
  },
  thunder: (random, rate) => {
    const [low, crack] = [lowPass(rate), lowPass(rate)];
    const rolls = Array.from({ length: 5 }, () => ({ at: 0.15 + random() * 2.2, loud: 0.4 + random() * 0.6 }));
    return {
      seconds: 5,
      sample: (age) =>
        crack(white(random), 3600) * dying(age, 16) * 0.9 +
        low(white(random), 60 + 210 * Math.exp(-age * 1.3)) *
          (dying(age, 0.9) + rolls.reduce((sum, { at, loud }) => sum + loud * dying(since(age, at), 1.7), 0)) *
          2.6,
    };
  },
  cloth: (random, rate) => {
    const [low, low2] = [lowPass(rate), lowPass(rate)];
    return {
      seconds: 0.6,
      sample: (age) => {
        const n = low(white(random), 3400);
        const shape = Math.sin(Math.min(1, age / 0.6) * Math.PI) * (0.6 + 0.4 * Math.sin(age * 47));
        return (n - low2(n, 900)) * shape * 0.5;
      },
    };
  },
  "pick-up": (random, rate) => {
    const [low, low2] = [lowPass(rate), lowPass(rate)];
    return {
      seconds: 0.5,
      sample: (age) => {
        const paper = low(white(random), 6200);
        return (
          (paper - low2(paper, 1500)) * (dying(age, 20) + 0.7 * dying(since(age, 0.14), 14)) * 0.55 +
          low(white(random), 240) * dying(age, 30) * 0.5
        );
      },
    };
  },
  punch: (random, rate) => {
    const low = lowPass(rate);
    const body = sine(rate);
    return {
      seconds: 0.45,
      sample: (age) =>
        low(white(random), 2400) * dying(age, 70) * 1.3 + body(70 + 90 * Math.exp(-age * 40)) * dying(age, 17) * 1.1,
    };
  },
};

/** Loudness of each beside the others, as they are heard in a film. */
const loudness: Partial<Record<Effect, number>> = { cloth: 0.5, "pick-up": 0.5, whoosh: 0.6, thunder: 0.8 };

/** Puts the sheet's sounds where they are heard; each lies a little to one side, the same one each time. */
export function addEffects(cues: CueSheet, left: Float32Array, right: Float32Array, rate: number): void {
  for (const [index, cue] of cues.cues.entries()) {
    if (cue.kind !== "effect" || cue.effect === undefined) continue;
    const random = seededRandom(cues.seed ^ hashText(`${cue.effect} ${index}`));
    const pan = 0.5 + (random() - 0.5) * 0.36;
    const { seconds, sample, ahead = 0 } = makers[cue.effect](random, rate);
    const gain = 0.5 * cue.level * (loudness[cue.effect] ?? 1);
    const begin = Math.round((cue.at - ahead) * rate);
    for (let i = 0; i < seconds * rate && begin + i < left.length; i += 1) {
      const value = sample(i / rate) * gain;
      if (begin + i < 0) continue;
      left[begin + i] = (left[begin + i] ?? 0) + value * (1 - pan) * 2;
      right[begin + i] = (right[begin + i] ?? 0) + value * pan * 2;
    }
  }
}
