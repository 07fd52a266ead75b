import fc from "fast-check";
import { expect, test } from "vitest";
import { limitsFor, overlapFor, planChain, shotNodes } from "./chain.ts";
import { checkGraph } from "./graph.ts";
import { JoinRequest, VideoRequest } from "./messages/render-request.ts";
import { aVideoRequest } from "./testing/video-request.ts";

const anyChain = fc
  .record({
    total: fc.integer({ min: 1, max: 14_400 }),
    limit: fc.integer({ min: 60, max: 2000 }),
    grid: fc.constantFrom(1, 4, 8),
  })
  .chain((shape) => fc.integer({ min: 0, max: 40 }).map((overlap) => ({ ...shape, overlap })));

test("what is kept of the chunks is every frame of the shot once, in order, for any length, limit and overlap", () => {
  fc.assert(
    fc.property(anyChain, ({ total, limit, overlap, grid }) => {
      let at = 0;
      for (const chunk of planChain(total, { limit, overlap, grid })) {
        expect(chunk.start + chunk.trimHead).toBe(at);
        expect(chunk.trimHead + chunk.frames).toBeLessThanOrEqual(chunk.length);
        expect(chunk.frames).toBeGreaterThan(0);
        expect(chunk.length).toBeLessThanOrEqual(limit);
        expect((chunk.length - 1) % grid).toBe(0);
        at += chunk.frames;
      }
      expect(at).toBe(total);
    }),
  );
});

test("there are 1 + ceil((frames − 505) / 480) chunks of a shot, and N of them hold 505 + 480 · (N − 1) frames", () => {
  fc.assert(
    fc.property(fc.integer({ min: 506, max: 14_400 }), (total) => {
      expect(planChain(total)).toHaveLength(1 + Math.ceil((total - 505) / 480));
    }),
  );
  for (const count of [1, 2, 3, 30]) {
    const full = 505 + 480 * (count - 1);
    expect(planChain(full)).toHaveLength(count);
    expect(planChain(full + 1)).toHaveLength(count + 1);
  }
  expect(planChain(1000).map(({ start, length, trimHead }) => [start, length, trimHead])).toEqual([
    [0, 505, 0],
    [480, 505, 25],
    [960, 40, 25],
  ]);
});

test("chunks that share all their frames are refused, and so are more than one join takes", () => {
  expect(() => planChain(100, { limit: 12, overlap: 12 })).toThrow(
    expect.objectContaining({ code: "chain/overlap-too-large" }),
  );
  expect(() => planChain(100, { limit: 12, overlap: -1 })).toThrow(
    expect.objectContaining({ code: "chain/overlap-too-large" }),
  );
  expect(() => planChain(14_400, { limit: 12, overlap: 3 })).toThrow(
    expect.objectContaining({ code: "request/invalid" }),
  );
  for (const limit of [1, 2, 3, 8, 12, 100, 505]) expect(overlapFor(limit)).toBeLessThan(limit);
  expect([overlapFor(12), overlapFor(121), overlapFor(505)]).toEqual([3, 25, 25]);
});

test("a shot that one render holds is one job; a longer one is a head and chunks that continue each other", () => {
  const node = { kind: "shot", lane: "interactive", shotId: "s1", engineWanted: "previz" } as const;
  const one = shotNodes(aRequest(505), node, { maxFrames: 505 });
  expect(one).toEqual([{ ...node, request: aRequest(505) }]);
  const nodes = shotNodes(aRequest(25), node, { maxFrames: 12 });
  checkGraph(nodes);
  expect(nodes.map(({ key, kind, dependsOn, part }) => [key, kind, dependsOn, part?.index])).toEqual([
    ["join", "shot", ["chunk:0", "chunk:1", "chunk:2"], undefined],
    ["chunk:0", "chunk", [], 0],
    ["chunk:1", "chunk", ["chunk:0"], 1],
    ["chunk:2", "chunk", ["chunk:1"], 2],
  ]);
  const [head, first, second] = nodes;
  const join = JoinRequest.parse(head!.request);
  expect(join.parts).toEqual([
    { name: "chunk:0", trimHead: 0, frames: 12 },
    { name: "chunk:1", trimHead: 3, frames: 9 },
    { name: "chunk:2", trimHead: 3, frames: 4 },
  ]);
  expect(head!.engineWanted).toBeUndefined();
  expect(second!.engineWanted).toBe("previz");
  // The first is the person's own; later ones start from the end of the one before, with a seed of their own.
  expect(VideoRequest.parse(first!.request)).toEqual({
    ...aRequest(25),
    chunk: { start: 0, length: 12, overlap: 0, total: 25, lossless: true },
  });
  expect(VideoRequest.parse(second!.request)).toMatchObject({
    seed: 0,
    frames: 25,
    negativePrompt: expect.stringContaining("blur, ") as string,
    conditioning: [{ input: "chunk:0", frame: 0, strength: 1 }],
    chunk: { start: 9, length: 12, overlap: 3, total: 25 },
  });
});

test("chained shots of one run keep apart by their keys", () => {
  const nodes = ["beat:0", "beat:1"].flatMap((key) =>
    shotNodes(aRequest(20), { key, kind: "shot", lane: "batch" }, { maxFrames: 12 }),
  );
  checkGraph(nodes);
  expect(nodes.map((node) => node.key)).toEqual([
    ...["beat:0", "beat:0/chunk:0", "beat:0/chunk:1"],
    ...["beat:1", "beat:1/chunk:0", "beat:1/chunk:1"],
  ]);
});

test("a render is as long as the ablest engine that fits the wish allows, and 505 frames where nobody says", () => {
  const engine = (id: string, limits: object, models: string[] = []) => ({
    engines: [{ id, capabilities: ["video" as const], models, version: "1", limits }],
  });
  const fleet = [engine("previz", { maxFrames: 900 }), engine("ltx2", { maxFrames: 121, framesGrid: 8 }, ["ltx-2"])];
  expect(limitsFor(fleet).maxFrames).toBe(900);
  expect(limitsFor(fleet, { engine: "ltx2" })).toEqual({ maxFrames: 121, framesGrid: 8 });
  expect(limitsFor(fleet, { model: "ltx-2" })).toMatchObject({ maxFrames: 121 });
  expect(limitsFor([engine("quiet", {})]).maxFrames).toBe(505);
  expect(limitsFor([]).maxFrames).toBe(505);
});

const aRequest = (frames: number) => aVideoRequest({ frames, seed: 0xffffffff, negativePrompt: "blur" });
