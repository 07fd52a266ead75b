/** What the script's margin says of the board: which shots begin where. */
import type { Id } from "#domain/ids.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { ScriptPlaces } from "#domain/screenplay/reparse/places.ts";

export interface ShotMark {
  /** The line with which they begin, from 0. */
  line: number;
  shotIds: Id[];
  /** e.g. `3B`, or `3B–D` when several begin with the same line. */
  label: string;
  isChosen: boolean;
}

/** @param chosen shots that are selected */
export function shotMarks(places: ScriptPlaces, shots: readonly Shot[], chosen: readonly Id[]): ShotMark[] {
  const numbers = new Map(shots.map((shot) => [shot.id, shot.number]));
  const byLine = new Map<number, Id[]>();
  for (const { shotId, from } of places.shots) {
    if (numbers.has(shotId)) byLine.set(from, [...(byLine.get(from) ?? []), shotId]);
  }
  return [...byLine].map(([line, shotIds]) => ({
    line,
    shotIds,
    label: rangeOf(shotIds.map((id) => numbers.get(id) ?? "")),
    isChosen: shotIds.some((id) => chosen.includes(id)),
  }));
}

/** `3B`, `3C`, `3D` → `3B–D`; those that are not of one scene are told by the first. */
function rangeOf(numbers: readonly string[]): string {
  const first = numbers[0] ?? "";
  const last = numbers.at(-1) ?? "";
  if (numbers.length === 1) return first;
  const scene = /^\d+/.exec(first)?.[0] ?? "";
  return last.startsWith(scene) ? `${first}–${last.slice(scene.length)}` : `${first}…`;
}
