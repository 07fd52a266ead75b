import { expect, test, vi } from "vitest";
import { type Asked, keepLooks } from "./scene-looks.ts";

const asked = (id: string): Asked => ({ id, prompt: `A pier, ${id}.`, seed: 7, seconds: 6 });
const look = { place: "harbour", interior: false, hour: "dusk", weather: "clear", people: 1, seed: 7 } as const;

test("however often a page asks, the look of its scene is worked out once", () => {
  const work = vi.fn(() => look);
  const lookOf = keepLooks(work);
  for (let time = 0; time < 300; time++) expect(lookOf(asked("a"))).toBe(look);
  expect(work).toHaveBeenCalledTimes(1);
});

test("each scene has its own look", () => {
  const lookOf = keepLooks();
  expect(lookOf({ ...asked("a"), prompt: "A forest at night." })).toMatchObject({ place: "forest", hour: "night" });
  expect(lookOf({ ...asked("b"), prompt: "A beach by day." })).toMatchObject({ place: "beach", hour: "day" });
});

test("the looks that nobody has asked for longest make room", () => {
  const work = vi.fn(() => look);
  const lookOf = keepLooks(work, 2);
  for (const id of ["a", "b", "a", "c", "a"]) lookOf(asked(id));
  expect(work).toHaveBeenCalledTimes(3);
  lookOf(asked("b"));
  expect(work).toHaveBeenCalledTimes(4);
});
