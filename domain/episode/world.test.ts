import { expect, test } from "vitest";
import { growWorld, maxWorldElements, type WorldElement } from "./world.ts";

const person = (name: string, description = ""): WorldElement => ({
  kind: "character",
  name,
  description,
  triggerWords: [],
});

test("a world grows by what is new and never changes what it has", () => {
  const known = [person("Maya", "yellow raincoat")];
  const found = [person("MAYA", "blue coat"), person("Hale"), { ...person("Maya"), kind: "object" as const }];
  expect(growWorld(known, found)).toEqual([known[0], found[1], found[2]]);
  expect(known).toHaveLength(1);
});

test("a world has room for so much and no more", () => {
  const many = Array.from({ length: maxWorldElements + 5 }, (_, index) => person(`No ${index}`));
  expect(growWorld([], many)).toHaveLength(maxWorldElements);
});
