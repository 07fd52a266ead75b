import type { Instrument } from "#domain/screenplay/plan/sound-kinds.ts";
import { lowPass, resonator, saw, sine, white } from "../noise.ts";

/**
 * One note as samples, its ringing on included. Made of sums of partials, strings that are plucked in a loop, and bowed
 * or electric waves through filters; whatever is by chance comes from `random`, so that a note is the same each time.
 * @param hz       its pitch
 * @param seconds  how long it is held
 * @param loud     how hard it is played, 0 to 1; harder is brighter too
 */
export type Voice = (hz: number, seconds: number, loud: number, random: () => number, rate: number) => Float32Array;

const filled = (seconds: number, rate: number, sample: (age: number, at: number) => number): Float32Array => {
  const out = new Float32Array(Math.max(1, Math.ceil(seconds * rate)));
  for (let i = 0; i < out.length; i += 1) out[i] = sample(i / rate, i);
  return out;
};
/** What moves slowly is looked at once in so many samples. */
const control = 32;
/** Rises, holds, and dies away `release` seconds after it is let go. */
const held = (age: number, attack: number, seconds: number, release: number): number =>
  Math.min(1, age / attack) * (age < seconds ? 1 : Math.max(0, 1 - (age - seconds) / release) ** 2);

/** Hammered strings: partials a little sharp of the series, the high ones dying first; a damper when it is let go. */
const piano: Voice = (hz, seconds, loud, random, rate) => {
  const release = 0.45;
  const out = new Float32Array(Math.ceil((Math.min(seconds, 7) + release) * rate));
  for (let n = 1; n <= 16; n += 1) {
    const f = n * hz * Math.sqrt(1 + 0.00035 * n * n);
    if (f > 11_000) break;
    const struck = (Math.abs(Math.sin((n * Math.PI) / 7.3)) + 0.12) * n ** -(1.5 - loud * 0.55);
    const decay = (0.32 + hz / 900) * (1 + 0.32 * (n - 1));
    // Two strings to a note, hardly apart.
    for (const apart of n < 4 ? [-0.00028, 0.00034] : [0]) {
      const w = (2 * Math.PI * f * (1 + apart)) / rate;
      const r = Math.exp(-decay / rate);
      let [y1, y2] = [Math.sin(w) * -1 * (apart < 0 ? 1 : 0.8), 0];
      const k = 2 * r * Math.cos(w);
      for (let i = 0; i < out.length; i += 1) {
        const y = k * y1 - r * r * y2;
        [y2, y1] = [y1, y];
        out[i] = (out[i] ?? 0) + y * struck * (n < 4 ? 0.5 : 1);
      }
    }
  }
  const knock = lowPass(rate);
  for (let i = 0; i < out.length; i += 1) {
    const age = i / rate;
    out[i] =
      ((out[i] ?? 0) * Math.min(1, age / 0.003) + knock(white(random), 1800) * Math.exp(-age * 90) * 0.5 * loud) *
      held(age, 0.001, seconds, release) *
      0.42;
  }
  return out;
};

/** A string plucked beside its end, in a wooden body. */
const pluck: Voice = (hz, seconds, loud, random, rate) => {
  const release = 0.25;
  const size = rate / hz - 0.5;
  const length = Math.max(4, Math.ceil(size) + 2);
  const line = new Float32Array(length);
  const soft = lowPass(rate);
  const noise = Array.from({ length: Math.ceil(size) }, () => soft(white(random), 1800 + loud * 6500));
  const pick = Math.max(1, Math.round(size * 0.17));
  for (let i = 0; i < noise.length; i += 1)
    line[i] = (noise[i] ?? 0) - (noise[(i - pick + noise.length) % noise.length] ?? 0);
  const body = [resonator(rate, 108, 14), resonator(rate, 215, 18), resonator(rate, 430, 30)];
  const loss = 0.5 ** (1 / (hz * (0.55 + 60 / hz)));
  let last = 0;
  let write = Math.ceil(size);
  return filled(Math.min(seconds, 4) + release, rate, (age) => {
    const back = write - size;
    const at = Math.floor(back);
    const part = back - at;
    const a = line[((at % length) + length) % length] ?? 0;
    const b = line[(((at + 1) % length) + length) % length] ?? 0;
    const now = a + (b - a) * part;
    const next = (now * 0.5 + last * 0.5) * loss;
    last = now;
    line[write % length] = next;
    write += 1;
    const wood = body.reduce((sum, ring) => sum + ring(next), 0);
    return (next * 1.1 + wood * 0.35) * held(age, 0.0008, seconds, release) * (0.55 + 0.6 * loud);
  });
};

