/** Medians beside goals. */
import { readable, summarise, type Figures, type Spread } from "../measure/summary.ts";
import type { Goal, Row } from "./scenario.ts";
import type { Contestant } from "./servers/ground.ts";

export interface Results {
  contestant: Contestant;
  runs: Figures[];
  failures: string[];
}

export interface Verdict {
  figure: string;
  goal: string;
  found: string;
  isMet: boolean;
}

/** @returns one verdict per goal and, where a goal names a peer, per form in which that peer took part */
export function judge(rows: readonly Row[], results: readonly Results[]): Verdict[] {
  const ours = results.find(({ contestant }) => contestant.name === "backlot");
  if (ours === undefined) return [];
  return rows.flatMap((row) => (row.goals ?? []).flatMap((goal) => judgeGoal(row.figure, goal, ours, results)));
}

function judgeGoal(figure: string, goal: Goal, ours: Results, results: readonly Results[]): Verdict[] {
  const found = spreadOf(ours, figure);
  if (found === null) return [];
  if ("atMost" in goal) {
    // What must never happen is judged by the worst run, everything else by the median.
    const value = goal.atMost === 0 ? found.max : found.median;
    const isMet = value <= goal.atMost;
    return [{ figure, goal: `≤ ${goal.atMost}`, found: readable(value), isMet }];
  }
  return results
    .filter(({ contestant }) => contestant.name === goal.lessThan)
    .flatMap((theirs) => {
      const spread = spreadOf(theirs, figure);
      if (spread === null) return [];
      const times = spread.median / found.median;
      const words = `≥ ${goal.times}× less than ${theirs.contestant.title}`;
      return [{ figure, goal: words, found: `${readable(times)}×`, isMet: times >= goal.times }];
    });
}

export function spreadOf({ runs }: Results, figure: string): Spread | null {
  return summarise(runs)[figure] ?? null;
}
