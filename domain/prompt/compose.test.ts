import { expect, test } from "vitest";
import { composePrompt } from "./compose.ts";

const shot = {
  type: "wide",
  move: "push_in",
  action: "Hale grips the wheel",
  dialogue: [],
  characters: ["CAPTAIN HALE"],
  prompt: "",
  elementIds: [],
} as const;
const scene = { setting: "ext", location: "BRIDGE WING", time: "NIGHT", synopsis: "" } as const;
const hale = {
  id: "e1",
  kind: "character",
  name: "Captain Hale",
  description: "white beard",
  triggerWords: ["hale_v2"],
} as const;
const bird = { id: "e2", kind: "object", name: "Gull", description: "grey", triggerWords: ["gull_v1"] } as const;
const compose = (changes: object) =>
  composePrompt({
    shot: { ...shot, dialogue: [], characters: [...shot.characters], elementIds: [], ...changes },
    scene,
    elements: [
      { ...hale, triggerWords: [...hale.triggerWords] },
      { ...bird, triggerWords: [...bird.triggerWords] },
    ],
  });

test("says where, what and how, and brings in who is there", () => {
  expect(compose({})).toBe(
    "Exterior, bridge wing, night. Hale grips the wheel. Wide, slow push in. Captain Hale: white beard. Hale_v2.",
  );
});

test("people's own prompt replaces the script's words", () => {
  const prompt = compose({ prompt: "A storm, hale_v2 at the helm" });
  expect(prompt).toContain("A storm, hale_v2 at the helm");
  expect(prompt).not.toContain("grips");
  expect(prompt.match(/hale_v2/g)).toHaveLength(1);
});

test("an element joins when it is put on the shot, not when nobody speaks of it", () => {
  expect(compose({})).not.toContain("gull_v1");
  expect(compose({ elementIds: ["e2"] }).toLowerCase()).toContain("gull_v1");
});
