import { expect, test } from "vitest";
import type { StagingRecord } from "#domain/film/staging.ts";
import { aFilm, aShot } from "#domain/prompt/testing/a-film.ts";
import { orderShots } from "./shot-order.ts";

const [a, b] = [aShot({ id: "a", sceneId: "s1" }), aShot({ id: "b", sceneId: "s1", passes: ["beauty", "depth"] })];
const snapped = (frame: number, use: "keyframe" | "reference" | "depth"): StagingRecord => ({
  ...{ id: `${use} ${frame}`, kind: "frame", shotId: "b", assetId: `picture ${frame}`, frame, use, strength: 0.6 },
});
const together = [a, b].map((shot) => ({
  shot,
  node: { key: shot.id, kind: "shot" as const, lane: "batch" as const },
}));

function requestsOf(staging: StagingRecord[], limits: { takesPictures?: boolean; takesKeyframes?: boolean }) {
  const nodes = orderShots(aFilm({ shots: [a, b], staging }), together, {
    limits: { ...limits, maxFrames: 505 },
    takes: [],
  });
  return nodes.map(({ request, dependsOn = [] }) => ({
    dependsOn,
    conditioning: "conditioning" in request ? request.conditioning : undefined,
    passes: "passes" in request ? request.passes : undefined,
  }));
}

test("frames snapped in the set go with the shot where an engine takes pictures, after the end of the shot before", () => {
  const staging = [snapped(12, "depth"), snapped(0, "reference"), snapped(24, "keyframe"), snapped(9_000, "depth")];
  const [first, second] = requestsOf(staging, { takesPictures: true });
  expect(first!.conditioning).toBeUndefined();
  expect(second).toMatchObject({
    dependsOn: ["a"],
    conditioning: [
      { input: "a", frame: 0, strength: 1 },
      { assetId: "picture 12", frame: 12, strength: 0.6, use: "depth" },
      { assetId: "picture 24", frame: 24, strength: 0.6, use: "keyframe" },
    ],
  });
});

test("a shot with a keyframe at its start begins there, and waits for no other", () => {
  const [, second] = requestsOf([snapped(0, "keyframe")], { takesPictures: true });
  expect(second).toMatchObject({
    dependsOn: [],
    conditioning: [{ assetId: "picture 0", frame: 0, strength: 0.6, use: "keyframe" }],
  });
});

test("an engine that only goes between keyframes draws the plan, unless somebody names them", () => {
  const [, second] = requestsOf([snapped(0, "keyframe"), snapped(24, "keyframe")], { takesKeyframes: true });
  expect(second!.conditioning).toBeUndefined();
});

test("the passes that a shot is to have go with it", () => {
  expect(requestsOf([], {}).map(({ passes }) => passes)).toEqual([undefined, ["depth"]]);
});
