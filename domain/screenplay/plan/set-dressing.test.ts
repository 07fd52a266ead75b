import { expect, test } from "vitest";
import { placeKinds, places } from "./plan-places.ts";
import { planScene } from "./plan-scene.ts";
import { dressingFor } from "./set-dressing.ts";

const kinds = (text: string, place: (typeof placeKinds)[number]) => dressingFor(text, place).map(({ kind }) => kind);

test("what the words speak of is put into the place, in their order, two where there are several", () => {
  expect(kinds("A bed by the wall. A ladder.", "room")).toEqual(["bed", "ladder"]);
  expect(kinds("Barrels, and a sofa in the rain.", "alley")).toEqual(["barrel", "barrel", "sofa"]);
  expect(kinds("NORA waits.", "alley")).toEqual([]);
});

test("what the place has is not put there twice, and nothing where it cannot be", () => {
  expect(kinds("Crates on the pier. A bench.", "harbour")).toEqual([]);
  expect(kinds("A bed of roses. She goes to bed.", "forest")).toEqual([]);
  expect(kinds("A table.", "cafe")).toEqual([]);
  expect(kinds("A table is laid.", "forest")).toEqual(["table"]);
});

test("no place gets more than it has room for, and nothing stands on top of anything", () => {
  const everything = "beds sofas ladders barrels crates columns dinghies shelves potted plants benches tables";
  for (const place of placeKinds) {
    const pieces = dressingFor(everything, place);
    expect(pieces.length).toBeLessThanOrEqual(places[place].spare.length);
    expect(new Set(pieces.map(({ at }) => at.join())).size).toBe(pieces.length);
    expect(new Set(pieces.map(({ id }) => id)).size).toBe(pieces.length);
  }
});

test("all shots of a scene have the same furniture", () => {
  const shot = (action: string) =>
    planScene({
      heading: "INT. ATTIC - NIGHT",
      setting: "int",
      location: "ATTIC",
      time: "NIGHT",
      action,
      dialogue: [],
      characters: ["NORA"],
      shotType: "wide",
      move: "",
      durationFrames: 24,
      fps: { num: 24, den: 1 },
      seed: action.length,
      sceneKey: "attic",
      sceneText: "An old sofa and a ladder. NORA looks about. NORA leaves.",
    }).pieces;
  expect(shot("NORA looks about.")).toEqual(shot("NORA leaves."));
  expect(shot("NORA leaves.").map(({ kind }) => kind)).toEqual(["sofa", "ladder"]);
});
