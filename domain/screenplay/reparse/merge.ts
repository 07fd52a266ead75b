/** What becomes of a record that people changed when the script changed too, field by field. */
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { ProposedScene, ShotReading } from "#domain/screenplay/breakdown.ts";
import { textKey } from "./similar.ts";
import { readingOfShot, Reading, sceneSourceOf } from "./sources.ts";

/** One field that an accepted change would write. */
export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
  /** What a person made of it by hand since, when the script has changed it as well: somebody has to decide. */
  mine?: unknown;
}

export const shotFields = ["action", "dialogue", "characters", "type", "move", "durationFrames"] as const;

export function ownFieldsOf(shot: ShotReading): ShotReading {
  const { type, move, action, dialogue, characters, durationFrames } = shot;
  return { type, move, action, dialogue, characters, durationFrames };
}

export const sameValue = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);

/** The fields a shot has after the merge; what people set by hand stays unless its own text changed. */
export function mergeShot(shot: Shot, read: ShotReading): ShotReading {
  const base = readingOfShot(shot);
  const mine = ownFieldsOf(shot);
  if (base === null || base.saysTheSameAs(new Reading(read))) return mine;
  return mergedOver(base.read, mine, read);
}

/** {@link mergeShot} where it is known already that the text changed. */
export function mergedOver(base: ShotReading, mine: ShotReading, read: ShotReading): ShotReading {
  return {
    action: sameValue(base.action, read.action) ? mine.action : read.action,
    dialogue: sameValue(base.dialogue, read.dialogue) ? mine.dialogue : read.dialogue,
    characters: sameValue(base.characters, mine.characters) ? read.characters : mine.characters,
    type: base.type === mine.type ? read.type : mine.type,
    move: base.move === mine.move ? read.move : mine.move,
    durationFrames: base.durationFrames === mine.durationFrames ? read.durationFrames : mine.durationFrames,
  };
}

/** What the merge would write into a shot whose text changed. */
export function shotChanges(base: ShotReading, mine: ShotReading, merged: ShotReading): FieldChange[] {
  return shotFields.flatMap((field): FieldChange[] => {
    const [before, after] = [mine[field], merged[field]];
    if (sameValue(before, after)) return [];
    return sameValue(base[field], before)
      ? [{ field, before, after }]
      : [{ field, before: base[field], after, mine: before }];
  });
}

export type SceneFields = Pick<
  ProposedScene,
  "heading" | "setting" | "location" | "time" | "synopsis" | "scriptNumber"
>;

/** A renamed scene keeps its name as long as the script's heading stays. */
export function mergeScene(scene: Scene, proposed: ProposedScene): SceneFields {
  const base = sceneSourceOf(scene);
  const read = proposed.read ?? proposed;
  const from = base === null || textKey(base.heading) === textKey(read.heading) ? scene : proposed;
  const synopsis =
    base === null || textKey(base.synopsis) === textKey(read.synopsis) ? scene.synopsis : proposed.synopsis;
  return { ...nameOf(from), synopsis, ...numberOf(proposed) };
}

export function sceneChanges(scene: Scene, merged: SceneFields): FieldChange[] {
  const base = sceneSourceOf(scene);
  return (["heading", "synopsis", "scriptNumber"] as const).flatMap((field): FieldChange[] => {
    const [before, after] = [scene[field], merged[field]];
    if (sameValue(before, after)) return [];
    const last = field === "scriptNumber" || base === null ? before : base[field];
    return textKey(String(last ?? "")) === textKey(String(before ?? ""))
      ? [{ field, before, after }]
      : [{ field, before: last, after, mine: before }];
  });
}

const nameOf = ({ heading, setting, location, time }: SceneFields) => ({ heading, setting, location, time });
const numberOf = ({ scriptNumber }: Pick<SceneFields, "scriptNumber">) =>
  scriptNumber === undefined ? {} : { scriptNumber };
