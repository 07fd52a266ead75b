import { expect, test } from "vitest";
import type { ExportRequest, MusicRequest, RenderRequest } from "#domain/jobs/messages/render-request.ts";
import { type Candidate, chooseEngines } from "./choose-engines.ts";

const engine = (id: string, over: Partial<Candidate> = {}): Candidate => ({
  id,
  capabilities: ["video"],
  models: [],
  limits: {},
  ...over,
});
const video = (over: object = {}) =>
  ({ role: "video", width: 640, height: 360, frames: 48, ...over }) as unknown as RenderRequest;
const idsFor = (engines: Candidate[], request: RenderRequest, want?: Parameters<typeof chooseEngines>[1]["want"]) =>
  chooseEngines(engines, { request, want }).map((one) => one.id);

test("engines that do it are tried in their order, those that had no room before come last", () => {
  const engines = [engine("a"), engine("b"), engine("c", { capabilities: ["image"] })];
  expect(idsFor(engines, video())).toEqual(["a", "b"]);
  expect(idsFor(engines, video(), { notEngines: ["a"] })).toEqual(["b", "a"]);
});

test("a wish for an engine or a model is kept", () => {
  const engines = [engine("a", { models: ["m1"] }), engine("b", { models: ["m1", "m2"] })];
  expect(idsFor(engines, video(), { engine: "b", notEngines: [] })).toEqual(["b"]);
  expect(idsFor(engines, video(), { model: "m2", notEngines: [] })).toEqual(["b"]);
  expect(idsFor(engines, video(), { model: "m3", notEngines: [] })).toEqual([]);
});

test("what an engine is too small for goes to another; of a chunk its own length counts", () => {
  const engines = [engine("small", { limits: { maxFrames: 40, maxPixels: 640 * 360 } }), engine("large")];
  expect(idsFor(engines, video())).toEqual(["large"]);
  expect(idsFor(engines, video({ frames: 40 }))).toEqual(["small", "large"]);
  expect(idsFor(engines, video({ frames: 40, width: 1280 }))).toEqual(["large"]);
  const chunk = { start: 0, length: 40, overlap: 4, total: 4000, lossless: true };
  expect(idsFor(engines, video({ frames: 4000, chunk }))).toEqual(["small", "large"]);
  const music = engine("music", { capabilities: ["audio.music", "export"], limits: { maxSeconds: 60, maxFrames: 1 } });
  expect(idsFor([music], { role: "audio.music", seconds: 61 } as MusicRequest)).toEqual([]);
  expect(idsFor([music], { role: "export", frames: 900 } as ExportRequest)).toEqual(["music"]);
});
