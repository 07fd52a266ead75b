/** Which shot a line of the script belongs to, and the other way round, as of the last reading. Plain data. */
import type { Id } from "#domain/ids.ts";
import type { ProposedScene, ScriptLines } from "#domain/screenplay/breakdown.ts";
import type { Change, Proposal } from "./proposal.ts";

export interface ShotPlace extends ScriptLines {
  shotId: Id;
}
export interface ScriptPlaces {
  /** Shots that are on the board, by first line; two may share one. */
  shots: ShotPlace[];
}

/** @param scenes  of a proposal: with the ids of what is on the board, and lines where the parser said them */
export function placesOf(scenes: readonly ProposedScene[]): ScriptPlaces {
  const shots = scenes.flatMap((scene) =>
    scene.shots.flatMap(({ id, lines }) => (id === undefined || !lines ? [] : [{ shotId: id, ...lines }])),
  );
  return { shots: shots.sort((a, b) => a.from - b.from || a.to - b.to) };
}

/** @returns the shots that are made of this line, in the order of the script; none for headings and blank lines */
export function shotsAtLine(places: ScriptPlaces, line: number): Id[] {
  return places.shots.filter(({ from, to }) => from <= line && line < to).map(({ shotId }) => shotId);
}

/** @returns null for a shot that the script does not have */
export function linesOfShot(places: ScriptPlaces, shotId: Id): ScriptLines | null {
  const place = places.shots.find((shot) => shot.shotId === shotId);
  return place ? { from: place.from, to: place.to } : null;
}

export interface ChangedLines extends ScriptLines {
  kind: "new" | "changed" | "moved";
}

/** Lines of the script that the board does not have as they are, in order. */
export function changedLinesOf({ scenes, changes }: Pick<Proposal, "scenes" | "changes">): ChangedLines[] {
  const found = changes.flatMap((change): ChangedLines[] => {
    const kind = kindOf[change.kind];
    if (kind === null || change.at < 0) return [];
    const shot = "sceneAt" in change ? scenes[change.sceneAt]?.shots[change.at]?.lines : undefined;
    const heading = "sceneAt" in change ? undefined : scenes[change.at]?.lines;
    const lines = shot ?? (heading && { from: heading.from, to: heading.from + 1 });
    return lines ? [{ ...lines, kind }] : [];
  });
  // Where a shot is both, its words are what matters.
  const byLines = new Map<string, ChangedLines>();
  for (const lines of found) {
    const key = `${lines.from} ${lines.to}`;
    if (byLines.get(key)?.kind !== "new" && (lines.kind !== "moved" || !byLines.has(key))) byLines.set(key, lines);
  }
  return [...byLines.values()].sort((a, b) => a.from - b.from || a.to - b.to);
}

const kindOf: Record<Change["kind"], ChangedLines["kind"] | null> = {
  "scene-new": "new",
  "scene-changed": "changed",
  "scene-moved": "moved",
  "scene-gone": null,
  "shot-new": "new",
  "shot-back": "new",
  "shot-changed": "changed",
  "shot-moved": "moved",
  "shot-gone": null,
};
