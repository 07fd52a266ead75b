/** Makes the plan of a shot by rules. */
import type { z } from "zod";
import { FrameRate } from "#domain/time.ts";
import { hourFor, moodFor, propsIn, weatherFor, windy } from "./plan-words.ts";
import type { Hour, PropKind } from "./plan-words.ts";
import { deedsIn } from "./deed-words.ts";
import { crowdFor, lampsFor, paletteFor } from "./palette-words.ts";
import { cameraFor, framingFor } from "./plan-camera.ts";
import { cuesFor } from "./plan-cues.ts";
import { aboutPieces, piecesFor, placingMotion, withDeeds } from "./plan-deeds.ts";
import { placeFor, places } from "./plan-places.ts";
import { planVersion, ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { PlannedProp } from "#domain/screenplay/scene-plan.ts";
import { hashText, seededRandom } from "#domain/screenplay/seeded.ts";
import { ledBy, playedIn } from "#domain/screenplay/plan/instrument-words.ts";
import { dressingFor } from "#domain/screenplay/plan/set-dressing.ts";
import { castOf, sameName, stageCast } from "./stage-cast.ts";

export type SetWishes = Partial<Pick<ScenePlan, "place" | "interior" | "hour" | "weather" | "windy" | "mood">>;

export type ScenePlanInput = {
  heading: string;
  setting: "int" | "ext" | "int-ext" | "";
  location: string;
  time: string;
  /** This shot's action. */
  action: string;
  dialogue: readonly { character: string; parenthetical?: string | undefined; text: string }[];
  /** Who is in the shot. */
  characters: readonly string[];
  /** close_up, medium, wide, establishing, insert, tracking, over_shoulder, two_shot, pov; spelling is forgiven. */
  shotType: string;
  /** static, pan, tilt, dolly, tracking, push_in, crane, orbit, handheld; "" lets the rules choose. */
  move: string;
  durationFrames: number;
  fps: { num: number; den: number };
  seed: number;
  /** Alike for all shots of one scene. */
  sceneKey: string;
  /** The whole scene's text: lets every shot of it have the same weather. Default: this shot's action. */
  sceneText?: string | undefined;
  /** Name -> description, e.g. of {@link castFromScript}; without it, looks come from the name and this shot's words. */
  castNotes?: Readonly<Record<string, string>> | undefined;
  /** The hour of the scene before, for CONTINUOUS and LATER. */
  hourBefore?: Hour | undefined;
  /** What people decided about the set; the rest follows from the words. */
  set?: SetWishes | undefined;
  /** Everybody of the scene in the order in which they appear: all its shots have them on the same spots. */
  sceneCast?: readonly string[] | undefined;
  /** What is heard beside what the action says. */
  sounds?: string | undefined;
  /** Of the music; half a second where there is none yet. */
  beatSeconds?: number | undefined;
  /** Things in the picture that the words need not name. */
  things?: readonly PropKind[] | undefined;
};

const round = (n: number) => Math.round(n * 1000) / 1000;

/** Spreads the lines over the shot, as long as their words take, squeezed when the shot is shorter. */
function timeLines(
  dialogue: ScenePlanInput["dialogue"],
  who: (name: string) => number,
  seconds: number,
): ScenePlan["lines"] {
  const spoken = dialogue.slice(0, 24).filter((line) => who(line.character) >= 0);
  const lengths = spoken.map((line) => 0.5 + line.text.slice(0, 2000).split(/\s+/).length * 0.33);
  const total = lengths.reduce((sum, length) => sum + length + 0.25, 0);
  const lead = Math.min(0.4, seconds * 0.08);
  const squeeze = total > 0 ? Math.min(1, Math.max(0.001, (seconds - lead * 2) / total)) : 1;
  let at = lead;
  return spoken.map((line, index) => {
    const length = Math.max(0.1, (lengths[index] ?? 1) * squeeze);
    const timed = { who: who(line.character), start: round(Math.min(at, 3600)), seconds: round(Math.min(length, 600)) };
    at += length + 0.25 * squeeze;
    return timed;
  });
}

const carried: readonly PropKind[] = ["cello-case", "suitcase", "umbrella", "lantern"];
const setPieces: readonly PropKind[] = ["lighthouse", "ferry", "car", "clock", "wheel"];

/**
 * Makes the plan of one shot by rules. Pure: the same input gives the same plan.
 * What all shots of a scene share depends on `sceneKey`, what people look like on their names and descriptions,
 * and only small choices of camera and gesture on `seed`.
 */
export function planScene(input: ScenePlanInput): ScenePlan {
  const action = input.action.slice(0, 20_000);
  const sceneText = `${input.heading} ${input.sceneText ?? action}`.slice(0, 40_000);
  const setSeed = hashText(input.sceneKey);
  const seed = Math.abs(Math.trunc(Number.isFinite(input.seed) ? input.seed : 0)) % 0x100000000;
  const random = seededRandom(seed ^ setSeed);
  const wish = input.set ?? {};
  const placeKind = wish.place ?? placeFor(input.location || input.heading, action, input.setting);
  const place = places[placeKind];
  const frames = Math.max(
    1,
    Math.min(14_400, Math.round(Number.isFinite(input.durationFrames) ? input.durationFrames : 1)),
  );
  const fps = FrameRate.parse(input.fps);
  const seconds = (frames * fps.den) / fps.num;
  const beatSeconds = Math.min(2, Math.max(0.2, input.beatSeconds ?? 0.5));
  const hour = wish.hour ?? hourFor(input.time, input.heading, `${action} ${input.sceneText ?? ""}`, input.hourBefore);
  const weather = wish.weather ?? weatherFor(sceneText);

  const people = castOf(input);
  const saidDeeds = deedsIn(
    action,
    people.map(({ name }) => name),
  );
  const doing = people.map((person, index) => ({
    ...person,
    action: placingMotion(saidDeeds[index] ?? []),
  }));
  const { cast: placed, partners, staging } = stageCast(doing, { place: placeKind, setSeed, seconds, input });
  const cast = placed.map((person, index) =>
    withDeeds(person, saidDeeds[index] ?? [], { place, seconds, beatSeconds, cast: placed }),
  );
  const things = input.things ?? [];
  const spoken = [...new Set([...propsIn(action), ...things])];
  const holder = cast.findIndex((person) => person.action !== "hold");
  const hand = spoken.find((kind) => carried.includes(kind));
  if (hand !== undefined && holder >= 0 && cast[holder] !== undefined && cast[holder].action !== "play")
    cast[holder].carries = hand;
  const wantsProp = ["insert", "close-up", "extreme-close-up"].includes(framingFor(input.shotType));
  const seen = spoken.filter((kind) => kind !== "ferry" && kind !== "lighthouse");
  const chosen = seen.length > 1 && seen[0] === "car" ? seen[1] : seen[0];
  const props: PlannedProp[] =
    wantsProp && (framingFor(input.shotType) === "insert" || (cast.length === 0 && chosen !== undefined))
      ? [{ kind: chosen ?? "parcel", at: [...place.insert.at], facing: place.insert.from }]
      : [];
  const mood =
    wish.mood ??
    moodFor(`${action} ${input.dialogue.map((line) => line.text).join(" ")}`.slice(0, 20_000), hour, weather);
  const handled = cast.map((person) => piecesFor(person, spoken));
  const pieces = handled.flat().filter((piece, at, all) => all.findIndex(({ id }) => id === piece.id) === at);
  const plays = cast.some((person) => person.action === "play" || person.deeds.some(({ motion }) => motion === "play"));
  const lead = playedIn(action) ?? playedIn(sceneText);
  const plan: z.input<typeof ScenePlan> = {
    version: planVersion,
    seed,
    setSeed,
    place: placeKind,
    interior: wish.interior ?? place.interior,
    hour,
    weather,
    windy: wish.windy ?? windy(sceneText),
    mood,
    dressing: [...new Set([...propsIn(sceneText), ...things])].filter((kind) => setPieces.includes(kind)).slice(0, 8),
    cast: [...cast.map((person, index) => aboutPieces(person, handled[index] ?? [])), ...partners],
    lines: timeLines(input.dialogue, (name) => cast.findIndex((person) => sameName(person.name, name)), seconds),
    props,
    music: plays && lead !== null ? { instruments: ledBy(lead) } : {},
    palette: paletteFor(sceneText),
    lampsOn: lampsFor(sceneText),
    crowd: Math.min(60, Math.max(crowdFor(sceneText, cast.length), new Set(input.characters).size - cast.length)),
    pieces: [...pieces, ...dressingFor(sceneText, placeKind)],
    cues: cuesFor([action, input.sounds ?? ""].join(" "), cast, { frames, fps, weather, beatSeconds, setSeed, seed }),
    camera: cameraFor({ ...input, action }, cast, props, staging.side, random, seconds / beatSeconds),
    frames,
    fps,
    beatSeconds,
  };
  return ScenePlan.parse(plan);
}
