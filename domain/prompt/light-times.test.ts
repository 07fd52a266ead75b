import { expect, test } from "vitest";
import { stagedPlanOfShot } from "./plan-shot.ts";
import { aFilm, aScene, aShot } from "./testing/a-film.ts";

test("a light that burns only for a while in one shot burns all the time in the others", () => {
  const shots = [aShot({}), aShot({ id: "other" })];
  const light = {
    what: "spot",
    at: [0, 3, 1] as [number, number, number],
    colour: "#ffffff",
    power: 40,
    reach: 8,
  } as const;
  const staging = [
    { kind: "light", id: "l", sceneId: "scene", ...light } as const,
    { kind: "burn", id: "b", shotId: "shot", light: "l", from: 12, to: 24 } as const,
  ];
  const film = aFilm({ scenes: [aScene({})], shots, staging: [...staging] as never });
  const [here, there] = shots.map(
    (shot) => stagedPlanOfShot(film, shot, { frames: 48, fps: { num: 24, den: 1 }, seed: 7, prompt: "" }).plan,
  );
  expect(here!.lights).toMatchObject([{ kind: "spot", from: 1, to: 2 }]);
  expect(there!.lights[0]!.from).toBe(0);
  expect(there!.lights[0]!.to).toBeGreaterThan(1000);
});
