/** The scenes of a script beside those of the board: which is which, and what only one of them has. */
import type { Scene } from "#domain/film/scene.ts";
import type { SceneMeasure } from "./pages/measure-scenes.ts";
import { sceneSourceOf } from "./reparse/sources.ts";

/** At least one of both: a scene that is only written, only on the board, or both. */
export type OutlineEntry = { measure: SceneMeasure; scene: null } | { measure: SceneMeasure | null; scene: Scene };

/**
 * In the order of the script. Scenes are the same when their heading is, the first with the first one of that heading;
 * what the board has alone comes behind the scene that it follows there.
 */
export function outlineOf(measures: readonly SceneMeasure[], scenes: readonly Scene[]): OutlineEntry[] {
  const open = new Map<string, Scene[]>();
  for (const scene of scenes) {
    const key = keyOf(sceneSourceOf(scene)?.heading ?? scene.heading);
    const same = open.get(key);
    if (same) same.push(scene);
    else open.set(key, [scene]);
  }
  const entries = measures.map((measure): OutlineEntry => {
    const scene = open.get(keyOf(measure.heading))?.shift();
    return scene ? { measure, scene } : { measure, scene: null };
  });
  const alone = new Set([...open.values()].flat());
  if (alone.size === 0) return entries;
  const behind = new Map<Scene | null, Scene[]>();
  let before: Scene | null = null;
  for (const scene of scenes) {
    if (!alone.has(scene)) before = scene;
    else behind.set(before, [...(behind.get(before) ?? []), scene]);
  }
  const only = (scene: Scene | null): OutlineEntry[] =>
    (behind.get(scene) ?? []).map((each) => ({ measure: null, scene: each }));
  return [...only(null), ...entries.flatMap((entry) => (entry.scene ? [entry, ...only(entry.scene)] : [entry]))];
}

const keyOf = (heading: string) => heading.trim().replace(/\s+/g, " ").toLocaleUpperCase();

/** @returns the scene in which a line stands; null above the first */
export function sceneAtLine(measures: readonly SceneMeasure[], line: number): SceneMeasure | null {
  let found: SceneMeasure | null = null;
  for (const measure of measures) {
    if (measure.line > line) break;
    found = measure;
  }
  return found;
}

const eighthSigns = ["", "⅛", "¼", "⅜", "½", "⅝", "¾", "⅞"];

/** As a schedule counts pages: 25 → `3⅛`. */
export function pagesInEighths(eighths: number): string {
  const whole = Math.floor(eighths / 8);
  const rest = eighthSigns[eighths % 8] ?? "";
  return whole === 0 && rest !== "" ? rest : `${whole}${rest}`;
}
