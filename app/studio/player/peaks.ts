/** The outline of a sound: for each bin the lowest and the highest sample, -1..1. */
export interface Peaks {
  binsPerSecond: number;
  low: Float32Array;
  high: Float32Array;
}

const binsPerSecond = 200;

/** As much of an AudioBuffer as measuring needs. */
export interface Samples {
  readonly length: number;
  readonly sampleRate: number;
  readonly numberOfChannels: number;
  getChannelData(channel: number): Float32Array;
}

export function measurePeaks(sound: Samples): Peaks {
  const perBin = sound.sampleRate / binsPerSecond;
  const count = Math.max(1, Math.ceil(sound.length / perBin));
  const low = new Float32Array(count);
  const high = new Float32Array(count);
  for (let channel = 0; channel < Math.min(2, sound.numberOfChannels); channel += 1) {
    const samples = sound.getChannelData(channel);
    for (let index = 0; index < samples.length; index += 1) {
      const bin = Math.min(count - 1, Math.floor(index / perBin));
      const value = samples[index]!;
      if (value < low[bin]!) low[bin] = value;
      if (value > high[bin]!) high[bin] = value;
    }
  }
  return { binsPerSecond, low, high };
}

/** The lowest and highest sample between two moments, seconds; zeros where there is no sound. */
export function peakBetween(peaks: Peaks, from: number, to: number): { low: number; high: number } {
  let low = 0;
  let high = 0;
  const first = Math.max(0, Math.floor(from * peaks.binsPerSecond));
  const last = Math.min(peaks.low.length, Math.max(first + 1, Math.ceil(to * peaks.binsPerSecond)));
  for (let bin = first; bin < last; bin += 1) {
    low = Math.min(low, peaks.low[bin]!);
    high = Math.max(high, peaks.high[bin]!);
  }
  return { low, high };
}
