import { expect, test } from "vitest";
import { lookOf } from "./scene-look.ts";

const look = (prompt: string) => lookOf({ prompt, seed: 7, seconds: 6 });

test("before anything is made a sentence says where, when, in what weather, and how many are there", () => {
  expect(look("A rainy neon alley at night, a detective walking slowly")).toEqual({
    ...{ place: "alley", interior: false, hour: "night", weather: "rain", people: 1, seed: 7 },
  });
  expect(look("Snow falls on a mountain at dawn.")).toMatchObject({
    place: "mountain",
    hour: "dawn",
    weather: "snow",
    people: 0,
  });
  expect(look("Two friends talk inside a cafe.")).toMatchObject({ place: "cafe", interior: true });
});

test("a sentence of which nothing can be read has a look too", () => {
  expect(look("?")).toMatchObject({ people: expect.any(Number), hour: expect.any(String) });
});
