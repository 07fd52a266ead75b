import { expect, test } from "vitest";
import type { JobView, TakeView } from "#domain/jobs/messages/views.ts";
import { shotStateOf } from "./shot-state.ts";
import { framingWords, nameWords, sceneFacts, sceneName } from "./shot-words.ts";

const aJob = (changes: Partial<JobView>): JobView => ({
  id: "j",
  runId: "r",
  projectId: "p",
  shotId: "s",
  kind: "shot",
  capability: "video",
  state: "queued",
  progress: 0,
  attempt: 1,
  priority: 0,
  createdAt: "2026-01-01T00:00:10Z",
  artifacts: [],
  ...changes,
});
const aTake = (changes: Partial<TakeView> = {}): TakeView => ({
  id: "t",
  projectId: "p",
  shotId: "s",
  number: 2,
  engine: "previz",
  seed: 1,
  prompt: "",
  width: 640,
  height: 360,
  frames: 48,
  fps: { num: 24, den: 1 },
  videoAssetId: "a",
  videoUrl: "/v",
  createdAt: "2026-01-01T00:00:05Z",
  ...changes,
});

test("a shot that renders says so, however good its takes are", () => {
  expect(shotStateOf([aJob({ state: "running", progress: 0.4 })], aTake())).toMatchObject({
    kind: "running",
    fraction: 0.4,
  });
  expect(shotStateOf([aJob({ queuePosition: 3 })], null)).toMatchObject({ kind: "queued", position: 3 });
});

test("a failure counts until something newer succeeded", () => {
  const failed = aJob({ state: "failed", error: { code: "x", message: "Out of memory." } });
  expect(shotStateOf([failed], aTake())).toMatchObject({ kind: "failed", reason: "Out of memory." });
  expect(shotStateOf([failed], aTake({ createdAt: "2026-01-01T00:00:20Z" }))).toMatchObject({ kind: "ready" });
});

test("thumbnails and cancelled renders leave the shot as it was", () => {
  expect(shotStateOf([aJob({ kind: "thumbnail", state: "running" })], null)).toEqual({ kind: "draft" });
  expect(shotStateOf([aJob({ state: "cancelled" })], aTake())).toMatchObject({ kind: "ready" });
});

test("words on the board are those of film people", () => {
  expect(framingWords({ type: "close_up", move: "push_in" })).toBe("Close-up · push in");
  expect(framingWords({ type: "wide", move: "static" })).toBe("Wide");
  expect(sceneName({ location: "FERRY - CAR DECK", heading: "", number: 4 })).toBe("Car deck");
  expect(sceneName({ location: "", heading: "", number: 1 })).toBe("Scene 1");
  expect(sceneFacts({ setting: "int-ext", time: "Continuous" })).toBe("INT/EXT · CONTINUOUS");
  expect(nameWords("CAPTAIN O'HALE")).toBe("Captain O'Hale");
});

test("a shot that has changed since its take is ready with what changed; a render under way goes before that", () => {
  const changes = [{ what: "action" as const, before: "Rain", after: "Snow" }];
  expect(shotStateOf([], aTake(), changes)).toMatchObject({ kind: "ready", changes });
  expect(shotStateOf([], aTake())).toMatchObject({ kind: "ready", changes: [] });
  expect(shotStateOf([aJob({})], aTake(), changes)).toMatchObject({ kind: "queued" });
});
