import { expect, test } from "vitest";
import type { ElementKind } from "#domain/film/element.ts";
import { matchesIn, type Detectable, type Said } from "./detect.ts";

const element = (kind: ElementKind, name: string, more: Partial<Detectable> = {}): Detectable => ({
  id: name,
  kind,
  name,
  triggerWords: [],
  ...more,
});
const hale = element("character", "Captain Hale", { triggerWords: ["hale_v2"] });
const maya = element("character", "Maya Okafor");
const wing = element("location", "Bridge wing");
const wheel = element("object", "Ship's wheel");
const light = element("object", "The lighthouse", { triggerWords: ["lighthouse"], keywords: ["beam", "lamp", "rock"] });
const all = [hale, maya, wing, wheel, light];

const said = (words: Partial<Said>): Said => ({ people: [], heading: "", seen: "", spoken: "", ...words });
const signOf = (words: Partial<Said>, of: Detectable, among: readonly Detectable[] = all) => {
  const match = matchesIn(said(words), among).find((each) => each.elementId === of.id);
  return match && [match.sign, match.confidence];
};

test.each<[string, Partial<Said>, Detectable, [string, number]]>([
  ["its whole name is somebody's in the picture", { people: ["CAPTAIN HALE (V.O.)"] }, hale, ["name", 1]],
  ["a trigger word is in the action", { seen: "A man, hale_v2, at the rail." }, hale, ["trigger", 0.95]],
  ["the heading names the place", { heading: "EXT. FERRY - BRIDGE WING - NIGHT" }, wing, ["heading", 0.85]],
  ["somebody has a part of the name", { people: ["MAYA"] }, maya, ["partial", 0.8]],
  ["the action names somebody by a part", { seen: "Then Hale turns." }, hale, ["action", 0.75]],
  ["the action names a thing by its last word", { seen: "He grips the wheel." }, wheel, ["action", 0.75]],
  ["somebody speaks of it", { spoken: "Where is Maya Okafor?" }, maya, ["dialogue", 0.7]],
  ["two keywords hint at it", { seen: "A beam sweeps over the rock." }, light, ["keywords", 0.5]],
  ["one keyword hints at it faintly", { seen: "A beam sweeps." }, light, ["keywords", 0.4]],
])("%s", (_why, words, of, expected) => {
  expect(signOf(words, of)).toEqual(expected);
});

test("the surest sign of an element counts, and it is named once", () => {
  const matches = matchesIn(said({ people: ["CAPTAIN HALE"], seen: "hale_v2 grips the wheel", spoken: "Hale!" }), all);
  expect(matches.map((match) => [match.elementId, match.confidence])).toEqual([
    ["Captain Hale", 1],
    ["Ship's wheel", 0.75],
  ]);
});

test("whole words only, whatever their case and the marks round them", () => {
  const ray = element("character", "Ray");
  expect(signOf({ seen: "Gray light, a tray, a stray dog." }, ray, [ray])).toBeUndefined();
  expect(signOf({ seen: "“RAY?” The door opens." }, ray, [ray])).toEqual(["action", 0.75]);
  expect(signOf({ seen: "Ray's coat is wet." }, ray, [ray])).toEqual(["action", 0.75]);
});

test("a word that is somebody's name needs its capital", () => {
  const rose = element("character", "Rose Adler");
  expect(signOf({ seen: "The sun rose over the pier." }, rose, [rose])).toBeUndefined();
  expect(signOf({ seen: "On the pier Rose waits." }, rose, [rose])).toEqual(["action", 0.75]);
});

test("a name that could be two people's means neither; a whole name means its own", () => {
  const tom = element("character", "Tom Okafor");
  expect(signOf({ people: ["OKAFOR"] }, maya, [maya, tom])).toBeUndefined();
  const plain = element("character", "Maya");
  expect(signOf({ people: ["MAYA"] }, maya, [maya, plain])).toBeUndefined();
  expect(signOf({ people: ["MAYA"] }, plain, [maya, plain])).toEqual(["name", 1]);
});

test("names of any alphabet are found", () => {
  const captain = element("character", "Капитан Орлов");
  const noor = element("character", "نور");
  expect(signOf({ people: ["КАПИТАН ОРЛОВ"] }, captain, [captain])).toEqual(["name", 1]);
  expect(signOf({ seen: "Орлов смотрит на море." }, captain, [captain])).toEqual(["action", 0.75]);
  expect(signOf({ seen: "نور تمشي على الرصيف" }, noor, [noor])).toEqual(["action", 0.75]);
});

test("nothing is found in nothing, nor by a name of signs alone", () => {
  expect(matchesIn(said({}), all)).toEqual([]);
  expect(signOf({ seen: "★ ★" }, element("object", "★"), [element("object", "★")])).toBeUndefined();
});
