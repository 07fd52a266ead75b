import { expect, test } from "vitest";
import { needCamera } from "./shot-pictures.ts";

const between = [{ use: "keyframe" }, { use: "keyframe" }];

test("passes need a camera: between keyframes there is none, whether the wish or the shot says which passes", () => {
  const refused = /has no camera.*`passes: \[\]`/;
  expect(() => needCamera({ passes: ["depth"], conditioning: between }, {})).toThrow(refused);
  expect(() => needCamera({ conditioning: between }, { passes: ["depth"] })).toThrow(refused);
  for (const [wishes, passes] of [
    [{ passes: [], conditioning: between }, ["depth"]],
    [{ conditioning: between }, ["beauty"]],
    [{ conditioning: between }, undefined],
    [{ passes: ["depth"] }, ["depth"]],
    [{ passes: ["depth"], conditioning: [{ use: "keyframe" }, { use: "depth" }] }, undefined],
  ] as const)
    expect(() => needCamera(wishes, { passes })).not.toThrow();
});
