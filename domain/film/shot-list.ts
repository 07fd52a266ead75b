/** The board as a table: a row for each shot, in order. */
import { framesToSeconds, timecode } from "#domain/time.ts";
import type { Scene } from "./scene.ts";
import { shotTypeNames, type Shot } from "./shot.ts";
import type { Film } from "./snapshot.ts";

export const shotListColumns = [
  "scene",
  "heading",
  "setting",
  "location",
  "time",
  "shot",
  "type",
  "lens",
  "move",
  "action",
  "dialogue",
  "characters",
  "elements",
  "seconds",
  "frames",
  "start",
  "notes",
] as const;
export type ShotListColumn = (typeof shotListColumns)[number];

export const shotListNames: Record<ShotListColumn, string> = {
  scene: "Scene",
  heading: "Heading",
  setting: "Int/Ext",
  location: "Location",
  time: "Time",
  shot: "Shot",
  type: "Framing",
  lens: "Lens (mm)",
  move: "Move",
  action: "Action",
  dialogue: "Dialogue",
  characters: "Characters",
  elements: "Elements",
  seconds: "Seconds",
  frames: "Frames",
  start: "Start",
  notes: "Notes",
};

type Board = Pick<Film, "scenes" | "shots" | "elements" | "meta">;

/** A shot with what stands beside it on a list. `start` counts from the first shot of the board, frames. */
export interface ListedShot {
  scene: Scene;
  shot: Shot;
  start: number;
}

/** @param sceneIds  only these scenes; times count from the board's beginning all the same */
export function listShots({ scenes, shots }: Board, sceneIds?: ReadonlySet<string>): ListedShot[] {
  const sceneOf = new Map(scenes.map((scene) => [scene.id, scene]));
  let start = 0;
  const listed: ListedShot[] = [];
  for (const shot of shots) {
    const scene = sceneOf.get(shot.sceneId);
    if (scene && (sceneIds === undefined || sceneIds.has(scene.id))) listed.push({ scene, shot, start });
    start += shot.durationFrames;
  }
  return listed;
}

export function shotListRows(
  film: Board,
  columns: readonly ShotListColumn[],
  sceneIds?: ReadonlySet<string>,
): string[][] {
  const names = new Map(film.elements.map((element) => [element.id, element.name]));
  const elementsOf = (shot: Shot) => shot.elementIds.flatMap((id) => names.get(id) ?? []).join(", ");
  const cell = ({ scene, shot, start }: ListedShot): Record<ShotListColumn, string> => ({
    scene: numberOf(scene),
    heading: scene.heading,
    setting: settingWords[scene.setting],
    location: scene.location,
    time: scene.time,
    shot: shot.number,
    type: shotTypeNames[shot.type],
    lens: shot.lens === undefined ? "" : String(shot.lens),
    move: shot.move.replaceAll("_", " "),
    action: shot.action,
    dialogue: dialogueOf(shot),
    characters: shot.characters.join(", "),
    elements: elementsOf(shot),
    seconds: framesToSeconds(shot.durationFrames, film.meta.fps).toFixed(2),
    frames: String(shot.durationFrames),
    start: timecode(start, film.meta.fps),
    notes: shot.notes ?? "",
  });
  return listShots(film, sceneIds).map((listed) => {
    const cells = cell(listed);
    return columns.map((column) => cells[column]);
  });
}

const settingWords: Record<Scene["setting"], string> = { int: "INT", ext: "EXT", "int-ext": "INT/EXT", "": "" };

/** The script's own number where it has one. */
export const numberOf = (scene: Scene) => scene.scriptNumber ?? String(scene.number);

export const dialogueOf = (shot: Shot) =>
  shot.dialogue
    .map(
      ({ character, parenthetical, text }) =>
        `${character}: ${parenthetical ? `(${parenthetical.replace(/^\(|\)$/g, "")}) ` : ""}${text}`,
    )
    .join("\n");

/**
 * Comma-separated values as RFC 4180 has them. What a spreadsheet would run as a formula is text here: nobody's shot
 * list should compute.
 */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

function field(value: string): string {
  const isNumber = /^-?\d+(?:\.\d+)?$/.test(value);
  const text = !isNumber && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
