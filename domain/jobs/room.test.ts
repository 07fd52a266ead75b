import { expect, test } from "vitest";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import type { AgentInfo } from "./messages/agent-info.ts";
import { type Demand, openRoom } from "./room.ts";

type Engine = AgentInfo["engines"][number];

const engine = (over: Partial<Engine> = {}): Engine => ({
  id: "previz",
  capabilities: ["video"],
  models: [],
  version: "1",
  limits: {},
  ...over,
});
const agent = (id: string, over: Partial<AgentInfo> = {}): AgentInfo => ({
  v: protocolVersion,
  id,
  engines: [engine()],
  device: "cpu",
  memory: { ramBytes: 1 },
  slots: 1,
  state: "idle",
  running: [],
  speed: {},
  at: "",
  ...over,
});
const demand = (over: Partial<Demand> = {}): Demand => ({
  capability: "video",
  engineWanted: null,
  modelWanted: null,
  enginesTried: [],
  avoidAgents: [],
  frames: 24,
  width: 640,
  height: 360,
  units: 24,
  ...over,
});

test("an agent takes twice its slots, whatever it is able to do", () => {
  const room = openRoom([agent("a", { engines: [engine({ capabilities: ["video", "image", "export"] })] })], 2);
  expect(room.left()).toBe(2);
  expect([room.take(demand()), room.take(demand({ capability: "image" })), room.take(demand())]).toEqual([
    true,
    true,
    false,
  ]);
  expect(room.hasFor("export")).toBe(false);
});

test("agents that drain or have not started take nothing", () => {
  const room = openRoom([agent("a", { state: "draining" }), agent("b", { state: "starting" })], 2);
  expect([room.left(), room.take(demand())]).toEqual([0, false]);
});

test("a job goes only to an engine that is as wished and large enough", () => {
  const small = agent("small", { engines: [engine({ limits: { maxFrames: 100, maxPixels: 640 * 360 } })] });
  const large = agent("large", { engines: [engine({ id: "ltx", models: ["ltx-2"], limits: { maxFrames: 505 } })] });
  const takes = (over: Partial<Demand>) => openRoom([small, large], 1).take(demand(over));
  expect(takes({ frames: 505 })).toBe(true);
  expect(takes({ frames: 506 })).toBe(false);
  expect(takes({ engineWanted: "previz", width: 1280 })).toBe(false);
  expect(takes({ engineWanted: "ltx", modelWanted: "ltx-2", width: 1280 })).toBe(true);
  expect(takes({ modelWanted: "ltx-3" })).toBe(false);
});

test("sound is measured in seconds", () => {
  const music = agent("a", { engines: [engine({ capabilities: ["audio.music"], limits: { maxSeconds: 30 } })] });
  const takes = (units: number) =>
    openRoom([music], 1).take(demand({ capability: "audio.music", frames: null, units }));
  expect([takes(30), takes(31)]).toEqual([true, false]);
});

test("a job that waits anywhere makes way for one that has to be here", () => {
  const any = agent("any", { engines: [engine({ capabilities: ["video", "export"] })] });
  const room = openRoom([any, agent("video")], 1);
  expect(room.take(demand())).toBe(true);
  expect(room.take(demand({ capability: "export" }))).toBe(true);
  expect([room.take(demand()), room.left()]).toEqual([false, 0]);
});

test("what an agent has at work stays its own", () => {
  const any = agent("any", { engines: [engine({ capabilities: ["video", "export"] })] });
  const room = openRoom([any, agent("video")], 1);
  room.occupy("any");
  expect([room.take(demand({ capability: "export" })), room.take(demand())]).toEqual([false, true]);
});

test("an agent or engine to be avoided is taken only where there is no other", () => {
  const avoid = demand({ avoidAgents: ["a"] });
  const both = openRoom([agent("a"), agent("b")], 1);
  both.occupy("b");
  expect(both.take(avoid)).toBe(false);
  expect(openRoom([agent("a")], 1).take(avoid)).toBe(true);
  expect(openRoom([agent("a")], 1).take(demand({ enginesTried: ["previz"] }))).toBe(true);
});

test("a fleet says each sort of engine once", () => {
  const offers = openRoom([agent("a"), agent("b"), agent("c", { state: "draining" })], 1).offers();
  expect(offers).toEqual([
    { capability: "video", engine: "previz", models: [], maxFrames: null, maxPixels: null, maxSeconds: null },
  ]);
});
