/** From an episode's plan to scenes, shots, elements and a script of a film. */
import type { PlannedElement, PlannedFilm, PlannedScene, PlannedShot } from "#domain/film/add-planned.ts";
import { maxShotFrames } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import { lexFountain } from "#domain/screenplay/fountain.ts";
import { secondsToFrames, type FrameRate } from "#domain/time.ts";
import { stepOfBeat, type Beat, type EpisodePlan } from "./plan.ts";
import type { WorldElement } from "./world.ts";

/** Gives the same id for the same name, so that a plan put into a film twice is there once. */
export type IdFor = (name: string) => Id;

/** The shot that a beat becomes; `number` from 1. */
export function shotIdOf(number: number, idFor: IdFor): Id {
  return idFor(stepOfBeat(number));
}

/** @param world  all that is known of where it plays, the plan's own elements among it */
export function filmOfPlan(
  plan: EpisodePlan,
  world: readonly WorldElement[],
  context: { fps: FrameRate; idFor: IdFor },
): PlannedFilm {
  const elements = world.map((element): PlannedElement => ({
    id: context.idFor(`element:${element.kind}:${element.name.toLocaleLowerCase()}`),
    ...element,
  }));
  const introduced = new Set<string>();
  const scenes = scenesOf(plan.beats).map((scene, index): PlannedScene => {
    const [first] = scene as [NumberedBeat, ...NumberedBeat[]];
    return {
      id: context.idFor(`scene:${index + 1}`),
      heading: headingOf(first.beat),
      setting: first.beat.setting,
      location: first.beat.place,
      time: first.beat.time,
      synopsis: introductions(scene, elements, introduced),
      shots: scene.map(({ number, beat }) => shotOf(beat, shotIdOf(number, context.idFor), elements, context.fps)),
    };
  });
  return { scenes, elements, screenplay: fountainOf(scenes) };
}

interface NumberedBeat {
  number: number;
  beat: Beat;
}

/** Beats that follow each other in one place at one time are one scene. */
function scenesOf(beats: readonly Beat[]): NumberedBeat[][] {
  const scenes: NumberedBeat[][] = [];
  beats.forEach((beat, index) => {
    const open = scenes.at(-1);
    const before = open?.at(-1)?.beat;
    const goesOn =
      before !== undefined &&
      before.place === beat.place &&
      before.setting === beat.setting &&
      before.time === beat.time;
    if (open !== undefined && goesOn) open.push({ number: index + 1, beat });
    else scenes.push([{ number: index + 1, beat }]);
  });
  return scenes;
}

const prefixes = { int: "INT. ", ext: "EXT. ", "int-ext": "INT./EXT. ", "": "" } as const;

function headingOf(beat: Beat): string {
  if (beat.place === "") return "";
  const time = beat.time === "" ? "" : ` - ${beat.time}`;
  return `${prefixes[beat.setting]}${beat.place}${time}`.toLocaleUpperCase();
}

/** `MAYA, 30, in a yellow raincoat.`: what a script says of people when it first shows them; looks are made from it. */
function introductions(scene: readonly NumberedBeat[], elements: readonly PlannedElement[], done: Set<string>): string {
  const said: string[] = [];
  for (const name of new Set(scene.flatMap(({ beat }) => beat.characters))) {
    const key = name.toLocaleLowerCase();
    const known = elements.find((one) => one.kind === "character" && one.name.toLocaleLowerCase() === key);
    const looks = known?.description.replace(/\s+/g, " ").replace(/[.\s]+$/, "") ?? "";
    if (done.has(key) || looks === "") continue;
    done.add(key);
    said.push(`${name.toLocaleUpperCase()}, ${looks.charAt(0).toLocaleLowerCase()}${looks.slice(1)}.`);
  }
  return said.join(" ").slice(0, 5000);
}

function shotOf(beat: Beat, id: Id, elements: readonly PlannedElement[], fps: FrameRate): PlannedShot {
  const text = `${beat.description} ${beat.place} ${beat.characters.join(" ")}`.toLocaleLowerCase();
  return {
    id,
    type: beat.shot,
    move: beat.move,
    action: beat.description,
    dialogue: beat.dialogue,
    characters: beat.characters,
    durationFrames: Math.max(1, Math.min(maxShotFrames, secondsToFrames(beat.seconds, fps))),
    elementIds: elements
      .filter((one) => text.includes(one.name.toLocaleLowerCase()))
      .map((one) => one.id)
      .slice(0, 100),
  };
}

function fountainOf(scenes: readonly PlannedScene[]): string {
  const lines = scenes.flatMap((scene) => [
    // A point forces a heading that has no INT. or EXT.
    ...(scene.heading === "" ? [] : [scene.setting === "" ? `.${scene.heading}` : scene.heading, ""]),
    ...(scene.synopsis === "" ? [] : [`= ${scene.synopsis}`, ""]),
    ...scene.shots.flatMap((shot) => [
      actionLine(shot.action.replace(/\s*\n\s*/g, " ")),
      "",
      ...shot.dialogue.flatMap((line) => [
        // An at sign lets a name be written as it is.
        `@${line.character}`,
        ...(line.parenthetical === undefined ? [] : [`(${line.parenthetical})`]),
        line.text.replace(/\s*\n\s*/g, " "),
        "",
      ]),
    ]),
  ]);
  return lines.join("\n");
}

/** Words that a script would read as something else (a heading, a transition, a section) are marked as action. */
function actionLine(text: string): string {
  const [kind] = lexFountain(`\n${text}\n`).flatMap((line) => (line.content === "" ? [] : [line.kind]));
  return kind === "action" ? text : `!${text}`;
}
