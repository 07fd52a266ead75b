import { expect, test } from "vitest";
import type { ElementInShot } from "#domain/elements/in-shot.ts";
import { referencesOf, startsFrom } from "./pictures.ts";
import { aFilm, aShot } from "./testing/a-film.ts";

const element = (id: string, refs: string[]): ElementInShot => ({
  ...{ id, kind: "character", name: id, description: "", triggerWords: [], look: {}, colours: [], props: [] },
  refs: refs.map((assetId) => ({ assetId })),
});

test("every element's first picture goes before anybody's second, each picture once, ten at most", () => {
  const ids = (elements: ElementInShot[]) => referencesOf(elements).map(({ assetId }) => assetId);
  expect(ids([element("hale", ["h1", "h2", "both"]), element("maya", ["m1", "both"])])).toEqual([
    "h1",
    "m1",
    "h2",
    "both",
  ]);
  const many = Array.from({ length: 20 }, (_, index) => `h${index}`);
  expect(ids([element("hale", many), element("maya", ["m1"])])).toEqual(["h0", "m1", ...many.slice(1, 9)]);
  expect(ids([])).toEqual([]);
});

const [a, b, c] = [
  aShot({ id: "a", sceneId: "s1" }),
  aShot({ id: "b", sceneId: "s1" }),
  aShot({ id: "c", sceneId: "s2" }),
];
const film = aFilm({ shots: [a, b, c] });
const take = (id: string, number: number) => ({ id, number, videoAssetId: `film of ${id}` });
const takes = new Map([["a", [take("t1", 1), take("t2", 2)]]]);

test("a shot goes on from the one before in its scene: from what is asked for beside it, else from the take that plays", () => {
  expect(startsFrom(film, b, new Set(["a", "b"]), takes)).toEqual({ shotId: "a" });
  expect(startsFrom(film, b, new Set(["b"]), takes)).toEqual({ assetId: "film of t2" });
  const chosen = aFilm({ shots: [aShot({ ...a, takeId: "t1" }), b, c] });
  expect(startsFrom(chosen, b, new Set(["b"]), takes)).toEqual({ assetId: "film of t1" });
});

test("the first shot of a scene, and one after a shot that nobody has rendered, begin from nothing", () => {
  expect(startsFrom(film, a, new Set(["a"]), takes)).toBeNull();
  expect(startsFrom(film, c, new Set(["a", "b", "c"]), takes)).toBeNull();
  expect(startsFrom(film, b, new Set(["b"]), new Map())).toBeNull();
});
