/**
 * Lays what people decided over a plan that the rules made: a shot's old overrides, its camera, the scene's colours,
 * and what was staged by hand. Each part is checked by itself, so that one that makes no sense takes nothing with it.
 */
import type { z } from "zod";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { stagingOf } from "#domain/film/staging-of.ts";
import type { StagedDeed, StagedKey, StagedMark } from "#domain/film/staging.ts";
import { canonicalName } from "#domain/screenplay/plan/plan-cast.ts";
import {
  CameraKey,
  Cue,
  Deed,
  PlannedCharacter,
  PlannedLight,
  PlannedPiece,
  ScenePlan,
  type Vec3,
} from "#domain/screenplay/scene-plan.ts";

export interface StagedPlan {
  plan: ScenePlan;
  /** What was left out and why, in sentences. */
  problems: readonly string[];
}

type Part = keyof ScenePlan;
const parts = ScenePlan.shape;

export function stagePlan(
  plan: ScenePlan,
  film: Pick<Film, "staging">,
  { shot, scene }: { shot: Shot; scene: Scene | null },
): StagedPlan {
  const problems: string[] = [];
  const now = { ...plan };
  /** Takes a part over where it is one. */
  const lay = (part: Part, value: unknown) => {
    const read = parts[part].safeParse(value);
    if (read.success) Object.assign(now, { [part]: read.data });
    else problems.push(sentenceOf(part, read.error));
  };

  if (shot.lens !== undefined) lay("camera", { ...now.camera, lensMm: shot.lens });
  for (const [part, value] of overridesOf(shot, scene)) lay(part, mergedWith(now[part], value));
  lay("camera", { ...now.camera, ...cameraOf(shot) });
  if (scene !== null) lay("palette", { ...now.palette, ...paletteOf(scene) });
  if (scene?.setLampsOn !== undefined) lay("lampsOn", scene.setLampsOn);

  const staged = stagingOf(film, shot);
  const beat = (frame: number) => (frame * now.fps.den) / now.fps.num / now.beatSeconds;
  const room = <T>(what: string, list: readonly T[], most: number): readonly T[] => {
    if (list.length > most) problems.push(`${what}: the first ${most} of ${list.length} count, a shot takes no more`);
    return list.slice(0, most);
  };
  /** @returns an entry as its part of the plan has it, or nothing where it makes no sense */
  const sound = <S extends z.ZodType>(what: string, schema: S, value: unknown): [] | [z.infer<S>] => {
    const read = schema.safeParse(value);
    if (read.success) return [read.data];
    problems.push(reasonOf(what, read.error));
    return [];
  };
  if (staged.marks.length > 0)
    lay(
      "cast",
      now.cast.map((person) => {
        const marked = markedBy(person, staged.marks);
        if (marked === person) return person;
        return sound(`where ${person.name} stands`, PlannedCharacter, marked)[0] ?? person;
      }),
    );
  if (staged.deeds.length > 0) {
    const indexOf = new Map(now.cast.map(({ name }, index) => [canonicalName(name), index]));
    const deedsFor = (person: PlannedCharacter): Deed[] => {
      const name = canonicalName(person.name);
      // What lies behind the end of a shot that was made shorter waits there.
      const own = staged.deeds.filter(({ who, fromFrame }) => who === name && fromFrame < now.frames);
      return room(`what ${person.name} does`, own, 16).flatMap((deed) =>
        sound(`what ${person.name} does from frame ${deed.fromFrame} on`, Deed, deedOf(deed, beat, indexOf)),
      );
    };
    lay(
      "cast",
      now.cast.map((person) => {
        const deeds = deedsFor(person);
        return deeds.length === 0 ? person : { ...person, deeds };
      }),
    );
  }
  const keys = room("camera keys", staged.keys, 64).flatMap((key) =>
    sound(`the camera's key at frame ${key.frame}`, CameraKey, keyOf(key, beat)),
  );
  if (keys.length > 0) lay("camera", { ...now.camera, move: "path", keys: withAnEnd(keys, beat(now.frames)) });
  if (staged.pieces.length > 0)
    lay("pieces", [
      ...now.pieces,
      ...room("pieces", staged.pieces, 48 - now.pieces.length).flatMap(({ what, ...piece }) =>
        sound(`a ${what} in the set`, PlannedPiece, { ...piece, kind: what }),
      ),
    ]);
  if (staged.lights.length > 0)
    lay("lights", [
      ...now.lights,
      ...room("lights", staged.lights, 8 - now.lights.length).flatMap(({ what, ...light }) => {
        const here = staged.burns.find((burn) => burn.light === light.id);
        const time = here ? { from: beat(here.from), to: beat(here.to) } : {};
        return sound(`the light ${light.name ?? what}`, PlannedLight, { ...light, kind: what, ...time });
      }),
    ]);
  if (staged.cues.length > 0)
    lay("cues", [
      ...now.cues,
      ...room("sounds", staged.cues, 64 - now.cues.length).flatMap(({ what, frame, effect, level }) =>
        sound(`the sound at frame ${frame}`, Cue, {
          beat: beat(frame),
          kind: what,
          ...(effect === undefined ? {} : { effect }),
          ...(level === undefined ? {} : { level }),
        }),
      ),
    ]);
  return { plan: now, problems };
}

