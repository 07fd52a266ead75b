/** What people decided of a shot by hand, as one text to compare and one to show; both empty where they decided nothing. */
import type { Scene } from "./scene.ts";
import { CameraFields, SetFields } from "./set-fields.ts";
import type { Shot } from "./shot.ts";
import type { Film } from "./snapshot.ts";
import { stagingOf, type StagingOfShot } from "./staging-of.ts";
import type { StagingRecord } from "./staging.ts";

export interface StagedWords {
  /** Alike exactly while the picture is to be alike. */
  compared: string;
  shown: string;
}

const nothing: StagedWords = { compared: "", shown: "" };

/** Passes and sounds change no picture; who made an entry, its name and its lock neither. */
export function stagedWords(film: Pick<Film, "staging">, shot: Shot, scene: Scene | null): StagedWords {
  const staging = stagingOf(film, shot);
  const known = words.get(shot);
  if (known && known.staging === staging && known.scene === scene) return known.words;
  const made = wordsFor(shot, scene, staging);
  words.set(shot, { staging, scene, words: made });
  return made;
}

const words = new WeakMap<Shot, { staging: StagingOfShot; scene: Scene | null; words: StagedWords }>();

function wordsFor(shot: Shot, scene: Scene | null, staging: StagingOfShot): StagedWords {
  const facts = [...fieldsIn(scene, setNames), ...fieldsIn(shot, cameraNames)];
  const { pieces, lights, marks, burns, deeds, keys, frames } = staging;
  const lit = burns.filter(({ light }) => lights.some(({ id }) => id === light));
  const entries = [...pieces, ...lights, ...marks, ...lit, ...deeds, ...keys, ...frames];
  if (facts.length === 0 && entries.length === 0) return nothing;
  const compared = JSON.stringify([facts, ...entries.map(bareEntry)]);
  return {
    compared,
    shown: [...facts.map(([name, value]) => wordsOf(name, value)), ...entryWords(staging)].join(" · "),
  };
}

const setNames = Object.keys(SetFields);
const cameraNames = Object.keys(CameraFields).filter((name) => name !== "passes");

function fieldsIn(record: object | null, names: readonly string[]): [string, unknown][] {
  if (record === null) return [];
  return names.flatMap((name): [string, unknown][] => {
    const value = (record as Record<string, unknown>)[name];
    return value === undefined ? [] : [[name, value]];
  });
}

const bare = new WeakMap<StagingRecord, string>();

function bareEntry(entry: StagingRecord): string {
  const known = bare.get(entry);
  if (known !== undefined) return known;
  const fields = Object.entries(entry).filter(
    ([name]) => !["id", "locked", "name", "sceneId", "shotId"].includes(name),
  );
  const text = JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
  bare.set(entry, text);
  return text;
}

/** `camEase` smooth → "ease smooth" */
function wordsOf(name: string, value: unknown): string {
  const plain = name.replace(/^(?:set|cam)/, "").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${plain.trim()} ${String(value)}`;
}

function entryWords({ pieces, lights, marks, deeds, keys, frames }: StagingOfShot): string[] {
  const seen = pieces.filter(({ hidden }) => hidden !== true).map(({ what, at }) => `${what} at ${spot(at)}`);
  return [
    ...marks.map(({ who, at }) => `${who} at ${spot(at)}`),
    ...deeds.map(({ who, motion, fromFrame }) => `${who}: ${motion} from ${fromFrame}`),
    ...keys.map(({ frame, lensMm }) => `camera key ${frame}, ${lensMm} mm`),
    ...seen,
    ...lights.map(({ what }) => `${what} light`),
    ...frames.map(({ use, frame }) => `${use} at ${frame}`),
  ];
}

const spot = (at: readonly number[]) => `${at[0]?.toFixed(1)}, ${at[2]?.toFixed(1)}`;
