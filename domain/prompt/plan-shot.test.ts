import { expect, test } from "vitest";
import type { Element } from "#domain/film/element.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { defaultFrameRate as fps } from "#domain/time.ts";
import { planOfShot } from "./plan-shot.ts";
import { aFilm, anElement, aScene, aShot } from "./testing/a-film.ts";

const planIn = (film: Film, shot: Shot) => planOfShot(film, shot, { frames: 48, fps, seed: 7, prompt: "" });
const lookIn = (film: Film, shot: Shot, name = "MAYA OKAFOR") =>
  planIn(film, shot).cast.find((person) => person.name === name)?.look;

const screenplay = "MAYA OKAFOR, 30s, yellow raincoat, hurries along the pier.\n\nMAYA\nWait!\n";
const maya = anElement({ name: "Maya Okafor" });

/** Ten shots in three scenes; the script calls her now by her first name, now by both, now only in the action. */
function tenShots(elements: Element[]): Film {
  const scenes = ["a", "b", "c"].map((id, index) =>
    aScene({ id, number: index + 1, location: id.toUpperCase(), heading: `EXT. ${id} - DAY`, time: "DAY" }),
  );
  const shots = Array.from({ length: 10 }, (_, index) =>
    aShot({
      id: `s${index}`,
      sceneId: scenes[index % 3]!.id,
      type: index % 2 === 0 ? "close_up" : "wide",
      characters: index % 3 === 0 ? ["MAYA OKAFOR", "BEN"] : index % 3 === 1 ? ["MAYA"] : [],
      action: index % 3 === 2 ? "Rain. Then Maya in a red dress runs past." : "She waits by the green door.",
    }),
  ).sort((one, other) => (one.sceneId < other.sceneId ? -1 : 1));
  return aFilm({ screenplay, scenes, shots, elements });
}

test("one character in ten shots has one look, whatever the shots say beside it", () => {
  const film = tenShots([maya]);
  const looks = new Set(film.shots.map((shot) => JSON.stringify(lookIn(film, shot))));
  expect([...looks]).toHaveLength(1);
  expect(lookIn(film, film.shots[0]!)).toMatchObject({ garment: "raincoat", garmentColour: "#d9a520" });
});

test("to put somebody into the library changes nobody's face", () => {
  const shot = aShot({ characters: ["MAYA"], action: "Maya waits." });
  const before = aFilm({ screenplay, shots: [shot] });
  for (const name of ["Maya", "Maya Okafor"])
    expect(lookIn({ ...before, elements: [anElement({ name })] }, shot, name.toUpperCase())).toEqual(
      lookIn(before, shot),
    );
});

test("description, then colours, then what was set by hand decide over the script's introduction", () => {
  const shot = aShot({ characters: ["MAYA"], action: "Maya waits." });
  const look = (element: Element) => lookIn(aFilm({ screenplay, shots: [shot], elements: [element] }), shot);
  expect(look(maya)).toMatchObject({ garment: "raincoat", garmentColour: "#d9a520" });
  const described = { ...maya, description: "in a red coat" };
  expect(look(described)).toMatchObject({ garment: "coat", garmentColour: "#a8322a" });
  const coloured = { ...described, colours: ["#112233", "#445566"] };
  expect(look(coloured)).toMatchObject({ garment: "coat", garmentColour: "#112233", legsColour: "#445566" });
  const set = { ...coloured, look: { garmentColour: "#abcdef", beard: "full" as const } };
  expect(look(set)).toMatchObject({ garmentColour: "#abcdef", beard: "full", legsColour: "#445566" });
});

test("a variant's look holds in its scenes and in no other", () => {
  const wet = { id: "v", name: "soaked", look: { hair: "hood" as const }, sceneIds: ["b"] };
  const film = tenShots([{ ...maya, variants: [wet] }]);
  for (const shot of film.shots)
    expect(lookIn(film, shot)?.hair === "hood", `${shot.id} in ${shot.sceneId}`).toBe(shot.sceneId === "b");
});

test("somebody put on a shot is in the picture, somebody taken out is not", () => {
  const shot = aShot({ characters: ["BEN"], action: "The door opens.", elementIds: ["Maya Okafor"] });
  const ben = anElement({ name: "Ben" });
  const names = (more: Partial<Shot>) =>
    planIn(aFilm({ screenplay, elements: [maya, ben] }), { ...shot, ...more })
      .cast.filter(({ offScreen }) => !offScreen)
      .map((person) => person.name);
  expect(names({})).toEqual(["BEN", "MAYA OKAFOR"]);
  expect(names({ elementsOut: ["Ben"] })).toEqual(["MAYA OKAFOR"]);
  expect(names({ elementIds: [], elementsOut: ["Ben"] })).toEqual([]);
});

test("a thing of the library is drawn where its shot is an insert; what somebody has is carried", () => {
  const box = anElement({ name: "Father's box", kind: "object", props: ["suitcase"] });
  const insert = aShot({
    type: "insert",
    characters: [],
    action: "It stands in the rain.",
    elementIds: ["Father's box"],
  });
  expect(planIn(aFilm({ elements: [box] }), insert).props.map(({ kind }) => kind)).toEqual(["suitcase"]);
  const keeper = anElement({ name: "Captain Hale", props: ["lantern"] });
  const shot = aShot({ action: "Hale waits." });
  expect(planIn(aFilm({ elements: [keeper] }), shot).cast[0]?.carries).toBe("lantern");
});

test("what the library says of a place decides where its name says nothing", () => {
  const scene = aScene({ location: "THE CRADLE", heading: "INT. THE CRADLE - NIGHT", setting: "int" });
  const cradle = anElement({ name: "The Cradle", kind: "location", description: "a smoky café with small tables" });
  const shot = aShot({ action: "People talk." });
  expect(planIn(aFilm({ scenes: [scene] }), shot).place).toBe("interior");
  expect(planIn(aFilm({ scenes: [scene], elements: [cradle] }), shot).place).toBe("cafe");
});

test("a chosen lens is the camera's", () => {
  expect(planIn(aFilm(), aShot({ lens: 135 })).camera.lensMm).toBe(135);
});

test("somebody the script calls otherwise is one person, in the picture and at the line", () => {
  const hale = anElement({ name: "Captain Hale", aliases: ["Skipper"] });
  const shot = aShot({
    ...{ characters: ["SKIPPER", "HALE"], action: "The Skipper turns." },
    dialogue: [{ character: "SKIPPER", text: "Who goes there?" }],
  });
  const plan = planIn(aFilm({ elements: [hale] }), shot);
  expect(plan.cast.map(({ name }) => name)).toEqual(["CAPTAIN HALE"]);
  expect(plan.lines.map(({ who }) => who)).toEqual([0]);
});