/** Parts of a shot's `plan` that programs wrote over the rules'; what people decided on the scene since goes first. */
function overridesOf(shot: Shot, scene: Scene | null): [Part, unknown][] {
  if (typeof shot.plan !== "object" || shot.plan === null) return [];
  const own: readonly string[] = ["version", "frames", "fps", "seed"];
  const decided = (part: string) =>
    scene !== null && scene[`set${part.charAt(0).toUpperCase()}${part.slice(1)}` as keyof Scene] !== undefined;
  return Object.entries(shot.plan).filter(
    (entry): entry is [Part, unknown] =>
      Object.hasOwn(parts, entry[0]) && !own.includes(entry[0]) && !decided(entry[0]),
  );
}

const isRecord = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A camera of which only the lens is said keeps the rest. */
function mergedWith(before: unknown, value: unknown): unknown {
  return isRecord(before) && isRecord(value) ? { ...before, ...value } : value;
}

function cameraOf(shot: Shot): object {
  return said({
    framing: shot.camFraming,
    side: shot.camSide,
    azimuth: shot.camAzimuth,
    height: shot.camHeight,
    move: shot.camMove,
    amount: shot.camAmount,
    ease: shot.camEase,
    aperture: shot.camAperture,
  });
}

function paletteOf(scene: Scene): object {
  return said({
    key: scene.setKey,
    shadows: scene.setShadows,
    highlights: scene.setHighlights,
    saturation: scene.setSaturation,
    exposure: scene.setExposure,
    fog: scene.setFog,
    grain: scene.setGrain,
  });
}

const said = (fields: Record<string, unknown>): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Puts somebody where their mark is; who goes somewhere goes as far and in the same direction from there. */
function markedBy(person: PlannedCharacter, marks: readonly StagedMark[]): PlannedCharacter {
  const mark = marks.find(({ who }) => who === canonicalName(person.name));
  if (mark === undefined) return person;
  // Nobody goes farther than the world is wide.
  const to = person.to.map((value, axis) => within(value - (person.at[axis] ?? 0) + (mark.at[axis] ?? 0), 200)) as Vec3;
  return { ...person, at: mark.at, to, facing: mark.facing, seat: mark.seat ?? person.seat };
}

function deedOf(staged: StagedDeed, beat: (frame: number) => number, indexOf: ReadonlyMap<string, number>): Deed {
  const { towards } = staged;
  const index = towards?.kind === "person" ? indexOf.get(canonicalName(towards.who)) : undefined;
  return {
    motion: staged.motion,
    from: beat(staged.fromFrame),
    to: beat(staged.toFrame),
    energy: staged.energy ?? 0.5,
    ...(staged.goes === undefined ? {} : { goes: staged.goes }),
    ...(staged.facing === undefined ? {} : { facing: staged.facing }),
    ...(index === undefined ? {} : { towards: { kind: "person" as const, index } }),
    // Somebody who is not in this shot cannot be looked at in it.
    ...(towards === undefined || towards.kind === "person" ? {} : { towards }),
  };
}

function keyOf(key: StagedKey, beat: (frame: number) => number): CameraKey {
  const { frame, eye, look, lensMm, roll = 0, focus, ease = "smooth" } = key;
  return { beat: beat(frame), eye, look, lensMm, roll, ease, ...(focus === undefined ? {} : { focus }) };
}

/** One key alone holds the camera for the whole shot. */
function withAnEnd(keys: readonly CameraKey[], end: number): readonly CameraKey[] {
  const [only] = keys;
  if (keys.length !== 1 || only === undefined) return keys;
  return [
    { ...only, beat: 0, ease: "hold" },
    { ...only, beat: end, ease: "hold" },
  ];
}

const within = (value: number, most: number) => Math.min(most, Math.max(-most, value));

function sentenceOf(part: Part, error: z.ZodError): string {
  const [issue] = error.issues;
  const where = [part, ...(issue?.path ?? [])].join(".");
  return `${where} is left out: ${issue?.message ?? "it makes no sense"}`;
}

/** Of something that people know by another name than the plan's. */
function reasonOf(what: string, error: z.ZodError): string {
  const [issue] = error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : `${issue.path.join(".")}: `;
  return `${what} is left out: ${where}${issue?.message ?? "it makes no sense"}`;
}
