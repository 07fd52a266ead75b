import { expect, test } from "vitest";
import { fewLooks, type FbxLook } from "./looks.ts";

const look = (colour: FbxLook["colour"], more: Partial<FbxLook> = {}): FbxLook => ({
  ...{ colour, lit: true, roughness: 0.8, metalness: 0, opacity: 1 },
  ...more,
});

test("shades of a colour become the one that most faces have; other colours and other stuff stay apart", () => {
  const [skin, cheek, coat] = [look([0.5, 0.3, 0.2]), look([0.52, 0.3, 0.21]), look([0.1, 0.1, 0.4])];
  const glow = look([0.1, 0.1, 0.4], { lit: false });
  const { looks, lookOf } = fewLooks([cheek, skin, skin, coat, coat, coat, glow]);
  expect(looks).toEqual([coat, skin, glow]);
  expect([...lookOf]).toEqual([1, 1, 1, 0, 0, 0, 2]);
});

test("a thousand colours become few, each face one near its own", () => {
  const faces = Array.from({ length: 1000 }, (_, at) =>
    look([(at % 10) / 10, (Math.floor(at / 10) % 10) / 10, Math.floor(at / 100) / 10]),
  );
  const { looks, lookOf } = fewLooks(faces);
  expect(looks.length).toBe(32);
  expect(lookOf.every((at) => at < 32)).toBe(true);
});
