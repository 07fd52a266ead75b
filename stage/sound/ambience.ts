import type { Ambience, CueSheet } from "#domain/screenplay/plan/cue-sheet.ts";
import { hashText, seededRandom } from "#domain/screenplay/seeded.ts";
import { lowPass, white } from "./noise.ts";

/** The sound of places, made of filtered seeded noise sample by sample: the same seed gives the same rain. */
type Source = (t: number) => readonly [left: number, right: number];
type Maker = (random: () => number, rate: number) => Source;

function pair(
  random: () => number,
  rate: number,
  each: (low: (n: number, hz: number) => number, low2: (n: number, hz: number) => number, t: number) => number,
): Source {
  const filters = [0, 1].map(() => [lowPass(rate), lowPass(rate)] as const);
  return (t) => {
    const [l, r] = filters;
    return [l === undefined ? 0 : each(l[0], l[1], t), r === undefined ? 0 : each(r[0], r[1], t)];
  };
}

/** Short sounds at chance moments: `perSecond` of them, each started by `strike`. */
function moments(random: () => number, rate: number, perSecond: number, strike: () => (age: number) => number): Source {
  const alive: { age: number; pan: number; sound: (age: number) => number; life: number }[] = [];
  return () => {
    if (random() < perSecond / rate && alive.length < 12)
      alive.push({ age: 0, pan: random(), sound: strike(), life: 4 });
    let [left, right] = [0, 0];
    for (let i = alive.length - 1; i >= 0; i -= 1) {
      const one = alive[i];
      if (one === undefined) continue;
      const value = one.sound(one.age);
      left += value * (1 - one.pan);
      right += value * one.pan;
      one.age += 1 / rate;
      if (one.age > one.life) alive.splice(i, 1);
    }
    return [left, right];
  };
}

const both =
  (...sources: readonly Source[]): Source =>
  (t) =>
    sources.reduce<[number, number]>(
      (sum, source) => {
        const [l, r] = source(t);
        return [sum[0] + l, sum[1] + r];
      },
      [0, 0],
    );

const makers: Record<Ambience, Maker> = {
  rain: (random, rate) =>
    both(
      pair(random, rate, (low, low2) => {
        const n = low(white(random), 4200);
        return (n - low2(n, 900)) * 0.2;
      }),
      moments(random, rate, 26, () => {
        const f = 1800 + random() * 3200;
        const loud = 0.03 + random() * 0.06;
        return (age) => Math.sin(age * f * 6.283) * Math.exp(-age * 180) * loud;
      }),
    ),
  wind: (random, rate) =>
    pair(random, rate, (low, low2, t) => {
      const gust = 0.5 + 0.3 * Math.sin(t * 0.43 + 1) + 0.2 * Math.sin(t * 1.17);
      const n = low(white(random), 260 + gust * 520);
      return (n - low2(n, 90)) * (0.5 + gust * 1.5);
    }),
  waves: (random, rate) =>
    pair(random, rate, (low, low2, t) => {
      const swell =
        Math.pow(0.5 + 0.5 * Math.sin(t * 0.86), 2) * 0.7 + Math.pow(0.5 + 0.5 * Math.sin(t * 0.51 + 2), 3) * 0.6;
      const n = low(white(random), 340 + swell * 1500);
      return (n - low2(n, 60)) * (0.25 + swell) * 0.9;
    }),
  room: (random, rate) =>
    pair(
      random,
      rate,
      (low, _low2, t) =>
        low(white(random), 180) * 0.8 + Math.sin(t * 100 * Math.PI) * 0.02 + Math.sin(t * 200 * Math.PI) * 0.012,
    ),
  crowd: (random, rate) =>
    both(
      pair(random, rate, (low, low2, t) => {
        const n = low(white(random), 900 + 250 * Math.sin(t * 2.1));
        return (n - low2(n, 320)) * (0.8 + 0.2 * Math.sin(t * 5.3) * Math.sin(t * 1.9));
      }),
      moments(random, rate, 3.2, () => {
        const f = 130 + random() * 150;
        const loud = 0.05 + random() * 0.06;
        return (age) =>
          age > 0.32
            ? 0
            : Math.sin((Math.PI * age) / 0.32) *
              (Math.sin(age * f * 6.283) + 0.5 * Math.sin(age * f * 18.9) + 0.35 * Math.sin(age * f * 31)) *
              loud *
              0.5;
      }),
    ),
  engine: (random, rate) =>
    pair(
      random,
      rate,
      (low, _low2, t) =>
        [1, 2, 3, 4, 6].reduce((sum, h) => sum + Math.sin(t * 33 * h * 6.283 + h) * (0.2 / h), 0) *
          (0.85 + 0.15 * Math.sin(t * 8.3)) +
        low(white(random), 150) * 0.9,
    ),
  birds: (random, rate) =>
    moments(random, rate, 1.1, () => {
      const [f, rise, n, loud] = [
        2300 + random() * 2200,
        (random() - 0.4) * 9000,
        1 + Math.floor(random() * 4),
        0.05 + random() * 0.09,
      ];
      return (age) => {
        const k = age % 0.16;
        return age > n * 0.16 || k > 0.1
          ? 0
          : Math.sin((f * k + rise * k * k) * 6.283) * Math.sin((k / 0.1) * Math.PI) * loud;
      };
    }),
  crickets: (_random, _rate) => (t) => {
    const on = Math.sin(t * 2.2) > -0.3 ? 1 : 0;
    const chirp = Math.max(0, Math.sin(t * 31 * 6.283)) * on;
    return [
      Math.sin(t * 4200 * 6.283) * chirp * 0.06,
      Math.sin(t * 4460 * 6.283) * Math.max(0, Math.sin(t * 27 * 6.283 + 1)) * 0.05,
    ];
  },
  thunder: (random, rate) => {
    const low = lowPass(rate);
    return moments(random, rate, 0.16, () => {
      const loud = 0.8 + random() * 0.9;
      return (age) =>
        low(white(random), 40 + 190 * Math.exp(-age * 1.6)) * Math.exp(-age * 1.1) * Math.min(1, age * 12) * loud * 3;
    });
  },
  city: (random, rate) =>
    pair(
      random,
      rate,
      (low, _low2, t) =>
        low(white(random), 170 + 260 * Math.pow(0.5 + 0.5 * Math.sin(t * 0.7), 6)) *
        (1.1 + Math.pow(0.5 + 0.5 * Math.sin(t * 0.7), 6)),
    ),
  "water-drips": (random, rate) =>
    moments(random, rate, 1.4, () => {
      const f = 780 + random() * 1300;
      const loud = 0.08 + random() * 0.16;
      return (age) => Math.sin(age * f * (1 + age * 2.5) * 6.283) * Math.exp(-age * 22) * loud;
    }),
};

