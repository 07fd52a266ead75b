/** Frames to pixels and back, and what the ruler says. */
import type { FrameRate, Frames } from "#domain/time.ts";

export type Pixels = number;

/** Widest zoom out and in, pixels per second; a long film may be fitted closer together. */
const minPixelsPerSecond = 5;
const maxPixelsPerSecond = 300;

const perSecond = (rate: FrameRate) => rate.num / rate.den;

/** @returns the nearest allowed zoom, pixels per frame */
export function clampZoom(pixelsPerFrame: number, rate: FrameRate, fit: number): number {
  const low = Math.min(fit, minPixelsPerSecond / perSecond(rate));
  return Math.min(Math.max(pixelsPerFrame, low), maxPixelsPerSecond / perSecond(rate));
}

/** Pixels per frame at which `length` frames fill `width` pixels with a little room behind. */
export function fitZoom(length: Frames, width: Pixels, rate: FrameRate): number {
  const most = 160 / perSecond(rate);
  return length === 0 || width <= 0 ? 20 / perSecond(rate) : Math.min(most, (width * 0.96) / length);
}

/** The slider's 0..1 for a zoom, so that equal ways of the hand are equal ratios. */
export function zoomToSlider(zoom: number, low: number, rate: FrameRate): number {
  const high = maxPixelsPerSecond / perSecond(rate);
  return Math.log(zoom / low) / Math.log(high / low);
}
export function sliderToZoom(value: number, low: number, rate: FrameRate): number {
  const high = maxPixelsPerSecond / perSecond(rate);
  return low * (high / low) ** value;
}

/**
 * Steps of the ruler that leave room for a timecode.
 * @returns frames between labels, and between ticks (at least 6 px apart)
 */
export function rulerSteps(pixelsPerFrame: number, rate: FrameRate): { label: Frames; tick: Frames } {
  const base = Math.round(perSecond(rate));
  const seconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600].map((count) => count * base);
  // Parts of a second that divide it, so that every second gets its tick.
  const fine = [1, 2, 3, 4, 5, 6, 10, 12].filter((count) => count < base && base % count === 0);
  const steps = [...fine, ...seconds];
  const label = steps.find((step) => step * pixelsPerFrame >= 84) ?? steps.at(-1)!;
  const tick = steps.find((step) => step * pixelsPerFrame >= 6 && label % step === 0) ?? label;
  return { label, tick };
}

/** A difference as editors say it, seconds and frames: `+0:12`, `−1:03`. */
export function signedFrames(frames: Frames, rate: FrameRate): string {
  const base = Math.round(perSecond(rate));
  const size = Math.abs(frames);
  return `${frames < 0 ? "−" : "+"}${Math.floor(size / base)}:${String(size % base).padStart(2, "0")}`;
}

/** A length as people hear it: `2 s 0 f`. */
export function spokenLength(frames: Frames, rate: FrameRate): string {
  const base = Math.round(perSecond(rate));
  return `${Math.floor(frames / base)} s ${frames % base} f`;
}
