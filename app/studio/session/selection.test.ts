import { expect, test } from "vitest";
import type { Clip } from "#domain/film/clip.ts";
import { chooseClips, chooseShots } from "./selection.ts";

const clip = (id: string, shotId?: string): Clip => ({ id, trackId: "t", start: 0, duration: 24, in: 0, shotId });
const clips = [clip("c1", "1A"), clip("c2", "1B"), clip("c3", "1B"), clip("music")];
const on1A = { shotIds: ["1A"], clipIds: [] };

test("whoever chooses a clip has chosen its shot", () => {
  expect(chooseClips(on1A, ["c2"], clips)).toEqual({ shotIds: ["1B"], clipIds: ["c2"] });
});

test("of several clips every shot is chosen once, in their order", () => {
  expect(chooseClips(on1A, ["c3", "c1", "c2"], clips).shotIds).toEqual(["1B", "1A"]);
});

test("a clip without a shot, an unknown one, and none at all leave the chosen shot", () => {
  for (const clipIds of [["music"], ["gone"], []]) expect(chooseClips(on1A, clipIds, clips).shotIds).toEqual(["1A"]);
});

test("choosing a shot lets clips of other shots go, and keeps its own and those of no shot", () => {
  const before = { shotIds: ["1B"], clipIds: ["c1", "c2", "music"] };
  expect(chooseShots(before, ["1A"], clips)).toEqual({ shotIds: ["1A"], clipIds: ["c1", "music"] });
});
