import { useEffect, useRef, useState } from "react";
import type { Clip } from "#domain/film/clip.ts";
import { framesToSeconds, type FrameRate } from "#domain/time.ts";
import { peakBetween, type Peaks } from "../player/peaks.ts";
import { peaksOf } from "../player/sound-bank.ts";
import type { Pixels } from "./scale.ts";

export interface WaveformProps {
  clip: Clip;
  rate: FrameRate;
  zoom: number;
  /** The part of the clip that is in view, px from its left edge. Only that is drawn. */
  from: Pixels;
  to: Pixels;
}

type Known = { status: "loading" } | { status: "ready"; peaks: Peaks } | { status: "failed" };

/** The sound of a clip as an outline, one bar per device pixel. */
export function Waveform({ clip, rate, zoom, from, to }: WaveformProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [known, setKnown] = useState<Known>({ status: "loading" });
  const { assetId } = clip;

  useEffect(() => {
    if (assetId === undefined) return;
    let gone = false;
    peaksOf(assetId).then(
      (peaks) => !gone && setKnown({ status: "ready", peaks }),
      () => !gone && setKnown({ status: "failed" }),
    );
    return () => {
      gone = true;
    };
  }, [assetId]);

  const width = Math.max(1, Math.ceil(to - from));
  useEffect(() => {
    if (known.status !== "ready" || !canvas.current) return;
    draw(canvas.current, known.peaks, { clip, rate, zoom, from, width });
  }, [known, clip, rate, zoom, from, width]);

  if (known.status === "failed") return <span className="clip-note">The sound can't be loaded</span>;
  return <canvas ref={canvas} className="clip-wave" style={{ left: from, width }} aria-hidden="true" />;
}

function draw(
  canvas: HTMLCanvasElement,
  peaks: Peaks,
  view: { clip: Clip; rate: FrameRate; zoom: number; from: Pixels; width: Pixels },
): void {
  const density = window.devicePixelRatio || 1;
  const height = canvas.clientHeight;
  canvas.width = Math.round(view.width * density);
  canvas.height = Math.round(height * density);
  const context = canvas.getContext("2d");
  if (!context) return;
  context.fillStyle = getComputedStyle(canvas).color;
  const secondsPerPixel = framesToSeconds(1, view.rate) / view.zoom;
  const begin = framesToSeconds(view.clip.in, view.rate) + view.from * secondsPerPixel;
  const middle = canvas.height / 2;
  const loudness = (view.clip.gain ?? 1) * middle * 0.94;
  for (let x = 0; x < canvas.width; x += 1) {
    const at = begin + (x / density) * secondsPerPixel;
    const { low, high } = peakBetween(peaks, at, at + secondsPerPixel / density);
    const top = middle - Math.min(middle, high * loudness);
    const bottom = middle - Math.max(-middle, low * loudness);
    context.fillRect(x, top, 1, Math.max(1, bottom - top));
  }
}
