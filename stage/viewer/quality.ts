/** How much a machine is asked to draw. */
export type Quality = {
  /** Of the pixels of the screen in each direction. */
  scale: number;
  splats: boolean;
  shadows: boolean;
};

/** When half of the pictures are slower than this, milliseconds, less is asked for: 60 a second with a little air. */
export const slowAt = 20;
/** Pictures that are looked at together. */
export const watched = 30;

const scales = [1, 0.85, 0.7, 0.5];

/** The next less: fewer pixels first, which nobody misses, then splats, then shadows. @returns null when there is none */
export function less(quality: Quality): Quality | null {
  const smaller = scales.find((scale) => scale < quality.scale);
  if (smaller !== undefined) return { ...quality, scale: smaller };
  if (quality.splats) return { ...quality, splats: false };
  if (quality.shadows) return { ...quality, shadows: false };
  return null;
}

/** Watches how long pictures take. */
export type Pace = {
  /** Counts a picture. @returns true when the last ones took too long; they are forgotten then */
  slow(milliseconds: number): boolean;
  /** Of the last pictures; 0 before the first. */
  readonly mean: number;
};

export function createPace(): Pace {
  let last: number[] = [];
  let mean = 0;
  return {
    slow(milliseconds) {
      // A picture after a pause says nothing: the tab was away.
      if (milliseconds > 1000) return false;
      last.push(milliseconds);
      if (last.length > watched) last.shift();
      mean = last.reduce((sum, one) => sum + one, 0) / last.length;
      // One picture that was long in coming, as the first of its kind is, does not make a machine slow.
      if (last.length < watched || medianOf(last) <= slowAt) return false;
      last = [];
      return true;
    },
    get mean() {
      return mean;
    },
  };
}

const medianOf = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1]!;
