/** From a film to the scene plan of one shot: by the rules, with the film's elements in it and people's changes on top. */
import { introductionsOf } from "#domain/elements/introductions.ts";
import { lookOf } from "#domain/elements/look.ts";
import type { ElementInShot } from "#domain/elements/in-shot.ts";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Film } from "#domain/film/snapshot.ts";
import type { Id } from "#domain/ids.ts";
import { canonicalName, personOf } from "#domain/screenplay/plan/plan-cast.ts";
import { placeFor } from "#domain/screenplay/plan/plan-places.ts";
import { hourFor, propsIn, type Hour, type PropKind } from "#domain/screenplay/plan/plan-words.ts";
import { planScene, type SetWishes } from "#domain/screenplay/plan/plan-scene.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { FrameRate } from "#domain/time.ts";
import { inputsOf } from "./inputs.ts";
import { stagePlan, type StagedPlan } from "./stage-plan.ts";
import { nameInPicture, peopleInShot } from "./people-in-shot.ts";

interface PlanWishes {
  frames: number;
  fps: FrameRate;
  seed: number;
  /** Asked for once instead of the shot's own; "" for none. */
  prompt: string;
}

/** @returns the plan that an engine gets */
export function planOfShot(film: Film, shot: Shot, want: PlanWishes): ScenePlan {
  return stagedPlanOfShot(film, shot, want).plan;
}

/** What makes no sense of what people decided is left out and named; the rest of it counts. */
export function stagedPlanOfShot(film: Film, shot: Shot, want: PlanWishes): StagedPlan {
  const { scene, elements } = inputsOf(film, shot, want.prompt);
  const around = aroundIn(film);
  const people = elements.filter((element) => element.kind === "character");
  const places = elements.filter((element) => element.kind === "location");
  const nameOf = nameInPicture(film, people);
  const setting = scene?.setting ?? "";
  const plan = planScene({
    heading: scene?.heading ?? "",
    setting,
    location: placeWords(scene?.location || scene?.heading || "", setting, places),
    time: scene?.time ?? "",
    action: want.prompt || shot.prompt || shot.action,
    dialogue: shot.dialogue.map((line) => ({ ...line, character: nameOf(line.character) })),
    characters: peopleInShot(film, shot, people),
    shotType: shot.camFraming ?? shot.type,
    move: shot.move,
    durationFrames: want.frames,
    fps: want.fps,
    seed: want.seed,
    // One place looks alike whenever the film comes back to it.
    sceneKey:
      scene === null
        ? shot.sceneId
        : `${scene.setting} ${scene.location.trim().toLowerCase() || scene.heading || scene.id}`,
    sceneText: [around.texts.get(shot.sceneId) ?? "", ...places.map((place) => place.description)].join("\n"),
    castNotes: notesFor(people, around.introductions),
    set: scene === null ? {} : setWishesOf(scene),
    sceneCast: sceneCastOf(film, shot.sceneId),
    hourBefore: around.hoursBefore.get(shot.sceneId),
    things: elements.filter(({ kind }) => kind === "object" || kind === "location").flatMap(thingsOf),
  });
  return stagePlan(dressed(plan, people, around.introductions), film, { shot, scene });
}

function setWishesOf(scene: Scene): SetWishes {
  return {
    ...(scene.setPlace === undefined ? {} : { place: scene.setPlace }),
    ...(scene.setInterior === undefined ? {} : { interior: scene.setInterior }),
    ...(scene.setHour === undefined ? {} : { hour: scene.setHour }),
    ...(scene.setWeather === undefined ? {} : { weather: scene.setWeather }),
    ...(scene.setWindy === undefined ? {} : { windy: scene.setWindy }),
    ...(scene.setMood === undefined ? {} : { mood: scene.setMood }),
  };
}

