import { expect, test } from "vitest";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { aFilm, anElement, aScene, aShot } from "#domain/prompt/testing/a-film.ts";
import { Id } from "#domain/ids.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { defaultFrameRate as fps } from "#domain/time.ts";
import { cpuTimeOf } from "#testing/cpu-time.ts";
import { suggestionsIn } from "./propose.ts";
import { usesIn } from "./uses.ts";

const script = `EXT. HARBOUR - DUSK

MAYA OKAFOR, 30s, runs along the pier with a suitcase.

INT. FERRY - PASSENGER LOUNGE - NIGHT

CAPTAIN HALE
No lighthouse stands there.

MAYA
I saw it.
`;

function filmOf(text: string): Film {
  const { scenes } = breakDown(text, { fps });
  return aFilm({
    screenplay: text,
    scenes: scenes.map((scene, index) =>
      aScene({ ...{ heading: scene.heading, location: scene.location, setting: scene.setting, id: `s${index}` } }),
    ),
    shots: scenes.flatMap((scene, index) =>
      scene.shots.map((shot, at) =>
        aShot({
          ...{ id: `s${index}-${at}`, sceneId: `s${index}`, action: shot.action },
          ...{ characters: shot.characters, dialogue: shot.dialogue },
        }),
      ),
    ),
  });
}
const told = (film: Film) =>
  suggestionsIn(film).map(({ kind, name, confidence, sceneIds }) => [kind, name, confidence, sceneIds.join(" ")]);

test("an empty library is offered the people, the places and the things of the script", () => {
  expect(told(filmOf(script))).toEqual([
    ["character", "Maya", 1, "s0 s1"],
    ["character", "Captain Hale", 1, "s1"],
    ["location", "Passenger lounge", 0.85, "s1"],
    ["location", "Harbour", 0.85, "s0"],
    ["object", "Suitcase", 0.75, "s0"],
  ]);
});

test("what the library has under that name, a fuller one or another is not offered again", () => {
  const film = filmOf(script);
  const elements = [
    anElement({ name: "Maya Okafor" }),
    anElement({ name: "The skipper", aliases: ["Captain Hale"] }),
    anElement({ name: "Harbour", kind: "location" }),
    anElement({ name: "Father's box", kind: "object", props: ["suitcase"] }),
  ];
  expect(told({ ...film, elements })).toEqual([["location", "Passenger lounge", 0.85, "s1"]]);
});

test("an element that is only spoken of is suggested for those shots, until somebody says yes or no", () => {
  const light = anElement({ name: "Lighthouse", kind: "object" });
  const film = { ...filmOf(script), elements: [light] };
  const [hint] = suggestionsIn(film).filter((one) => one.elementId !== undefined);
  expect(hint).toMatchObject({ elementId: "Lighthouse", confidence: 0.7, sign: "dialogue" });
  const said = (patch: object) => ({
    ...film,
    shots: film.shots.map((shot) => (hint!.shotIds.includes(shot.id) ? { ...shot, ...patch } : shot)),
  });
  for (const patch of [{ elementIds: ["Lighthouse"] }, { elementsOut: ["Lighthouse"] }])
    expect(suggestionsIn(said(patch)).some((one) => one.elementId === "Lighthouse")).toBe(false);
});

test("somebody who is no element is not offered again for those shots, and is for a shot that comes later", () => {
  const film = filmOf(script);
  const { outId, shotIds } = suggestionsIn(film).find(({ name }) => name === "Suitcase")!;
  expect(Id.safeParse(outId).success).toBe(true);
  const shots = film.shots.map((shot) => (shotIds.includes(shot.id) ? { ...shot, elementsOut: [outId] } : shot));
  expect(told({ ...film, shots }).map(([, name]) => name)).toEqual([
    ...["Maya", "Captain Hale", "Passenger lounge", "Harbour"],
  ]);
  const later = aShot({ id: "later", sceneId: "s1", action: "A suitcase floats by." });
  expect(told({ ...film, shots: [...shots, later] })).toContainEqual(["object", "Suitcase", 0.75, "s1"]);
});

test("a long film is read in good time, and again in much less when one shot changed", () => {
  const elements = Array.from({ length: 60 }, (_, n) => anElement({ name: `Person ${n} Name${n}` }));
  const shots = Array.from({ length: 1000 }, (_, n) =>
    aShot({ id: `s${n}`, characters: [`NAME${n % 60}`], action: `Person ${n % 60} crosses the deck in the rain.` }),
  );
  const film = aFilm({ shots, elements });
  const first = cpuTimeOf(() => void usesIn(film));
  expect(first).toBeLessThan(3000);
  const changed = { ...film, shots: shots.map((shot, n) => (n === 500 ? { ...shot, action: "Nobody." } : shot)) };
  expect(cpuTimeOf(() => void usesIn(changed))).toBeLessThan(first / 5);
});

test("whoever writes in the script has nothing of the board read again; one shot that changes costs one scene", () => {
  const scenes = Array.from({ length: 100 }, (_, n) => aScene({ id: `c${n}`, location: `ROOM ${n}` }));
  const shots = Array.from({ length: 4000 }, (_, n) =>
    aShot({ id: `s${n}`, sceneId: `c${n % 100}`, characters: ["MAYA"], action: `A key, a lantern and a book, ${n}.` }),
  );
  const film = aFilm({ scenes, shots, elements: [anElement({ name: "Lantern", kind: "object" })] });
  const first = cpuTimeOf(() => void suggestionsIn(film));
  const written = { ...film, screenplay: "Another letter" };
  expect(suggestionsIn(written)).toBe(suggestionsIn(film));
  const changed = shots.map((shot, n) => (n === 500 ? { ...shot, action: "An umbrella." } : shot));
  expect(cpuTimeOf(() => void suggestionsIn({ ...film, shots: changed }))).toBeLessThan(first / 4);
  const told = suggestionsIn({ ...film, shots: changed });
  expect(told.find(({ name }) => name === "Umbrella")).toMatchObject({ shotIds: ["s500"], sceneIds: ["c0"] });
  expect(told.find(({ name }) => name === "Key")?.shotIds).toHaveLength(3999);
  expect(told.find(({ name }) => name === "Maya")?.sceneIds).toHaveLength(100);
  // What was told before is nobody's to change.
  expect(suggestionsIn(film).find(({ name }) => name === "Key")?.shotIds).toHaveLength(4000);
});

test("how an element looks is changed without any shot being read again; by what it is found, with", () => {
  const shots = Array.from({ length: 2000 }, (_, n) =>
    aShot({ id: `s${n}`, action: `Maya and Hale cross deck ${n}.` }),
  );
  const elements = [
    anElement({ name: "Maya Okafor" }),
    ...Array.from({ length: 40 }, (_, n) => anElement({ name: `X${n}` })),
  ];
  const film = aFilm({ shots, elements });
  const first = cpuTimeOf(() => void usesIn(film));
  const withMaya = (patch: object) => ({
    ...film,
    elements: elements.map((each, n) => (n === 0 ? { ...each, ...patch } : each)),
  });
  let described: readonly { element: { description: string } }[] = [];
  expect(cpuTimeOf(() => void (described = usesIn(withMaya({ description: "in red" }))))).toBeLessThan(first / 2);
  expect(described.map(({ element }) => element.description)).toEqual(["in red"]);
  expect(usesIn(withMaya({ name: "Nobody" }))).toEqual([]);
  expect(usesIn(withMaya({ name: "Somebody", aliases: ["Hale"] })).map(({ shotIds }) => shotIds.length)).toEqual([
    2000,
  ]);
});
