import { expect, test } from "vitest";
import type { Element } from "#domain/film/element.ts";
import type { Shot } from "#domain/film/shot.ts";
import { fingerprintOf } from "#domain/elements/in-shot.ts";
import { inputsOf } from "./inputs.ts";
import { aFilm, anElement, aScene, aShot } from "./testing/a-film.ts";

const hale = anElement({ name: "Captain Hale", description: "white beard", triggerWords: ["hale_v2"] });
const gull = anElement({ name: "Gull", kind: "object", description: "grey", triggerWords: ["gull_v1"] });

function promptOf(shot: Partial<Shot> = {}, elements: Element[] = [hale, gull]): string {
  const made = aShot(shot);
  return inputsOf(aFilm({ shots: [made], elements }), made).prompt;
}

test("says where, what and how, and brings in who is there with the words that draw them", () => {
  expect(promptOf()).toBe(
    "Exterior, bridge wing, night. Hale grips the wheel. Wide, slow push in. Captain Hale: white beard. hale_v2.",
  );
});

test("a lens is named where somebody chose one", () => {
  expect(promptOf({ lens: 85 })).toContain("Wide, slow push in, 85 mm lens.");
});

test("people's own prompt replaces the script's words and the place, and still gets the trigger words it lacks", () => {
  expect(promptOf({ prompt: "A storm at the helm" })).toBe(
    "A storm at the helm. Wide, slow push in. Captain Hale: white beard. hale_v2.",
  );
  const prompt = promptOf({ prompt: "A storm, hale_v2 at the helm" });
  expect(prompt.match(/hale_v2/g)).toHaveLength(1);
});

test("an element that only the prompt names by its trigger word is described, too", () => {
  expect(promptOf({ characters: [], action: "", prompt: "gull_v1 over the waves" })).toBe(
    "gull_v1 over the waves. Wide, slow push in. Gull: grey.",
  );
});

test("an element joins when it is put on the shot, not when nobody speaks of it; and leaves when it is put out", () => {
  expect(promptOf()).not.toContain("gull_v1");
  expect(promptOf({ elementIds: ["Gull"] })).toContain("Gull: grey.");
  expect(promptOf({ elementIds: ["Gull"] })).toContain("gull_v1");
  expect(promptOf({ elementsOut: ["Captain Hale"] })).not.toContain("hale_v2");
});

test("somebody who is only spoken of is not drawn", () => {
  const dialogue = [{ character: "MAYA", text: "Where is Captain Hale?" }];
  expect(promptOf({ characters: ["MAYA"], action: "She waits.", dialogue })).not.toContain("hale_v2");
});

test("what came just before in the scene is told in one sentence; at a scene's beginning there is nothing before", () => {
  const first = aShot({ id: "a", action: "Rain on the glass. A wiper squeals." });
  const second = aShot({ id: "b", action: "Hale leans in." });
  const elsewhere = aShot({ id: "c", sceneId: "other", action: "A car." });
  const scene = aScene({ synopsis: "The captain sees a light" });
  const film = aFilm({ scenes: [scene, aScene({ id: "other", number: 2 })], shots: [first, second, elsewhere] });
  expect(inputsOf(film, second).context).toBe(
    "Exterior, bridge wing, night. The captain sees a light. Just before: Rain on the glass.",
  );
  expect(inputsOf(film, first).context).not.toContain("Just before");
  expect(inputsOf(film, elsewhere).context).not.toContain("Just before");
});

test("a style holds for every shot but those it was taken out of; colours are told by name", () => {
  const style = anElement({
    name: "Look",
    kind: "style",
    description: "Grainy film stock",
    colours: ["#1f2f4d", "#d8a522"],
  });
  expect(promptOf({}, [style])).toContain("Grainy film stock, in navy and yellow.");
  expect(promptOf({ elementsOut: ["Look"] }, [style])).not.toContain("Grainy");
});

test("in the scenes of a variant the element is what the variant says", () => {
  const young = {
    id: "v",
    name: "as a boy",
    description: "a thin boy",
    triggerWords: ["hale_boy"],
    sceneIds: ["scene"],
  };
  const prompt = promptOf({}, [{ ...hale, variants: [young] }]);
  expect(prompt).toContain("Captain Hale, as a boy: a thin boy. hale_boy.");
  expect(prompt).not.toContain("hale_v2");
  expect(promptOf({}, [{ ...hale, variants: [{ ...young, sceneIds: [] }] }])).toContain("white beard");
});

test("trigger words arrive however long the rest is", () => {
  const long = anElement({ name: "Captain Hale", description: "x ".repeat(2400), triggerWords: ["hale_v2"] });
  const more = Array.from({ length: 9 }, (_, n) => anElement({ ...gull, id: `g${n}`, description: "y ".repeat(2400) }));
  const prompt = promptOf({ elementIds: more.map(({ id }) => id) }, [long, ...more]);
  expect(prompt.length).toBeLessThanOrEqual(20_000);
  expect(prompt).toContain("hale_v2, gull_v1.");
});

test("what is asked for once stands for the shot's own prompt", () => {
  const shot = aShot({ prompt: "Mine" });
  const film = aFilm({ shots: [shot], elements: [hale] });
  expect(inputsOf(film, shot, "A storm").prompt).toMatch(/^A storm\. .*hale_v2\.$/);
  expect(inputsOf(film, shot, "  ").prompt).toMatch(/^Mine\./);
});

test("asked again for a film in which other shots changed, the inputs are the same object", () => {
  const shot = aShot();
  const film = aFilm({ shots: [shot], elements: [hale] });
  const inputs = inputsOf(film, shot);
  expect(inputsOf({ ...film, shots: [shot, aShot({ id: "new" })] }, shot)).toBe(inputs);
  expect(inputsOf({ ...film, elements: [gull] }, shot)).not.toBe(inputs);
  expect(inputsOf({ ...film, scenes: [aScene({ time: "DAY" })] }, shot).prompt).toContain("day");
});

test("whatever changes the picture of an element changes its fingerprint; its voice does not", () => {
  const printOf = (element: Element) => {
    const shot = aShot();
    return inputsOf(aFilm({ shots: [shot], elements: [element] }), shot).elements.map(fingerprintOf)[0];
  };
  const changes: Partial<Element>[] = [
    { description: "grey beard" },
    { triggerWords: ["hale_v3"] },
    { look: { beard: "full" } },
    { colours: ["#1f2f4d"] },
    { props: ["lantern"] },
    { refs: [{ assetId: "asset" }] },
  ];
  for (const change of changes) expect(printOf({ ...hale, ...change }), JSON.stringify(change)).not.toBe(printOf(hale));
  expect(printOf({ ...hale, voice: { name: "Low", pitch: 0.8, rate: 1 } })).toBe(printOf(hale));
});

test.each([
  ["sks", "A row of masks on the wall.", true],
  ["sks", "A sks mask on the wall.", false],
  ["hale_v2", "Not hale_v22, another one.", true],
  ["Hale v2", "There stands HALE-V2.", false],
  ["★", "Nothing of the kind.", true],
  ["★", "A coat with a ★ on it.", false],
])("%s is looked for as whole words: “%s” lacks it: %s", (word, prompt, lacks) => {
  const mask = anElement({ name: "Mask", kind: "object", triggerWords: [word] });
  const added = promptOf({ prompt, elementIds: ["Mask"] }, [mask]).slice(prompt.length);
  expect(added.includes(word)).toBe(lacks);
});
