/** What one run found: numbers, or words where there is no number; null where it could not be told. */
export type Figures = Record<string, number | string | null>;

export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** @returns for each number of the runs its median, least and most; figures that no run could tell are left out */
export function summarise(runs: readonly Figures[]): Record<string, Spread> {
  const names = [...new Set(runs.flatMap((run) => Object.keys(run)))];
  const entries = names.flatMap((name) => {
    const numbers = runs.map((run) => run[name]).filter((value) => typeof value === "number");
    if (numbers.length === 0) return [];
    const spread = { median: medianOf(numbers), min: Math.min(...numbers), max: Math.max(...numbers) };
    return [[name, spread] as const];
  });
  return Object.fromEntries(entries);
}

/** @throws RangeError when there are no numbers */
export function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) throw new RangeError("no numbers, no median");
  return (low + high) / 2;
}

export function round(value: number, digits = 2): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

/** As many digits as say something: 1234, 56.7, 8.91, 0.123. */
export function readable(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return String(round(value, digits));
}
