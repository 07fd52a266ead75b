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

/** Brings the sound to about -16 LUFS below a ceiling of -1.3 dBFS, in place. */
export function master(left: Float32Array, right: Float32Array, rate: number): void {
  const loudness = loudnessOf(left, right, rate);
  const gain = Number.isFinite(loudness) ? Math.min(24, 10 ** ((targetLufs - loudness) / 20)) : 0;
  const fadeIn = Math.min(rate * 0.05, left.length / 4);
  const fadeOut = Math.min(rate * 0.8, left.length / 4);
  // A limiter with a look-ahead of 4 ms: what would be over the ceiling pulls the gain down before it comes.
  const ahead = Math.round(rate * 0.004);
  let held = 1;
  const window = new Float32Array(ahead + 1).fill(1);
  const needAt = (i: number) => {
    const peak = Math.max(Math.abs(left[i] ?? 0), Math.abs(right[i] ?? 0)) * gain;
    return peak > ceiling ? ceiling / peak : 1;
  };
  let lowest = 1;
  for (let i = 0; i < Math.min(ahead, left.length); i += 1) window[i % window.length] = needAt(i);
  for (let i = 0; i < left.length; i += 1) {
    window[(i + ahead) % window.length] = needAt(i + ahead);
    lowest = 1;
    for (let k = 0; k < window.length; k += 1) lowest = Math.min(lowest, window[k] ?? 1);
    held = lowest < held ? lowest : held + (lowest - held) * 0.0004;
    const edge = Math.min(1, (i + 1) / fadeIn, (left.length - i) / fadeOut);
    left[i] = (left[i] ?? 0) * gain * held * edge;
    right[i] = (right[i] ?? 0) * gain * held * edge;
  }
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
