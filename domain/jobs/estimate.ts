import type { Capability } from "./capabilities.ts";

/** One finished attempt: what it was, on what, and how long it worked. */
export type Measured = { capability: Capability; engine: string; sizeClass: SizeClass; units: number; seconds: number };

/** Something to be made: how big it is, and in which of the sizes that are measured apart. */
export type Work = { capability: Capability; sizeClass: SizeClass; units: number };

/** Lines of a picture, in steps that people know; 0: it has no picture. A pixel of a large picture costs another time. */
export type SizeClass = 0 | 270 | 360 | 480 | 720 | 1080 | 2160;

export function sizeClassOf(width: number | null | undefined, height: number | null | undefined): SizeClass {
  const lines = Math.min(width ?? 0, height ?? 0);
  if (lines <= 0) return 0;
  return ([270, 360, 480, 720, 1080] as const).find((most) => lines <= most) ?? 2160;
}

export function workOf(request: Sized): Work {
  return {
    capability: request.role,
    sizeClass: sizeClassOf(request.width, request.height),
    units: unitsOf(request),
  };
}

/** What of a `RenderRequest` says how big it is. */
export type Sized = {
  role: Capability;
  width?: number | undefined;
  height?: number | undefined;
  frames?: number | undefined;
  seconds?: number | undefined;
};

const draftPixels = 640 * 360;

/** Seconds per unit before this fleet has measured anything: the built-in engine on two processor cores. */
const firstGuess: Record<Capability, number> = {
  video: 0.12,
  image: 2.5,
  "image.inpaint": 2.5,
  segment: 1,
  "llm.plan": 1,
  env3d: 5,
  motion: 2,
  "audio.music": 0.4,
  "audio.sfx": 0.4,
  sync: 1,
  package: 0.12,
  join: 0.02,
  export: 0.02,
};

/** The size of a job, comparable within one capability: frames at draft size, pictures, seconds of sound, or jobs. */
export function unitsOf(request: Sized): number {
  const pictures = ((request.width ?? 0) * (request.height ?? 0)) / draftPixels;
  switch (request.role) {
    case "video":
    case "package":
    case "join":
    case "export":
      return (request.frames ?? 0) * pictures;
    case "image":
    case "image.inpaint":
    case "segment":
      return Math.max(1, pictures);
    case "audio.music":
    case "audio.sfx":
      return request.seconds ?? 0;
    case "llm.plan":
    case "env3d":
    case "motion":
    case "sync":
      return 1;
  }
}

/** As many pairs tell a slope well enough. */
const mostSamples = 40;

/**
 * How long something would be worked on, from what this fleet has measured: at the same size where it has been made
 * already, else from the work per unit at other sizes, else a guess. Where engines differ, the middle of what each says.
 * @returns seconds, above 0
 */
export function predictSeconds(work: Work, history: readonly Measured[]): number {
  const known = history.filter((one) => one.capability === work.capability && one.units > 0);
  const engines = [...new Set(known.map((one) => one.engine))];
  const said = engines.map((engine) => {
    const own = known.filter((one) => one.engine === engine);
    const same = own.filter((one) => one.sizeClass === work.sizeClass);
    return predictFrom(same.length > 0 ? same : own, work.units);
  });
  return Math.max(0.01, median(said) ?? work.units * firstGuess[work.capability]);
}

/** The start costs the same for a short job and a long one, so a straight line is laid through what was measured. */
function predictFrom(samples: readonly Measured[], units: number): number {
  const some = samples.slice(0, mostSamples);
  const perUnit = median(some.map((one) => one.seconds / one.units)) ?? 0;
  const slopes = some.flatMap((a, index) =>
    some.slice(index + 1).flatMap((b) => {
      const apart = Math.abs(a.units - b.units);
      // Jobs of nearly one length say nothing about another.
      return apart < 0.2 * Math.max(a.units, b.units) ? [] : [(a.seconds - b.seconds) / (a.units - b.units)];
    }),
  );
  const slope = median(slopes);
  if (slope === null || slope < 0) return units * perUnit;
  const base = Math.max(0, median(some.map((one) => one.seconds - slope * one.units)) ?? 0);
  return base + slope * units;
}

/** One slow render does not spoil it. */
function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
