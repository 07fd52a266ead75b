import { expect, test } from "vitest";
import { clampZoom, fitZoom, rulerSteps, signedFrames, sliderToZoom, spokenLength, zoomToSlider } from "./scale.ts";

const fps = { num: 24, den: 1 };

test("fit shows the whole film", () => {
  expect(fitZoom(2400, 1200, fps) * 2400).toBeLessThanOrEqual(1200);
  expect(fitZoom(2400, 1200, fps) * 2400).toBeGreaterThan(1100);
});

test("zoom stays between 5 and 300 pixels a second, unless a long film has to fit", () => {
  expect(clampZoom(1000, fps, 1) * 24).toBe(300);
  expect(clampZoom(0, fps, 1) * 24).toBe(5);
  expect(clampZoom(0, fps, 0.01)).toBe(0.01);
});

test("the slider and the zoom are inverses of each other", () => {
  expect(zoomToSlider(sliderToZoom(0.4, 0.1, fps), 0.1, fps)).toBeCloseTo(0.4);
});

test("labels never crowd and ticks divide them", () => {
  for (const zoom of [0.01, 0.1, 0.73, 2, 5, 12.5]) {
    const { label, tick } = rulerSteps(zoom, fps);
    if (label < 3600 * 24) expect(label * zoom).toBeGreaterThanOrEqual(84);
    expect(label % tick).toBe(0);
  }
  expect(rulerSteps(0.73, fps)).toEqual({ label: 120, tick: 12 });
});

test("differences and lengths read as seconds and frames", () => {
  expect(signedFrames(12, fps)).toBe("+0:12");
  expect(signedFrames(-27, fps)).toBe("−1:03");
  expect(spokenLength(48, fps)).toBe("2 s 0 f");
});
