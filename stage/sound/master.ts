/** The last stage of the sound: level, ceiling, fades at the ends, 16 bits. */
const targetLufs = -16;
const ceiling = 10 ** (-1.3 / 20);

/**
 * Loudness after ITU-R BS.1770 (K-weighting, 400 ms blocks, absolute and relative gates).
 * @returns LUFS, -Infinity for silence
 */
export function loudnessOf(left: Float32Array, right: Float32Array, rate: number): number {
  const block = Math.round(rate * 0.4);
  const hop = Math.round(rate * 0.1);
  const power = new Float64Array(Math.ceil(left.length / hop));
  for (const channel of [left, right]) {
    const weigh = kWeighting(rate);
    for (let i = 0; i < channel.length; i += 1) {
      const y = weigh(channel[i] ?? 0);
      const at = Math.floor(i / hop);
      power[at] = (power[at] ?? 0) + y * y;
    }
  }
  const blocks: number[] = [];
  const per = block / hop;
  for (let i = 0; i + per <= power.length; i += 1) {
    let sum = 0;
    for (let k = 0; k < per; k += 1) sum += power[i + k] ?? 0;
    blocks.push(sum / block);
  }
  if (blocks.length === 0) blocks.push(power.reduce((sum, value) => sum + value, 0) / Math.max(1, left.length));
  const lufs = (mean: number) => -0.691 + 10 * Math.log10(mean);
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / Math.max(1, list.length);
  const loudEnough = blocks.filter((value) => lufs(value) > -70);
  if (loudEnough.length === 0) return -Infinity;
  const gate = lufs(mean(loudEnough)) - 10;
  return lufs(mean(loudEnough.filter((value) => lufs(value) > gate)));
}

function biquad(b: readonly [number, number, number], a: readonly [number, number]): (x: number) => number {
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return (x) => {
    const y = b[0] * x + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    return y;
  };
}

/** The two filters of BS.1770; their coefficients are given there for 48 kHz. */
function kWeighting(rate: number): (x: number) => number {
  if (rate !== 48_000) throw new Error("loudness is measured at 48 kHz");
  const shelf = biquad([1.53512485958697, -2.69169618940638, 1.19839281085285], [-1.69065929318241, 0.73248077421585]);
  const high = biquad([1, -2, 1], [-1.99004745483398, 0.99007225036621]);
  return (x) => high(shelf(x));
}

/** A sound in two channels. */
export type Stereo = readonly [left: Float32Array, right: Float32Array];

/** The furthest that quiet sound is brought up: 46 dB. */
const mostGain = 200;
const near = 0.3;

/**
 * Brings a mix to -16 LUFS below a ceiling of -1.3 dBFS, in place. What the limiter takes away is made up for by more
 * gain, until it is near enough.
 * @param stems  what the mix is made of: they get the same gain at the same time, so that they still add up to it
 */
export function master(mix: Stereo, rate: number, stems: readonly Stereo[] = []): void {
  const [left, right] = mix;
  const loudness = loudnessOf(left, right, rate);
  let gain = Number.isFinite(loudness) ? Math.min(mostGain, 10 ** ((targetLufs - loudness) / 20)) : 0;
  const peaks = truePeaks(mix);
  let curve = gainCurve(peaks, gain, rate);
  for (let round = 0; round < 3 && gain > 0; round += 1) {
    const reached = loudnessOf(times(left, curve), times(right, curve), rate);
    if (!Number.isFinite(reached) || Math.abs(reached - targetLufs) <= near) break;
    gain = Math.min(mostGain, gain * 10 ** ((targetLufs - reached) / 20));
    curve = gainCurve(peaks, gain, rate);
  }
  for (const channel of [...mix, ...stems.flat()]) channel.set(times(channel, curve));
}

const times = (channel: Float32Array, curve: Float32Array) => channel.map((value, at) => value * (curve[at] ?? 0));

/** Of the wave between two samples, at a quarter, a half and three quarters of the way: eight samples' shares in it. */
const between = [0.25, 0.5, 0.75].map((part) =>
  Array.from({ length: 8 }, (_, tap) => {
    const x = tap - 3 - part;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * x) / 4.5);
    return (Math.sin(Math.PI * x) / (Math.PI * x)) * window;
  }),
);
/** What is so far below the highest sample is no peak. */
const lowest = 0.05;

/** @returns how far the wave goes at each sample and from there to the next, in either channel: higher than the samples */
export function truePeaks(sound: Stereo): Float32Array {
  const peaks = new Float32Array(sound[0].length);
  for (const channel of sound) {
    const floor = channel.reduce((most, value) => Math.max(most, Math.abs(value)), 0) * lowest;
    for (let i = 0; i < channel.length; i += 1) {
      let peak = Math.abs(channel[i]!);
      if (peak > floor && i >= 3 && i + 4 < channel.length)
        for (const shares of between) {
          let sum = 0;
          for (let tap = 0; tap < 8; tap += 1) sum += channel[i + tap - 3]! * shares[tap]!;
          peak = Math.max(peak, Math.abs(sum));
        }
      if (peak > peaks[i]!) peaks[i] = peak;
    }
  }
  return peaks;
}

/**
 * The gain at each sample: fades at the ends, and a limiter with a look-ahead of 4 ms, where what would be over the
 * ceiling pulls the gain down before it comes.
 */
function gainCurve(peaks: Float32Array, gain: number, rate: number): Float32Array {
  const fadeIn = Math.min(rate * 0.05, peaks.length / 4);
  const fadeOut = Math.min(rate * 0.8, peaks.length / 4);
  const ahead = Math.round(rate * 0.004);
  const curve = new Float32Array(peaks.length);
  const need = (i: number) => {
    const peak = (peaks[i] ?? 0) * gain;
    return peak > ceiling ? ceiling / peak : 1;
  };
  // What is needed at the samples ahead, from the least on: only what may still become the least is kept.
  const places = new Int32Array(ahead + 2);
  const needs = new Float32Array(ahead + 2);
  let [first, count] = [0, 0];
  const at = (index: number) => (first + index) % needs.length;
  let next = 0;
  let held = 1;
  for (let i = 0; i < peaks.length; i += 1) {
    for (; next <= Math.min(i + ahead, peaks.length - 1); next += 1) {
      const value = need(next);
      while (count > 0 && (needs[at(count - 1)] ?? 0) >= value) count -= 1;
      places[at(count)] = next;
      needs[at(count)] = value;
      count += 1;
    }
    while (count > 0 && (places[first] ?? 0) < i) {
      first = (first + 1) % needs.length;
      count -= 1;
    }
    const lowest = count > 0 ? (needs[first] ?? 1) : 1;
    held = lowest < held ? lowest : held + (lowest - held) * 0.0004;
    curve[i] = gain * held * Math.min(1, (i + 1) / fadeIn, (peaks.length - i) / fadeOut);
  }
  return curve;
}

/** Interleaves to 16 bits. */
export function toSixteenBits(left: Float32Array, right: Float32Array, from: number, to: number): Int16Array {
  const out = new Int16Array((to - from) * 2);
  for (let i = from; i < to; i += 1) {
    out[(i - from) * 2] = Math.round(Math.max(-1, Math.min(1, left[i] ?? 0)) * 32767);
    out[(i - from) * 2 + 1] = Math.round(Math.max(-1, Math.min(1, right[i] ?? 0)) * 32767);
  }
  return out;
}
