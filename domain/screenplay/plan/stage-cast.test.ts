import { expect, test } from "vitest";
import { type PlaceKind, placeKinds, places } from "./plan-places.ts";
import { planScene, type ScenePlanInput } from "./plan-scene.ts";
import { stageScene } from "./stage-cast.ts";

const kitchen: ScenePlanInput = {
  heading: "INT. KITCHEN - NIGHT",
  setting: "int",
  location: "kitchen",
  time: "NIGHT",
  action: "",
  dialogue: [],
  characters: [],
  shotType: "medium",
  move: "",
  durationFrames: 96,
  fps: { num: 24, den: 1 },
  seed: 1,
  sceneKey: "int kitchen",
  sceneText: "MAYA waits at the window.\nTOM watches her.\nOLD JOE comes in.",
  sceneCast: ["MAYA", "TOM", "OLD JOE"],
};
const shotOf = (more: Partial<ScenePlanInput>) => planScene({ ...kitchen, ...more });
const says = (character: string) => [{ character, text: "I know what you did." }];

test("somebody stands on the same spot in every shot of a scene, whoever else is in it", () => {
  const both = shotOf({ characters: ["Tom", "Maya"], dialogue: says("TOM") });
  const single = shotOf({ characters: ["Maya"], dialogue: says("MAYA"), shotType: "close_up", seed: 9 });
  const three = shotOf({ characters: ["Old Joe", "Maya", "Tom"], shotType: "wide" });
  const spotOf = (plan: typeof both, name: string) => plan.cast.find((person) => person.name === name)?.at;
  expect(spotOf(single, "MAYA")).toEqual(spotOf(both, "MAYA"));
  expect(spotOf(three, "MAYA")).toEqual(spotOf(both, "MAYA"));
  expect(spotOf(three, "TOM")).toEqual(spotOf(both, "TOM"));
});

test("in a single the other one is off screen, on their spot, and is looked at", () => {
  const single = shotOf({ characters: ["Tom"], dialogue: says("TOM"), shotType: "close_up" });
  expect(single.cast.map(({ name, offScreen }) => ({ name, offScreen }))).toEqual([
    { name: "TOM", offScreen: false },
    { name: "MAYA", offScreen: true },
  ]);
  expect(single.cast[0]?.looksAt).toBe(1);
  expect(single.camera.subject).toEqual({ kind: "character", index: 0 });
});

test("over a shoulder and in a two-shot the other one is in the picture, named or not", () => {
  for (const shotType of ["over_shoulder", "two_shot"])
    expect(shotOf({ characters: ["Maya"], shotType }).cast.map(({ offScreen }) => offScreen)).toEqual([false, false]);
});

test("two who talk face each other, each turned somewhat to the camera's side", () => {
  const [tom, maya] = shotOf({ characters: ["Tom", "Maya"], dialogue: says("TOM") }).cast;
  for (const [person, other] of [
    [tom!, maya!],
    [maya!, tom!],
  ] as const) {
    const straight = (Math.atan2(other.at[0] - person.at[0], other.at[2] - person.at[2]) * 180) / Math.PI;
    expect(Math.abs(person.facing)).toBeLessThan(Math.abs(straight));
    expect(Math.abs(person.facing - straight)).toBeLessThan(35);
  }
});

test("who sits in a scene sits on the same seat whenever nothing else is said, and gets up before it", () => {
  const sceneText = "MAYA sits on a chair.\nTOM paces.\nMAYA says nothing.";
  const sits = shotOf({ sceneText, characters: ["Maya"], action: "MAYA sits on a chair." });
  const listens = shotOf({ sceneText, characters: ["Maya"], action: "A long silence." });
  const waves = shotOf({ sceneText, characters: ["Maya"], action: "MAYA waves at him." });
  expect(sits.cast[0]?.seat).toBeGreaterThan(0);
  expect(listens.cast[0]).toMatchObject({ at: sits.cast[0]?.at, seat: sits.cast[0]?.seat, action: "sit" });
  const [x, , z] = sits.cast[0]!.at;
  const [wx, , wz] = waves.cast[0]!.at;
  expect(Math.hypot(wx - x, wz - z)).toBeCloseTo(0.42, 2);
});

test("who comes in and sits down goes to the front of the seat and turns round", () => {
  const plan = shotOf({
    characters: ["Maya"],
    action: "MAYA walks in and sits down.",
    sceneText: "MAYA sits.",
    durationFrames: 192,
  });
  const { seats } = places.room;
  const [walk, sit] = plan.cast[0]!.deeds;
  expect([walk?.motion, sit?.motion]).toEqual(["walk", "sit"]);
  const seat = seats.find(({ facing }) => facing === sit?.facing)!;
  expect(Math.hypot(walk!.goes![0] - seat.at[0], walk!.goes![2] - seat.at[2])).toBeCloseTo(0.42, 2);
  expect(plan.cast[0]!.seat).toBe(seat.height);
});

test("everywhere eight people have room for themselves, inside the place and off the chairs", () => {
  const names = "ABCDEFGH".split("");
  for (const place of placeKinds)
    for (const setSeed of [0, 1]) {
      const { spots } = stageScene({ place, setSeed, names, seated: new Set() });
      const all = [...spots.values()].map(({ at }) => at);
      const [low, high] = places[place].room;
      all.forEach(([x, , z], index) => {
        expect(x >= low[0] && x <= high[0] && z >= low[2] && z <= high[2], `${place} ${index}`).toBe(true);
        for (const other of all.slice(0, index))
          expect(Math.hypot(other[0] - x, other[2] - z), `${place} ${index}`).toBeGreaterThan(0.55);
      });
    }
});

