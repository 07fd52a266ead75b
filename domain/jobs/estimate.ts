import type { Capability } from "./capabilities.ts";

/** One finished attempt: what it was and how long it worked. */
export type Measured = { capability: Capability; units: number; seconds: number };

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

/** @returns seconds per unit: the median of what was measured, newest history only; a guess without any */
export function pace(capability: Capability, history: readonly Measured[]): number {
  const paces = history
    .filter((one) => one.capability === capability && one.units > 0)
    .map((one) => one.seconds / one.units)
    .sort((a, b) => a - b);
  return paces[Math.floor(paces.length / 2)] ?? firstGuess[capability];
}

export type Estimate = { jobs: number; waitSeconds: number; renderSeconds: number };

/**
 * @param wanted  the jobs asked about
 * @param ahead   what is queued or running before them
 * @param slots   jobs the fleet works on at once, int >= 1
 */
export function estimate(
  wanted: readonly Sized[],
  ahead: readonly { capability: Capability; units: number }[],
  history: readonly Measured[],
  slots: number,
): Estimate {
  const secondsAhead = ahead.reduce((sum, one) => sum + one.units * pace(one.capability, history), 0);
  const secondsOfWork = wanted.reduce((sum, request) => sum + unitsOf(request) * pace(request.role, history), 0);
  const atOnce = Math.max(1, slots);
  return {
    jobs: wanted.length,
    waitSeconds: secondsAhead / atOnce,
    renderSeconds: secondsOfWork / Math.min(atOnce, Math.max(1, wanted.length)),
  };
}