/** Gives everybody of the library the look that they have in every shot, and what they carry. */
function dressed(
  plan: ScenePlan,
  people: readonly ElementInShot[],
  introductions: Readonly<Record<string, string>>,
): ScenePlan {
  const known = new Map(people.map((element) => [canonicalName(element.name), element]));
  const cast = plan.cast.map((person) => {
    const element = known.get(person.name);
    if (element === undefined) return person;
    const carries = person.carries ?? (busyHands.includes(person.action) ? null : (element.props[0] ?? null));
    return { ...person, look: lookOf(element, introductions), carries };
  });
  return { ...plan, cast };
}
const busyHands: readonly string[] = ["hold", "play"];

/** Under the library's names where it knows them: "Hale" of the script is its Captain Hale. */
function notesFor(
  people: readonly ElementInShot[],
  introductions: Readonly<Record<string, string>>,
): Record<string, string> {
  const known = Object.fromEntries(people.map(({ name }) => [canonicalName(name), ""]));
  const others = Object.entries(introductions).filter(([name]) => known[personOf(name, known).name] === undefined);
  return { ...known, ...Object.fromEntries(others) };
}

/** What the library says of a place counts where its name alone says nothing. */
function placeWords(
  location: string,
  setting: "int" | "ext" | "int-ext" | "",
  places: readonly ElementInShot[],
): string {
  const isPlain = ["interior", "exterior"].includes(placeFor(location, "", setting));
  return isPlain ? [location, ...places.map((place) => place.description)].join(" ").slice(0, 2000) : location;
}

function thingsOf(element: ElementInShot): readonly PropKind[] {
  if (element.props.length > 0) return element.props;
  return element.kind === "object" ? propsIn(`${element.name} ${element.description}`).slice(0, 1) : [];
}

/** What all shots of a film need of the others, read once for each state of it. */
interface Around {
  introductions: Readonly<Record<string, string>>;
  /** What happens in each scene. */
  texts: Map<Id, string>;
  /** The hour that CONTINUOUS and LATER go on from. */
  hoursBefore: Map<Id, Hour | undefined>;
  /** Everybody of a scene, for those scenes that were asked for. */
  casts: Map<Id, readonly string[]>;
}
const arounds = new WeakMap<Film, Around>();

function aroundIn(film: Film): Around {
  const known = arounds.get(film);
  if (known) return known;
  const actions = new Map<Id, string[]>();
  for (const shot of [...film.shots, ...film.asideShots]) {
    const list = actions.get(shot.sceneId);
    if (list) list.push(shot.action);
    else actions.set(shot.sceneId, [shot.action]);
  }
  const texts = new Map([...actions].map(([sceneId, list]) => [sceneId, list.join("\n")]));
  const hoursBefore = new Map<Id, Hour | undefined>();
  let hour: Hour | undefined;
  for (const scene of film.scenes) {
    hoursBefore.set(scene.id, hour);
    hour = hourFor(scene.time, scene.heading, texts.get(scene.id) ?? "", hour);
  }
  for (const scene of film.asideScenes) hoursBefore.set(scene.id, hour);
  const around = { introductions: introductionsOf(film.screenplay), texts, hoursBefore, casts: new Map() };
  arounds.set(film, around);
  return around;
}

/** Everybody of a scene by the names that its pictures know them by, in the order in which they appear. */
function sceneCastOf(film: Film, sceneId: Id): readonly string[] {
  const { casts } = aroundIn(film);
  const known = casts.get(sceneId);
  if (known) return known;
  const names = new Set<string>();
  for (const shot of film.shots) {
    if (shot.sceneId !== sceneId) continue;
    const people = inputsOf(film, shot).elements.filter((element) => element.kind === "character");
    const nameOf = nameInPicture(film, people);
    for (const name of peopleInShot(film, shot, people)) names.add(name);
    for (const line of shot.dialogue) names.add(nameOf(line.character));
  }
  const cast = [...names].slice(0, 40);
  casts.set(sceneId, cast);
  return cast;
}
