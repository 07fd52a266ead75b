/**
 * What records were last committed from. A `source` is a JSON value of the document that nobody writes into: what is
 * read out of one is remembered with it, so that a film is not checked again whenever somebody stops typing.
 */
import { z } from "zod";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import { Id } from "#domain/ids.ts";
import { Passage, ShotReading, type ProposedShot } from "#domain/screenplay/breakdown.ts";
import { bagOf, shotKey, textKey } from "./similar.ts";

/** `source` of a scene: its text, and its shots in the order of the script as they were committed. */
export const SceneSource = z.object({
  heading: z.string(),
  synopsis: z.string(),
  /** `passage`: where a language model read it; it is known of shots that were deleted since, too. */
  shots: z.array(z.object({ id: Id, key: z.string(), passage: Passage.optional() })),
});
export type SceneSource = z.infer<typeof SceneSource>;

/** What the parser read for a shot, and what it is compared by. */
export class Reading {
  readonly read: ShotReading;
  /** Its words; see `shotKey`. */
  readonly key: string;
  #bag: Map<number, number> | null = null;
  constructor(read: ShotReading) {
    this.read = read;
    this.key = shotKey(read);
  }
  get bag(): ReadonlyMap<number, number> {
    return (this.#bag ??= bagOf(this.key));
  }
  saysTheSameAs(other: Reading): boolean {
    return (
      this.key === other.key &&
      asides(this.read) === asides(other.read) &&
      this.read.passage?.key === other.read.passage?.key &&
      this.read.passage?.at === other.read.passage?.at
    );
  }
}

/** How lines are said: `shotKey` leaves it out, because keys of older films do. */
const asides = (read: ShotReading) => read.dialogue.map((line) => textKey(line.parenthetical ?? "")).join("\n");

const readings = new WeakMap<object, Reading | null>();
const proposedReadings = new WeakMap<ProposedShot, Reading>();
const sceneSources = new WeakMap<object, SceneSource | null>();

/** @returns null for a shot that was made by hand */
export const readingOfShot = (shot: Pick<Shot, "source">): Reading | null =>
  remembered(readings, shot.source, (source) => {
    const read = ShotReading.safeParse(source).data;
    return read ? new Reading(read) : null;
  });

/** @returns null for a scene that was made by hand */
export const sceneSourceOf = (scene: Pick<Scene, "source">): SceneSource | null =>
  remembered(sceneSources, scene.source, (source) => SceneSource.safeParse(source).data ?? null);

function remembered<T>(
  memory: WeakMap<object, T | null>,
  source: unknown,
  read: (source: object) => T | null,
): T | null {
  if (typeof source !== "object" || source === null) return null;
  const known = memory.get(source);
  if (known !== undefined) return known;
  const fresh = read(source);
  memory.set(source, fresh);
  return fresh;
}

/** What the parser said of a proposed shot, whatever became of it in a review. */
export const readingOf = (shot: ProposedShot): ShotReading =>
  shot.read ?? {
    type: shot.type,
    move: shot.move,
    action: shot.action,
    dialogue: shot.dialogue,
    characters: shot.characters,
    durationFrames: shot.durationFrames,
  };

/** {@link readingOf}, remembered with the proposal: nobody writes into one. */
export function readingOfProposed(shot: ProposedShot): Reading {
  const known = proposedReadings.get(shot);
  if (known) return known;
  const reading = new Reading(readingOf(shot));
  proposedReadings.set(shot, reading);
  return reading;
}
