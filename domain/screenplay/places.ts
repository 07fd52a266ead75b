/** Which shot a line of the script belongs to, and the other way round, as of the last reading. Plain data. */
import type { Id } from "#domain/ids.ts";
import type { ProposedScene, ScriptLines } from "./breakdown.ts";

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