test("hostile names end in spots as well", () => {
  const many = Array.from({ length: 500 }, (_, index) => `NAME ${index}`);
  expect(shotOf({ sceneCast: many, characters: many }).cast).toHaveLength(8);
  expect(shotOf({ sceneCast: ["", "  ", "(V.O.)"], characters: ["Maya"] }).cast).toHaveLength(1);
});

const going = (place: PlaceKind, who: number, action: string, seconds: number) => {
  const names = ["ANN", "BEN", "CAT", "DAN"].slice(0, who);
  const { cast } = shotOf({
    ...{ setting: places[place].interior ? "int" : "ext", set: { place }, sceneKey: place, sceneText: "" },
    ...{
      action: `${names.join(" and ")} ${action}.`,
      sceneCast: names,
      characters: names,
      durationFrames: seconds * 24,
    },
  });
  return cast.map(({ at, to }) =>
    [0, 0.25, 0.5, 0.75, 1].map((k) => at.map((from, axis) => from + (to[axis]! - from) * k)),
  );
};
const apart = (one: readonly number[], other: readonly number[]) =>
  Math.hypot(one[0]! - other[0]!, one[2]! - other[2]!);

test("those who go together never stand in each other, in any place, on foot or in cars", () => {
  for (const place of placeKinds)
    for (const who of [2, 3, 4])
      for (const [action, seconds, least] of [
        ["run", 6, 0.6],
        ["walk", 2, 0.6],
        ["drive", 3, 1.8],
      ] as const) {
        if (action === "drive" && (places[place].interior || who > 2)) continue;
        const ways = going(place, who, action, seconds);
        for (const [i, way] of ways.entries()) {
          if (action !== "drive") expect(apart(way[0]!, way[4]!), `${place}, ${who} ${action}`).toBeGreaterThan(0.6);
          for (const other of ways.slice(i + 1))
            for (const k of [0, 1, 2, 3, 4])
              expect(apart(way[k]!, other[k]!), `${place}, ${who} ${action}`).toBeGreaterThan(least);
        }
      }
});

test("who goes beside another goes over nothing that one sits on", () => {
  for (const place of placeKinds) {
    const ways = going(place, 4, "run", 6);
    for (const way of ways.slice(1))
      for (const at of way)
        for (const seat of places[place].seats)
          // The path of the place itself may lead past a bench more closely.
          if (Math.abs(cross(ways[0]!, at)) > 0.1) expect(apart(at, seat.at), place).toBeGreaterThan(1.3);
  }
});

/** How far beside a straight way something is, metres. */
function cross(way: readonly (readonly number[])[], at: readonly number[]): number {
  const [from, to] = [way[0]!, way.at(-1)!];
  const [dx, dz] = [to[0]! - from[0]!, to[2]! - from[2]!];
  return ((at[0]! - from[0]!) * dz - (at[2]! - from[2]!) * dx) / Math.hypot(dx, dz);
}

/** How far each of them comes towards the camera's side, metres. */
const ways = (place: PlaceKind, names: readonly string[], action: string) =>
  shotOf({ characters: names, action, set: { place }, sceneCast: [], sceneText: "" }).cast.map(
    ({ at, to }) => to[2] - at[2],
  );

test.each<[PlaceKind, string]>([
  ["lighthouse-rock", "Noor walks up the rock towards the open door."],
  ["lighthouse-rock", "Noor walks slowly, without a word, to the tower."],
  ["lighthouse-rock", "Noor runs to the lighthouse."],
  ["harbour", "Noor runs along the quay to the waiting ship."],
  ["harbour", "Noor walks. She walks towards the ferry."],
  ["street", "Noor walks up to the house."],
  ["corridor", "Noor walks to the old wooden door."],
  ["corridor", "Noor walks to the heavy, old wooden door."],
])("in the %s: %s That way leads into the picture", (place, action) => {
  expect(ways(place, ["Noor"], action)[0]).toBeLessThan(-1);
});

test.each<[PlaceKind, string]>([
  ["lighthouse-rock", "Noor walks."],
  ["lighthouse-rock", "Noor walks slowly along the rock."],
  ["lighthouse-rock", "Noor walks to the lighthouse keeper."],
  ["lighthouse-rock", "Noor walks and points to the tower."],
  ["harbour", "Noor walks along the quay. Ben points to the ship."],
  ["corridor", "Noor walks to her friend at the door."],
])("in the %s: %s That way leads towards the camera", (place, action) => {
  expect(ways(place, ["Noor"], action)[0]).toBeGreaterThan(1);
});

test("each of several goes where their own words lead, not where another's do", () => {
  const both = ["Noor", "Ben"];
  for (const action of ["Noor walks. Ben points to the door.", "Noor walks and Ben points to the door."]) {
    const [noor, ben] = ways("corridor", both, action);
    expect(noor, action).toBeGreaterThan(1);
    expect(ben, action).toBe(0);
  }
  const [noor, ben] = ways("corridor", both, "Noor walks on. Ben runs to the door.");
  expect(noor).toBeGreaterThan(1);
  expect(ben).toBeLessThan(-1);
  for (const way of ways("corridor", both, "Noor and Ben run to the door.")) expect(way).toBeLessThan(-1);
});
