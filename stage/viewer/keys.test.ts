import { expect, test } from "vitest";
import { deedOf, type KeyDeeds, keysInWords } from "./keys.ts";
import type { LookBy } from "./hands.ts";

/** What a key does, in words. */
function pressed(key: string, by: LookBy = "film"): string | null {
  let done: string | null = null;
  const deeds = new Proxy({} as KeyDeeds, {
    get: (_, name) => (given?: unknown) =>
      (done = given === undefined ? String(name) : `${String(name)} ${String(given)}`),
  });
  deedOf(key, by, deeds)?.();
  return done;
}

test("keys do what those of other players do, in small and capital letters", () => {
  expect([" ", "k", "K", "m", "f", "F"].map((key) => pressed(key))).toEqual([
    ...["toggle", "toggle", "toggle", "mute", "fullScreen", "fullScreen"],
  ]);
  expect(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].map((key) => pressed(key))).toEqual([
    ...["skip -1", "skip 1", "louder 0.1", "louder -0.1"],
  ]);
  expect(["Home", "End", ",", ".", "1", "2", "3", "?"].map((key) => pressed(key))).toEqual([
    ...["goTo 0", "goTo 1", "step -1", "step 1", "look film", "look orbit", "look fly", "help"],
  ]);
  expect([pressed("x"), pressed("Tab"), pressed("toString"), pressed("Escape")]).toEqual([null, null, null, null]);
});

test("who flies moves with the arrows, and comes back to the film with Escape", () => {
  expect([pressed("ArrowLeft", "fly"), pressed("ArrowUp", "fly"), pressed(" ", "fly")]).toEqual([null, null, "toggle"]);
  expect([pressed("Escape", "fly"), pressed("Escape", "orbit")]).toEqual(["look film", "look film"]);
});

test("every key that is told of does something", () => {
  const told = keysInWords.split(" · ").flatMap((part) => part.match(/(Space|[←→↑↓]|\b[A-Z0-9]\b|[,.?])/g) ?? []);
  const named: Record<string, string> = {
    Space: " ",
    "←": "ArrowLeft",
    "→": "ArrowRight",
    "↑": "ArrowUp",
    "↓": "ArrowDown",
  };
  expect(told.length).toBeGreaterThan(12);
  expect(told.filter((key) => pressed(named[key] ?? key) === null)).toEqual([]);
});
