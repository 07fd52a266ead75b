import { markdownTable } from "../measure/markdown.ts";
import { readable } from "../measure/summary.ts";
import type { Options } from "./options.ts";
import type { Row, Scenario } from "./scenario.ts";
import { judge, spreadOf, type Results } from "./verdicts.ts";

/** A scenario's results as markdown: medians, [least … most], and in brackets how many times ours theirs is. */
export function scenarioTable(scenario: Scenario, sizes: Options, isFullSize: boolean, results: Results[]): string {
  const { name, about, rows } = scenario;
  const size = Object.entries(sizes).map(([what, value]) => `${what} ${value}`);
  const head = [
    "",
    ...results.map(
      ({ contestant, runs }) => `${contestant.title}, ${runs.length} ${runs.length === 1 ? "run" : "runs"}`,
    ),
  ];
  const cells = rows
    .map((row) => [row.label, ...results.map((one) => cellOf(row, one, results))])
    .filter(([, ...found]) => found.some((cell) => cell !== nothing));
  const failures = results.flatMap(({ contestant, failures: all }) =>
    all.map((why) => `- ${contestant.title}: ${why}`),
  );
  const goals = judge(rows, results).map(({ figure, goal, found, isMet }) => {
    const label = rows.find((row) => row.figure === figure)?.label ?? figure;
    return `- ${isMet ? "met" : "MISSED"}: ${label}: ${goal} (${found})`;
  });
  const isMeant = isFullSize ? "Goals" : "Goals, meant for another size";
  return [
    `## ${name}`,
    `${about} (${size.join(", ")})`,
    markdownTable(head, cells),
    ...(goals.length === 0 ? [] : [[`${isMeant}:`, ...goals].join("\n")]),
    ...(failures.length === 0 ? [] : [["Runs that failed:", ...failures].join("\n")]),
  ].join("\n\n");
}

const nothing = "—";

function cellOf(row: Row, one: Results, all: readonly Results[]): string {
  const spread = spreadOf(one, row.figure);
  if (spread === null) {
    const words = one.runs.map((run) => run[row.figure]).filter((value) => typeof value === "string");
    return words.length === 0 ? nothing : [...new Set(words)].join("; ");
  }
  const { median, min, max } = spread;
  const range = one.runs.length > 1 ? ` [${readable(min)} … ${readable(max)}]` : "";
  const ours = all.find(({ contestant }) => contestant.name === "backlot");
  const ourMedian = ours === undefined || ours === one ? null : (spreadOf(ours, row.figure)?.median ?? null);
  const isTold = row.compare === true && ourMedian !== null && ourMedian > 0;
  return `${readable(median)}${range}${isTold ? ` (${readable(median / ourMedian)}×)` : ""}`;
}
