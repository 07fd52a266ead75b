import { expect, test } from "vitest";
import { measurePeaks, peakBetween } from "./peaks.ts";

const silenceThenClick = (seconds: number) => {
  const samples = new Float32Array(8000 * seconds);
  samples[8000] = 0.9;
  samples[8001] = -0.7;
  return { length: samples.length, sampleRate: 8000, numberOfChannels: 1, getChannelData: () => samples };
};

test("a click shows at its moment and nowhere else", () => {
  const peaks = measurePeaks(silenceThenClick(2));
  const click = peakBetween(peaks, 0.99, 1.01);
  expect(click.high).toBeCloseTo(0.9);
  expect(click.low).toBeCloseTo(-0.7);
  expect(peakBetween(peaks, 0, 0.9)).toEqual({ low: 0, high: 0 });
});

test("beyond its end a sound is silent", () => {
  expect(peakBetween(measurePeaks(silenceThenClick(2)), 5, 6)).toEqual({ low: 0, high: 0 });
});