/** One bowed string, with a vibrato that sets in late. */
const cello: Voice = (hz, seconds, loud, random, rate) => {
  const [wave, second] = [saw(rate), saw(rate)];
  const [low, low2, breath] = [lowPass(rate), lowPass(rate), lowPass(rate)];
  const body = [resonator(rate, 220, 50), resonator(rate, 440, 90), resonator(rate, 1100, 200)];
  const rock = random() * 6.28;
  return filled(seconds + 0.4, rate, (age) => {
    const vibrato = 1 + 0.0042 * Math.min(1, Math.max(0, age - 0.2) / 0.5) * Math.sin(age * 33 + rock);
    const bowed = wave(hz * vibrato) * 0.7 + second(hz * 1.0015 * vibrato) * 0.3;
    const string = low2(low(bowed + breath(white(random), 5000) * 0.05, 3600), 1500 + 1900 * loud);
    const wood = body.reduce((sum, ring) => sum + ring(string), 0);
    const swelled = 0.75 + 0.25 * Math.sin(Math.min(1, age / Math.max(0.3, seconds)) * Math.PI);
    return (string * 0.6 + wood * 0.5) * held(age, 0.09, seconds, 0.38) * swelled * (0.35 + loud * 0.5);
  });
};

/** A section of bowed strings; short notes are bitten off. */
const strings: Voice = (hz, seconds, loud, random, rate) => {
  const short = seconds < 0.45;
  const players = Array.from({ length: 4 }, (_, at) => ({
    wave: saw(rate, random()),
    apart: 1 + (at - 1.5) * 0.0019 + (random() - 0.5) * 0.0016,
    rock: random() * 6.28,
    speed: 29 + random() * 8,
    now: hz,
  }));
  const [low, low2] = [lowPass(rate), lowPass(rate)];
  let bright = 0;
  return filled(seconds + (short ? 0.18 : 0.9), rate, (age, at) => {
    if (at % control === 0) {
      for (const one of players) one.now = hz * one.apart * (1 + 0.0025 * Math.sin(age * one.speed + one.rock));
      bright = short ? 2600 + 2600 * loud * Math.exp(-age * 9) : 2100 + 1900 * loud;
    }
    const sum = players.reduce((all, { wave, now }) => all + wave(now), 0);
    const level = held(age, short ? 0.012 : Math.min(0.5, seconds * 0.3), seconds, short ? 0.16 : 0.85);
    return low2(low(sum, bright * 1.6), bright) * level * (0.14 + 0.16 * loud) * (short ? 1.35 : 1);
  });
};

/** Soft electric waves that drift against each other. */
const pad: Voice = (hz, seconds, loud, random, rate) => {
  const waves = [0.9968, 1.0029, 0.5].map((apart) => ({ apart, wave: saw(rate, random()) }));
  const air = sine(rate);
  const [low, low2] = [lowPass(rate), lowPass(rate)];
  const drift = random() * 6.28;
  let open = 900;
  return filled(seconds + 1.4, rate, (age, at) => {
    const sum = waves.reduce((all, { apart, wave }) => all + wave(hz * apart) * (apart < 0.6 ? 0.3 : 0.5), 0);
    if (at % control === 0) open = 900 + 700 * loud + 420 * Math.sin(age * 0.8 + drift);
    const tone = low2(low(sum, open * 1.5), open) + air(hz * 2) * 0.06;
    return tone * held(age, Math.min(0.9, 0.1 + seconds * 0.22), seconds, 1.35) * (0.14 + 0.22 * loud);
  });
};

const bass: Voice = (hz, seconds, loud, _random, rate) => {
  const partials = [1, 2, 3, 4, 5].map((n) => ({ n, ring: sine(rate), level: 1 / n ** 1.25 }));
  return filled(seconds + 0.12, rate, (age, at) => {
    if (at % control === 0) for (const one of partials) one.level = Math.exp(-age * 1.3 * one.n) / one.n ** 1.25;
    const sum = partials.reduce((all, { n, ring, level }) => all + ring(hz * n) * level, 0);
    return Math.tanh(sum * 1.3) * held(age, 0.006, seconds, 0.11) * (0.2 + 0.3 * loud);
  });
};

/** A short electric note whose filter closes at once: what keeps time in tension. */
const pulse: Voice = (hz, seconds, loud, random, rate) => {
  const [wave, second] = [saw(rate, random()), saw(rate, random())];
  const [low, low2] = [lowPass(rate), lowPass(rate)];
  return filled(seconds + 0.09, rate, (age) => {
    const open = 260 + (900 + 3800 * loud) * Math.exp(-age * 16);
    const sum = wave(hz) * 0.6 + second(hz * 1.004) * 0.6;
    return low2(low(sum, open), open) * held(age, 0.003, seconds, 0.08) * Math.exp(-age * 3) * (0.2 + 0.42 * loud);
  });
};

const bell: Voice = (hz, _seconds, loud, _random, rate) => {
  const [carrier, modulator, shimmer] = [sine(rate), sine(rate), sine(rate)];
  let bend = 0;
  return filled(3, rate, (age) => {
    bend = modulator(hz * 3.01) * (1.1 + loud) * Math.exp(-age * 3.6);
    const tone =
      Math.sin(carrier.turn(hz) + bend) * Math.exp(-age * 1.5) + shimmer(hz * 5.43) * Math.exp(-age * 4) * 0.16;
    return tone * Math.min(1, age / 0.002) * Math.min(1, (3 - age) / 0.4) * (0.1 + 0.22 * loud);
  });
};

export const instrumentVoices: Readonly<Record<Instrument, Voice>> = {
  ...{ pad, strings, piano, pluck, cello, bass, pulse, bell },
};
