/** How much a machine is asked to draw. */
export type Quality = {
  /** Of the pixels of the screen in each direction. */
  scale: number;
  splats: boolean;
  shadows: boolean;
};

/** Slower than this, milliseconds, and less is asked for: 60 pictures a second with a little air. */
export const slowAt = 20;
/** Pictures that are looked at together. */
export const watched = 30;
/** So many of them may be long in coming, as the first of a kind are whose shaders must be made. */
const excused = 2;

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
      if (last.length < watched || usual(last) <= slowAt) return false;
      last = [];
      return true;
    },
    get mean() {
      return mean;
    },
  };
}

/** The mean of all but the longest: pictures come in steps of the screen, so their median would see half of them only. */
function usual(times: readonly number[]): number {
  const counted = [...times].sort((a, b) => a - b).slice(0, -excused);
  return counted.reduce((sum, one) => sum + one, 0) / counted.length;
}
