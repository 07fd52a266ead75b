import { expect, test } from "vitest";
import { aFilm, anElement, aScene, aShot } from "#domain/prompt/testing/a-film.ts";
import type { Element } from "./element.ts";
import { MadeFrom } from "./made-from.ts";
import type { Scene } from "./scene.ts";
import type { Shot } from "./shot.ts";
import type { Film } from "./snapshot.ts";
import { changesSince, madeFrom, type InputChange } from "./staleness.ts";
import type { StagingRecord } from "./staging.ts";

interface State {
  shot?: Partial<Shot>;
  scene?: Partial<Scene>;
  elements?: Element[];
  fps?: number;
  before?: Partial<Shot>;
}

const hale = anElement({ name: "Captain Hale", description: "white beard", triggerWords: ["hale_v2"] });
const gull = anElement({ name: "Gull", kind: "object", description: "grey" });

function made({ shot = {}, scene = {}, elements = [hale, gull], fps = 24, before = {} }: State): [Film, Shot] {
  const it = aShot({ dialogue: [{ character: "CAPTAIN HALE", text: "There is no lighthouse." }], ...shot });
  const shots = [aShot({ id: "before", action: "Rain on the glass.", ...before }), it];
  const film = aFilm({ scenes: [aScene(scene)], shots, elements });
  return [{ ...film, meta: { ...film.meta, fps: { num: fps, den: 1 } } }, it];
}

/** What a take of `then` says where the film has come to `now`. */
function changes(then: State, now: State): readonly InputChange[] {
  const [film, shot] = made(then);
  // As it is after its way through Postgres.
  const written = MadeFrom.parse(JSON.parse(JSON.stringify(madeFrom(film, shot, { seed: 7 }))));
  const take = { madeFrom: written, prompt: "", frames: 48, fps: { num: 24, den: 1 } };
  const [filmNow, shotNow] = made(now);
  const found = changesSince(filmNow, shotNow, take);
  // Undone, it is fresh again.
  const [filmThen, shotThen] = made(then);
  expect(changesSince(filmThen, shotThen, take)).toEqual([]);
  return found;
}

test.each<[string, State, InputChange]>([
  [
    "the action",
    { shot: { action: "Hale lets go of the wheel" } },
    { what: "action", before: "Hale grips the wheel", after: "Hale lets go of the wheel" },
  ],
  [
    "what is spoken",
    { shot: { dialogue: [{ character: "CAPTAIN HALE", parenthetical: "low", text: "Turn." }] } },
    {
      what: "dialogue",
      before: "CAPTAIN HALE: There is no lighthouse.",
      after: "CAPTAIN HALE: (low) Turn.",
    },
  ],
  ["the prompt", { shot: { prompt: "A storm" } }, { what: "prompt", before: "", after: "A storm" }],
  [
    "who is there",
    { shot: { characters: ["CAPTAIN HALE", "MAYA"] } },
    { what: "people", before: "CAPTAIN HALE", after: "CAPTAIN HALE, MAYA" },
  ],
  [
    "the shot type",
    { shot: { type: "close_up" } },
    { what: "framing", before: "Wide, push in", after: "Close-up, push in" },
  ],
  ["the move", { shot: { move: "static" } }, { what: "framing", before: "Wide, push in", after: "Wide" }],
  ["the lens", { shot: { lens: 85 } }, { what: "framing", before: "Wide, push in", after: "Wide, push in, 85 mm" }],
  [
    "the length",
    { shot: { durationFrames: 60 } },
    { what: "length", before: "2 s (48 frames)", after: "2.5 s (60 frames)" },
  ],
  ["the rate", { fps: 25 }, { what: "rate", before: "24 fps", after: "25 fps" }],
  [
    "the time of day",
    { scene: { time: "DAWN" } },
    { what: "place", before: "EXT · BRIDGE WING · NIGHT", after: "EXT · BRIDGE WING · DAWN" },
  ],
  [
    "the place",
    { scene: { setting: "int", location: "CAR DECK" } },
    { what: "place", before: "EXT · BRIDGE WING · NIGHT", after: "INT · CAR DECK · NIGHT" },
  ],
  ["what the scene is about", { scene: { synopsis: "A light" } }, { what: "synopsis", before: "", after: "A light" }],
  ["a seed somebody set", { shot: { seed: 5 } }, { what: "seed", before: "7", after: "5" }],
  [
    "a scene plan somebody set",
    { shot: { plan: { hour: "dawn" } } },
    { what: "plan", before: "", after: '{"hour":"dawn"}' },
  ],
  [
    "an element's description",
    { elements: [{ ...hale, description: "red beard" }, gull] },
    { what: "element", name: "Captain Hale", before: "white beard · hale_v2", after: "red beard · hale_v2" },
  ],
  [
    "an element's colours",
    { elements: [{ ...hale, colours: ["#1f2f4d"] }, gull] },
    { what: "element", name: "Captain Hale", before: "white beard · hale_v2", after: "white beard · hale_v2 · navy" },
  ],
  [
    "an element put on the shot",
    { shot: { elementIds: ["Gull"] } },
    { what: "element", name: "Gull", before: "", after: "grey" },
  ],
  [
    "a variant for the scene",
    { elements: [{ ...hale, variants: [{ id: "v", name: "Drowned", sceneIds: ["scene"] }] }, gull] },
    {
      what: "element",
      name: "Captain Hale",
      before: "white beard · hale_v2",
      after: "Drowned · white beard · hale_v2",
    },
  ],
])("a change of %s is named, alone, and undone it is fresh again", (_, now, change) => {
  expect(changes({}, now)).toEqual([change]);
});