const fade = 0.35;
/** What is out of doors comes through the walls of a room without its brightness, hertz. */
const walls = 520;
const outdoors: readonly Ambience[] = ["rain", "wind", "waves", "thunder", "city", "birds", "crickets"];

/** Mixes the sound of every section's place into the two channels; neighbours cross-fade. */
export function addAmbience(cues: CueSheet, left: Float32Array, right: Float32Array, rate: number): void {
  for (const kind of Object.keys(makers) as Ambience[]) {
    const spans = spansOf(cues, kind);
    if (spans.length === 0) continue;
    const random = seededRandom(cues.seed ^ hashText(kind));
    for (const span of spans) {
      const source = makers[kind](random, rate);
      const through = span.inside ? [0, 1].map(() => [lowPass(rate), lowPass(rate)] as const) : null;
      const wall = (channel: 0 | 1, value: number) => {
        const pair = through?.[channel];
        return pair === undefined ? value : pair[1](pair[0](value, walls), walls) * 1.6;
      };
      const from = Math.max(0, Math.floor((span.start - fade / 2) * rate));
      const to = Math.min(left.length, Math.ceil((span.end + fade / 2) * rate));
      for (let i = from; i < to; i += 1) {
        const t = i / rate;
        const gate = Math.min(1, (t - span.start + fade / 2) / fade, (span.end + fade / 2 - t) / fade);
        const [l, r] = source(t);
        const gain = 0.3 * span.level * Math.sin((Math.max(0, gate) * Math.PI) / 2);
        left[i] = (left[i] ?? 0) + wall(0, l) * gain;
        right[i] = (right[i] ?? 0) + wall(1, r) * gain;
      }
    }
  }
}

type Span = { start: number; end: number; level: number; inside: boolean };

/** Stretches in which a kind is heard at about one level, on one side of a wall: where a room is heard one is in it. */
function spansOf(cues: CueSheet, kind: Ambience): Span[] {
  const spans: Span[] = [];
  for (const section of [...cues.sections].sort((a, b) => a.start - b.start)) {
    const level = section.ambience.find((entry) => entry.kind === kind)?.level ?? 0;
    const last = spans.at(-1);
    if (level <= 0) continue;
    const inside = outdoors.includes(kind) && section.ambience.some((entry) => entry.kind === "room");
    if (
      last !== undefined &&
      last.inside === inside &&
      Math.abs(last.level - level) < 0.02 &&
      section.start - last.end < 0.2
    )
      last.end = section.start + section.seconds;
    else spans.push({ start: section.start, end: section.start + section.seconds, level, inside });
  }
  return spans;
}
