import { expect, test } from "vitest";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { idTable } from "./id-colours.ts";

const plain = planScene({
  heading: "",
  setting: "ext",
  location: "field",
  time: "DAY",
  action: "",
  dialogue: [],
  characters: ["A", "B", "C", "D", "E", "F", "G", "H"].map((letter) => `PERSON ${letter}`),
  shotType: "wide",
  move: "static",
  durationFrames: 8,
  fps: { num: 8, den: 1 },
  seed: 3,
  sceneKey: "ids",
});

test("the fullest plan has a colour of its own for everybody and everything, far enough apart to be told", () => {
  const plan = ScenePlan.parse({
    ...plain,
    crowd: 5,
    pieces: Array.from({ length: 48 }, (_, i) => ({ id: `piece-${i}`, kind: "crate", at: [i, 0, 0], facing: 0 })),
    props: Array.from({ length: 8 }, () => ({ kind: "letter", at: [0, 0, 0], facing: 0 })),
  });
  const { colours, numberOf } = idTable(plan);
  expect(colours).toHaveLength(2 + 8 + 48 + 8 + 1);
  const parts = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  for (const [i, one] of colours.entries())
    for (const other of colours.slice(i + 1)) {
      const apart = Math.max(...parts(one.colour).map((part, at) => Math.abs(part - parts(other.colour)[at]!)));
      expect(apart, `${one.kind} ${one.name} and ${other.kind} ${other.name}`).toBeGreaterThanOrEqual(3);
    }
  expect(colours[numberOf("piece:piece-7")!]).toMatchObject({ kind: "piece", name: "piece-7" });
  expect(colours[numberOf("character:0")!]).toMatchObject({ kind: "person", colour: "#ff0000" });
  expect(numberOf("set:clay")).toBeUndefined();
});

test("people keep their colours when a piece comes", () => {
  const piece = { id: "p", kind: "crate", at: [0, 0, 0], facing: 0 };
  const more = ScenePlan.parse({ ...plain, pieces: [piece] });
  const people = (plan: ScenePlan) => idTable(plan).colours.filter(({ kind }) => kind === "person");
  expect(people(more)).toEqual(people(plain));
});