test("an element that is taken out of the shot is gone from it, and so is the person", () => {
  expect(changes({}, { shot: { elementsOut: ["Captain Hale"] } })).toEqual([
    { what: "people", before: "CAPTAIN HALE", after: "" },
    { what: "element", name: "Captain Hale", before: "white beard · hale_v2", after: "" },
  ]);
});

test.each<[string, State, State]>([
  [
    "an element of which only the name is known comes into the library",
    { elements: [] },
    { elements: [anElement({ name: "Captain Hale" })] },
  ],
  ["a suggestion is rejected that was not in the picture", {}, { shot: { elementsOut: ["Gull"] } }],
  ["the shot before it says something else", {}, { before: { action: "Thunder." } }],
  ["a note is written for people", {}, { shot: { notes: "Ask for more rain" } }],
  ["the shot has another number", {}, { shot: { number: "2F" } }],
  ["the place is written in another case", {}, { scene: { location: "Bridge Wing" } }],
  ["a take is chosen", {}, { shot: { takeId: "t1" } }],
  ["a seed is let go", { shot: { seed: 5 } }, {}],
  ["the seed of the take is made the shot's own", {}, { shot: { seed: 7 } }],
  [
    "the script says it otherwise, but people wrote the prompt",
    { shot: { prompt: "A storm" } },
    { shot: { prompt: "A storm", action: "Hale waits" }, scene: { synopsis: "A light" } },
  ],
])("nothing is stale when %s", (_, then, now) => {
  expect(changes(then, now)).toEqual([]);
});

test("of a take that was made before this was written down, words, length and rate are compared", () => {
  const [film, shot] = made({});
  const bare = { prompt: "Wide. EXT. BRIDGE WING - NIGHT Hale grips the wheel", frames: 48, fps: { num: 24, den: 1 } };
  expect(changesSince(film, shot, bare)).toEqual([]);
  expect(changesSince(film, shot, { ...bare, frames: 24 }).map(({ what }) => what)).toEqual(["length"]);
  expect(changesSince(film, shot, { ...bare, fps: { num: 25, den: 1 } }).map(({ what }) => what)).toEqual(["rate"]);
  const [later, moved] = made({ shot: { action: "Hale sleeps" } });
  expect(changesSince(later, moved, bare).map(({ what }) => what)).toEqual(["action"]);
  const [own, written] = made({ shot: { prompt: "A storm" } });
  expect(changesSince(own, written, bare).map(({ what }) => what)).toEqual(["prompt"]);
});

test("asked again it answers with the same list", () => {
  const [film, shot] = made({ shot: { durationFrames: 60 } });
  const take = { prompt: "", frames: 48, fps: { num: 24, den: 1 } };
  expect(changesSince(film, shot, take)).toBe(changesSince(film, shot, take));
  expect(changesSince({ ...film, clips: [] } as Film, shot, take)).toBe(changesSince(film, shot, take));
});

test("what people stage makes a take stale, in words; sounds, passes, locks and another shot's path do not", () => {
  const [film, shot] = made({});
  const take = { madeFrom: madeFrom(film, shot, { seed: 7 }), prompt: "", frames: 48, fps: { num: 24, den: 1 } };
  const stale = (staging: StagingRecord[], more: Partial<Shot> = {}, scene: Partial<Scene> = {}) => {
    const now = { ...shot, ...more };
    const film2 = { ...film, shots: [film.shots[0]!, now], scenes: [aScene(scene)], staging };
    return changesSince(film2, now, take).map(({ what, after }) => `${what}: ${after}`);
  };
  const key = { id: "k", kind: "key", frame: 0, eye: [0, 1, 2], look: [0, 1, 0], lensMm: 35 } as const;
  const path: StagingRecord = { ...key, eye: [0, 1, 2], look: [0, 1, 0], shotId: "shot" };
  expect(stale([])).toEqual([]);
  expect(stale([path])).toEqual(["plan: camera key 0, 35 mm"]);
  expect(stale([{ ...path, shotId: "before" }])).toEqual([]);
  expect(stale([{ id: "c", kind: "cue", shotId: "shot", frame: 3, what: "hit" }])).toEqual([]);
  expect(stale([], { passes: ["depth"] })).toEqual([]);
  expect(stale([], { camFraming: "pov" })).toEqual(["plan: framing pov"]);
  expect(stale([], {}, { setHour: "dawn", setLampsOn: "on" })).toEqual(["plan: hour dawn · lamps on on"]);
  const mark: StagingRecord = { id: "m", kind: "mark", sceneId: "scene", who: "MAYA", at: [1, 0, 2], facing: 0 };
  expect(stale([mark])).toEqual(["plan: MAYA at 1.0, 2.0"]);
  const withMark = { ...film, staging: [mark] };
  const later = { ...take, madeFrom: madeFrom(withMark, shot, { seed: 7 }) };
  expect(changesSince({ ...film, staging: [{ ...mark, id: "n", locked: true }] }, shot, later)).toEqual([]);
});
